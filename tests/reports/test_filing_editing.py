"""Saving what was typed: draft values, conflicts, bounds, and what a save touches."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from core import clock
from core.findings import Conflict, NotAllowed, Refused, WrongState
from reports.filing.actions import hand_back_filing, hand_over_filing, submit_filing
from reports.filing.content import read_filing
from reports.filing.editing import SavedRow, save_row, save_rows
from reports.models import Cycle, Filing, FilingDraftValue, FundFlow, IndicatorResult, TaskResult
from tests.cast import Cast
from tests.reports.filings import LETTER, People, begun

MAIL = "indicators/officials-using-email"


@pytest.fixture
def draft(cast: Cast, q2: Cycle) -> Filing:
    return begun(q2, People(cast.editor, cast.approver), {"text": {"summary": "Đang làm."}})


@pytest.fixture
def task(draft: Filing) -> str:
    return read_filing(draft).tasks[0].name


@pytest.fixture
def portal(draft: Filing) -> str:
    return next(line.name for line in read_filing(draft).projects if line.row.label == "I.1")


def save(cast: Cast, draft: Filing, row: str, raw: Mapping[str, str], version: int = 0) -> SavedRow:
    with clock.at("2008-07-09T10:00"):
        return save_row(draft, row, raw, actor=cast.editor, row_version=version)


def test_a_task_is_done_on_a_day(cast: Cast, draft: Filing, task: str) -> None:
    saved = save(cast, draft, task, {"status": "done", "done_on": "20/6/2008", "text": "Đã  ban hành"})
    assert (saved.row_version, saved.invalid) == (1, {})
    assert saved.values == {"status": "done", "done_on": "20/06/2008", "text": "Đã ban hành"}
    result = TaskResult.objects.get(filing=draft)
    assert result.done_on == date(2008, 6, 20)


def test_a_day_typed_before_the_status_is_kept_and_taken_up(cast: Cast, draft: Filing, task: str) -> None:
    early = save(cast, draft, task, {"done_on": "20/06/2008"})
    assert list(early.invalid) == [f"{task}/done_on"]
    saved = save(cast, draft, task, {"status": "done"}, early.row_version)
    assert saved.values["done_on"] == "20/06/2008"
    assert not FilingDraftValue.objects.exists()
    assert TaskResult.objects.get(filing=draft).done_on == date(2008, 6, 20)


def test_a_task_taken_back_loses_its_day(cast: Cast, draft: Filing, task: str) -> None:
    first = save(cast, draft, task, {"status": "done", "done_on": "20/06/2008"})
    saved = save(cast, draft, task, {"status": "in_progress"}, first.row_version)
    assert saved.values["done_on"] == ""
    assert TaskResult.objects.get(filing=draft).done_on is None


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("NSDP-TT/assigned", "2,500", "money_ambiguous"),
        ("NSDP-TT/assigned", "12.5", "money_english_notation"),
        ("NSDP-TT/released", "-5", "money_negative"),
        ("NSDP-TT/disbursed", "99999999", "money_too_large"),
        ("NSDP-TT/settled", "0,0000001", "money_too_fine"),
        ("NSDP-TT/settled", "một nghìn", "money_notation"),
        ("status", "exploded", "unknown_choice"),
        ("text", "x" * 20_001, "too_long"),
    ],
)
def test_what_does_not_parse_is_kept_and_marked(
    cast: Cast, draft: Filing, portal: str, field: str, typed: str, code: str
) -> None:
    saved = save(cast, draft, portal, {field: typed})
    assert list(saved.invalid) == [f"{portal}/{field}"]
    kept = FilingDraftValue.objects.get(filing=draft)
    assert (kept.raw, kept.finding_code) == (typed, code)
    again = save(cast, draft, portal, {field: ""}, saved.row_version)
    assert again.invalid == {}
    assert not FilingDraftValue.objects.exists()


@pytest.mark.parametrize(
    ("row", "field", "typed", "code"),
    [
        ("indicators/officials-using-email", "numerator", "1.5", "number_english_notation"),
        ("indicators/officials-using-email", "numerator", "-1", "number_too_small"),
        ("indicators/officials-using-email", "numerator", "9" * 13, "number_too_large"),
        ("indicators/officials-using-email", "numerator", "1,00001", "number_too_fine"),
        ("indicators/officials-using-email", "denominator", "0", "denominator_zero"),
        ("indicators/official-mailboxes", "value", "2", "unknown_choice"),
        ("tasks", "done_on", "31/02/2008", "date_impossible"),
        ("tasks", "done_on", "2008-06-20", "date_iso"),
        ("tasks", "done_on", "20/6/08", "date_short_year"),
    ],
)
def test_numbers_and_days_in_a_wrong_notation_are_kept(
    cast: Cast, draft: Filing, task: str, row: str, field: str, typed: str, code: str
) -> None:
    name = task if row == "tasks" else row
    save(cast, draft, name, {field: typed})
    assert FilingDraftValue.objects.get(filing=draft).finding_code == code


def test_text_is_stored_composed_and_without_hidden_blanks(cast: Cast, draft: Filing, task: str) -> None:
    saved = save(cast, draft, task, {"text": "Tie\u0302\u0300n\u00a0Giang\r\nxong <script>"})
    assert saved.values["text"] == "Tiền Giang\nxong <script>"


def test_money_is_stored_by_source_and_kind_and_blank_is_not_zero(
    cast: Cast, draft: Filing, portal: str
) -> None:
    first = save(cast, draft, portal, {"NSDP-TT/assigned": "1.000", "NSDP-TT/released": "0"})
    stored = dict(FundFlow.objects.filter(filing=draft).values_list("kind", "amount"))
    assert stored == {"assigned": Decimal(1000), "released": Decimal(0)}
    save(cast, draft, portal, {"NSDP-TT/released": " "}, first.row_version)
    assert set(FundFlow.objects.filter(filing=draft).values_list("kind", flat=True)) == {"assigned"}


def test_the_second_of_two_people_gets_both_values(cast: Cast, draft: Filing, task: str) -> None:
    save(cast, draft, task, {"status": "done"})
    with pytest.raises(Conflict) as conflict:
        save(cast, draft, task, {"status": "in_progress"}, version=0)
    assert conflict.value.yours == {"status": "in_progress"}
    assert conflict.value.theirs == {"status": "done"}
    assert conflict.value.row_version == 1
    chosen = save(cast, draft, task, {"status": "in_progress"}, version=1)
    assert chosen.values["status"] == "in_progress"


def test_the_same_value_twice_is_no_conflict(cast: Cast, draft: Filing, task: str) -> None:
    save(cast, draft, task, {"status": "done"})
    assert save(cast, draft, task, {"status": "done"}, version=0).row_version == 1


def test_a_whole_save_stores_what_it_can_and_names_the_conflicts(
    cast: Cast, draft: Filing, task: str, portal: str
) -> None:
    save(cast, draft, task, {"text": "của người thứ nhất"})
    with clock.at("2008-07-09T11:00"):
        saved = save_rows(
            draft,
            {task: {"text": "của người thứ hai"}, portal: {"status": "preparing"}},
            actor=cast.editor,
            versions={task: 0, portal: 0},
        )
    assert list(saved.conflicts) == [task]
    assert saved.rows[portal].row_version == 1
    assert TaskResult.objects.get(filing=draft).text == "của người thứ nhất"


@pytest.mark.parametrize(
    "row",
    [
        "tasks/00000000-0000-4000-8000-000000000000",
        "tasks/x",
        "projects/",
        "indicators/no-such",
        "nonsense/1",
        "text/summary",
        "",
    ],
)
def test_a_line_that_the_report_does_not_ask_for_is_refused(cast: Cast, draft: Filing, row: str) -> None:
    with pytest.raises(Refused) as refused:
        save(cast, draft, row, {"status": "done"})
    assert refused.value.code == "unknown_path"


@pytest.mark.parametrize("field", ["row_version", "filing", "NSTW/assigned", "NSDP-TT/stolen", "state"])
def test_a_field_that_the_line_does_not_have_is_refused(
    cast: Cast, draft: Filing, portal: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        save(cast, draft, portal, {field: "1"})
    assert refused.value.code == "unknown_path"


def test_nobody_but_the_agencys_editors_types(cast: Cast, draft: Filing, task: str) -> None:
    for membership in cast:
        if membership.pk == cast.editor.pk:
            continue
        with pytest.raises(NotAllowed):
            save_row(draft, task, {"status": "done"}, actor=membership, row_version=0)


def test_what_lies_with_the_leader_or_is_submitted_is_locked(cast: Cast, draft: Filing, task: str) -> None:
    save(cast, draft, task, {"status": "in_progress"})
    with clock.at("2008-07-09T12:00"):
        hand_over_filing(draft, actor=cast.editor)
        with pytest.raises(WrongState):
            save(cast, draft, task, {"status": "not_started"}, version=1)
        hand_back_filing(draft, actor=cast.approver, note="Bổ sung dự án I.4.")
        save(cast, draft, task, {"status": "done", "done_on": "20/06/2008"}, version=1)
        submit_filing(draft, actor=cast.approver, letter=LETTER)
        with pytest.raises(WrongState):
            save(cast, draft, task, {"status": "in_progress"}, version=2)


def test_a_ratio_keeps_both_its_numbers(cast: Cast, draft: Filing) -> None:
    save(cast, draft, MAIL, {"numerator": "1.250", "denominator": "2.500,5"})
    result = IndicatorResult.objects.get(filing=draft)
    assert (result.numerator, result.denominator) == (Decimal(1250), Decimal("2500.5"))
