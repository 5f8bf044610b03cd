"""What plans put on the work list, for whom, in which order, with which next step."""

import pytest

from agencies import worklist
from agencies.models import Membership
from agencies.worklist import Item
from core import clock
from plans.content.actions import create_plan
from plans.models import Plan, Programme
from plans.review.actions import hand_back, hand_over, open_review, submit_plan
from plans.worklist import count_mine, items
from tests.cast import Cast
from tests.plans.moves import LETTER, REASON, approved, returned, submitted
from tests.reading import ClientFor, in_english, links, said

pytestmark = pytest.mark.django_db

MINE, OTHERS = True, False


def of(membership: Membership, code: str = "tien-giang") -> list[Item]:
    """The person's items of one agency's plan. The navigation's number always agrees with the list."""
    found = list(items(membership))
    assert count_mine(membership) == sum(1 for item in found if item.mine)
    return [item for item in found if code in item.url]


def test_who_has_no_plan_yet_is_told_to_begin_one(cast: Cast, june_2008: object) -> None:
    (item,) = items(cast.editor)
    assert (item.mine, str(item.due_on), item.url) == (MINE, "2008-06-29", "/plans/new/?programme=2009-2010")
    assert list(items(cast.approver)) == []
    assert list(items(cast.viewer)) == []


def test_a_programme_is_offered_from_the_day_its_document_was_issued(cast: Cast) -> None:
    with clock.at("2008-05-01T08:00"):
        assert list(items(cast.editor)) == []
    with clock.at("2011-01-10T08:00"):
        assert ["2011-2015" in item.url for item in items(cast.editor)] == [True]


def test_a_draft_waits_for_its_editor_with_the_programmes_deadline(cast: Cast, draft: Plan) -> None:
    (item,) = of(cast.editor)
    assert (item.mine, str(item.due_on)) == (MINE, "2008-06-29")
    assert [one.mine for one in of(cast.approver)] == [OTHERS]
    assert of(cast.reviewer) == of(cast.other_editor) == []


