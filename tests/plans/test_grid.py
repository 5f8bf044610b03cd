"""The grid of projects, years and sources: what it shows, and one cell at a time with a script."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Membership
from budgets.totals import by_group, money_of
from core.notation import format_money
from plans.content.actions import create_plan
from plans.content.editing import add_line, remove_line
from plans.models import Plan, PlanDraftValue, Programme, Project
from plans.parts import registry
from plans.review.actions import Paper, submit_plan
from tests.browsing import form_with
from tests.cast import Cast
from tests.plans.grids import DP, JSON, TW, amounts, cell, cell_url, grid_url, opened, totals_on

pytestmark = pytest.mark.django_db
SignIn = Callable[[Membership], Client]


# --- What the grid shows


def test_it_shows_each_project_with_its_money_and_all_sums_from_one_source(
    editor: Client, draft: Plan, portal: Project
) -> None:
    page = editor.get(grid_url(draft)).content.decode()
    content = registry.read_content(draft)
    money = money_of(content["projects"], content["allocations"])
    shown = totals_on(page)
    assert shown["all/sum"] == format_money(money.total) == "42.146"
    assert shown["all/year/2009"] == format_money(money.by_year[2009])
    assert shown[f"all/{DP}"] == format_money(money.cells[2009, "NSDP-TT"])
    assert shown[f"row/{portal.line_id}/sum"] == "1.500"
    for group in by_group(content["projects"], content["allocations"]):
        assert shown[f"group/{group.code}/sum"] == format_money(group.money.total)
    form = opened(editor, draft)
    assert form.fields[f"{portal.line_id}:{DP}"] == "1.500"
    assert form.fields[f"{portal.line_id}:{TW}"] == ""


def test_its_columns_are_those_in_use_and_others_can_be_added(
    editor: Client, draft: Plan, portal: Project
) -> None:
    def paths(query: str) -> set[str]:
        answer = editor.get(grid_url(draft) + query)
        fields = form_with(answer, f"version:{portal.line_id}").fields
        return {name.partition(":")[2] for name in fields if name.startswith(f"{portal.line_id}:")}

    used = {row.path for row in registry.get("allocations").read(draft)}
    assert paths("") == used | {"total_need"}
    assert paths("?year=2010&source=ODA") == used | {"total_need", "allocations/2010/ODA"}
    every = {"allocations/2009/ODA", "allocations/2010/ODA"}
    assert paths("?year=every&source=ODA") == used | {"total_need"} | every
    assert paths("?col=allocations/2010/ODA&year=2009&source=ODA") == used | {"total_need"} | every
    for nonsense in (
        "?year=2011&source=ODA",
        "?year=2009&source=NSTW",
        "?year=x&source=y",
        "?col=shares/x",
        "?col=%00",
    ):
        assert paths(nonsense) == used | {"total_need"}


def test_an_agencys_first_grid_opens_with_its_usual_sources(
    client_for: SignIn, cast: Cast, june_2008: object
) -> None:
    plan = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.other_editor)
    add_line(plan, "projects", {"name": "Dự án đầu tiên"}, actor=cast.other_editor)
    page = client_for(cast.other_editor).get(grid_url(plan)).content.decode()
    for code in ("NSTW-HTDP", "NSDP-TT", "NSDP-SN"):
        for year in (2009, 2010):
            assert f"allocations/{year}/{code}" in page


def test_a_plan_without_projects_says_how_to_begin(client_for: SignIn, cast: Cast, june_2008: object) -> None:
    plan = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.other_editor)
    page = client_for(cast.other_editor).get(grid_url(plan)).content.decode()
    assert reverse("line_new", args=[plan.code, plan.version, "projects"]) in page


def test_its_queries_do_not_grow_with_the_projects(editor: Client, draft: Plan, cast: Cast) -> None:
    editor.get(grid_url(draft))
    with CaptureQueriesContext(
        connection,
    ) as few:
        editor.get(grid_url(draft))
    for number in range(5):
        raw = {"group_code": "I", "name": f"Thêm {number}", DP: "1", "total_need": "x"}
        add_line(draft, "projects", raw, actor=cast.editor)
    with CaptureQueriesContext(connection) as many:
        editor.get(grid_url(draft))
    assert len(many) == len(few)


# --- One cell at a time


def test_a_cell_is_saved_and_every_sum_it_is_in_comes_back(
    editor: Client, draft: Plan, portal: Project
) -> None:
    said = editor.post(cell_url(draft), cell(portal, DP, "2500"), headers=JSON).json()
    assert (said["status"], said["value"], said["message"]) == ("saved", "2.500", "")
    assert said["row_version"] == portal.row_version + 1
    assert amounts(draft, portal)[DP] == "2.500"
    assert said["totals"][f"row/{portal.line_id}/sum"] == "2.500"
    assert said["totals"]["all/sum"] == "43.146"
    on_page = totals_on(editor.get(grid_url(draft)).content.decode())
    assert {key: on_page[key] for key in said["totals"] if key in on_page} == {
        key: text for key, text in said["totals"].items() if key in on_page
    }
    assert len(set(on_page) & set(said["totals"])) > 10


def test_emptying_the_last_cell_of_a_column_empties_its_sum(
    editor: Client, draft: Plan, portal: Project
) -> None:
    path = "allocations/2010/ODA"
    said = editor.post(cell_url(draft), cell(portal, path, "7"), headers=JSON).json()
    assert said["totals"][f"all/{path}"] == "7"
    said = editor.post(cell_url(draft), cell(portal, path, ""), headers=JSON).json()
    assert (said["status"], said["value"], said["totals"][f"all/{path}"]) == ("saved", "", "")
    assert path not in amounts(draft, portal)


@pytest.mark.parametrize("typed", ["2,500", "2 500", "12.5", "-3", "abc", "10.000.001", "0,0000001", "=1+1"])
def test_what_cannot_be_read_is_kept_marked_in_its_cell(
    editor: Client, draft: Plan, portal: Project, typed: str
) -> None:
    said = editor.post(cell_url(draft), cell(portal, DP, typed), headers=JSON).json()
    assert said["status"] == "invalid"
    assert typed in said["message"]
    assert amounts(draft, portal)[DP] == "1.500"
    answer = editor.get(grid_url(draft))
    assert form_with(answer, f"{portal.line_id}:{DP}").fields[f"{portal.line_id}:{DP}"] == typed
    assert re.search(r'class="cell n is-invalid"><input[^>]*aria-invalid="true"', answer.content.decode())
    assert PlanDraftValue.objects.get(plan=draft).path == DP


def test_a_project_s_total_need_is_a_cell_too(editor: Client, draft: Plan, portal: Project) -> None:
    said = editor.post(cell_url(draft), cell(portal, "total_need", ""), headers=JSON).json()
    assert said["status"] == "saved"
    assert "25 of 26" in said["totals"]["all/stated"]
    portal.refresh_from_db()
    assert portal.total_need is None


def test_several_cells_of_a_row_are_saved_at_once(editor: Client, draft: Plan, portal: Project) -> None:
    posted = cell(portal, TW, "") | {"path": [TW, DP], "value": ["100", "x"]}
    said = editor.post(cell_url(draft), posted, headers=JSON).json()
    assert {path: one["status"] for path, one in said["fields"].items()} == {TW: "saved", DP: "invalid"}
    assert amounts(draft, portal) == {TW: "100", DP: "1.500"}


def test_the_second_to_save_a_cell_gets_both_values(
    editor: Client, english: SignIn, colleague: Membership, draft: Plan, portal: Project
) -> None:
    posted = cell(portal, DP, "1.600")
    editor.post(cell_url(draft), posted, headers=JSON)
    answer = english(colleague).post(cell_url(draft), posted | {"value": "1.700"}, headers=JSON)
    said = answer.json()
    assert (answer.status_code, said["status"], said["value"]) == (409, "conflict", "1.600")
    assert "Nguyễn Thị Biên Tập" in said["message"]
    chosen = posted | {"value": "1.700", "row_version": said["row_version"]}
    assert english(colleague).post(cell_url(draft), chosen, headers=JSON).json()["status"] == "saved"
    assert amounts(draft, portal)[DP] == "1.700"


def test_a_cell_of_a_submitted_plan_is_locked_and_says_why(
    editor: Client, draft: Plan, portal: Project, cast: Cast
) -> None:
    posted = cell(portal, DP, "1.600")
    submit_plan(draft, actor=cast.approver, letter=Paper(number="1/UBND", on=date(2008, 6, 20), signer="x"))
    answer = editor.post(cell_url(draft), posted, headers=JSON)
    assert (answer.status_code, answer.json()["status"]) == (409, "locked")
    assert "Submitted" in answer.json()["message"]
    assert amounts(draft, portal)[DP] == "1.500"


def test_a_cell_of_a_removed_project_says_so(
    editor: Client, draft: Plan, portal: Project, colleague: Membership
) -> None:
    posted = cell(portal, DP, "1.600")
    remove_line(draft, "projects", portal.line_id, actor=colleague)
    answer = editor.post(cell_url(draft), posted, headers=JSON)
    assert (answer.status_code, answer.json()["status"]) == (422, "gone")


@pytest.mark.parametrize(
    "path", ["id", "plan", "allocations/2009/NO-SUCH", "allocations/2009/NSTW", "", "shares/x"]
)
def test_a_cell_that_does_not_exist_is_refused(
    editor: Client, draft: Plan, portal: Project, path: str
) -> None:
    answer = editor.post(cell_url(draft), cell(portal, path, "5"), headers=JSON)
    assert (answer.status_code, answer.json()["status"]) == (422, "unknown_path")


@pytest.mark.parametrize("posted", [{}, {"line": "x"}, {"line": ""}])
def test_a_cell_without_a_line_is_not_there(editor: Client, draft: Plan, posted: dict[str, str]) -> None:
    assert editor.post(cell_url(draft), posted, headers=JSON).status_code == 404


def test_a_missing_or_mistyped_version_is_never_the_newest(
    editor: Client, draft: Plan, portal: Project
) -> None:
    for version in ("", "x", "-1", "9" * 40):
        answer = editor.post(cell_url(draft), cell(portal, DP, "9", row_version=version), headers=JSON)
        assert answer.json()["status"] == "conflict"
    assert amounts(draft, portal)[DP] == "1.500"


def test_nobody_else_saves_a_cell(client_for: SignIn, draft: Plan, portal: Project, cast: Cast) -> None:
    posted = cell(portal, DP, "9")
    assert client_for(cast.other_editor).post(cell_url(draft), posted, headers=JSON).status_code == 404
    assert client_for(cast.approver).post(cell_url(draft), posted, headers=JSON).json()["status"] == "locked"
    assert amounts(draft, portal)[DP] == "1.500"
