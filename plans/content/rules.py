"""Whether a row keeps a check constraint of its table, without asking the database for each row.

The constraint stays the one statement of the rule; what is not understood here is asked of the database.
"""

from collections.abc import Callable, Mapping
from operator import eq, ge, gt, le, lt
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Model, Q

# Lookups that compare; with a blank on either side nothing is known, as in SQL.
_COMPARES: Mapping[str, Callable[[Any, Any], bool]] = {
    "exact": eq,
    "lt": lt,
    "lte": le,
    "gt": gt,
    "gte": ge,
}


class _NotUnderstood(Exception):
    """A lookup that only the database knows."""


def holds(constraint: CheckConstraint, row: Model) -> bool:
    """Whether the row would pass; what is unknown passes, as in SQL."""
    try:
        condition = constraint.condition
        if isinstance(condition, Q):
            return _truth(condition, row) is not False
    except _NotUnderstood:
        pass
    try:
        constraint.validate(type(row), row)
    except ValidationError:
        return False
    return True


def fields_of(constraint: CheckConstraint) -> set[str]:
    """The fields that a rule speaks of."""
    rule = constraint.condition
    return set(rule.referenced_base_fields) if isinstance(rule, Q) else set()


def _truth(condition: Q, row: Model) -> bool | None:
    """True, False, or None where it depends on a value that is not stated."""
    found = [
        _truth(child, row) if isinstance(child, Q) else _compared(child, row) for child in condition.children
    ]
    if condition.connector == Q.AND:
        said = False if False in found else None if None in found else True
    elif condition.connector == Q.OR:
        said = True if True in found else None if None in found else False
    else:
        raise _NotUnderstood
    return said if said is None or not condition.negated else not said


def _compared(child: Any, row: Model) -> bool | None:
    if not isinstance(child, tuple):
        raise _NotUnderstood
    name, _underscores, lookup = child[0].partition("__")
    mine, other = _value(row, name), child[1]
    if lookup == "isnull":
        return (mine is None) is bool(other)
    compare = _COMPARES.get(lookup or "exact")
    if compare is None:
        raise _NotUnderstood
    if isinstance(other, F):
        other = _value(row, str(other.deconstruct()[1][0]))
    elif hasattr(other, "resolve_expression"):
        raise _NotUnderstood
    return None if mine is None or other is None else compare(mine, other)


def _value(row: Model, name: str) -> Any:
    if "__" in name:
        raise _NotUnderstood
    field: Any = row._meta.get_field(name)
    return getattr(row, field.attname)
