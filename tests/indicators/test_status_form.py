"""The status figures of a plan as one form: each cell by itself with a script, the whole without one."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from agencies.models import Membership, Role, User
from core.templatetags.components import cell_id
from indicators.models import Baseline, Indicator
from plans.content.editing import save_line
from plans.models import Plan, PlanDraftValue
from plans.parts import registry
from plans.review.actions import Paper, submit_plan
from reports.exports import plan_facts, plan_names
from reports.output.plan_export import PlanExport
from reports.output.plan_pdf import plan_annexes
from reports.output.plan_xlsx import plan_xlsx
from tests.browsing import Form, form_with
from tests.cast import Cast
from tests.plans.moves import submitted
from tests.reading import ClientFor, in_english, links, said

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


def url(plan: Plan, name: str = "plan_grid") -> str:
    return reverse(name, args=[plan.code, plan.version, "baselines"])


def figure(plan: Plan, code: str) -> Baseline:
    return Baseline.objects.get(plan=plan, indicator__code=code)


def save(client: Client, plan: Plan, code: str, path: str, value: str, **more: Any) -> Any:
    row = figure(plan, code)
    typed = {"line": row.line_id, "row_version": row.row_version, "path": path, "value": value, **more}
    return client.post(url(plan, "grid_cell"), typed, headers=JSON)


def opened(client: Client, plan: Plan) -> Form:
    return form_with(client.get(url(plan)), f"version:{figure(plan, 't-phones').line_id}")


# --- What it shows


def test_the_part_leads_to_the_form_and_shows_the_words_that_ask(editor: Client, draft: Plan) -> None:
    response = editor.get(url(draft, "plan_part"))
    words = said(response)
    assert url(draft) in links(response)
    assert "0 of 4 figures filled in" in words
    assert "“tỷ lệ máy tính/cán bộ”" in words


def test_every_asked_figure_is_a_row_with_its_words_and_unit(editor: Client, draft: Plan) -> None:
    words = said(editor.get(url(draft)))
    for text in (
        "II.1.b “tỷ lệ máy tính/cán bộ” Chỉ tiêu t-computers unit: % Numerator: Số máy tính",
        "Denominator: Số cán bộ, công chức",
        "Chỉ tiêu t-phones unit: máy/100 dân",
        "Filled in: 0/4",
    ):
        assert text in words
    assert "t-ministry-lans" not in words


def test_only_a_fraction_has_a_numerator_and_a_denominator(editor: Client, draft: Plan) -> None:
    fields = opened(editor, draft).fields
    ratio, count = figure(draft, "t-computers").line_id, figure(draft, "t-phones").line_id
    assert {f"{ratio}:{path}" for path in ("numerator", "denominator", "value", "as_of")} <= set(fields)
    assert f"{count}:value" in fields
    assert not {f"{count}:numerator", f"{count}:denominator"} & set(fields)


def test_who_may_not_edit_reads_it(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    submitted(draft, cast)
    response = in_english(client_for(cast.reviewer)).get(url(draft))
    assert response.status_code == 200
    assert f"version:{figure(draft, 't-phones').line_id}" not in response.content.decode()
    assert client_for(cast.other_editor).get(url(draft)).status_code == 404


# --- One cell at a time, with a script


def test_a_cell_is_saved_and_the_ratio_answered(editor: Client, draft: Plan) -> None:
    line = figure(draft, "t-computers").line_id
    first = save(editor, draft, "t-computers", "numerator", "40").json()
    assert (first["status"], first["totals"][f"row/{line}/sum"]) == ("saved", "")
    second = save(editor, draft, "t-computers", "denominator", "102").json()
    assert second["totals"][f"row/{line}/sum"] == "39,22"
    assert second["totals"]["all/answered"] == "1/4"
    row = figure(draft, "t-computers")
    assert (row.numerator, row.denominator, row.value) == (Decimal(40), Decimal(102), None)


def test_several_cells_of_a_row_go_together(editor: Client, draft: Plan) -> None:
    """As a block that was pasted from Excel does."""
    row = figure(draft, "t-computers")
    typed = {
        "line": row.line_id,
        "row_version": row.row_version,
        "path": ["numerator", "denominator", "as_of", "note"],
        "value": ["40", "102", "31/12/2007", "theo báo cáo của các sở"],
    }
    answer = editor.post(url(draft, "grid_cell"), typed, headers=JSON).json()
    assert {one["status"] for one in answer["fields"].values()} == {"saved"}
    row.refresh_from_db()
    found = (row.numerator, row.as_of, row.note)
    assert found == (Decimal(40), date(2007, 12, 31), "theo báo cáo của các sở")


@pytest.mark.parametrize(
    ("path", "typed"),
    [("numerator", "40.5"), ("value", "40 %"), ("as_of", "2007-12-31"), ("as_of", "31/13/2007")],
)
def test_what_cannot_be_read_is_kept_and_marked(editor: Client, draft: Plan, path: str, typed: str) -> None:
    answer = save(editor, draft, "t-computers", path, typed).json()
    assert (answer["status"], answer["value"]) == ("invalid", typed)
    assert answer["message"]
    row = figure(draft, "t-computers")
    assert PlanDraftValue.objects.get(plan=draft, line=row.line_id).raw == typed
    assert getattr(row, path) is None
    assert opened(editor, draft).fields[f"{row.line_id}:{path}"] == typed


def test_the_check_leads_to_the_cell(editor: Client, draft: Plan, cast: Cast) -> None:
    save(editor, draft, "t-networked", "numerator", "6")
    save(editor, draft, "t-networked", "denominator", "5")
    line = figure(draft, "t-networked").line_id
    check = editor.get(reverse("plan_check", args=[draft.code, draft.version]))
    assert f"{url(draft)}#{cell_id(line, 'numerator')}" in links(check)


def test_two_people_on_one_row_see_both_values(
    editor: Client, client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    user = User.objects.create_user("second@cast.example", "mat-khau-thu-nghiem", full_name="Mai Thị Hai")
    colleague = Membership.objects.create(user=user, agency=cast.editor.agency, role=Role.EDITOR)
    before = figure(draft, "t-phones").row_version
    save(editor, draft, "t-phones", "value", "12")
    answer = save(in_english(client_for(colleague)), draft, "t-phones", "value", "13", row_version=before)
    assert answer.status_code == 409
    assert (answer.json()["status"], answer.json()["value"]) == ("conflict", "12")
    assert figure(draft, "t-phones").value == 12


def test_a_locked_plan_takes_nothing(editor: Client, draft: Plan, cast: Cast) -> None:
    submitted(draft, cast)
    assert save(editor, draft, "t-phones", "value", "12").status_code == 409
    assert figure(draft, "t-phones").value is None


def test_a_field_that_is_no_cell_is_refused(editor: Client, draft: Plan) -> None:
    for path in ("converted", "printed", "comparator", "plan", "allocations/2009/NSTW"):
        assert save(editor, draft, "t-phones", path, "1").status_code == 422, path


# --- The whole form, without JavaScript


def test_only_what_was_changed_is_saved(editor: Client, draft: Plan) -> None:
    computers, phones = figure(draft, "t-computers"), figure(draft, "t-phones")
    posted = opened(editor, draft).post(
        **{
            f"{computers.line_id}:numerator": "40",
            f"{computers.line_id}:denominator": "102",
            f"{phones.line_id}:value": "x",
        }
    )
    page = editor.post(url(draft), posted, follow=True).content.decode()
    assert "2 cells saved" in page
    assert "1 value cannot be read" in page
    assert "39,22" in page
    assert figure(draft, "t-networked").row_version == 1
    assert figure(draft, "t-computers").numerator == 40


def test_a_note_of_several_lines_stays_as_it_is(editor: Client, draft: Plan, cast: Cast) -> None:
    row = figure(draft, "t-lans")
    text = "12 sở đã kết nối\n8 huyện chưa kết nối"
    save_line(draft, "baselines", row.line_id, {"note": text}, actor=cast.editor, row_version=row.row_version)
    version = figure(draft, "t-lans").row_version
    phones = figure(draft, "t-phones")
    editor.post(url(draft), opened(editor, draft).post(**{f"{phones.line_id}:value": "12"}))
    after = figure(draft, "t-lans")
    assert (after.note, after.row_version) == (text, version)


def test_what_was_typed_survives_a_submission_meanwhile(editor: Client, draft: Plan, cast: Cast) -> None:
    phones = figure(draft, "t-phones")
    posted = opened(editor, draft).post(**{f"{phones.line_id}:value": "12,5"})
    submit_plan(draft, actor=cast.approver, letter=Paper(number="1/UBND", on=date(2008, 6, 20), signer="x"))
    answer = editor.post(url(draft), posted)
    assert answer.status_code == 409
    assert "12,5" in answer.content.decode()


# --- Figures that a draft lacks


def test_a_draft_without_figures_gets_them_at_a_press(editor: Client, draft: Plan) -> None:
    Baseline.objects.filter(plan=draft).delete()
    response = editor.get(url(draft, "plan_part"))
    assert "The outline asks for 4 figures that this plan does not have yet" in said(response)
    asked = url(draft, "part_asked")
    answer = editor.post(asked, follow=True)
    assert answer.redirect_chain == [(url(draft), 302)]
    assert "4 figures added" in said(answer)
    assert Baseline.objects.filter(plan=draft).count() == 4
    assert "outline asks for" not in said(editor.get(url(draft, "plan_part")))
    assert "Everything that the outline asks for" in said(editor.post(asked, follow=True))


def test_the_form_without_figures_says_how_to_begin(editor: Client, draft: Plan) -> None:
    Baseline.objects.filter(plan=draft).delete()
    assert "No status figures yet" in said(editor.get(url(draft)))


def test_a_further_figure_has_a_form_of_its_own(editor: Client, draft: Plan) -> None:
    new = reverse("line_new", args=[draft.code, draft.version, "baselines"])
    form = form_with(editor.get(new), "indicator")
    editor.post(new, form.post(indicator="level-3-services", value="2"))
    assert figure(draft, "level-3-services").value == 2
    assert "Money by year" not in said(editor.get(new))


# --- As printed, and taken away


def test_registered_figures_stand_as_printed_with_their_marks(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    """QĐ 605, II.1.b: "2,55 người/máy" is compared as 39,2 %."""
    plan = Plan.objects.get(code="605-qd-ubnd")
    words = said(in_english(client_for(cast.viewer)).get(url(plan, "plan_part")))
    assert "2,55 người/máy" in words
    assert "39,2 % ⇄ converted" in words
    assert "95,67 %" in words
    row = Baseline.objects.get(plan=plan, converted=True, indicator__code="computers-per-official")
    assert row.value == Decimal("39.2")


def test_the_figures_leave_with_the_plan(editor: Client, draft: Plan) -> None:
    save(editor, draft, "t-computers", "numerator", "40")
    save(editor, draft, "t-computers", "denominator", "102")
    data = editor.get(reverse("plan_export", args=[draft.code, draft.version, "json"])).json()
    found = next(one for one in data["baselines"] if one["indicator"] == "t-computers")
    assert (found["numerator"], found["denominator"]) == ("40", "102")
    assert (
        data["names"]["indicators"]["t-computers"]["name"] == Indicator.objects.get(code="t-computers").name
    )


def test_the_figures_stand_in_an_annex_and_on_a_sheet(cast: Cast) -> None:
    plan = Plan.objects.select_related("agency", "programme", "document").get(code="605-qd-ubnd")
    export = PlanExport(plan_facts(plan), registry.read_content(plan), plan_names())
    annex = next(one for one in plan_annexes(export) if one.title == "SỐ LIỆU HIỆN TRẠNG")
    cells = [[str(cell) for cell in row.cells] for row in annex.tables[0].rows if hasattr(row, "cells")]
    assert any("39,2 (quy đổi)" in row for row in cells)
    assert any("> 800" in row for row in cells)
    book = load_workbook(BytesIO(plan_xlsx(export)))
    sheet = next(one for one in book.worksheets if one.max_row > 20 and "39.2" in _values(one))
    assert "95.67" in _values(sheet)


def _values(sheet: Any) -> set[str]:
    return {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
