"""From a clause somebody has heard of to its words, to who leads the task, and back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.portal import Portal
from tests.cast import Cast

pytestmark = pytest.mark.browser

CLAUSE = re.compile(r"/documents/43-2008-qd-ttg/II\.2\.k/$")


def test_a_clause_typed_leads_to_its_words_its_lead_and_back(portal: Portal, people: Cast) -> None:
    page = portal.seat(people.viewer)
    page.goto("/")
    page.keyboard.press("/")
    search = (
        page.get_by_role("banner")
        .get_by_role("combobox")
        .or_(page.get_by_role("banner").get_by_role("searchbox"))
    )
    expect(search).to_be_focused()
    search.fill("II.2.k")
    search.press("Enter")
    if not CLAUSE.search(page.url):
        page.locator("main").get_by_role("link", name=re.compile(r"II\.2\.k")).first.click()
    expect(page).to_have_url(CLAUSE)
    words = page.locator("main")
    expect(words).to_contain_text("trước ngày 30 tháng 9 năm 2008")
    expect(words).to_contain_text("29/09/2008")

    words.get_by_role("link", name="Bộ Thông tin và Truyền thông").first.click()
    expect(page.locator("h1")).to_have_text("Bộ Thông tin và Truyền thông")
    page.locator("main").get_by_role("link", name="II.2.k", exact=True).first.click()
    expect(page).to_have_url(CLAUSE)
