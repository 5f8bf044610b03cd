"""Opening a period: who owes a report, which lines are fixed, what is refused."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from agencies.models import Agency, AgencyGroup, AuditEntry, GroupMember
from core import clock
from core.findings import NotAllowed, Refused
from plans.models import Programme
from plans.parts.columns import Party
from reports.cycles.actions import open_ad_hoc, open_cycle
from reports.cycles.granting import exempt, extend, record_receipt
from reports.cycles.keeping import delete_cycle
from reports.cycles.lines import Reporters
from reports.cycles.proposals import waiting_to_open, with_unopened
from reports.models import Cycle, ReportLine
from tests.cast import Cast
from tests.reports.filings import by, report_of


def test_the_second_quarter_of_2008_obliges_22_ministries_and_64_provinces(q2: Cycle) -> None:
    classes = Counter(report.agency.agency_class for report in q2.reports.select_related("agency"))
    assert classes == {"ministries": 22, "central-cities": 5, "provinces": 59}
    assert q2.reports.count() == 86
    assert q2.reports.filter(agency__key="m-tttt").exists()


def test_from_the_third_quarter_on_ha_tay_is_gone(cast: Cast, programme: Programme) -> None:
    with clock.at("2008-10-01T08:00"):
        q3 = open_cycle(programme, "2008-Q3", actor=cast.admin)
    assert q3.reports.count() == 85
    assert not q3.reports.filter(agency__name="Tỉnh Hà Tây").exists()


def test_the_deadline_is_15_days_after_the_window_unless_another_is_given(
    cast: Cast, programme: Programme, q2: Cycle
) -> None:
    assert q2.due_on == date(2008, 7, 15)
    q3 = open_cycle(programme, "2008-Q3", actor=cast.admin, due_on=date(2008, 10, 20))
    assert q3.due_on == date(2008, 10, 20)


def test_opening_is_one_entry_of_the_audit_with_counts(q2: Cycle) -> None:
    entry = AuditEntry.objects.filter(verb="open_cycle").get()
    assert '"obligations":86' in entry.data


def test_national_lines_are_those_that_the_agency_leads(q2: Cycle) -> None:
    def leads(agency: str) -> int:
        return ReportLine.objects.filter(report=report_of(q2, agency), role="lead").count()

    assert leads("m-tttt") == 46
    assert leads("p82") == 12  # the tasks of every province: six, and five items of two more; its part of B.5
    assert leads("p40") == 24  # those, and what the pilots lead


def test_shares_stand_only_where_the_document_prints_them(q2: Cycle) -> None:
    shared = ReportLine.objects.exclude(share__isnull=True)
    assert Counter(shared.values_list("share", flat=True)) == {Decimal(1100): 18 + 49}


def test_groups_count_as_they_were_when_the_period_opened(cast: Cast, q2: Cycle) -> None:
    group = AgencyGroup.objects.get(key="supported-provinces-2008")
    newcomer = Agency.objects.get(key="p01")
    GroupMember.objects.create(group=group, agency=newcomer, position=50)
    assert not ReportLine.objects.filter(report=report_of(q2, "p01"), share__isnull=False).exists()


def test_a_line_led_by_a_unit_is_reported_inside_its_ministry(q2: Cycle) -> None:
    customs = Agency.objects.get(name="Tổng cục Hải quan")
    reporters = Reporters.of(report.agency for report in q2.reports.select_related("agency"))
    assert [one.key for one in reporters.answering(Party("agency", customs.key))] == ["m-tc"]
    assert reporters.answering(Party("text", "Ban Điều hành")) == []


@pytest.mark.parametrize(
    ("code", "more", "refusal"),
    [
        ("2008-H1", {}, "cycle_code"),
        ("2009-Q1", {}, "cycle_outside"),
        ("2008-Q3", {"due_on": date(2008, 9, 30)}, "cycle_due"),
        ("2008-Q2", {}, "cycle_exists"),
    ],
)
def test_what_cannot_be_opened_says_why(
    cast: Cast, programme: Programme, q2: Cycle, code: str, more: dict[str, Any], refusal: str
) -> None:
    with pytest.raises(Refused) as refused:
        open_cycle(programme, code, actor=cast.admin, **more)
    assert refused.value.code == refusal
    assert Cycle.objects.count() == 1


def test_only_the_administrator_of_the_lead_opens(cast: Cast, programme: Programme) -> None:
    for membership in cast:
        if membership.pk != cast.admin.pk:
            with pytest.raises(NotAllowed):
                open_cycle(programme, "2008-Q2", actor=membership)
    assert not Cycle.objects.exists()


def ad_hoc(cast: Cast, programme: Programme, **changes: Any) -> Cycle:
    said: dict[str, Any] = {
        "title": "Báo cáo đột xuất về thư điện tử",
        "first": date(2008, 5, 1),
        "last": date(2008, 5, 31),
        "agencies": Agency.objects.filter(key__in=["p82", "p40", "m-tc"]),
        "basis": "Công văn 900/BTTTT-UDCNTT",
    }
    with clock.at("2008-06-02T09:00"):
        return open_ad_hoc(programme, actor=cast.admin, **said | changes)


def test_an_ad_hoc_report_asks_the_chosen_agencies_alone(cast: Cast, programme: Programme, q2: Cycle) -> None:
    opened = ad_hoc(cast, programme)
    assert opened.code == "2008-A1"
    assert {report.agency.key for report in opened.reports.select_related("agency")} == {"p82", "p40", "m-tc"}
    assert ad_hoc(cast, programme, title="Lần hai").code == "2008-A2"
    delete_cycle(opened, reason="Mở nhầm", actor=cast.admin)
    assert ad_hoc(cast, programme, title="Lần ba").code == "2008-A3"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"basis": " "}, "basis_missing"),
        ({"title": ""}, "title_missing"),
        ({"last": date(2008, 4, 1)}, "cycle_window"),
        ({"last": date(2009, 1, 31)}, "cycle_window"),
        ({"agencies": []}, "cycle_empty"),
        ({"first": date(2010, 5, 1), "last": date(2010, 5, 31)}, "cycle_outside"),
        ({"due_on": date(2008, 5, 31)}, "cycle_due"),
    ],
)
def test_what_an_ad_hoc_report_needs(
    cast: Cast, programme: Programme, changes: dict[str, Any], refusal: str
) -> None:
    with pytest.raises(Refused) as refused:
        ad_hoc(cast, programme, **changes)
    assert refused.value.code == refusal


def test_everything_that_bars_an_opening_is_said_at_once(cast: Cast, programme: Programme, q2: Cycle) -> None:
    agencies = Agency.objects.filter(key__in=["p82", "m-bcvt"]).order_by("key")
    wrong: dict[str, Any] = {"title": " ", "basis": "", "due_on": date(2008, 5, 31), "agencies": agencies}
    with pytest.raises(Refused) as refused:
        ad_hoc(cast, programme, **wrong)
    assert [(one.code, one.place.path) for one in refused.value.findings] == [
        ("basis_missing", "basis"),
        ("title_missing", "title"),
        ("cycle_due", "due_on"),
        ("agency_ended", "agencies/0"),
    ]
    with pytest.raises(Refused) as refused:
        open_cycle(programme, "2008-Q2", actor=cast.admin, due_on=date(2008, 6, 30))
    assert [(one.code, one.place.path) for one in refused.value.findings] == [
        ("cycle_exists", "code"),
        ("cycle_due", "due_on"),
    ]


def test_the_next_period_is_proposed_from_the_first_on(cast: Cast, programme: Programme) -> None:
    def proposed() -> list[str]:
        ((_found, periods),) = with_unopened(Programme.objects.filter(pk=programme.pk))
        return [one.code for one in periods]

    assert proposed() == ["2008-Q2", "2008-Q3", "2008-Q4"]
    open_cycle(programme, "2008-Q2", actor=cast.admin)
    assert proposed() == ["2008-Q3", "2008-Q4"]


def test_a_period_waits_to_be_opened_once_it_is_over(programme: Programme) -> None:
    ((_found, periods),) = with_unopened(Programme.objects.filter(pk=programme.pk))
    assert waiting_to_open(periods, date(2008, 6, 30)) is None
    found = waiting_to_open(periods, date(2008, 7, 1))
    assert found is not None
    assert found.code == "2008-Q2"


@pytest.mark.parametrize("act", ["extend", "exempt", "receipt"])
@pytest.mark.parametrize("document", ["", "  ", "x" * 101])
def test_what_is_granted_needs_the_number_of_its_document(
    cast: Cast, q2: Cycle, act: str, document: str
) -> None:
    report = report_of(q2, "p82")
    acts: dict[str, Callable[..., Any]] = {
        "extend": partial(extend, report, date(2008, 7, 30), document_on=date(2008, 7, 1)),
        "exempt": partial(exempt, report, document_on=date(2008, 7, 1)),
        "receipt": partial(record_receipt, report, date(2008, 7, 14)),
    }
    with clock.at("2008-07-21T09:00"), pytest.raises(Refused) as refused:
        acts[act](actor=cast.reviewer, document=document)
    assert refused.value.code in ("document_missing", "document_long")


@pytest.mark.parametrize(
    ("day", "code"), [(None, "document_on_missing"), (date(2008, 7, 22), "document_future")]
)
def test_what_grants_something_is_dated_and_not_ahead(
    cast: Cast, q2: Cycle, day: date | None, code: str
) -> None:
    report = report_of(q2, "p82")
    with clock.at("2008-07-21T09:00"):
        with pytest.raises(Refused) as refused:
            extend(report, date(2008, 7, 30), actor=cast.reviewer, document="1/BTTTT", document_on=day)
        assert refused.value.code == code
        with pytest.raises(Refused) as refused:
            exempt(report, actor=cast.reviewer, document="1/BTTTT", document_on=day)
        assert refused.value.code == code
    assert not q2.reports.filter(exempt=True).exists()
    assert not q2.reports.filter(extended_to__isnull=False).exists()


def test_an_extension_ends_after_the_deadline_and_a_receipt_is_not_to_come(cast: Cast, q2: Cycle) -> None:
    report = report_of(q2, "p82")
    with clock.at("2008-07-14T09:00"):
        with pytest.raises(Refused, match=r".*15/07/2008"):
            extend(report, date(2008, 7, 15), actor=cast.reviewer, **by("1/BTTTT"))
        with pytest.raises(Refused):
            record_receipt(report, date(2008, 7, 15), actor=cast.reviewer, document="1/UBND")
        with pytest.raises(Refused):
            record_receipt(report, date(2008, 3, 1), actor=cast.reviewer, document="1/UBND")
