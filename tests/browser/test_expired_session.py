"""A sign-in that expires while somebody types loses nothing, applies nothing. One double click, one act."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from plans.content.actions import create_plan
from plans.content.editing import save_line
from plans.models import Plan, PlanState, Programme
from plans.parts import registry
from plans.review.actions import hand_over, withdraw_plan
from tests.browser.places import Desk, Place, make_desk
from tests.browser.portal import Portal, sign_in
from tests.cast import Cast

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desk(served: Portal, people: Cast) -> Desk:
    return make_desk(people)


@pytest.fixture(params=["cell", "text", "report"])
def place(request: pytest.FixtureRequest, desk: Desk) -> Place:
    return desk.place(request.param)


def sign_out_everybody() -> None:
    """What happens after SESSION_HOURS: the server no longer knows the sessions; the pages stay open."""
    Session.objects.all().delete()


def test_a_local_copy_is_offered_after_the_next_sign_in(portal: Portal, people: Cast, place: Place) -> None:
    page = portal.seat(people.editor)
    before = place.stored()
    field = place.of(page)
    sign_out_everybody()
    field.fill(place.yours)
    field.blur()
    expect(page.locator(".is-unsaved, .unsaved, .bad-ink:visible").first).to_be_visible()

    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(place.url)
    sign_in(page, people.editor)
    expect(page.locator("[data-local-copy-offer]")).to_be_visible()
    expect(page.locator(place.field)).to_have_value(before)
    assert place.stored() == before, "not applied unasked"

    page.locator("[data-local-copy-restore]").click()
    expect(page.locator(place.field)).to_have_value(place.yours)
    _wait_for(page, place, place.yours)
    expect(place.of(page)).to_have_value(place.yours)
    expect(page.locator("[data-local-copy-offer]")).to_be_hidden()


def test_without_a_script_the_sign_in_page_carries_what_was_typed(
    portal: Portal, people: Cast, place: Place
) -> None:
    page = portal.seat(people.editor, java_script_enabled=False)
    before, typed = place.stored(), place.theirs
    field = place.of(page)
    sign_out_everybody()
    field.fill(typed)
    page.locator(place.save).click()
    expect(page.locator("input[name=password]")).to_be_visible()
    assert place.stored() == before

    sign_in(page, people.editor)
    expect(page.locator(place.field)).to_have_value(typed)
    assert place.stored() == before, "not applied unasked"
    page.locator(place.save).click()
    _wait_for(page, place, typed)


def test_what_another_person_typed_is_never_offered(portal: Portal, people: Cast, desk: Desk) -> None:
    place = desk.place("text")
    page = portal.seat(people.editor)
    field = place.of(page)
    sign_out_everybody()
    field.fill("Chỉ của tôi.")
    field.blur()
    expect(page.locator(".unsaved, .bad-ink:visible").first).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(place.url)
    sign_in(page, people.reviewer)
    assert "Chỉ của tôi." not in page.content()


@pytest.fixture(scope="module")
def simple_plan(served: Portal, people: Cast) -> Plan:
    """Nghệ An's draft, whose headings are written."""
    plan = create_plan(Programme.objects.get(code="2009-2010"), actor=people.other_editor)
    for row in registry.get("sections").read(plan):
        text = {"body": "Nội dung của mục."}
        save_line(plan, "sections", row.line, text, actor=people.other_editor, row_version=row.row_version)
    return plan


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_double_click_submits_once(
    portal: Portal, people: Cast, simple_plan: Plan, javascript: bool
) -> None:
    plan = hand_over(simple_plan, actor=people.other_editor)
    before = plan.revisions.count()
    page = portal.seat(people.other_approver, java_script_enabled=javascript)
    page.goto(f"/plans/{plan.code}/{plan.version}/acts/submit/")
    page.locator("[name=number]").fill("112/UBND-MH")
    page.locator("[name=on]").fill("12/06/2008")
    page.locator("[name=signer]").fill("(minh họa)")
    page.locator("main form button.primary").dblclick()
    expect(page.locator("main .receipt, main .band").first).to_be_visible()

    plan.refresh_from_db()
    assert plan.state == PlanState.SUBMITTED
    assert plan.revisions.count() == before + 1
    expect(page.locator("main .notice.bad")).to_have_count(0)
    withdraw_plan(plan, actor=people.other_approver)


def _wait_for(page: Page, place: Place, value: str) -> None:
    for _attempt in range(50):
        if place.stored() == value:
            return
        page.wait_for_timeout(100)
    assert place.stored() == value
