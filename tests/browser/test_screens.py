"""Every screen under every condition: light, dark, on paper, without JavaScript, on a phone, in English."""

from collections.abc import Callable, Iterator, Mapping

import pytest
from playwright.sync_api import Page, Response, ViewportSize

from tests.browser import world as told
from tests.browser.looking import left_untranslated, look, tab_through
from tests.browser.portal import Portal, set_business_time
from tests.browser.screens import SCREENS, Screen
from tests.browser.world import World

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def world(served: Portal) -> World:
    """The story and its further steps, told once for all screens."""
    found = told.tell()
    set_business_time(told.NOW)
    return found


Seats = Callable[[Screen, str], Page]
DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}

CONDITIONS: Mapping[str, dict[str, object]] = {
    "on a desk": {"viewport": DESK},
    "in English, without JavaScript": {"java_script_enabled": False, "language": "en", "viewport": DESK},
}


@pytest.fixture(scope="module")
def seats(served: Portal, world: World) -> Iterator[Seats]:
    """One browser for each person and condition, kept for all screens."""
    taken: dict[tuple[int | None, str], Page] = {}

    def seat(screen: Screen, condition: str) -> Page:
        who = screen.who(world)
        key = (who.pk if who else None, condition)
        if key not in taken:
            taken[key] = served.seat(who, **CONDITIONS[condition])  # type: ignore[arg-type]
        return taken[key]

    yield seat
    served.clear()


def show(screen: Screen, page: Page, served: Portal, world: World) -> list[str]:
    """Open the screen; gives what went wrong on the way."""
    for seat in served.seats:
        seat.wrong.clear()
    answer: Response | None = page.goto(screen.where(world))
    assert answer is not None
    wrong = [] if answer.status == screen.status else [f"answered {answer.status}, not {screen.status}"]
    return wrong + [one for seat in served.seats for one in seat.wrong]


@pytest.fixture(params=SCREENS, ids=str)
def screen(request: pytest.FixtureRequest) -> Screen:
    found: Screen = request.param
    return found


def test_a_screen_is_sound_in_the_light_in_the_dark_on_paper_and_on_a_phone(
    screen: Screen, seats: Seats, served: Portal, world: World
) -> None:
    page = seats(screen, "on a desk")
    wrong = show(screen, page, served, world)
    wrong += look(page, "basics") + look(page, "targets") + look(page, "contrast") + tab_through(page)
    wrong += left_untranslated(page, "vi")
    wrong += in_the_dark(page) + on_paper(page) + on_a_phone(page)
    if page.locator("html").get_attribute("lang") != "vi":
        wrong.append("the page is not said to be in Vietnamese")
    assert not wrong, "\n".join(wrong)


def in_the_dark(page: Page) -> list[str]:
    """Another ground, and every text can be read on it."""
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    wrong = [f"in the dark: {one}" for one in look(page, "contrast")]
    if page.evaluate(ground) == light:
        wrong.append("light and dark have the same ground")
    page.emulate_media(color_scheme="light")
    return wrong


def on_paper(page: Page) -> list[str]:
    """What a printer gets on A4: no controls, black on white, nothing that runs out of the sheet."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 990})
    wrong = [f"on paper: {one}" for one in look(page, "paper") + look(page, "contrast")]
    page.emulate_media(media="screen")
    page.set_viewport_size(DESK)
    return wrong


def on_a_phone(page: Page) -> list[str]:
    """The page on a narrow screen that is touched: nothing runs out of it, all can be met by a finger."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    page.set_viewport_size(PHONE)
    wrong = [f"on a phone: {one}" for one in look(page, "sideways") + look(page, "targets")]
    if not page.evaluate("matchMedia('(pointer: coarse) and (max-width: 360px)').matches"):
        wrong.append("this was no phone")
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
    session.detach()
    page.set_viewport_size(DESK)
    return wrong


def test_a_screen_is_whole_without_javascript_and_speaks_english(
    screen: Screen, seats: Seats, served: Portal, world: World
) -> None:
    page = seats(screen, "in English, without JavaScript")
    wrong = show(screen, page, served, world)
    wrong += look(page, "basics") + look(page, "unsendable") + left_untranslated(page, "en")
    if page.locator("html").get_attribute("lang") != "en":
        wrong.append("the page is not said to be in English")
    assert not wrong, "\n".join(wrong)
