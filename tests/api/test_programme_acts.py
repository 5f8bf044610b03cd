"""Programmes and periods through the API: the same acts, everything wrong at its pointer, no lost change."""

from typing import Any

import pytest

from core import clock
from plans.models import Programme
from reports.cycles.actions import open_cycle
from reports.models import Cycle
from tests.api.calling import Caller, CallerFor, codes, problem
from tests.api.tables.programme_administration import DOCUMENT, NEW_PROGRAMME, REASON, REGIME
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(api: CallerFor, cast: Cast) -> Caller:
    return api(cast.admin)


def change(caller: Caller, path: str, body: Any, method: str = "PUT") -> Any:
    """A change made on what stands now."""
    return caller.post(path, body, method, If_Match=caller.get(path)["ETag"])


def test_a_programme_is_made_and_changed_on_the_version_that_was_read(admin: Caller) -> None:
    made = admin.post("programmes/", NEW_PROGRAMME, Idempotency_Key="one")
    assert made.status_code == 201
    assert admin.post("programmes/", NEW_PROGRAMME, Idempotency_Key="one").json() == made.json()
    address = made["Location"].removeprefix("http://testserver")
    assert admin.get(address)["ETag"] == made["ETag"]
    assert admin.post(address, {"note": "x"}, "PATCH").status_code == 428
    changed = admin.post(
        address, {"note": "x", "plan_deadline": "2015-06-30"}, "PATCH", If_Match=made["ETag"]
    )
    assert (changed.json()["note"], changed.json()["plan_deadline"]) == ("x", "2015-06-30")
    late = admin.post(address, {"note": "y"}, "PATCH", If_Match=made["ETag"])
    assert (late.status_code, problem(late)["code"]) == (412, "if_match_old")


def test_everything_wrong_in_a_programme_has_its_pointer(admin: Caller) -> None:
    scopes = [{"agency": "m-tttt", "scope": "recurrent"}, {"agency": "m-tc", "scope": "investment"}]
    wrong = NEW_PROGRAMME | {
        "code": "2008",
        "year_to": 2010,
        "co_reviewers": scopes,
        "reports_with": ["2008"],
    }
    assert set(codes(admin.post("programmes/", wrong))) == {
        ("taken", "/code"),
        ("years_backward", "/year_to"),
        ("co_reviewer_leads", "/co_reviewers/0/agency"),
    }
    unknown = NEW_PROGRAMME | {"document": "1-1999", "parent": "x", "reports_with": ["2008", "y"]}
    unknown |= {"co_reviewers": [{"agency": "z", "scope": "recurrent"}]}
    assert set(codes(admin.post("programmes/", unknown))) == {
        ("document_unknown", "/document"),
        ("programme_unknown", "/parent"),
        ("programme_unknown", "/reports_with/1"),
        ("agency_unknown", "/co_reviewers/0/agency"),
    }
    unread = admin.post("programmes/", {"code": "x y", "cadence": "quarter"})
    assert ("unknown_field", "/cadence") in codes(unread)
    locked = change(admin, "programmes/2009-2010/", {"year_to": 2012, "note": "x"}, "PATCH")
    assert codes(locked) == [("locked", "/year_to")]
    assert Programme.objects.get(code="2009-2010").note != "x"


def test_outline_and_what_hangs_on_it_are_replaced_as_a_whole(admin: Caller) -> None:
    outline = "programmes/2009-2010/outline/"
    rows = admin.get(outline).json()["headings"]
    assert len(rows) == 34
    shorter = [row for row in rows if row["number"] != "VI"]
    lost = change(admin, outline, {"headings": shorter})
    assert codes(lost) == [("heading_in_use", "")]
    wrong = [*rows, {"number": "I", "heading": "Hai lần"}]
    assert codes(change(admin, outline, {"headings": wrong})) == [("number_twice", "/headings/34/number")]
    renumbered = [
        row | {"number": "II.1.đ", "was": "II.1.b"} if row["number"] == "II.1.b" else row for row in rows
    ]
    done = change(admin, outline, {"headings": renumbered})
    assert done.json()["headings"][4]["number"] == "II.1.đ"
    figures = admin.get("programmes/2009-2010/status-figures/").json()["figures"]
    assert {one["number"] for one in figures} == {"II.1.đ"}
    mapping = "programmes/2009-2010/outline/from/2007-2010-tien-giang/"
    goals = {one["number"]: one["to"] for one in admin.get(mapping).json()["headings"]}
    assert goals["II.1.b"] == "II.1.đ"
    unknown = change(admin, mapping, {"headings": [{"number": "I", "to": "I"}, {"number": "II", "to": "IX"}]})
    assert codes(unknown) == [("no_heading", "/headings/1/to")]
    twice = [{"number": "I", "to": ""}, {"number": "I ", "to": "I"}]
    assert codes(change(admin, mapping, {"headings": twice})) == [("number_twice", "/headings/1/number")]
    strange = [{"number": "I", "to": ""}, {"number": "I,1", "to": "I"}]
    assert codes(change(admin, mapping, {"headings": strange})) == [
        ("no_source_heading", "/headings/1/number")
    ]


