"""The form of status figures in a real browser: the ratio while one types, a block from Excel, long notes."""

import pytest
from playwright.sync_api import Locator, Page, expect

from indicators.models import Baseline
from plans.content.actions import create_plan
from plans.models import Plan, Programme
from tests.browser.portal import Portal
from tests.cast import Cast

pytestmark = pytest.mark.browser

PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def draft(served: Portal, people: Cast) -> Plan:
    return create_plan(Programme.objects.get(code="2009-2010"), actor=people.editor)


@pytest.fixture
def page(portal: Portal, people: Cast, draft: Plan) -> Page:
    seat = portal.seat(people.editor)
    seat.goto(f"/plans/{draft.code}/{draft.version}/baselines/grid/")
    return seat


def row(page: Page, draft: Plan, code: str) -> Locator:
    line = Baseline.objects.get(plan=draft, indicator__code=code).line_id
    return page.locator(f"tr[data-row='{line}']")


def cell(row: Locator, path: str) -> Locator:
    return row.locator(f"[data-path={path}]")


def test_the_ratio_stands_there_before_it_is_saved(page: Page, draft: Plan) -> None:
    figure = row(page, draft, "computers-per-official")
    cell(figure, "numerator").fill("1.020")
    cell(figure, "denominator").press_sequentially("2.601")
    expect(figure.locator("[data-ratio]")).to_have_text("39,22")
    cell(figure, "denominator").press("Tab")
    expect(figure.locator("td.is-saved")).to_have_count(2)
    expect(figure.locator("[data-ratio]")).to_have_text("39,22")
    expect(page.locator("[data-total='all/answered']")).to_have_text("1/10")


def test_a_block_from_excel_fills_rows_and_columns(page: Page, draft: Plan) -> None:
    first, second = row(page, draft, "networked-computers"), row(page, draft, "computers-on-internet")
    cell(first, "numerator").click()
    page.evaluate(PASTE, "30\t60\n7\t9")
    expect(first.locator("[data-ratio]")).to_have_text("50")
    expect(second.locator("[data-ratio]")).to_have_text("77,78")
    expect(second.locator("td.is-saved")).to_have_count(2)
    page.reload()
    expect(cell(second, "denominator")).to_have_value("9")


def test_a_note_of_two_lines_and_a_slip_are_kept(page: Page, draft: Plan) -> None:
    figure = row(page, draft, "lan-interconnection")
    note = cell(figure, "note")
    note.press_sequentially("12 sở đã kết nối")
    note.press("Enter")
    note.press_sequentially("8 huyện chưa")
    note.press("Tab")
    expect(figure.locator("td.is-saved textarea")).to_have_value("12 sở đã kết nối\n8 huyện chưa")
    slip = cell(row(page, draft, "lan-count-provinces"), "value")
    slip.fill("1.5")
    slip.press("Enter")
    expect(row(page, draft, "lan-count-provinces").locator("td.is-invalid input")).to_have_value("1.5")
    page.reload()
    expect(note).to_have_value("12 sở đã kết nối\n8 huyện chưa")
    expect(slip).to_have_value("1.5")
    expect(row(page, draft, "lan-count-provinces").locator("td.is-invalid")).to_have_count(1)
