"""A period to report in: 2008-Q2, opened on 01/07/2008, and people of any agency to report with."""

from collections.abc import Iterator

import pytest
from django.utils.text import slugify

from agencies.models import Agency, Membership, Role, User
from core import clock
from plans.models import Programme
from reports.cycles.actions import open_cycle
from reports.models import Cycle
from reports.output import official
from tests.cast import Cast
from tests.reports.filings import People, PeopleOf
from tests.reports.half_year import opened as half_year_opened

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


@pytest.fixture
def q2(cast: Cast, programme: Programme) -> Cycle:
    """The second quarter of 2008: 86 agencies, due on 15/07/2008."""
    with clock.at(OPENED_AT):
        return open_cycle(programme, "2008-Q2", actor=cast.admin)


@pytest.fixture
def half_year(cast: Cast) -> Cycle:
    """The first half of 2011, with some contents assigned."""
    return half_year_opened(cast)


@pytest.fixture
def staff(cast: Cast) -> People:
    """Editor and approver of Tiền Giang."""
    return People(cast.editor, cast.approver)


@pytest.fixture
def people(cast: Cast) -> PeopleOf:
    """Editor and approver of any agency, made when they are asked for."""

    def of(key: str) -> People:
        agency = Agency.objects.get(key=key)
        found = []
        for role in (Role.EDITOR, Role.APPROVER):
            user, _made = User.objects.get_or_create(
                email=f"{role}.{slugify(key)}@period.example", defaults={"full_name": f"{role.label} {key}"}
            )
            membership, _made = Membership.objects.get_or_create(user=user, agency=agency, role=role)
            found.append(Membership.objects.select_related("user", "agency").get(pk=membership.pk))
        return People(*found)

    return of