def test_an_overdue_draft_says_by_how_many_days(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    with clock.at("2008-07-02T08:00"):
        assert "3 days overdue" in said(in_english(client_for(cast.editor)).get("/"))


def test_a_draft_with_the_leader_waits_for_the_leader(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    hand_over(draft, actor=cast.editor)
    assert [item.mine for item in of(cast.approver)] == [MINE]
    assert [item.mine for item in of(cast.editor)] == [OTHERS]
    words = said(in_english(client_for(cast.approver)).get("/"))
    assert "With the leader" in words
    assert "Read and submit" in words


def test_the_leaders_note_comes_back_with_the_draft(cast: Cast, draft: Plan) -> None:
    hand_over(draft, actor=cast.editor)
    hand_back(draft, actor=cast.approver, note="Bổ sung mục V.1.")
    (item,) = of(cast.editor)
    assert "Bổ sung mục V.1." in str(item.detail)


def test_a_submitted_plan_waits_for_the_lead_agencys_reviewers(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    submitted(draft, cast)
    with clock.at("2008-06-24T08:00"):
        for membership in (cast.reviewer, cast.reviewer2):
            words = said(in_english(client_for(membership)).get("/"))
            assert "waiting for 4 days" in words
            assert "Open the review" in words
        assert of(cast.admin) == of(cast.co_reviewer) == of(cast.viewer) == []
        waiting = said(in_english(client_for(cast.editor)).get("/"))
    assert "Waiting for others" in waiting
    assert "with Bộ Thông tin và Truyền thông, waiting for 4 days" in waiting


def test_an_open_review_waits_for_a_decision(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    submitted(draft, cast)
    open_review(draft, actor=cast.reviewer)
    assert "In review" in said(in_english(client_for(cast.reviewer2)).get("/"))


def test_a_returned_plan_comes_back_with_the_reason(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    returned(draft, cast)
    words = said(in_english(client_for(cast.editor)).get("/"))
    assert f"Bộ Thông tin và Truyền thông returned it on 20/06/2008: “{REASON}”" in words
    assert "Mend and submit again" in words
    assert [item.mine for item in of(cast.reviewer)] == [OTHERS]


def test_a_return_after_the_deadline_has_no_deadline_of_its_own(cast: Cast, draft: Plan) -> None:
    returned(draft, cast)
    assert [str(item.due_on) for item in of(cast.editor)] == ["2008-06-29"]
    with clock.at("2008-07-10T08:00"):
        (item,) = of(cast.editor)
    assert (item.due_on, item.family) == (None, "wait")


def test_a_decided_plan_waits_for_nobody(cast: Cast, draft: Plan) -> None:
    approved(draft, cast)
    assert not any(of(membership) for membership in cast)


def test_the_longest_waiting_review_stands_first(cast: Cast, draft: Plan) -> None:
    programme = Programme.objects.get(code="2009-2010")
    with clock.at("2008-06-18T08:00"):
        other = create_plan(programme, actor=cast.other_editor)
        hand_over(other, actor=cast.other_editor)
        submit_plan(other, actor=cast.other_approver, letter=LETTER)
    submitted(draft, cast)
    mine = [item for item in worklist.items(cast.reviewer) if item.mine]
    urls = [item.url for item in mine if item.url.startswith("/plans/")]
    assert urls == ["/plans/2009-2010-nghe-an/1/", "/plans/2009-2010-tien-giang/1/"]


def test_the_nearest_deadline_stands_first_and_one_button_is_filled(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    response = client_for(cast.editor).get("/")
    dates = [item.due_on for item in response.context["mine"]]
    assert dates == sorted(dates, key=lambda day: (day is None, day))
    work = response.content.decode().partition("<main")[2].partition("</main>")[0]
    assert work.count('class="btn primary"') == 1


def test_the_number_beside_the_entry_is_that_of_the_list(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    home = client_for(cast.editor).get("/")
    elsewhere = client_for(cast.editor).get("/agencies/")
    entry = next(one for one in elsewhere.context["navigation"] if one.url == "/")
    assert entry.count == len(home.context["mine"]) == 1


def test_an_empty_list_says_what_comes_here_and_how_to_begin(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    words = {
        character: said(in_english(client_for(getattr(cast, character))).get("/"))
        for character in ("reviewer", "viewer", "admin")
    }
    assert "Plans that agencies submit to you" in words["reviewer"]
    assert "You read what is approved and issued" in words["viewer"]
    assert "what is missing stands there too" in words["admin"]
    assert all("Nothing waits for you" in one for one in words.values())


def test_a_new_plan_is_begun_from_the_outline(client_for: ClientFor, cast: Cast, june_2008: object) -> None:
    client = in_english(client_for(cast.editor))
    asked = client.get("/plans/new/", {"programme": "2009-2010"})
    assert "Chương trình 2009-2010" in said(asked)
    assert "34 headings (1594/BTTTT-UDCNTT)" in said(asked)
    assert "Tiền Giang 2007-2010" not in asked.context["open_programmes"].values_list("short_name", flat=True)
    made = client.post("/plans/new/", {"programme": "2009-2010", "title": ""})
    assert made["Location"] == "/plans/2009-2010-tien-giang/1/"
    assert "No programme waits for a plan of yours" in said(client.get("/plans/new/"))
    again = client.post("/plans/new/", {"programme": "2009-2010", "title": ""})
    assert again.status_code == 422
    assert Plan.objects.filter(agency=cast.editor.agency, programme__code="2009-2010").count() == 1


@pytest.mark.parametrize("programme", ["2008", "2007-2010-tien-giang", "khong-co", ""])
def test_a_programme_in_which_the_agency_does_not_plan_is_refused(
    client_for: ClientFor, cast: Cast, june_2008: object, programme: str
) -> None:
    response = in_english(client_for(cast.other_editor)).post("/plans/new/", {"programme": programme})
    assert response.status_code == 422
    assert not Plan.objects.filter(agency=cast.other_editor.agency).exists()


def test_only_editors_begin_plans(client_for: ClientFor, cast: Cast, june_2008: object) -> None:
    response = in_english(client_for(cast.reviewer)).get("/plans/new/")
    assert response.status_code == 403
    assert "may not draft a plan" in said(response)
    assert "/plans/new/" not in links(client_for(cast.reviewer).get("/plans/"))
