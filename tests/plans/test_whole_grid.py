"""The whole grid in one post, without JavaScript; who may; sums that never mix levels."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Membership
from plans.content.editing import remove_line, save_line
from plans.models import Plan, Project
from plans.parts import registry
from plans.parts.grids import grid_of
from plans.review.actions import Paper, submit_plan
from tests.browsing import form_with
from tests.cast import Cast
from tests.plans.grids import DP, TW, amounts, grid_url, opened

pytestmark = pytest.mark.django_db
SignIn = Callable[[Membership], Client]


# --- The whole grid, without JavaScript


def test_only_what_was_changed_is_saved(
    editor: Client, draft: Plan, portal: Project, network: Project
) -> None:
    versions = dict(Project.objects.filter(plan=draft).values_list("line_id", "row_version"))
    form = opened(editor, draft)
    posted = form.post(**{f"{portal.line_id}:{DP}": "2.500", f"{portal.line_id}:{TW}": "x"})
    answer = editor.post(grid_url(draft), posted, follow=True)
    page = answer.content.decode()
    assert "1 cell saved" in page
    assert "1 value cannot be read" in page
    assert amounts(draft, portal)[DP] == "2.500"
    after = dict(Project.objects.filter(plan=draft).values_list("line_id", "row_version"))
    assert {line for line in after if after[line] != versions[line]} == {portal.line_id}
    assert form_with(answer, f"{portal.line_id}:{TW}").fields[f"{portal.line_id}:{TW}"] == "x"


def test_the_same_grid_sent_twice_changes_nothing_more(editor: Client, draft: Plan, portal: Project) -> None:
    posted = opened(editor, draft).post(**{f"{portal.line_id}:{DP}": "2.500"})
    editor.post(grid_url(draft), posted)
    portal.refresh_from_db()
    version = portal.row_version
    assert editor.post(grid_url(draft), posted).status_code == 302
    portal.refresh_from_db()
    assert portal.row_version == version


def test_a_conflict_in_one_row_keeps_no_other_row_back(
    editor: Client,
    english: SignIn,
    colleague: Membership,
    draft: Plan,
    portal: Project,
    network: Project,
    cast: Cast,
) -> None:
    form = opened(english(colleague), draft)
    save_line(
        draft, "projects", portal.line_id, {DP: "1.600"}, actor=cast.editor, row_version=portal.row_version
    )
    changes = {f"{portal.line_id}:{DP}": "1.700", f"{network.line_id}:{DP}": "1.200"}
    answer = english(colleague).post(grid_url(draft), form.post(**changes))
    assert answer.status_code == 409
    assert amounts(draft, network)[DP] == "1.200"
    assert amounts(draft, portal)[DP] == "1.600"
    page = answer.content.decode()
    assert "Nguyễn Thị Biên Tập" in page
    assert portal.name in page
    name = f"{portal.line_id}:{DP}"
    choice = next(
        form for form in [form_with(answer, name)] if form.choices.getlist(name) == ["1.700", "1.600"]
    )
    assert english(colleague).post(grid_url(draft), choice.post(**{name: "1.700"})).status_code == 302
    assert amounts(draft, portal)[DP] == "1.700"


def test_another_cell_of_a_row_that_nobody_touched_here_is_no_conflict(
    english: SignIn, colleague: Membership, draft: Plan, portal: Project, network: Project, cast: Cast
) -> None:
    form = opened(english(colleague), draft)
    save_line(
        draft, "projects", portal.line_id, {DP: "1.600"}, actor=cast.editor, row_version=portal.row_version
    )
    answer = english(colleague).post(grid_url(draft), form.post(**{f"{network.line_id}:{DP}": "1.200"}))
    assert answer.status_code == 302
    assert amounts(draft, portal)[DP] == "1.600"


def test_a_grid_sent_after_the_plan_was_submitted_keeps_what_was_typed(
    editor: Client, draft: Plan, portal: Project, cast: Cast
) -> None:
    posted = opened(editor, draft).post(**{f"{portal.line_id}:{DP}": "1.777"})
    submit_plan(draft, actor=cast.approver, letter=Paper(number="1/UBND", on=date(2008, 6, 20), signer="x"))
    answer = editor.post(grid_url(draft), posted)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "1.777" in page
    assert "cannot be edited" in page
    assert amounts(draft, portal)[DP] == "1.500"


def test_a_row_removed_meanwhile_is_named_with_what_was_typed(
    editor: Client, draft: Plan, portal: Project, network: Project, colleague: Membership
) -> None:
    changes = {f"{portal.line_id}:{DP}": "1.777", f"{network.line_id}:{DP}": "1.200"}
    posted = opened(editor, draft).post(**changes)
    remove_line(draft, "projects", portal.line_id, actor=colleague)
    answer = editor.post(grid_url(draft), posted)
    assert answer.status_code == 409
    assert "1.777" in answer.content.decode()
    assert amounts(draft, network)[DP] == "1.200"


def test_who_may_not_edit_reads_the_grid_without_fields(
    english: SignIn, draft: Plan, portal: Project, cast: Cast
) -> None:
    page = english(cast.approver).get(grid_url(draft)).content.decode()
    assert "1.500" in page
    assert f'name="{portal.line_id}:' not in page
    assert english(cast.other_editor).get(grid_url(draft)).status_code == 404
    answer = english(cast.approver).post(
        grid_url(draft), {f"{portal.line_id}:{DP}": "9", f"version:{portal.line_id}": "1"}
    )
    assert answer.status_code == 409
    assert amounts(draft, portal)[DP] == "1.500"


def test_names_in_the_grid_never_become_markup(
    editor: Client, draft: Plan, portal: Project, cast: Cast
) -> None:
    evil = '<script>alert("x")</script>'
    raw = {"name": evil, DP: evil}
    save_line(draft, "projects", portal.line_id, raw, actor=cast.editor, row_version=portal.row_version)
    answer = editor.get(grid_url(draft))
    assert "<script>alert" not in answer.content.decode()
    assert form_with(answer, f"{portal.line_id}:{DP}").fields[f"{portal.line_id}:{DP}"] == evil


@pytest.mark.parametrize("part", ["tasks", "sections", "allocations", "nothing"])
def test_other_parts_have_no_grid(editor: Client, draft: Plan, part: str) -> None:
    for name in ("plan_grid", "grid_cell"):
        assert editor.post(reverse(name, args=[draft.code, draft.version, part])).status_code == 404


def test_totals_never_mix_levels(draft: Plan, portal: Project) -> None:
    """Money known by source alone is not added to that of year and source."""
    grid = grid_of("projects")
    assert grid is not None
    content = {key: registry.get(key).read(draft) for key in grid.parts}
    row = next(row for row in content["allocations"] if row.line == portal.line_id)
    margin = type(row)(line=row.line, year=None, source="NSDP-TT", amount=Decimal(1500))
    doubled = {**content, "allocations": (*content["allocations"], margin)}
    assert grid.totals(doubled) == grid.totals(content)
