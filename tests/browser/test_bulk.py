"""Ticking rows for an act on many: with the mouse, the keyboard, all at once; and sent twice in a hurry."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from core import clock
from plans.models import Programme
from reports.cycles.actions import open_cycle
from reports.models import BulkAct, Cycle
from tests.browser.portal import Portal, set_business_time
from tests.cast import Cast

pytestmark = pytest.mark.browser


@pytest.fixture
def cycle(people: Cast) -> Cycle:
    with clock.at("2008-07-01T08:00"):
        return open_cycle(Programme.objects.get(code="2008"), "2008-Q2", actor=people.admin)


def test_rows_are_ticked_and_extended(portal: Portal, people: Cast, cycle: Cycle) -> None:
    set_business_time("2008-07-18T09:00")
    page = portal.seat(people.reviewer, language="en")
    page.goto(reverse("cycle_detail", args=["2008", "2008-Q2"]))
    boxes, count = page.locator("input[name=agency]"), page.locator("#bulk [data-chosen]")
    every = page.locator("[data-choose-all]")
    every.check()
    expect(count).to_have_text("50")
    every.uncheck()
    expect(count).to_have_text("0")
    boxes.nth(0).click()
    boxes.nth(4).click(modifiers=["Shift"])
    expect(count).to_have_text("5")
    boxes.nth(4).press("Shift+ArrowDown")
    expect(boxes.nth(5)).to_be_focused()
    expect(count).to_have_text("6")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(count).to_have_text("7")
    page.get_by_label("all 86 that the filters leave").check()
    expect(count).to_have_text("50")
    boxes.nth(0).uncheck()
    expect(page.get_by_label(re.compile("the ticked ones"))).to_be_checked()
    page.get_by_role("button", name="Extend the deadline…").click()
    page.get_by_label("Extended to").fill("30/07/2008")
    page.get_by_label("Number of the document").fill("1021/BTTTT")
    page.get_by_label("Date of the document").fill("17/07/2008")
    page.get_by_label("Reason").fill("Thiên tai.")
    page.get_by_role("button", name="Show what happens").click()
    page.locator("input[name=agency]").first.uncheck()
    page.get_by_role("button", name="Extend the deadline: 48").dblclick()
    expect(page.locator(".receipt")).to_contain_text("Done for")
    assert BulkAct.objects.get().rows.count() == 48
