"""What bars a report, and what is only doubtful."""

import pytest

from core import clock
from core.findings import Refused
from plans.models import Programme
from reports.cycles.actions import open_cycle
from reports.filing.actions import begin_filing, hand_over_filing
from reports.filing.checks import check_filing
from reports.filing.content import read_filing
from reports.filing.editing import Raw, save_rows
from reports.models import Cycle, Filing
from tests.cast import Cast
from tests.reports.filings import People, begun, filed, report_of


def codes(filing: Filing, *, bars: bool) -> list[str]:
    return [one.code for one in check_filing(filing) if one.bars is bars]


@pytest.fixture
def staff(cast: Cast) -> People:
    return People(cast.editor, cast.approver)


@pytest.fixture
def names(q2: Cycle, staff: People) -> dict[str, str]:
    """Rows of Tiền Giang's report by what they are."""
    content = read_filing(begun(q2, staff))
    by_label = {line.row.label: line.name for line in content.projects}
    return {"task": content.tasks[0].name, "portal": by_label["I.1"], "share": by_label["B.5"]}


def typed(q2: Cycle, staff: People, raw: Raw) -> Filing:
    return begun(q2, staff, {"text": {"nothing_to_report": "", "summary": "Tóm tắt."}, **raw})


def test_an_empty_report_is_barred(q2: Cycle, staff: People) -> None:
    assert codes(typed(q2, staff, {}), bars=True) == ["filing_empty"]


def test_nothing_to_report_is_a_report(q2: Cycle, staff: People) -> None:
    assert codes(begun(q2, staff), bars=True) == []


def test_nothing_to_report_beside_values_is_barred(q2: Cycle, staff: People, names: dict[str, str]) -> None:
    filing = begun(q2, staff, {"text": {"nothing_to_report": "1"}, names["task"]: {"status": "in_progress"}})
    assert codes(filing, bars=True) == ["nothing_but_values"]


@pytest.mark.parametrize(
    ("row", "raw", "code"),
    [
        ("task", {"status": "done"}, "done_without_date"),
        ("task", {"status": "done", "done_on": "31/02/2008"}, "date_impossible"),
        ("portal", {"NSDP-TT/assigned": "500", "NSDP-TT/released": "600"}, "flow_order"),
        ("portal", {"NSDP-TT/released": "500", "NSDP-TT/settled": "501"}, "flow_order"),
        ("portal", {"NSDP-TT/assigned": "2,500"}, "money_ambiguous"),
        ("indicators/officials-using-email", {"numerator": "5"}, "ratio_half"),
        ("indicators/officials-using-email", {"numerator": "6", "denominator": "5"}, "ratio_above_one"),
    ],
)
def test_what_bars_submission(
    q2: Cycle, staff: People, names: dict[str, str], row: str, raw: dict[str, str], code: str
) -> None:
    filing = typed(q2, staff, {names.get(row, row): raw})
    findings = [one for one in check_filing(filing) if one.bars]
    assert code in [one.code for one in findings]
    assert all(one.place.path.startswith(names.get(row, row)) for one in findings if one.code == code)
    with clock.at("2008-07-09T15:00"), pytest.raises(Refused) as refused:
        hand_over_filing(filing, actor=staff.editor)
    assert code in [one.code for one in refused.value.findings]


@pytest.mark.parametrize(
    ("row", "raw", "code"),
    [
        ("portal", {"NSDP-TT/disbursed": "1.001"}, "above_plan"),
        ("share", {"NSTW-DP-SN/disbursed": "1.101"}, "above_plan"),
        ("task", {"status": "done", "done_on": "05/07/2008"}, "done_after_window"),
        ("task", {"status": "in_progress"}, "task_without_status"),
        ("portal", {"status": "in_progress"}, "indicator_blank"),
    ],
)
def test_what_is_only_doubtful(
    q2: Cycle, staff: People, names: dict[str, str], row: str, raw: dict[str, str], code: str
) -> None:
    filing = typed(q2, staff, {names[row]: raw})
    assert codes(filing, bars=True) == []
    assert code in codes(filing, bars=False)


def test_cumulative_money_may_not_fall_and_a_repeated_text_is_flagged(
    cast: Cast, programme: Programme, q2: Cycle, staff: People, names: dict[str, str]
) -> None:
    said = {"status": "in_progress", "text": "Đang triển khai.", "NSDP-TT/disbursed": "500"}
    filed(q2, staff, {"text": {"nothing_to_report": "", "summary": "Như trên."}, names["portal"]: said})
    with clock.at("2008-10-02T09:00"):
        q3 = open_cycle(programme, "2008-Q3", actor=cast.admin)
        draft = begin_filing(report_of(q3, "p82"), actor=cast.editor)
        save_rows(
            draft,
            {"text": {"summary": "Như trên."}, names["portal"]: said | {"NSDP-TT/disbursed": "499,5"}},
            actor=cast.editor,
        )
        draft.refresh_from_db()
        assert codes(draft, bars=True) == ["cumulative_fell"]
        assert codes(draft, bars=False).count("text_repeats") == 2
        save_rows(draft, {names["portal"]: {"NSDP-TT/disbursed": "500"}}, actor=cast.editor)
        assert codes(draft, bars=True) == []


def test_the_findings_of_a_whole_ministry_stay_few(
    cast: Cast, q2: Cycle, names: dict[str, str], staff: People
) -> None:
    filing = typed(q2, staff, {names["task"]: {"status": "in_progress"}})
    assert len(check_filing(filing)) <= 4
