"""What the other tests rely on: documents and people stand in the database of every test."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client

from agencies.models import Membership
from core import clock
from plans.models import Plan
from tests.cast import Cast


def test_the_printed_plans_are_there_and_the_cast_acts(
    cast: Cast, client_for: Callable[[Membership], Client]
) -> None:
    in_force = Plan.objects.in_force(date(2008, 6, 20)).values_list("code", flat=True)
    assert set(in_force) == {"tb-28-12-2007", "605-qd-ubnd", "43-2008-qd-ttg", "1594-btttt-udcntt"}
    assert len(list(cast)) == 12
    response = client_for(cast.editor).get("/healthz")
    assert response.status_code == 200


def test_the_clock_stands_still(june_2008: datetime) -> None:
    assert clock.today() == date(2008, 6, 20)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "after a flush"])
def test_a_committed_test_finds_the_world_too(cast: Cast, time: str) -> None:
    assert Plan.objects.filter(code="43-2008-qd-ttg", registered=True).exists()
    assert cast.editor.agency.key == "p82"
