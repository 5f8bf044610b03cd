"""A plan's own page, its parts as they read, and the check."""

import re
from datetime import datetime

import pytest

from agencies.models import Membership, Role
from budgets.models import StatedTotal
from core import clock
from plans.content.actions import amend_plan, create_plan, take_lines
from plans.content.editing import save_line
from plans.models import Plan, Programme, Task
from plans.parts import registry
from plans.review.actions import hand_over, open_review, submit_plan
from tests.cast import Cast
from tests.plans.moves import LETTER, REASON, approved, in_review, returned, submitted, write
from tests.reading import ClientFor, in_english, links, said

pytestmark = pytest.mark.django_db

NATIONAL = "/plans/43-2008-qd-ttg/1/"
PROVINCIAL = "/plans/605-qd-ubnd/1/"


def page(plan: Plan, part: str = "") -> str:
    return f"/plans/{plan.code}/{plan.version}/" + (f"{part}/" if part else "")


def buttons(response: object) -> dict[str, str]:
    """The acts of the band: what they say, and whether they are filled, plain or shut."""
    body = response.content.decode()  # type: ignore[attr-defined]
    band = body[body.index('<div class="band">') : body.index('<ul class="tabs">')]
    found = {}
    for _tag, attributes, words in re.findall(r"<(a|button)\b([^>]*)>(.*?)</\1>", band, re.DOTALL):
        if "btn" not in attributes:
            continue
        label = " ".join(re.sub(r"<span.*?</span>|<[^>]+>", "", words, flags=re.DOTALL).split()).rstrip("…")
        found[label] = (
            "shut" if " disabled" in attributes else "filled" if "primary" in attributes else "plain"
        )
    return found


