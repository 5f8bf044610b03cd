"""What people do in many tests: press an act, fill a form, find a row, read a figure."""

import re
from collections.abc import Mapping

from playwright.sync_api import Locator, Page, expect


def act(page: Page, name: str) -> None:
    """Press the act `name` of a plan or a report: a button, or a link to the page that asks first."""
    page.locator(
        f'main .band a[href$="/acts/{name}/"], main .band form[action$="/acts/{name}/"] button'
    ).click()


def fill_and_send(page: Page, typed: Mapping[str, str]) -> None:
    """Fill fields by their names and press the filled button of the page's form."""
    form = page.locator("main form:has(button.primary)")
    for name, text in typed.items():
        field = form.locator(f"[name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)
    form.locator("button.primary").click()


def open_work(page: Page, title: str) -> None:
    """Go to the work list and open the item whose title holds `title`."""
    page.goto("/")
    page.locator("main tr", has_text=title).get_by_role("link").first.click()


def total(page: Page, key: str = "all/sum") -> Locator:
    """A total in the foot of a grid."""
    return page.locator(f'[data-total="{key}"]').first


def number(text: str | None) -> int:
    """A figure as officials write it: "42.146" is 42146, blank is 0."""
    return int(re.sub(r"\D", "", text or "") or "0")


def expect_saved(page: Page) -> None:
    """Wait until the page says that what was typed is saved."""
    expect(
        page.locator("main [role=status] .saved, main [role=status].saved, main .ok-ink:visible").first
    ).to_be_visible()
