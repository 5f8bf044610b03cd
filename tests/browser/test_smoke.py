"""A first look on SQLite: sign in, the work list, a plan, one changed cell that is saved."""

import pytest
from playwright.sync_api import expect

from plans.content.actions import create_plan, take_lines
from plans.models import Plan, Programme
from plans.parts import registry
from tests.browser.portal import Portal, sign_in
from tests.browser.steps import number, total
from tests.cast import Cast

pytestmark = pytest.mark.browser_smoke


@pytest.fixture
def draft(served: Portal, people: Cast) -> Plan:
    """Tiền Giang's draft for 2009-2010, with its projects of QĐ 605."""
    plan = create_plan(Programme.objects.get(code="2009-2010"), actor=people.editor)
    source = Plan.objects.get(code="605-qd-ubnd")
    lines = [row.line for row in registry.get("projects").read(source)]
    take_lines(plan, source, {"projects": lines}, actor=people.editor)
    return plan


def test_an_editor_signs_in_and_changes_an_amount(portal: Portal, people: Cast, draft: Plan) -> None:
    page = portal.seat()
    page.goto("/")
    sign_in(page, people.editor)
    page.locator("main").get_by_role("link", name=draft.programme.short_name).first.click()
    expect(page.locator("h1")).to_contain_text("2009")
    page.goto(f"/plans/{draft.code}/{draft.version}/projects/grid/")

    cell = page.locator("td.cell input[data-path^='allocations/']").first
    before = number(total(page).text_content())
    was = number(cell.input_value())
    cell.fill("1.234")
    cell.press("Enter")
    expect(cell).to_have_value("1.234")
    expect(page.locator("td.cell.is-saved input").first).to_have_value("1.234")
    assert number(total(page).text_content()) == before - was + 1234
    page.reload()
    expect(page.locator("td.cell input[data-path^='allocations/']").first).to_have_value("1.234")