def test_the_band_says_state_turn_deadline_and_the_one_next_act(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    response = in_english(client_for(cast.editor)).get(page(draft))
    assert "Draft" in said(response)
    assert "Turn of Tiền Giang (you), due 29/06/2008 (9 days left)" in said(response)
    assert buttons(response) == {
        "Hand to the leader": "filled",
        "Submit for appraisal": "shut",
        "Discard the draft": "plain",
    }


def test_a_shut_act_says_who_may(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    response = in_english(client_for(cast.editor)).get(page(draft))
    assert "Your role (Editor) may not submit a plan. Who may: Approver." in said(response)


def test_after_the_deadline_the_band_counts_the_days(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    with clock.at("2008-07-02T08:00"):
        response = in_english(client_for(cast.editor)).get(page(draft))
    assert "due 29/06/2008 (3 days overdue)" in said(response)


def test_each_state_offers_its_acts_to_whom_they_concern(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    def offered(membership: object) -> dict[str, str]:
        return buttons(in_english(client_for(membership)).get(page(draft)))  # type: ignore[arg-type]

    hand_over(draft, actor=cast.editor)
    assert offered(cast.approver) == {
        "Discard the draft": "shut",
        "Hand back to the editor": "plain",
        "Submit for appraisal": "filled",
    }
    assert "filled" not in offered(cast.editor).values()
    submit_plan(draft, actor=cast.approver, letter=LETTER)
    open_review(draft, actor=cast.reviewer)
    assert offered(cast.reviewer) == {"Return": "plain", "Reject": "plain", "Approve": "filled"}
    assert offered(cast.admin) == {"Return": "shut", "Reject": "shut", "Approve": "shut"}
    assert offered(cast.co_reviewer) == {}
    assert offered(cast.approver) == {}


def test_who_edited_the_plan_cannot_decide_on_it(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    """Four eyes are per person: the reviewer's other membership counts too."""
    in_review(draft, cast)
    both = Membership.objects.create(user=cast.editor.user, agency=cast.reviewer.agency, role=Role.REVIEWER)
    response = in_english(client_for(both)).get(page(draft))
    assert buttons(response) == {"Return": "shut", "Reject": "shut", "Approve": "shut"}
    assert "Who drafted or submitted it cannot decide on it." in said(response)


def test_errors_come_before_any_act(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    row = registry.get("projects").read(draft)[0]
    cell = {"allocations/2009/NSDP-TT": "2,500"}
    save_line(draft, "projects", row.line, cell, actor=cast.editor, row_version=row.row_version)
    response = in_english(client_for(cast.editor)).get(page(draft))
    assert buttons(response)["Mend 1 error"] == "filled"
    assert buttons(response)["Hand to the leader"] == "plain"
    assert "1 error bars submission" in said(response)


def test_a_returned_plan_shows_the_reason_to_its_agency(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    returned(draft, cast)
    words = said(in_english(client_for(cast.editor)).get(page(draft)))
    assert "returned it on 20/06/2008:" in words
    assert REASON in words
    assert "Returned (1)" in words
    assert "Who reviews Bộ Thông tin và Truyền thông with Bộ Kế hoạch và Đầu tư" in words


def test_a_foreign_draft_is_not_found_and_an_approved_plan_is_open_to_all(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    for membership in cast:
        client = client_for(membership)
        own = membership.agency_id == draft.agency_id
        assert client.get(page(draft)).status_code == (200 if own else 404), membership
        assert client.get(NATIONAL).status_code == 200


def test_marks_and_locks_of_a_printed_plan(client_for: ClientFor, cast: Cast) -> None:
    words = said(in_english(client_for(cast.viewer)).get(NATIONAL))
    assert "registered from its document" in words
    assert "An approved version is never edited" in words
    assert "in force since 24/03/2008" in words
    assert "43/2008/QĐ-TTg, 24/03/2008" in words


def test_the_lead_agencys_own_plan_is_marked_as_appraised_by_itself(
    client_for: ClientFor, cast: Cast, june_2008: datetime
) -> None:
    own = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.lead_editor)
    assert "appraised by the lead agency itself" in said(
        in_english(client_for(cast.lead_editor)).get(page(own))
    )


def test_illustrative_figures_are_marked_on_every_page(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    Plan.objects.filter(pk=draft.pk).update(illustrative=True)
    client = in_english(client_for(cast.editor))
    for part in ("", "projects", "check", "compare", "history"):
        assert "Illustrative figures" in said(client.get(page(draft, part))), part


def test_money_stands_by_year_and_source_with_its_origin(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    response = in_english(client_for(cast.editor)).get(page(draft))
    words = said(response)
    assert "42.146 million VND in all; 2009: 23.168, 2010: 18.978." in words
    assert "605/QĐ-UBND" in words
    assert any(link.startswith("/plans/605-qd-ubnd/1/projects/#at-") for link in links(response))


def test_ticks_are_computed_from_the_data(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    def ticks() -> dict[str, tuple[str, str]]:
        shown = client_for(cast.editor).get(page(draft)).context["ticks"]
        keys = ("sections", "baselines", "tasks", "projects", "targets")
        return {key: (tick["state"], str(tick["note"])) for key, tick in zip(keys, shown, strict=True)}

    before = ticks()
    assert before["sections"] == ("todo", "0/25")
    assert before["projects"] == ("done", "26")
    assert before["tasks"][0] == "todo"
    write(draft, cast, "V.1", "Bố trí vốn hằng năm.")
    assert ticks()["sections"] == ("part", "1/25")


def test_a_decided_plan_is_not_ticked_off(client_for: ClientFor, cast: Cast) -> None:
    response = client_for(cast.viewer).get(NATIONAL)
    assert {tick["state"] for tick in response.context["ticks"]} == {"none"}
    assert response.context["findings"] == []


def test_the_address_of_a_code_leads_to_the_version_that_the_reader_may_see(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    approved(draft, cast)
    with clock.at("2008-07-09T09:00"):
        amendment = amend_plan(draft, actor=cast.editor)
    assert client_for(cast.editor).get(f"/plans/{draft.code}/")["Location"] == page(amendment)
    assert client_for(cast.viewer).get(f"/plans/{draft.code}/")["Location"] == page(draft)
    assert client_for(cast.editor).get("/plans/khong-co/").status_code == 404
    assert "Version 1 stays in force" in said(in_english(client_for(cast.editor)).get(page(amendment)))


def test_sections_stand_under_each_other_with_their_source(client_for: ClientFor, cast: Cast) -> None:
    words = said(in_english(client_for(cast.viewer)).get(PROVINCIAL + "sections/"))
    assert "605/QĐ-UBND, I" in words
    assert "Luật Giao dịch điện tử" in words


def test_an_empty_heading_shows_what_the_outline_asks_for(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    words = said(in_english(client_for(cast.editor)).get(page(draft, "sections")))
    assert "What the outline asks for" in words
    assert "Tỷ lệ và số mạng LAN" in words


def test_tasks_show_who_leads_the_printed_date_and_the_last_timely_day(
    client_for: ClientFor, cast: Cast
) -> None:
    words = said(in_english(client_for(cast.viewer)).get(NATIONAL + "tasks/"))
    assert "29/06/2008 Trước ngày 30 tháng 6 năm 2008" in words
    assert "31/03/2008 hoàn thành trong quý I năm 2008" in words
    assert "Bộ Thông tin và Truyền thông" in words
    assert "m-tttt" not in words


def test_a_superseded_task_names_the_one_that_replaced_it(client_for: ClientFor, cast: Cast) -> None:
    old = Task.objects.filter(plan__code="605-qd-ubnd").first()
    new = Task.objects.get(plan__code="43-2008-qd-ttg", clause="II.2.d")
    assert old is not None
    Task.objects.filter(pk=old.pk).update(superseded_by=new.line)
    words = said(in_english(client_for(cast.viewer)).get(PROVINCIAL + "tasks/"))
    assert "superseded by II.2.d, 43/2008/QĐ-TTg" in words


def test_the_national_projects_add_up_as_printed(client_for: ClientFor, cast: Cast) -> None:
    response = in_english(client_for(cast.viewer)).get(NATIONAL + "projects/")
    words = said(response)
    for figure in ("93.500", "33.500", "127.000", "93.700", "220.700", "160.000 13/19 projects state it"):
        assert figure in words, figure
    assert "18 × 1.100 = 19.800" in words
    assert "49 × 1.100 = 53.900" in words
    assert "4 printed totals are equal to their sums" in words
    assert "43/2008/QĐ-TTg, Phụ lục I, A.1" in words
    followed = next(group for group in response.context["groups"] if group.title.startswith("IV"))
    assert set(followed.feet) == {""}  # no money is stated there, which is not zero


def test_the_provincial_projects_add_up_by_group_year_and_source(client_for: ClientFor, cast: Cast) -> None:
    response = client_for(cast.viewer).get(PROVINCIAL + "projects/")
    groups = response.context["groups"]
    assert [group.feet[-1] for group in groups] == ["43.795", "2.520", "3.826"]
    assert response.context["totals"][-1] == "50.141"
    by_head = {(str(c.top), c.head): c.total for c in response.context["columns"]}
    assert by_head["2009", "TW hỗ trợ"] == "6.800"
    assert "none differs from its lines" in said(
        in_english(client_for(cast.viewer)).get(PROVINCIAL + "projects/")
    )


def test_a_printed_total_that_differs_says_by_how_much(client_for: ClientFor, cast: Cast) -> None:
    plan = Plan.objects.get(code="605-qd-ubnd")
    total = StatedTotal.objects.filter(plan=plan).first()
    assert total is not None
    StatedTotal.objects.filter(pk=total.pk).update(amount=total.amount + 5)
    words = said(in_english(client_for(cast.viewer)).get(PROVINCIAL + "projects/"))
    assert "different by 5" in words
    assert "1 differs from its lines" in words


def test_targets_show_value_document_and_clause(client_for: ClientFor, cast: Cast) -> None:
    words = said(in_english(client_for(cast.viewer)).get(PROVINCIAL + "targets/"))
    assert "≤ 2" in words
    assert "> 2" in words
    assert "605/QĐ-UBND, IV.1.a, lộ trình" in words
    guidance = said(in_english(client_for(cast.viewer)).get("/plans/1594-btttt-udcntt/1/targets/"))
    assert "(guidance)" in guidance


def test_a_script_in_a_name_is_shown_as_text(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    row = registry.get("projects").read(draft)[0]
    name = {"name": "<script>alert(1)</script>"}
    save_line(draft, "projects", row.line, name, actor=cast.editor, row_version=row.row_version)
    body = client_for(cast.editor).get(page(draft, "projects")).content.decode()
    assert "<script>alert(1)" not in body
    assert "&lt;script&gt;alert(1)" in body


def test_a_name_of_five_hundred_characters_is_shown_whole(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    row, long = registry.get("projects").read(draft)[0], "Xây dựng " * 55 + "xong"
    save_line(draft, "projects", row.line, {"name": long}, actor=cast.editor, row_version=row.row_version)
    assert long.strip() in said(client_for(cast.editor).get(page(draft, "projects")))


def test_only_who_may_edit_sees_the_ways_into_the_forms(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    def ways(membership: object) -> list[str]:
        response = client_for(membership).get(page(draft, "projects"))  # type: ignore[arg-type]
        return [link for link in links(response) if re.search(r"/projects/(new|grid|[0-9a-f-]{36})/$", link)]

    assert len(ways(cast.editor)) == 28
    assert ways(cast.approver) == []
    submitted(draft, cast)
    assert ways(cast.editor) == []
    assert ways(cast.reviewer) == []


def test_an_unknown_part_is_not_found(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    for part in ("allocations", "stated_totals", "nothing"):
        assert client_for(cast.editor).get(page(draft, part)).status_code == 404


def test_the_check_lists_errors_apart_from_warnings_each_a_link_to_its_field(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    row = registry.get("projects").read(draft)[0]
    cell = {"allocations/2009/NSDP-TT": "2,500"}
    save_line(draft, "projects", row.line, cell, actor=cast.editor, row_version=row.row_version)
    response = in_english(client_for(cast.editor)).get(page(draft, "check"))
    words = said(response)
    assert "1 error to correct" in words
    assert "“2,500”" in words
    assert "35 warnings, which do not bar submission" in words  # 25 headings and 10 status figures are blank
    grid = f"{page(draft, 'projects')}grid/#at-{row.line}-allocations-2009-nsdp-tt"
    assert grid in links(response)
    section = next(one for one in registry.get("sections").read(draft) if one.number == "V.1")
    assert f"{page(draft, 'sections')}{section.line}/#at-{section.line}-body" in links(response)


def test_a_reviewer_is_led_to_the_row_and_not_to_a_form(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    submitted(draft, cast)
    found = links(client_for(cast.reviewer).get(page(draft, "check")))
    section = next(one for one in registry.get("sections").read(draft) if one.number == "V.1")
    assert f"{page(draft, 'sections')}#at-{section.line}" in found
    assert not [link for link in found if f"{section.line}/" in link]


def test_a_plan_without_findings_says_so(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    for row in registry.get("sections").read(draft):
        write(draft, cast, row.number, "Đã viết.")
    for row in registry.get("baselines").read(draft):
        said_of = {"words": "chưa thống kê"}
        save_line(draft, "baselines", row.line, said_of, actor=cast.editor, row_version=row.row_version)
    words = said(in_english(client_for(cast.editor)).get(page(draft, "check")))
    assert "No error and no warning" in words


def test_lines_taken_from_another_plan_name_it(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    source = Plan.objects.get(code="605-qd-ubnd")
    sections = [row.line for row in registry.get("sections").read(source)]
    take_lines(draft, source, {"sections": sections}, actor=cast.editor)
    words = said(in_english(client_for(cast.editor)).get(page(draft, "sections")))
    assert "taken from 605/QĐ-UBND , IV.1" in words or "taken from 605/QĐ-UBND, IV.1" in words


def test_an_untouched_draft_begins_with_the_first_heading(
    client_for: ClientFor, cast: Cast, june_2008: datetime
) -> None:
    plan = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)
    response = in_english(client_for(cast.editor)).get(page(plan))
    first = registry.get("sections").read(plan)[0]
    assert buttons(response)["Write the text"] == "filled"
    assert f"{page(plan, 'sections')}{first.line}/" in links(response)


def test_a_reviewer_sees_what_changed_since_the_submission_before(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    returned(draft, cast)
    write(draft, cast, "V.1", "Bố trí vốn hằng năm.")
    submitted(draft, cast)
    words = said(in_english(client_for(cast.reviewer)).get(page(draft)))
    assert "Submission 1, 20/06/2008: 1 line differs · Text: 1 changed · money 0 million VND" in words


def test_own_targets_stand_beside_those_of_national_documents(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    source = Plan.objects.get(code="605-qd-ubnd")
    targets = [row.line for row in registry.get("targets").read(source)]
    take_lines(draft, source, {"targets": targets}, actor=cast.editor)
    words = said(in_english(client_for(cast.editor)).get(page(draft, "targets")))
    assert "> 70 △ national 80, 1594/BTTTT-UDCNTT (guidance)" in words


def test_the_plan_can_be_taken_away_as_a_file(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    found = links(client_for(cast.editor).get(page(draft)))
    assert {f"{page(draft)}export.{name}" for name in ("pdf", "xlsx", "json")} <= set(found)