def test_the_checklist_and_the_figures_say_where_they_are_wrong(admin: Caller) -> None:
    checklist = "programmes/2009-2010/checklist/"
    items = admin.get(checklist).json()["items"]
    wrong = [items[0], {"text": items[0]["text"]}, {"text": "x", "document": "1-1999"}]
    assert codes(change(admin, checklist, {"items": wrong})) == [("document_unknown", "/items/2/document")]
    wrong[2] = {"text": "x", "id": 99_999}
    found = {("item_twice", "/items/1/text"), ("no_item", "/items/2/id")}
    assert set(codes(change(admin, checklist, {"items": wrong}))) == found
    kept = change(admin, checklist, {"items": [items[1] | {"required": True}]}).json()["items"]
    assert [(one["id"], one["required"]) for one in kept] == [(items[1]["id"], True)]
    figures = {
        "figures": [{"number": "IX", "indicator": "officials-using-email"}, {"number": "I", "indicator": "x"}]
    }
    path = "programmes/2009-2010/status-figures/"
    assert codes(change(admin, path, figures)) == [("indicator_unknown", "/figures/1/indicator")]
    figures["figures"].pop()
    assert codes(change(admin, path, figures)) == [("no_heading", "/figures/0/number")]


def test_regimes_are_entered_changed_and_taken_out(admin: Caller, api: CallerFor, cast: Cast) -> None:
    path = "programmes/2009-2010/regimes/"
    made = admin.post(path, REGIME)
    assert made.status_code == 201
    assert codes(admin.post(path, REGIME)) == [("regimes_meet", "/valid_from")]
    early = REGIME | {"cutoff_day": 14, "valid_from": "2008-01-01", "valid_to": "2008-12-31"}
    assert codes(admin.post(path, early)) == [("cutoff_early", "/cutoff_day")]
    one = f"{path}{made.json()['id']}/"
    assert change(admin, one, {"due_days": None, "note": "x"}, "PATCH").json()["due_days"] is None
    assert api(cast.editor).get(one).json()["note"] == "x"
    assert admin.post(f"{one}acts/remove/", REASON).status_code == 204
    assert admin.get(one).status_code == 404


def test_another_lead_takes_the_right_along(admin: Caller) -> None:
    path = "programmes/2009-2010/acts/change-lead/"
    assert codes(admin.post(path, {"lead": "zz", **DOCUMENT, **REASON})) == [("agency_unknown", "/lead")]
    assert codes(admin.post(path, {"lead": "m-tc", **DOCUMENT, **REASON})) == [("lead_co_reviews", "/lead")]
    assert admin.post(path, {"lead": "m-nv", **DOCUMENT, **REASON}).json()["lead"]["key"] == "m-nv"
    assert admin.post(path, {"lead": "m-tttt", **DOCUMENT, **REASON}).status_code == 403


def test_an_open_period_is_kept(admin: Caller, cast: Cast) -> None:
    with clock.at("2008-07-01T08:00"):
        open_cycle(Programme.objects.get(code="2008"), "2008-Q2", actor=cast.admin)
    acts = "cycles/2008/2008-Q2/acts"
    wrong = admin.post(f"{acts}/change/", {"due_on": "2008-06-30", **DOCUMENT, **REASON})
    assert codes(wrong) == [("cycle_due", "/due_on")]
    changed = admin.post(f"{acts}/change/", {"due_on": "2008-07-31", **DOCUMENT, **REASON})
    assert changed.json()["due_on"] == "2008-07-31"
    renamed = admin.post(f"{acts}/change/", {"title": "Quý 2", **DOCUMENT, **REASON}).json()
    assert (renamed["title"], renamed["due_on"]) == ("Quý 2", "2008-07-31")
    assert admin.post(f"{acts}/withdraw-agency/", {"agency": "p40", **DOCUMENT}).json()["obliged"] == 85
    assert codes(admin.post(f"{acts}/withdraw-agency/", {"agency": "p40", **DOCUMENT})) == [
        ("no_report", "/agency")
    ]
    several = {"agencies": ["p40", "p26", "zz"], **DOCUMENT}
    assert codes(admin.post(f"{acts}/add-agencies/", several)) == [("agency_unknown", "/agencies/2")]
    several["agencies"] = ["p40", "p26"]
    assert codes(admin.post(f"{acts}/add-agencies/", several)) == [("report_exists", "/agencies/1")]
    several["agencies"] = ["p40"]
    assert admin.post(f"{acts}/add-agencies/", several).json()["obliged"] == 86
    assert admin.post(f"{acts}/remove/", REASON).status_code == 204
    assert not Cycle.objects.exists()
