"""What is said of a row's rules without the database is what the database says."""

from itertools import product
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Q

from indicators.models import Target
from plans.content.rules import fields_of, holds
from plans.models import Project
from plans.parts import registry

pytestmark = pytest.mark.django_db

VALUES = {
    "year_from": (None, 2008, 2010),
    "year_to": (None, 2008, 2010),
    "value": (None, 10, 20),
    "value_to": (None, 10, 20),
    "agency": (None, 1),
    "group": (None, 1),
}


def says_the_database(constraint: CheckConstraint, row: Any) -> bool:
    try:
        constraint.validate(type(row), row)
    except ValidationError:
        return False
    return True


def rows_of(model: type[Any], names: set[str]) -> list[Any]:
    attributes = [model._meta.get_field(name).attname for name in sorted(names)]
    return [
        model(**dict(zip(attributes, values, strict=True)))
        for values in product(*(VALUES[name] for name in sorted(names)))
    ]


def test_rules_of_all_parts_are_judged_as_by_the_database() -> None:
    judged = 0
    for part in registry.parts():
        if part.line_kind is None:
            continue
        for constraint in part.model._meta.constraints:
            if isinstance(constraint, CheckConstraint):
                for row in rows_of(part.model, fields_of(constraint)):
                    assert holds(constraint, row) is says_the_database(constraint, row), (constraint, row)
                    judged += 1
    assert judged >= 22


@pytest.mark.parametrize(
    "condition",
    [
        ~Q(year_from__gt=F("year_to")),
        Q(year_from=2008) ^ Q(year_to=2008),
        Q(year_from__in=[2008, 2009]),
        ~(Q(year_from=2008) & Q(year_to__isnull=False)) | Q(year_to__lt=2009),
        Q(year_from__gte=F("year_to") - 2),
    ],
    ids=str,
)
def test_other_rules_are_too_or_asked_of_it(condition: Q) -> None:
    constraint = CheckConstraint(condition=condition, name="one")
    for row in rows_of(Project, {"year_from", "year_to"}):
        assert holds(constraint, row) is says_the_database(constraint, row), (row.year_from, row.year_to)


def test_a_reference_is_judged_by_what_it_holds() -> None:
    one_scope = next(one for one in Target._meta.constraints if one.name == "target_has_one_scope")
    assert isinstance(one_scope, CheckConstraint)
    assert holds(one_scope, Target(agency_id=1))
    assert not holds(one_scope, Target(agency_id=1, group_id=1))
