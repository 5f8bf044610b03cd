"""Many agencies at once by API: a dry run, then the act on what it showed; what bars it; once under a key."""

from typing import Any

import pytest

from agencies.models import AuditEntry
from core import clock
from reports.filing.actions import return_filing
from reports.models import BulkAct, Cycle, Filing, Reminder
from tests.api.calling import CallerFor, codes, problem
from tests.api.tables.reports import underway
from tests.cast import Cast

pytestmark = pytest.mark.django_db

BULK = "cycles/2008/2008-A1/bulk/"
PAPER = {"to": "2008-06-30", "document": "15/BTTTT", "document_on": "2008-06-18", "reason": "Thiên tai."}


@pytest.fixture
def cycle(cast: Cast) -> Cycle:
    """Asked of Tiền Giang, which drafts, and of Nghệ An, which has filed."""
    underway(cast)
    return Cycle.objects.get(code="2008-A1")


def test_what_a_dry_run_shows_is_done_unless_it_has_changed(api: CallerFor, cast: Cast, cycle: Cycle) -> None:
    caller = api(cast.reviewer)
    asked: dict[str, Any] = {"agencies": ["p40", "p82"], "leave_out": True}
    shown = caller.post(f"{BULK}accept/", {**asked, "dry_run": True}).json()
    rows = {row["agency"]["key"]: row for row in shown["rows"]}
    assert (shown["dry_run"], shown["done"], shown["left_out"], shown["act"]) == (True, 1, 1, None)
    assert (rows["p40"]["before"], rows["p40"]["after"]) == ("submitted", "accepted")
    assert (rows["p82"]["refusal"], bool(rows["p82"]["reason"])) == ("not_submitted", True)
    assert not BulkAct.objects.exists()
    seen = {key: row["seen"] for key, row in rows.items()}
    return_filing(Filing.objects.get(report__agency__key="p40"), actor=cast.reviewer2, reason="Thiếu.")
    conflict = caller.post(f"{BULK}accept/", {**asked, "seen": seen})
    assert (conflict.status_code, set(problem(conflict)["theirs"])) == (409, {"p40"})
    assert not BulkAct.objects.exists()


def test_everything_that_bars_it_is_said_at_its_place(api: CallerFor, cast: Cast, cycle: Cycle) -> None:
    caller = api(cast.reviewer)
    refused = caller.post(f"{BULK}accept/", {"agencies": ["p82", "p999", "p40"]})
    assert codes(refused) == [("agency_unknown", "/agencies/1"), ("not_submitted", "/agencies/0")]
    late = caller.post(f"{BULK}extend/", {**PAPER, "agencies": ["p82"], "document_on": "2008-07-01"})
    assert codes(late) == [("document_future", "/document_on")]
    taken = {"agencies": ["p40"], "document": "9/BTTTT", "document_on": "2008-07-01"}
    assert codes(caller.post(f"{BULK}accept/", taken)) == [("document_future", "/document_on")]
    early = caller.post(f"{BULK}extend/", {**PAPER, "agencies": ["p82"], "to": "2008-06-10"})
    assert codes(early) == [("extension_date", "/agencies/0")]
    unread = caller.post(f"{BULK}extend/", {"agencies": [], "to": "30/06/2008"})
    assert {pointer for _code, pointer in codes(unread)} >= {"/agencies", "/to", "/document", "/reason"}


def test_a_key_acts_once_and_leaves_a_receipt(api: CallerFor, cast: Cast, cycle: Cycle) -> None:
    caller = api(cast.reviewer)
    body = {"agencies": ["p82", "p40"], **PAPER}
    first = caller.post(f"{BULK}extend/", body, Idempotency_Key="k1")
    again = caller.post(f"{BULK}extend/", body, Idempotency_Key="k1")
    assert first.json() == again.json()
    assert AuditEntry.objects.filter(verb="bulk_extend").count() == 1
    receipt = caller.get(f"bulk-acts/{first.json()['act']['id']}/").json()
    assert [row["after"] for row in receipt["rows"]] == ["2008-06-30", "2008-06-30"]
    assert (receipt["document"], receipt["done"], receipt["by"]) == ("15/BTTTT", 2, str(cast.reviewer.user))
    listed = caller.get("bulk-acts/", programme="2008", name="extend").json()
    assert listed["count"] == 1
    assert caller.get("bulk-acts/", programme="2009-2010").json()["count"] == 0


def test_reminders_are_read_by_both_sides(api: CallerFor, cast: Cast, cycle: Cycle) -> None:
    assert api(cast.admin).post(f"{BULK}remind/", {"agencies": ["p82"]}).status_code == 200
    again = api(cast.admin).post("cycles/2008/2008-A1/reports/p82/acts/remind/", {})
    assert problem(again)["code"] == "reminded_today"
    for membership, count in ((cast.editor, 1), (cast.reviewer, 1), (cast.other_editor, 0), (cast.viewer, 0)):
        found = api(membership).get("reminders/", cycle="2008-A1").json()
        assert found["count"] == count
    told = api(cast.approver).get(f"reminders/{Reminder.objects.get().pk}/").json()
    assert (told["agency"]["key"], told["recipients"]) == (
        "p82",
        [str(cast.approver.user), str(cast.editor.user)],
    )
    assert "Đề nghị" in told["body"]


def test_plans_are_asked_for_by_their_day(api: CallerFor, cast: Cast) -> None:
    caller = api(cast.admin)
    owing = caller.get("programmes/2009-2010/without-plan/").json()
    assert (owing["due_on"], "p82" in {one["agency"]["key"] for one in owing["agencies"]}) == (
        "2008-06-29",
        True,
    )
    done = caller.post(
        "programmes/2009-2010/acts/remind/", {"agencies": ["p82"], "document": "9/BTTTT"}
    ).json()
    assert (done["done"], done["act"]["cycle"], done["rows"][0]["after"]) == (1, None, "2")
    after = caller.get("programmes/2009-2010/without-plan/").json()
    mine = next(one for one in after["agencies"] if one["agency"]["key"] == "p82")
    assert mine["reminded_on"] == clock.today().isoformat()
