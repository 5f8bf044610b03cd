"""How the tests change the list of agencies."""

from datetime import date
from typing import Any

import pytest

from agencies.changes.actions import change_agencies
from agencies.changes.shapes import Basis, Change, Create, NewAgency, Outcome
from agencies.models import Agency, AuditEntry, Membership, Succession
from core.findings import Refused
from tests.cast import Cast

DOCUMENT = "15/2008/QH12"
ON = date(2008, 8, 1)
BASIS = Basis(DOCUMENT, ON)


def agency(key: str) -> Agency:
    return Agency.objects.get(key=key)


def do(change: Change, cast: Cast, *, with_people: bool = False) -> Outcome:
    return change_agencies(change, actor=cast.admin, with_people=with_people)


def made(cast: Cast, name: str, on: date = date(2008, 1, 1), **more: Any) -> Agency:
    """An agency without a past, entered by the administrator."""
    new = NewAgency(name, kind=more.pop("kind", "tinh"), **more)
    outcome = do(Create(new, Basis("01/NQ", on)), cast)
    assert outcome.agency is not None
    return outcome.agency


def snapshot() -> tuple[Any, ...]:
    """Everything that an act on agencies may write."""
    return (
        list(Agency.objects.order_by("pk").values()),
        list(Succession.objects.order_by("pk").values()),
        list(Membership.objects.order_by("pk").values()),
        AuditEntry.objects.count(),
    )


def refused(change: Change, cast: Cast, *, with_people: bool = False) -> Refused:
    """The refusal of an act, which has written nothing."""
    before = snapshot()
    with pytest.raises(Refused) as refusal:
        do(change, cast, with_people=with_people)
    assert snapshot() == before
    return refusal.value


def codes(refusal: Refused) -> set[str]:
    return {finding.code for finding in refusal.findings}
