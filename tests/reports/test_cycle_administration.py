"""Open periods as an administrator keeps them: deadline, agencies, removal; whom each change concerns."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from agencies.models import Agency, AuditEntry
from core import clock
from core.findings import NotAllowed, Refused, WrongState
from plans.models import Programme
from reports.compiling import compile_cycle
from reports.cycles.actions import open_cycle
from reports.cycles.consequences import of_withdrawal
from reports.cycles.granting import extend, record_receipt
from reports.cycles.keeping import (
    CycleChange,
    add_agencies,
    change_cycle,
    delete_cycle,
    version_of,
    withdraw_agency,
)
from reports.cycles.missing import missing_of_cycles
from reports.cycles.timeliness import timeliness_of
from reports.models import Cycle, Report, ReportLine
from tests.cast import Cast
from tests.reading import ClientFor, codes, in_english, said
from tests.reports.filings import People, begun, by, filed, report_of
from tests.reports.issuing import issued_file

pytestmark = pytest.mark.django_db
DOCUMENT = "25/BTTTT-UDCNTT"
LATE = date(2008, 7, 25)


def change(**said: Any) -> CycleChange:
    usual = {"title": "Quý II năm 2008", "due_on": LATE, "document": DOCUMENT, "reason": "Lũ ở Nghệ An"}
    return CycleChange(**{**usual, **said})


def standing(cycle: Cycle, agency: str) -> tuple[str, int]:
    judged = timeliness_of(report_of(cycle, agency), clock.now())
    return judged.standing.value, judged.days


def test_another_deadline_counts_for_whoever_has_not_filed_yet(cast: Cast, q2: Cycle) -> None:
    filed(q2, People(cast.editor, cast.approver), at="2008-07-18T09:00")  # late by three days
    with clock.at("2008-07-20T09:00"):
        record_receipt(report_of(q2, "p26"), date(2008, 7, 16), actor=cast.reviewer, document="1/UBND")
        extend(
            report_of(q2, "p31"),
            date(2008, 8, 10),
            actor=cast.reviewer,
            **by("2/BTTTT"),
        )
        assert standing(q2, "p40") == ("missing", 5)
        changed = change_cycle(q2, change(), actor=cast.admin)
        assert changed.due_on == LATE
        assert standing(q2, "p40") == ("waiting", 0)
    filed(q2, People(cast.other_editor, cast.other_approver), at="2008-07-24T09:00")
    with clock.at("2008-08-12T09:00"):
        assert standing(q2, "p82") == ("late", 3)  # judged by the deadline of that day
        assert standing(q2, "p26") == ("late", 1)
        assert standing(q2, "p40") == ("on_time", 0)
        assert standing(q2, "p31") == ("missing", 2)  # the later of deadline and extension
        assert report_of(q2, "p31").due_on == date(2008, 8, 10)
        # A paper of the days before the move, recorded after it: on which day that is done changes nothing.
        record_receipt(report_of(q2, "p30"), date(2008, 7, 18), actor=cast.reviewer, document="3/UBND")
        record_receipt(report_of(q2, "p33"), date(2008, 7, 24), actor=cast.reviewer, document="4/UBND")
        assert [standing(q2, "p30"), standing(q2, "p33")] == [("late", 3), ("on_time", 0)]
        # Moved again, those who filed under the second deadline keep that one.
        change_cycle(q2, change(due_on=date(2008, 8, 20), document="26/BTTTT"), actor=cast.admin)
        due = {key: report_of(q2, key).due_on for key in ("p82", "p40", "p31", "p01")}
    assert due == {
        "p82": date(2008, 7, 15),
        "p40": LATE,
        "p31": date(2008, 8, 20),
        "p01": date(2008, 8, 20),
    }
    entries = AuditEntry.objects.filter(verb="change_cycle").order_by("sequence")
    assert '"filed_before":2' in entries[0].data
    assert '"due_on":["2008-07-15","2008-07-25"]' in entries[0].data


def test_what_a_change_of_the_deadline_needs(cast: Cast, q2: Cycle) -> None:
    wrong: list[tuple[CycleChange, set[tuple[str, str]]]] = [
        (
            change(title=" ", due_on=None, document="", reason=""),
            {("blank", "title"), ("blank", "due_on"), ("document_missing", "document"), ("blank", "reason")},
        ),
        (change(due_on=date(2008, 6, 30)), {("cycle_due", "due_on")}),
        (change(due_on=date(2008, 7, 10)), {("due_passed", "due_on")}),
        (change(due_on=date(2008, 7, 15)), {("nothing_changed", "due_on")}),
        (change(title="x" * 201, document="x" * 101), {("too_long", "title"), ("too_long", "document")}),
    ]
    with clock.at("2008-07-12T09:00"):
        for stated, expected in wrong:
            with pytest.raises(Refused) as refused:
                change_cycle(q2, stated, actor=cast.admin)
            assert codes(refused) == expected
        for membership in (cast.reviewer, cast.editor, cast.lead_approver):
            with pytest.raises(NotAllowed):
                change_cycle(q2, change(), actor=membership)
        assert (
            change_cycle(q2, change(due_on=date(2008, 7, 15), title="Quý 2"), actor=cast.admin).title
            == "Quý 2"
        )
        earlier = change_cycle(q2, change(due_on=date(2008, 7, 13)), actor=cast.admin)
        assert earlier.due_on == date(2008, 7, 13)


def test_nothing_changes_once_the_report_is_issued(cast: Cast, q2: Cycle, staff: People) -> None:
    filed(q2, staff)
    with clock.at("2008-07-20T09:00"):
        compilation = compile_cycle(q2, actor=cast.reviewer)
        change_cycle(q2, change(), actor=cast.admin)  # compiled only: what arrives later is compiled anew
        issued_file(compilation, by=cast.reviewer, number="05/BC-BTTTT", on=date(2008, 7, 21))
        with pytest.raises(WrongState):
            change_cycle(q2, change(due_on=date(2008, 7, 30)), actor=cast.admin)
        with pytest.raises(WrongState):
            add_agencies(q2, [Agency.objects.get(key="p40")], document=DOCUMENT, actor=cast.admin)
        with pytest.raises(WrongState):
            withdraw_agency(report_of(q2, "p40"), document=DOCUMENT, actor=cast.admin)
        with pytest.raises(Refused):
            delete_cycle(q2, reason="Nhầm", actor=cast.admin)


def test_an_agency_that_was_withdrawn_can_be_added_again_with_its_lines(cast: Cast, q2: Cycle) -> None:
    before = ReportLine.objects.filter(report__cycle=q2).count()
    own = set(report_of(q2, "p40").lines.values_list("line", "role", "share"))
    withdraw_agency(report_of(q2, "p40"), document=DOCUMENT, actor=cast.admin)
    assert (q2.reports.count(), ReportLine.objects.filter(report__cycle=q2).count()) == (
        85,
        before - len(own),
    )
    (made,) = add_agencies(q2, [Agency.objects.get(key="p40")], document=DOCUMENT, actor=cast.admin)
    assert set(made.lines.values_list("line", "role", "share")) == own
    assert ReportLine.objects.filter(report__cycle=q2).count() == before
    wrong = Agency.objects.filter(key__in=["p40", "tg-so-tc", "m-bcvt"]).order_by("key")
    with pytest.raises(Refused) as refused:
        add_agencies(q2, list(wrong), document="", actor=cast.admin)
    assert codes(refused) == {
        ("agency_ended", "agencies/0"),
        ("report_exists", "agencies/1"),
        ("reports_inside", "agencies/2"),
        ("document_missing", "document"),
    }
    with pytest.raises(NotAllowed):
        withdraw_agency(report_of(q2, "p40"), document=DOCUMENT, actor=cast.reviewer)


def test_what_was_begun_or_received_is_exempted_and_never_withdrawn(
    cast: Cast, q2: Cycle, staff: People
) -> None:
    begun(q2, staff)
    record_receipt(report_of(q2, "p40"), date(2008, 7, 14), actor=cast.reviewer, document="1/UBND")
    for agency in ("p82", "p40"):
        with pytest.raises(Refused, match=r".*(Miễn|Exempt|miễn).*"):
            withdraw_agency(report_of(q2, agency), document=DOCUMENT, actor=cast.admin)
    with pytest.raises(Refused):
        delete_cycle(q2, reason="Nhầm", actor=cast.admin)
    assert Cycle.objects.filter(pk=q2.pk).exists()


def test_a_period_of_which_nothing_was_filed_goes_with_its_obligations(cast: Cast, q2: Cycle) -> None:
    with pytest.raises(Refused) as refused:
        delete_cycle(q2, reason=" ", actor=cast.admin)
    assert codes(refused) == {("blank", "reason")}
    with pytest.raises(NotAllowed):
        delete_cycle(q2, reason="Nhầm", actor=cast.reviewer)
    delete_cycle(q2, reason="Mở nhầm kỳ", actor=cast.admin)
    assert not Cycle.objects.exists()
    assert not Report.objects.exists()
    entry = AuditEntry.objects.get(verb="delete_cycle")
    assert '"obligations":86' in entry.data
    assert open_cycle(Programme.objects.get(code="2008"), "2008-Q2", actor=cast.admin).reports.count() == 86


def test_a_period_that_should_be_open_is_missing_for_the_administrator_of_the_lead(cast: Cast) -> None:
    with clock.at("2008-10-02T09:00"):
        urls = [one.url for one in missing_of_cycles(cast.admin)]
        assert urls == [f"{reverse('cycle_open')}?programme=2008&period=2008-Q2"]
        assert list(missing_of_cycles(cast.reviewer)) == []
        cycle = open_cycle(Programme.objects.get(code="2008"), "2008-Q2", actor=cast.admin)
        Cycle.objects.filter(pk=cycle.pk).update(regime=None)
        urls = [one.url for one in missing_of_cycles(cast.admin)]
    assert urls == [
        f"{reverse('cycle_open')}?programme=2008&period=2008-Q3",
        reverse("programme_detail", args=["2008"]),
    ]


def test_the_list_narrows_costs_little_and_leaves_as_a_workbook(
    client_for: ClientFor, cast: Cast, q2: Cycle
) -> None:
    client = in_english(client_for(cast.admin))
    url = reverse("kept_cycle_list")
    narrowed = {"": 1, "?year=2008": 1, "?year=2009": 0, "?kind=regular": 1, "?kind=ad_hoc": 0}
    found = {query: client.get(url + query).context["page"].paginator.count for query in narrowed}
    assert found == narrowed
    book = load_workbook(BytesIO(client.get(reverse("kept_cycle_list_export")).content))
    assert "Quý II năm 2008" in {cell.value for row in book.worksheets[0].iter_rows() for cell in row}

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    few = cost()
    for code in ("2008-Q3", "2008-Q4"):
        with clock.at("2009-01-05T09:00"):
            open_cycle(q2.programme, code, actor=cast.admin)
    assert cost() <= few <= 12


def test_every_act_asks_what_it_entails_before_it_is_done(
    client_for: ClientFor, cast: Cast, q2: Cycle
) -> None:
    client = in_english(client_for(cast.admin))

    def url(name: str) -> str:
        return reverse("kept_cycle_act", args=["2008", "2008-Q2", name])

    steps: list[tuple[str, dict[str, Any], str]] = [
        (
            "change",
            {
                "due_on": "31/07/2008",
                "title": q2.title,
                "document": DOCUMENT,
                "reason": "Lũ",
                "row_version": version_of(q2),
            },
            "Have not filed: the new deadline counts 86 agencies",
        ),
        ("withdraw", {"agency": "p40", "document": DOCUMENT}, "24 national lines"),
        ("add", {"agencies": ["p40"], "document": DOCUMENT}, "Tỉnh Nghệ An"),
        ("delete", {"reason": "Mở nhầm"}, "Obligations that end 86 agencies"),
    ]
    for name, typed, entails in steps:
        blank = client.post(url(name), dict.fromkeys(typed, ""))
        assert (blank.status_code, name) == (422, name)
        question = client.post(url(name), typed)
        assert question.status_code == 200
        assert entails in said(question), name
        done = client.post(url(name), typed | {"confirmed": "1"})
        assert (done.status_code, name) == (302, name)
    assert not Cycle.objects.exists()
    assert client.get(url("unknown")).status_code == 404


def test_two_administrators_at_one_period_undo_nothing(client_for: ClientFor, cast: Cast, q2: Cycle) -> None:
    made_on = version_of(q2)
    change_cycle(q2, change(), actor=cast.admin)
    with pytest.raises(Refused) as refused:
        change_cycle(q2, change(due_on=q2.due_on, title="Quý 2"), actor=cast.admin, version=made_on)
    assert refused.value.code == "changed_meanwhile"
    typed = {"due_on": "15/07/2008", "title": "Quý 2", "document": DOCUMENT, "reason": "Tên"}
    url = reverse("kept_cycle_act", args=["2008", "2008-Q2", "change"])
    late = in_english(client_for(cast.admin)).post(url, typed | {"row_version": made_on})
    assert late.status_code == 422
    assert "It says now: Deadline: “25/07/2008”; Title of the period: “Quý II năm 2008”." in said(late)
    gone = report_of(q2, "p40")
    gone.extended_to, gone.extension_document = LATE, "12/BTTTT"
    with override("en"):
        assert ("Extension that goes", "to 25/07/2008, 12/BTTTT") in of_withdrawal(gone, DOCUMENT)
    withdraw_agency(gone, document=DOCUMENT, actor=cast.admin)
    with pytest.raises(WrongState):
        withdraw_agency(gone, document=DOCUMENT, actor=cast.admin)
    delete_cycle(q2, reason="Nhầm", actor=cast.admin)
    with pytest.raises(WrongState):
        delete_cycle(q2, reason="Nhầm", actor=cast.admin)


def test_the_page_says_why_an_act_is_shut_and_what_was_done(
    client_for: ClientFor, cast: Cast, q2: Cycle
) -> None:
    filed(q2, People(cast.editor, cast.approver), at="2008-07-14T09:00")
    change_cycle(q2, change(), actor=cast.admin)
    client = in_english(client_for(cast.admin))
    page = said(client.get(reverse("kept_cycle", args=["2008", "2008-Q2"])))
    assert "1 agency has begun or filed its report." in page
    assert "15/07/2008 → 25/07/2008 · 25/BTTTT-UDCNTT · filed before: 1 · Lũ ở Nghệ An" in page
    assert "Báo cáo tình hình thực hiện Kế hoạch năm 2008 IV.2.a, 43/2008/QĐ-TTg" in page
    led = said(in_english(client_for(cast.reviewer)).get(reverse("cycle_detail", args=["2008", "2008-Q2"])))
    assert "Your role (Reviewer) may not change a reporting period." in led
