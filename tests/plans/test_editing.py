"""Editing a draft line by line: what is stored, kept as typed, refused, or given back as a conflict."""

import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from agencies.models import Membership
from core.findings import Conflict, Refused
from plans.content.editing import add_line, save_line
from plans.models import LineEdit, Plan, PlanDraftValue, Project, Task
from plans.parts import registry
from plans.review.checks import check_plan
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def save(draft: Plan, portal: Project, cast: Cast) -> Callable[..., Project]:
    """Save texts into the portal project as its editor, and read it again."""

    def save_texts(**texts: str) -> Project:
        raw = {path.replace("__", "/"): text for path, text in texts.items()}
        portal.refresh_from_db()
        save_line(draft, "projects", portal.line_id, raw, actor=cast.editor, row_version=portal.row_version)
        portal.refresh_from_db()
        return portal

    return save_texts


def drafts_of(plan: Plan) -> dict[str, tuple[str, str]]:
    found = PlanDraftValue.objects.filter(plan=plan).order_by("id")
    return {draft.path: (draft.raw, draft.finding_code) for draft in found}


# --- What can be read


@pytest.mark.parametrize(
    ("path", "typed", "stored"),
    [
        ("name", "  Cổng  thông tin\u00a0điện tử ", "Cổng thông tin điện tử"),
        ("name", unicodedata.normalize("NFD", "Cổng thông tin điện tử"), "Cổng thông tin điện tử"),
        ("name", "Cổng\r\nthông tin", "Cổng thông tin"),
        ("name", "<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("name", "=1+1", "=1+1"),
        ("name", "ư" * 500, "ư" * 500),
        ("objective", "Dòng một\r\n\r\n  Dòng hai  ", "Dòng một\n\nDòng hai"),
        ("year_from", "2010", 2010),
        ("total_need", "2.500", Decimal(2500)),
        ("total_need", "2500,25", Decimal("2500.25")),
        ("total_need", "0", Decimal(0)),
        ("total_need", " \u00a0", None),
        ("total_need", "10.000.000", Decimal(10_000_000)),
    ],
)
def test_what_can_be_read_is_stored_clean(
    save: Callable[..., Project], draft: Plan, path: str, typed: str, stored: object
) -> None:
    save(year_from="", year_to="")
    assert getattr(save(**{path: typed}), path) == stored
    assert drafts_of(draft) == {}


@pytest.mark.parametrize(
    ("path", "typed", "code"),
    [
        ("name", "ư" * 501, "too_long"),
        ("name", "   ", "required"),
        ("total_need", "2,500", "money_ambiguous"),
        ("total_need", "12.5", "money_english_notation"),
        ("total_need", "2 500", "money_blank_inside"),
        ("total_need", "2\u00a0500", "money_blank_inside"),
        ("total_need", "một tỷ", "money_notation"),
        ("total_need", "1e9", "money_notation"),
        ("total_need", "-5", "money_negative"),
        ("total_need", "10.000.001", "money_too_large"),
        ("total_need", "999999999999999999999999", "money_too_large"),
        ("total_need", "0,0000001", "money_too_fine"),
        ("year_from", "09", "year_notation"),
        ("year_from", "20090", "year_notation"),
        ("year_from", "1066", "year_out_of_range"),
        ("lead_agency", "p99x", "unknown_reference"),
        ("allocations__2009__NSDP-TT", "1,050", "money_ambiguous"),
        ("allocations__2009__NSDP-TT", "-1", "money_negative"),
        ("allocations__2011__NSDP-TT", "5", "year_outside"),
    ],
)
def test_what_cannot_be_read_is_kept_marked_and_bars_submission(
    save: Callable[..., Project], draft: Plan, portal: Project, path: str, typed: str, code: str
) -> None:
    before = Project.objects.filter(pk=portal.pk).values().get()
    money = registry.get("allocations").read(draft)
    save(**{path: typed})
    after = Project.objects.filter(pk=portal.pk).values().get()
    assert drafts_of(draft) == {path.replace("__", "/"): (typed, code)}
    assert {**after, "row_version": 0} == {**before, "row_version": 0}
    assert after["row_version"] == before["row_version"] + 1
    assert registry.get("allocations").read(draft) == money
    assert code in {finding.code for finding in check_plan(draft) if finding.bars}


@pytest.mark.parametrize("typed", ["2008-06-30", "30/6/08", "31/02/2009", "6/30/2008", "quý I", "30.06.2008"])
def test_a_date_in_another_notation_is_kept_as_typed(draft: Plan, cast: Cast, typed: str) -> None:
    saved = add_line(
        draft, "tasks", {"clause": "VII.1", "name": "Ban hành quy chế", "due_on": typed}, actor=cast.editor
    )
    task = Task.objects.get(plan=draft, line=saved.line)
    assert task.due_on is None
    assert drafts_of(draft)["due_on"][0] == typed
    assert "dd" not in saved.invalid["due_on"]
    save_line(
        draft, "tasks", saved.line, {"due_on": "30/6/2008"}, actor=cast.editor, row_version=saved.row_version
    )
    task.refresh_from_db()
    assert task.due_on == date(2008, 6, 30)
    assert drafts_of(draft) == {}


def test_a_nul_character_is_left_out(save: Callable[..., Project], draft: Plan) -> None:
    save(total_need="1\x002x")
    assert drafts_of(draft)["total_need"][0] == "12x"


def test_a_mended_value_is_stored_and_its_mark_goes(save: Callable[..., Project], draft: Plan) -> None:
    save(total_need="2,500")
    assert save(total_need="2.500").total_need == Decimal(2500)
    assert drafts_of(draft) == {}


def test_typing_the_stored_value_again_takes_a_draft_value_away(
    save: Callable[..., Project], draft: Plan, portal: Project
) -> None:
    stored = portal.total_need
    save(total_need="x")
    assert save(total_need="1.500").total_need == stored == Decimal(1500)
    assert drafts_of(draft) == {}


def test_first_and_last_year_change_together(save: Callable[..., Project], draft: Plan) -> None:
    project = save(year_from="2011", year_to="2012")
    assert (project.year_from, project.year_to) == (2011, 2012)
    assert drafts_of(draft) == {}


def test_a_value_refused_because_of_another_is_stored_as_soon_as_that_one_fits(
    save: Callable[..., Project], draft: Plan
) -> None:
    project = save(year_from="2011")
    assert (project.year_from, project.year_to) == (2009, 2009)
    assert drafts_of(draft) == {"year_from": ("2011", "refused_value")}
    project = save(year_to="2012")
    assert (project.year_from, project.year_to) == (2011, 2012)
    assert drafts_of(draft) == {}


def test_money_is_saved_cell_by_cell_and_blank_is_not_zero(
    save: Callable[..., Project], draft: Plan, portal: Project
) -> None:
    save(**{"allocations__2010__NSDP-TT": "250", "allocations__2009__NSDP-TT": "0"})
    rows = [row for row in registry.get("allocations").read(draft) if row.line == portal.line_id]
    assert {(row.year, row.source, row.amount) for row in rows} == {
        (2009, "NSDP-TT", Decimal(0)),
        (2010, "NSDP-TT", Decimal(250)),
    }
    save(**{"allocations__2009__NSDP-TT": ""})
    rows = [row for row in registry.get("allocations").read(draft) if row.line == portal.line_id]
    assert [(row.year, row.amount) for row in rows] == [(2010, Decimal(250))]


@pytest.mark.parametrize(
    "path",
    [
        "id", "row_version", "line", "plan", "search_key", "lead_group", "years_printed", "nothing",
        "allocations/x/NSDP-TT", "allocations/2009", "allocations/2009/NSDP", "allocations/2009/NO-SUCH",
        "shares/2009/NSDP-TT", "targets/2009/x", "/", "allocations/",
    ],
)  # fmt: skip
def test_only_declared_fields_can_be_written(draft: Plan, portal: Project, cast: Cast, path: str) -> None:
    with pytest.raises(Refused) as refused:
        save_line(
            draft, "projects", portal.line_id, {path: "5"}, actor=cast.editor, row_version=portal.row_version
        )
    assert refused.value.code == "unknown_path"
    assert drafts_of(draft) == {}


# --- Who leads


def test_parties_are_agencies_groups_classes_or_words(draft: Plan, cast: Cast) -> None:
    leads = "agency:m-tttt\nclass:provinces\ntext:các đoàn thể\ngroup:pilot-2008"
    saved = add_line(
        draft,
        "tasks",
        {"clause": "VII.1", "name": "x", "leads": leads, "co": "Sở Tài chính"},
        actor=cast.editor,
    )
    (row,) = registry.get("tasks").read(draft)
    assert [party.token for party in row.leads] == leads.split("\n")
    assert [party.token for party in row.co] == ["text:Sở Tài chính"]
    save_line(
        draft, "tasks", saved.line, {"leads": "agency:p82"}, actor=cast.editor, row_version=saved.row_version
    )
    (row,) = registry.get("tasks").read(draft)
    assert [party.token for party in row.leads] == ["agency:p82"]
    assert [party.token for party in row.co] == ["text:Sở Tài chính"]


@pytest.mark.parametrize("typed", ["agency:no-such", "group:no-such", "class:no-such", "text:" + "ư" * 501])
def test_parties_that_do_not_exist_or_do_not_fit_are_kept_as_typed(
    draft: Plan, cast: Cast, typed: str
) -> None:
    raw = {"clause": "VII.1", "name": "x", "leads": typed}
    saved = add_line(draft, "tasks", raw, actor=cast.editor)
    assert list(saved.invalid) == ["leads"]
    assert drafts_of(draft)["leads"][0] == typed


# --- Two people on one row


def test_the_second_to_save_a_row_gets_both_values(
    draft: Plan, portal: Project, cast: Cast, colleague: Membership
) -> None:
    seen = portal.row_version
    save_line(
        draft, "projects", portal.line_id, {"name": "Cổng của tỉnh"}, actor=cast.editor, row_version=seen
    )
    with pytest.raises(Conflict) as conflict:
        save_line(draft, "projects", portal.line_id, {"name": "Cổng mới"}, actor=colleague, row_version=seen)
    assert conflict.value.yours == {"name": "Cổng mới"}
    assert conflict.value.theirs == {"name": "Cổng của tỉnh"}
    chosen = conflict.value.row_version
    save_line(draft, "projects", portal.line_id, {"name": "Cổng mới"}, actor=colleague, row_version=chosen)
    portal.refresh_from_db()
    assert portal.name == "Cổng mới"


def test_a_conflict_stores_nothing_and_names_only_what_differs(
    draft: Plan, portal: Project, cast: Cast, colleague: Membership
) -> None:
    seen = portal.row_version
    save_line(
        draft,
        "projects",
        portal.line_id,
        {"total_need": "1.600", "stage": "x"},
        actor=cast.editor,
        row_version=seen,
    )
    raw = {"total_need": "1600", "stage": "y", "allocations/2009/NSDP-TT": "7"}
    with pytest.raises(Conflict) as conflict:
        save_line(draft, "projects", portal.line_id, raw, actor=colleague, row_version=seen)
    assert conflict.value.theirs == {"stage": "x", "allocations/2009/NSDP-TT": "1.500"}
    portal.refresh_from_db()
    assert portal.stage == "x"


def test_the_same_value_typed_twice_is_no_conflict(
    draft: Plan, portal: Project, cast: Cast, colleague: Membership
) -> None:
    seen = portal.row_version
    first = save_line(
        draft, "projects", portal.line_id, {"total_need": "1.600"}, actor=cast.editor, row_version=seen
    )
    again = save_line(
        draft, "projects", portal.line_id, {"total_need": "1600 "}, actor=colleague, row_version=seen
    )
    assert again.row_version == first.row_version
    assert again.changed == []


def test_saving_what_stands_there_changes_nothing(
    save: Callable[..., Project], draft: Plan, portal: Project
) -> None:
    before = (portal.row_version, LineEdit.objects.count())
    project = save(
        name=f" {portal.name} ", total_need="1500", objective=portal.objective.replace("\n", "\r\n")
    )
    assert (project.row_version, LineEdit.objects.count()) == before


def test_every_edit_is_a_row_of_who_changed_what(
    save: Callable[..., Project], draft: Plan, portal: Project, cast: Cast
) -> None:
    save(total_need="2.000")
    save(total_need="hai nghìn")
    edits = LineEdit.objects.filter(plan=draft, line=portal.line_id, path="total_need").order_by("id")
    assert [(edit.old, edit.new, edit.by) for edit in edits] == [
        ("1.500", "2.000", cast.editor.user),
        ("2.000", "hai nghìn", cast.editor.user),
    ]
