"""A range upside down is refused: in the form at its field, and by the database."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from indicators.models import Indicator, Target
from plans.content.actions import create_plan
from plans.content.editing import add_line, save_line
from plans.models import Plan, PlanLine, Programme
from plans.review.checks import check_plan
from tests.cast import Cast
from tests.reading import ClientFor, in_english, said

pytestmark = pytest.mark.django_db

RANGE = {"indicator": "computers-per-official", "year": "2009", "comparator": "range"}


@pytest.fixture
def draft(cast: Cast, june_2008: datetime) -> Plan:
    return create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)


def test_the_field_says_which_values_and_what_to_do(draft: Plan, cast: Cast) -> None:
    with override("en"):
        saved = add_line(draft, "targets", RANGE | {"value": "70", "value_to": "60"}, actor=cast.editor)
    assert set(saved.invalid) == {"value", "value_to"}
    for text in saved.invalid.values():
        assert "“Up to” 60 is less than “Value” 70; swap them" in text
    row = Target.objects.get(plan=draft)
    assert (row.value, row.value_to) == (None, None)
    assert {one.value for one in check_plan(draft) if one.code == "refused_value"} == {"70", "60"}


def test_mending_one_end_mends_both(draft: Plan, cast: Cast) -> None:
    saved = add_line(draft, "targets", RANGE | {"value": "70", "value_to": "60"}, actor=cast.editor)
    save_line(
        draft, "targets", saved.line, {"value_to": "80"}, actor=cast.editor, row_version=saved.row_version
    )
    row = Target.objects.get(plan=draft)
    assert (row.value, row.value_to) == (Decimal(70), Decimal(80))


@pytest.mark.parametrize("ends", [("60", "60"), ("60", "70"), ("0", "1")])
def test_a_range_that_runs_upward_is_taken(draft: Plan, cast: Cast, ends: tuple[str, str]) -> None:
    saved = add_line(
        draft, "targets", RANGE | dict(zip(("value", "value_to"), ends, strict=True)), actor=cast.editor
    )
    assert saved.invalid == {}


def test_the_form_shows_it_at_the_field(client_for: ClientFor, draft: Plan, cast: Cast) -> None:
    client = in_english(client_for(cast.editor))
    url = f"/plans/{draft.code}/1/targets/new/"
    page = client.post(url, RANGE | {"value": "70", "value_to": "60"}, follow=True)
    assert "“Up to” 60 is less than “Value” 70" in said(page)


def test_the_database_refuses_it_too(draft: Plan) -> None:
    line = PlanLine.objects.create(kind="target", agency=draft.agency, programme=draft.programme)
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.create(
            plan=draft,
            line=line,
            indicator=Indicator.objects.get(code="computers-per-official"),
            year=2009,
            due_on=date(2009, 12, 31),
            comparator="range",
            value=70,
            value_to=60,
        )
