"""Programmes: set up, changed as far as nothing rests on it, handed over to another lead."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from agencies.models import Agency, AuditEntry, Membership
from core import clock
from core.findings import NotAllowed, Refused
from plans.models import CoReviewer, Plan, Programme
from plans.programmes.actions import change_lead, change_programme, create_programme
from plans.programmes.locks import locked
from plans.programmes.shapes import ProgrammeData, ReviewScope, data_of
from plans.programmes.uses import uses_of
from tests.cast import Cast
from tests.plans.moves import in_review
from tests.reading import ClientFor, codes, in_english, posted, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]


def new(**changes: Any) -> ProgrammeData:
    """A programme that could be set up."""
    agency = Agency.objects.get
    stated: dict[str, Any] = {
        "code": "2016-2020",
        "name": "Chương trình giai đoạn 2016 - 2020",
        "short_name": "2016-2020",
        "document": None,
        "year_from": 2016,
        "year_to": 2020,
        "parent": None,
        "lead": agency(key="m-tttt"),
        "co_reviewers": (ReviewScope(agency(key="m-tc"), "recurrent"),),
        "decided_by": "lead",
        "deciding_body": "",
        "plan_deadline": date(2015, 6, 30),
        "reports_with": (),
        "planning_classes": ("provinces",),
        "asks_route": False,
        "note": "",
        "position": 9,
    }
    return ProgrammeData(**{**stated, **changes})


def test_an_administrator_sets_up_a_programme_of_the_own_agency(cast: Cast) -> None:
    made = create_programme(new(), actor=cast.admin)
    assert (made.lead.key, made.deciding_body) == ("m-tttt", "Bộ Thông tin và Truyền thông")
    assert [(one.agency.key, one.scope) for one in made.review_scopes.all()] == [("m-tc", "recurrent")]
    assert AuditEntry.objects.filter(verb="create_programme", object_id=str(made.pk)).count() == 1
    for membership in cast:
        if membership.pk != cast.admin.pk:
            with pytest.raises(NotAllowed):
                create_programme(new(code="x"), actor=membership)


def test_everything_that_is_wrong_is_said_at_once(cast: Cast) -> None:
    agency, provinces = (
        Agency.objects.get,
        list(Agency.objects.in_force(clock.today()).of_classes(["provinces"])),
    )
    wrong: dict[str, tuple[ProgrammeData, set[tuple[str, str]]]] = {
        "blank": (
            new(code="", name=" ", short_name="", year_from=None),
            {("blank", name) for name in ("code", "name", "short_name", "year_from")},
        ),
        "code": (new(code="2008"), {("taken", "code")}),
        "address": (new(code="new"), {("taken", "code")}),
        "slug": (new(code="Năm 2016"), {("no_slug", "code")}),
        "years": (new(year_from=2020, year_to=2016), {("years_backward", "year_to")}),
        "far": (new(year_from=1800), {("no_year", "year_from"), ("years_many", "year_to")}),
        "deadline": (new(plan_deadline=date(2021, 1, 1)), {("deadline_late", "plan_deadline")}),
        "antiquity": (
            new(year_from=0, year_to=0),
            {("no_year", "year_from"), ("no_year", "year_to")},
        ),
        "lead": (new(lead=agency(key="p82")), {("lead_foreign", "lead")}),
        "body": (new(decided_by="superior"), {("blank", "deciding_body")}),
        "decides": (new(decided_by="nobody"), {("no_choice", "decided_by")}),
        "class": (new(planning_classes=("country", "x")), {("no_class", "planning_classes")}),
        "ended": (
            new(co_reviewers=(ReviewScope(agency(key="m-bcvt"), "recurrent"),)),
            {("co_reviewer_ended", "co_reviewers-0-agency")},
        ),
        "many": (
            new(co_reviewers=tuple(ReviewScope(one, "recurrent") for one in provinces[:13])),
            {("too_many", "co_reviewers")},
        ),
        "scopes": (
            new(
                co_reviewers=(
                    ReviewScope(agency(key="m-tc"), "recurrent"),
                    ReviewScope(agency(key="m-tc"), "x"),
                    ReviewScope(agency(key="m-tttt"), "recurrent"),
                    ReviewScope(None, "recurrent"),
                )
            ),
            {
                ("no_choice", "co_reviewers-1-scope"),
                ("co_reviewer_twice", "co_reviewers-1-agency"),
                ("co_reviewer_leads", "co_reviewers-2-agency"),
                ("blank", "co_reviewers-3-agency"),
            },
        ),
    }
    for name, (stated, expected) in wrong.items():
        with pytest.raises(Refused) as refused:
            create_programme(stated, actor=cast.admin)
        assert codes(refused) == expected, name


def test_what_plans_and_periods_rest_on_stays_with_the_reason(cast: Cast, draft: Plan) -> None:
    programme = draft.programme
    before = data_of(programme)
    wanted = replace(before, code="x", year_to=2011, asks_route=False, document=None, note="Ghi chú")
    with pytest.raises(Refused) as refused:
        change_programme(programme, wanted, actor=cast.admin)
    assert codes(refused) == {("locked", name) for name in ("code", "year_to", "asks_route", "document")}
    assert "3 " in str(refused.value)  # the draft, the national plan and the directive
    changed = change_programme(programme, replace(before, note="Ghi chú"), actor=cast.admin)
    assert (changed.note, changed.row_version) == ("Ghi chú", programme.row_version + 1)


def test_only_what_is_said_otherwise_is_a_change(cast: Cast) -> None:
    programme = Programme.objects.get(code="2009-2010")
    before = data_of(programme)
    same = replace(before, name=f"  {before.name} ", note=before.note.replace("\n", "\r\n") + "\r\n")
    assert change_programme(programme, same, actor=cast.admin).row_version == programme.row_version
    assert not AuditEntry.objects.filter(verb="change_programme").exists()
    assert create_programme(new(position=None), actor=cast.admin).position == 5


def test_the_body_that_decides_is_of_the_kind_that_decides(cast: Cast) -> None:
    programme = Programme.objects.get(code="2009-2010")
    before = data_of(programme)
    with pytest.raises(Refused) as refused:  # the lead's name is that of no superior body
        change_programme(programme, replace(before, decided_by="superior"), actor=cast.admin)
    assert codes(refused) == {("blank", "deciding_body")}
    named = replace(before, decided_by="superior", deciding_body="Thủ tướng Chính phủ")
    changed = change_programme(programme, named, actor=cast.admin)
    back = change_programme(programme, replace(data_of(changed), decided_by="lead"), actor=cast.admin)
    assert back.deciding_body == back.lead.name
    entry = AuditEntry.objects.filter(verb="change_programme").latest("sequence")
    assert f'"deciding_body":["Thủ tướng Chính phủ","{back.lead.name}"]' in entry.data


def test_a_co_reviewer_that_has_ended_since_may_stay(cast: Cast) -> None:
    programme = Programme.objects.get(code="2009-2010")
    Agency.objects.filter(key="m-tc").update(valid_to="2008-05-31")
    assert change_programme(programme, replace(data_of(programme), note="x"), actor=cast.admin).note == "x"


def test_who_decides_stays_while_plans_are_under_review(cast: Cast, draft: Plan) -> None:
    assert "decided_by" not in locked(uses_of(draft.programme))
    in_review(draft, cast)
    assert str(locked(uses_of(draft.programme))["decided_by"]).startswith("1 ")


def test_a_programme_is_part_of_no_circle_and_does_not_report_with_itself(cast: Cast) -> None:
    parent, child = Programme.objects.get(code="2008"), Programme.objects.get(code="2009-2010")
    change_programme(child, replace(data_of(child), parent=parent), actor=cast.admin)
    stated = replace(data_of(parent), parent=child, reports_with=(parent,))
    with pytest.raises(Refused) as refused:
        change_programme(parent, stated, actor=cast.admin)
    assert codes(refused) == {("parent_below", "parent"), ("reports_with_itself", "reports_with")}


def test_nobody_changes_the_programme_of_another_lead(cast: Cast) -> None:
    foreign = Programme.objects.get(code="2007-2010-tien-giang")
    with pytest.raises(NotAllowed):
        change_programme(foreign, replace(data_of(foreign), note="x"), actor=cast.admin)
    with pytest.raises(NotAllowed):
        change_lead(foreign, Agency.objects.get(key="p82"), document="1/QĐ", reason="x", actor=cast.admin)


def test_another_lead_needs_document_and_reason_and_takes_the_right_along(cast: Cast) -> None:
    programme = Programme.objects.get(code="2009-2010")
    CoReviewer.objects.filter(programme=programme, agency__key="m-tc").delete()
    interior, finance = Agency.objects.get(key="m-nv"), Agency.objects.get(key="m-khdt")
    wrong: list[tuple[Agency | None, str, str, set[tuple[str, str]]]] = [
        (None, "", " ", {("blank", "lead"), ("document_missing", "document"), ("blank", "reason")}),
        (programme.lead, "1/QĐ", "x", {("lead_same", "lead")}),
        (finance, "1/QĐ", "x", {("lead_co_reviews", "lead")}),
        (Agency.objects.get(key="tg-so-tc"), "1/QĐ", "x", {("lead_level", "lead")}),
        (Agency.objects.get(key="m-bcvt"), "1/QĐ", "x", {("lead_ended", "lead")}),
    ]
    for lead, document, reason, expected in wrong:
        with pytest.raises(Refused) as refused:
            change_lead(programme, lead, document=document, reason=reason, actor=cast.admin)
        assert codes(refused) == expected
    changed = change_lead(programme, interior, document="12/QĐ-TTg", reason="Phân công lại", actor=cast.admin)
    assert (changed.lead, changed.deciding_body) == (interior, interior.name)
    with pytest.raises(NotAllowed):
        change_programme(changed, data_of(changed), actor=cast.admin)


# --- The pages


def test_the_page_shows_what_is_locked_and_saves_the_rest(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    client = in_english(client_for(cast.admin))
    url = reverse("programme_edit", args=["2009-2010"])
    page = client.get(url)
    assert "3 plans rest on it." in said(page)
    typed = posted(page) | {"note": "Mới", "code": "tampered"}
    answer = client.post(url, typed)
    assert (answer.status_code, answer["Location"]) == (302, reverse("programme_detail", args=["2009-2010"]))
    programme = Programme.objects.get(code="2009-2010")
    assert (programme.note, programme.review_scopes.count()) == ("Mới", 2)
    # Saved on the version that was shown first: somebody came in between, and nothing typed is lost.
    late = client.post(url, typed | {"note": "Muộn"})
    assert late.status_code == 422
    assert "Somebody else changed it meanwhile" in said(late)
    assert "It says now: Note: “Mới”." in said(late)
    assert "Muộn" in late.content.decode()
    again = typed | {"note": "Muộn", "row_version": late.context["form"]["row_version"].value()}
    assert client.post(url, again).status_code == 302


def test_a_co_reviewer_that_is_wrong_is_named_at_its_field(client_for: ClientFor, cast: Cast) -> None:
    client = in_english(client_for(cast.admin))
    url = reverse("programme_edit", args=["2009-2010"])
    typed = posted(client.get(url)) | {
        "co_reviewers-1-agency": "m-khdt",
        "co_reviewers-2-agency": "",
        "co_reviewers-2-scope": "",
    }
    page = client.post(url, typed)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["co_reviewers-1-agency"]


def test_the_lead_is_handed_over_only_after_what_it_entails(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    in_review(draft, cast)
    client = in_english(client_for(cast.admin))
    url = reverse("programme_lead", args=["2009-2010"])
    typed = {"lead": "m-nv", "document": "12/QĐ-TTg", "reason": "Phân công lại"}
    question = said(client.post(url, typed))
    assert "1 plan under review" in question
    assert "nobody: what is submitted waits until somebody is entered there" in question
    assert Programme.objects.get(code="2009-2010").lead.key == "m-tttt"
    assert client.post(url, typed | {"confirmed": "1"}).status_code == 302
    assert Programme.objects.get(code="2009-2010").lead.key == "m-nv"
    page = said(client.get(reverse("programme_detail", args=["2009-2010"])))
    assert "it belongs to another agency or programme" in page
    assert client.get(url).status_code == 403


def test_a_new_programme_begins_as_one_of_the_own_agency(client_for: ClientFor, cast: Cast) -> None:
    client = in_english(client_for(cast.admin))
    url = reverse("programme_new")
    page = client.get(url)
    leads = [key for key, _label in page.context["form"].fields["lead"].choices]
    assert [str(key) for key in leads] == ["m-tttt"]
    typed = posted(page) | {
        "code": "2016-2020",
        "name": "Chương trình",
        "short_name": "2016-2020",
        "year_from": "2016",
        "year_to": "2020",
        "decided_by": "lead",
        "planning_classes": ["ministries", "provinces"],
    }
    assert client.post(url, typed | {"year_to": "2010"}).status_code == 422
    assert client.post(url, typed).status_code == 302
    assert Programme.objects.get(code="2016-2020").planning_classes == ["ministries", "provinces"]


def test_who_administers_another_agency_keeps_its_own_programmes(cast: Cast) -> None:
    membership = Membership.objects.create(
        user=cast.other_editor.user, agency=Agency.objects.get(key="s-bcvt-82"), role="administrator"
    )
    programme = Programme.objects.get(code="2007-2010-tien-giang")
    assert change_programme(programme, replace(data_of(programme), note="x"), actor=membership).note == "x"
