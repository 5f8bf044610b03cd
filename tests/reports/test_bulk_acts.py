"""Acts on many agencies at once: the single acts' rules for each row, all or none, one entry of the audit."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import AuditEntry, Membership
from agencies.permissions import can
from core import clock
from core.findings import Conflict, NotAllowed, Refused
from reports.bulk.acts import BULK
from reports.bulk.doing import act_on_many
from reports.bulk.shapes import REASONS, Stated
from reports.bulk.weighing import reports_of
from reports.cycles.granting import exempt, extend, record_receipt
from reports.filing.actions import accept_filing, return_filing
from reports.filing.acts import ACTS
from reports.models import BulkAct, Cycle, Filing, FilingState, Report
from tests.cast import Cast
from tests.reports.filings import by
from tests.reports.many import keys_of, submitted

pytestmark = pytest.mark.django_db

AT = "2008-07-18T09:00"
TO = date(2008, 7, 30)
PAPER = Stated(to=TO, document="1021/BTTTT", document_on=date(2008, 7, 17), reason="Thiên tai.")


@pytest.fixture(autouse=True)
def _three_days_after_the_deadline(_july_2008: None) -> Any:
    with clock.at(AT):
        yield


Do = Callable[..., BulkAct]


@pytest.fixture
def do(q2: Cycle, cast: Cast) -> Do:
    """One act of the reviewer, unless somebody else is named; each under a token of its own."""
    count = iter(range(1000))

    def perform(name: str, agencies: Sequence[str], **more: Any) -> BulkAct:
        said = {"actor": cast.reviewer, "stated": PAPER, "token": f"t{next(count)}", **more}
        return act_on_many(q2, name, agencies, **said)

    return perform


def weighed(
    cycle: Cycle, name: str, agencies: Sequence[str], actor: Membership, stated: Stated = PAPER
) -> Any:
    return {one.agency.key: one for one in BULK[name].weigh(reports_of(cycle, agencies), stated, actor)}


def last_entry() -> tuple[str, dict[str, Any]]:
    entry = AuditEntry.objects.order_by("sequence").last()
    assert entry is not None
    return entry.verb, json.loads(entry.data)


def test_each_act_asks_the_right_of_the_single_one() -> None:
    assert set(BULK) == set(BulkAct.Name.values)
    assert {name: kind.permission for name, kind in BULK.items()} == {
        name: ACTS[name].permission for name in BULK
    }


def test_eighty_six_are_extended_as_one_act(cast: Cast, q2: Cycle, do: Do) -> None:
    before = AuditEntry.objects.count()
    act = do("extend", keys_of(q2))
    granted = q2.reports.values_list("extended_to", "extension_document", "extension_document_on")
    assert set(granted) == {(TO, "1021/BTTTT", date(2008, 7, 17))}
    assert AuditEntry.objects.count() == before + 1
    verb, said = last_entry()
    assert (verb, said["done"], said["document"], said["to"]) == ("bulk_extend", 86, "1021/BTTTT", str(TO))
    assert sorted(said["agencies"]) == keys_of(q2)
    assert (act.document, act.document_on, act.reason) == ("1021/BTTTT", date(2008, 7, 17), "Thiên tai.")
    assert set(act.rows.values_list("before", "after", "refusal")) == {("2008-07-15", "2008-07-30", "")}
    assert act.rows.count() == 86


def test_extending_and_accepting_eighty_six_is_quick_whatever_their_number(
    cast: Cast, q2: Cycle, do: Do
) -> None:
    submitted(q2, cast.editor)
    keys = keys_of(q2)
    costs: dict[str, list[int]] = {"extend": [], "accept": [], "exempt": []}
    began = time.monotonic()
    for name, found in costs.items():
        for some in (keys[:3], keys[3:]):
            with CaptureQueriesContext(connection) as queries:
                act = do(name, some)
            assert act.rows.filter(refusal="").count() == len(some)
            found.append(len(queries))
    assert time.monotonic() - began < 3
    assert all(few == many for few, many in costs.values()), costs
    assert max(max(found) for found in costs.values()) <= 25, costs


def test_accepting_goes_through_the_workflow(cast: Cast, q2: Cycle, do: Do) -> None:
    submitted(q2, cast.editor, ["p82", "p40", "p89", "m-tc"])
    returned = Filing.objects.get(report__agency__key="p40")
    accepted = Filing.objects.get(report__agency__key="p89")
    return_filing(returned, actor=cast.reviewer2, reason="Thiếu.")
    accept_filing(accepted, actor=cast.reviewer2)
    own = Filing.objects.get(report__agency__key="m-tc")
    own.drafted_by.add(cast.reviewer.user)
    filed, silent = (weighed(q2, "extend", [key], cast.reviewer)[key] for key in ("p89", "p01"))
    assert (bool(filed.warning), bool(silent.warning)) == (True, False)  # its timeliness is decided
    found = weighed(q2, "accept", ["p82", "p40", "p89", "m-tc", "p01"], cast.reviewer)
    assert {key: one.refusal for key, one in found.items()} == {
        "p82": "",
        "p40": "returned",
        "p89": "accepted",
        "m-tc": "four_eyes",
        "p01": "not_submitted",
    }
    assert all(str(one.reason) for one in found.values() if one.refusal)
    do("accept", list(found), leave_out=True)
    verb, said = last_entry()
    assert (verb, said["done"], said["agencies"]) == ("bulk_accept", 1, ["p82"])
    assert sorted(said["left_out"]) == ["m-tc", "p01", "p40", "p89"]
    states = dict(Filing.objects.filter(number=1).values_list("report__agency__key", "state"))
    assert states == {"p82": "accepted", "p40": "returned", "p89": "accepted", "m-tc": "submitted"}
    assert Filing.objects.get(report__agency__key="p82").accepted_at == clock.now()


def test_what_each_row_is_told_before(cast: Cast, q2: Cycle) -> None:
    submitted(q2, cast.editor, ["p82"])
    Report.objects.filter(agency__key="p82").update(first_submitted_at=clock.now())  # three days late
    extend(
        q2.reports.get(agency__key="p40"),
        date(2008, 8, 5),
        actor=cast.reviewer,
        **by("1/BTTTT"),
    )
    exempt(q2.reports.get(agency__key="p89"), actor=cast.reviewer, **by("2/BTTTT"))
    found = weighed(q2, "extend", ["p82", "p40", "p89", "p01"], cast.reviewer)
    assert found["p82"].effect == "muộn 3 ngày → đúng hạn"
    assert "05/08/2008" in found["p40"].warning
    assert (found["p89"].refusal, found["p01"].before, found["p01"].after) == (
        "exempt",
        "2008-07-15",
        "2008-07-30",
    )
    early = weighed(q2, "extend", ["p01"], cast.reviewer, replace(PAPER, to=date(2008, 7, 15)))
    assert early["p01"].refusal == "extension_date"
    assert not weighed(q2, "extend", ["p01"], cast.reviewer, Stated())["p01"].after
    assert weighed(q2, "exempt", ["p82"], cast.reviewer)["p82"].warning


def test_all_rows_or_none(cast: Cast, q2: Cycle, do: Do) -> None:
    exempt(q2.reports.get(agency__key="p89"), actor=cast.reviewer, **by("2/BTTTT"))
    before = AuditEntry.objects.count()
    with pytest.raises(Refused) as refused:
        do("extend", ["p82", "p89", "p999", "p40", "p40"])
    assert [(one.code, one.place.path) for one in refused.value.findings] == [
        ("agency_unknown", "agencies/2"),
        ("agency_twice", "agencies/3"),
        ("exempt", "agencies/1"),
    ]
    assert not BulkAct.objects.exists()
    assert not q2.reports.filter(extended_to__isnull=False).exists()
    assert AuditEntry.objects.count() == before
    assert do("extend", ["p82", "p89"], leave_out=True).rows.get(refusal="exempt").agency.key == "p89"
    with pytest.raises(Refused) as nothing:
        do("extend", ["p89"], leave_out=True)
    assert nothing.value.code == "bulk_nothing"


def test_everything_that_is_wrong_with_the_paper_is_said_at_once(do: Do) -> None:
    with pytest.raises(Refused) as refused:
        do("extend", ["p82"], stated=Stated(document_on=date(2008, 8, 1)))
    assert {(one.code, one.place.path) for one in refused.value.findings} == {
        ("to_missing", "to"),
        ("document_missing", "document"),
        ("reason_missing", "reason"),
        ("document_future", "document_on"),
    }
    with pytest.raises(Refused) as nobody:
        do("exempt", [])
    assert [one.code for one in nobody.value.findings] == ["agencies_missing"]
    with pytest.raises(Refused) as crowd:
        do("exempt", [f"p{number}" for number in range(1001)])
    assert [one.code for one in crowd.value.findings] == ["agencies_many"]


def test_who_may_not_writes_nothing(cast: Cast, q2: Cycle, do: Do) -> None:
    submitted(q2, cast.editor, ["p82"])
    for name, kind in BULK.items():
        for character in Cast.__dataclass_fields__:
            membership = getattr(cast, character)
            if not can(membership, kind.permission, q2):
                with pytest.raises(NotAllowed):
                    do(name, ["p82"], actor=membership)
    assert not BulkAct.objects.exists()
    assert Filing.objects.get().state == FilingState.SUBMITTED


def test_the_same_form_acts_once(cast: Cast, do: Do) -> None:
    first = do("extend", ["p82"], token="once")
    entries = AuditEntry.objects.count()
    assert do("extend", ["p82"], token="once").pk == first.pk
    assert AuditEntry.objects.count() == entries
    assert do("extend", ["p82"], token="once", actor=cast.reviewer2).pk != first.pk


def test_what_changed_since_it_was_shown_is_a_conflict(cast: Cast, q2: Cycle, do: Do) -> None:
    """Each act notices what it rests on, and nothing is half written."""
    submitted(q2, cast.editor, ["p82", "p40"])
    report = q2.reports.get(agency__key="p40")
    changes: dict[str, Callable[[], object]] = {
        "accept": lambda: return_filing(
            Filing.objects.get(report=report), actor=cast.reviewer2, reason="Thiếu."
        ),
        "extend": lambda: extend(report, TO, actor=cast.reviewer2, **by("3/BTTTT")),
        "exempt": lambda: record_receipt(report, date(2008, 7, 9), actor=cast.reviewer2, document="4/UBND"),
    }
    for name, change in changes.items():
        seen = {key: one.seen for key, one in weighed(q2, name, ["p82", "p40"], cast.reviewer).items()}
        change()
        with pytest.raises(Conflict) as conflict:
            do(name, ["p82", "p40"], seen=seen, leave_out=True)
        assert set(conflict.value.theirs) == {"p40"}, name
        assert not BulkAct.objects.exists()
    other = q2.reports.get(agency__key="p82")
    assert (other.extended_to, other.exempt, other.filings.get().state) == (None, False, "submitted")
    seen = {key: one.seen for key, one in weighed(q2, "extend", ["p82", "p40"], cast.reviewer).items()}
    assert do("extend", ["p82", "p40"], seen=seen).rows.count() == 2


def test_every_reason_has_words() -> None:
    assert {"exempt", "extension_date", "four_eyes", *FilingState.values} - {"draft", "submitted"} <= set(
        REASONS
    )
    assert all(str(text) for text in REASONS.values())
