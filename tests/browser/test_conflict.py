"""Two people on one row: the second sees both values and chooses, with JavaScript and without."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import look
from tests.browser.places import Desk, Place, make_desk
from tests.browser.portal import Portal
from tests.cast import Cast

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desk(served: Portal, people: Cast) -> Desk:
    return make_desk(people)


@pytest.fixture(params=["cell", "text", "report"])
def place(request: pytest.FixtureRequest, desk: Desk) -> Place:
    return desk.place(request.param)


@pytest.mark.parametrize("choice", ["yours", "theirs"])
@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_second_to_save_sees_both_values_and_chooses(
    portal: Portal, people: Cast, desk: Desk, place: Place, javascript: bool, choice: str
) -> None:
    first = portal.seat(desk.colleague, java_script_enabled=javascript)
    second = portal.seat(people.editor, java_script_enabled=javascript)
    mark = _mark(javascript, choice)
    theirs, yours = place.theirs[:-1] + mark, place.yours[:-1] + mark
    field, other = place.of(second), place.of(first)

    other.fill(theirs)
    _save(first, place, javascript)
    _wait_for(first, place, theirs)
    field.fill(yours)
    _save(second, place, javascript)

    where = second.locator("dialog[open], .field-conflict, .conflict").first
    expect(where).to_contain_text(yours)
    expect(where).to_contain_text(theirs)
    if place.log:
        expect(where).to_contain_text(desk.colleague.user.full_name)
    assert place.stored() == theirs, "nothing is applied before the choice"
    assert not look(second, "basics")

    if javascript:
        second.locator(f"[data-conflict-choice={choice}]:visible").click()
    else:
        value = yours if choice == "yours" else theirs
        second.locator(f'.conflict input[type=radio][value="{value}"]').check()
        second.locator(".conflict button.primary").click()
    chosen = yours if choice == "yours" else theirs
    _wait_for(second, place, chosen)
    expect(place.of(second)).to_have_value(chosen)


def _mark(javascript: bool, choice: str) -> str:
    """Makes the value another one in each run, so that no run finds what the one before left."""
    return str(1 + 2 * javascript + (choice == "yours"))


def _save(page: Page, place: Place, javascript: bool) -> None:
    if javascript:
        page.locator(place.field).blur()
    else:
        page.locator(place.save).click()


def _wait_for(page: Page, place: Place, value: str) -> None:
    for _attempt in range(50):
        if place.stored() == value:
            return
        page.wait_for_timeout(100)
    assert place.stored() == value
