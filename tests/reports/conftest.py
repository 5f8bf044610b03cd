"""A period to report in: 2008-Q2, opened on 01/07/2008, and people of any agency to report with."""

from collections.abc import Iterator

import pytest

from core import clock
from plans.models import Programme
from reports.cycles.actions import open_cycle
from reports.models import Cycle
from reports.output import official
from tests.cast import Cast
from tests.prepared import prepared
from tests.reports.filings import People, PeopleOf, people_of, quarter
from tests.reports.half_year import opened as half_year_opened
from tests.reports.half_year import present as present_half_year

LAID_OUT = official.laid_out
OPENED_AT = "2008-07-01T08:00"


@pytest.fixture(autouse=True)
def _july_2008() -> Iterator[None]:
    """A test that names no day plays in July 2008: Tiền Giang and the ministry exist then."""
    with clock.at("2008-07-25T09:00"):
        yield


@pytest.fixture
def real_pdf(quick_pdf: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are laid out after all, in one test of a module that does without."""
    monkeypatch.setattr(official, "laid_out", LAID_OUT)


@pytest.fixture
def programme(cast: Cast) -> Programme:
    return Programme.objects.get(code="2008")


@prepared
def opened_quarter(cast: Cast) -> None:
    with clock.at(OPENED_AT):
        open_cycle(Programme.objects.get(code="2008"), "2008-Q2", actor=cast.admin)


@pytest.fixture
def q2(opened_quarter: None) -> Cycle:
    """The second quarter of 2008: 86 agencies, due on 15/07/2008."""
    return quarter()


@prepared
def opened_half_year(cast: Cast) -> None:
    half_year_opened(cast)


@pytest.fixture
def half_year(opened_half_year: None) -> Cycle:
    """The first half of 2011, with some contents assigned."""
    return present_half_year()


@pytest.fixture
def staff(cast: Cast) -> People:
    """Editor and approver of Tiền Giang."""
    return People(cast.editor, cast.approver)


@pytest.fixture
def people(cast: Cast) -> PeopleOf:
    """Editor and approver of any agency, made when they are asked for."""
    return people_of
