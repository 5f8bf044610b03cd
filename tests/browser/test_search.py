"""The search at the keyboard: suggestions under the box, from hit to hit, a clause with its lead and back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.portal import Portal
from tests.cast import Cast

pytestmark = pytest.mark.browser

OPTIONS = "[role=listbox] [role=option]"


@pytest.fixture
def page(portal: Portal, people: Cast) -> Page:
    return portal.seat(people.editor, language="en")


def box(page: Page) -> str:
    """What the box says of itself to those who listen."""
    found = page.get_by_role("combobox")
    return (
        f"{found.get_attribute('aria-expanded')} {found.get_attribute('aria-activedescendant') or ''}".strip()
    )


def test_suggestions_are_chosen_with_the_arrows(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("tinh tien giang")
    expect(page.locator(OPTIONS).first).to_be_visible()
    assert box(page) == "true"
    page.keyboard.press("ArrowDown")
    first = page.locator(OPTIONS).first
    assert box(page) == f"true {first.get_attribute('id')}"
    expect(first).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert box(page) == "false"
    expect(page.get_by_role("combobox")).to_have_value("tinh tien giang")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Tỉnh Tiền Giang")


def test_enter_without_a_choice_opens_all_hits(page: Page) -> None:
    page.goto("/plans/?programme=2008")
    page.locator("#top-search").fill("thư điện tử")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("thư điện tử")
    assert page.url.partition("?")[2].startswith("q=")
    assert "programme" not in page.url


def test_the_arrows_go_from_hit_to_hit(page: Page) -> None:
    page.goto("/search/?q=thư điện tử")
    hits = page.locator("main [data-hit]")
    page.locator("#search-words").focus()
    page.keyboard.press("ArrowDown")
    expect(hits.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(hits.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#search-words")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("/")
    expect(page.locator("#search-words")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/**")


def test_a_slash_in_a_text_is_a_slash(page: Page) -> None:
    page.goto("/plans/")
    field = page.locator("main input[name=q]")
    field.focus()
    page.keyboard.type("43/2008")
    expect(field).to_have_value("43/2008")


def test_a_clause_leads_to_its_task_its_lead_and_back(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("II.2.k")
    expect(page.locator(OPTIONS).first).to_contain_text("II.2.k")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("II.2.k")
    main = page.locator("main")
    expect(main).to_contain_text("29/09/2008")
    main.get_by_role("link", name="Bộ Thông tin và Truyền thông").first.click()
    expect(page.locator("h1")).to_have_text("Bộ Thông tin và Truyền thông")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("II.2.k")
    expect(main).to_contain_text("Mạng truyền số liệu chuyên dùng")


def test_the_states_of_several_clauses_come_after_the_page(page: Page) -> None:
    page.goto("/search/?q=II.1.b")
    expect(page.locator(".clause-card").nth(1)).to_contain_text("nothing reported yet")


def test_on_a_phone_the_suggestions_fit(portal: Portal, people: Cast) -> None:
    page = portal.seat(people.editor, viewport={"width": 360, "height": 740})
    page.goto("/")
    page.locator("#top-search").fill("thu dien")
    expect(page.locator(OPTIONS).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.keyboard.press("ArrowUp")
    expect(page.locator(OPTIONS).last).to_be_in_viewport()
