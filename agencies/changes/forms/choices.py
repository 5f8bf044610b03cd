"""Which agencies an act offers to choose from."""

from typing import Any

from django import forms
from django.db.models import Q

from agencies.changes.rules import period_words
from agencies.models import Agency, AgencyKind
from agencies.models.agency import PROVINCE_KINDS, AgencyQuerySet
from core import clock

CENTRAL_KINDS = (
    AgencyKind.MINISTRY,
    AgencyKind.MINISTERIAL,
    AgencyKind.GOVERNMENT_AGENCY,
    AgencyKind.CENTRAL_BODY,
    AgencyKind.UNIT_OF_MINISTRY,
)


def candidates(agency: Agency | None = None) -> AgencyQuerySet:
    """Who may take over from an agency: those of its level that exist today or later."""
    today = clock.today()
    there = Agency.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today)).in_order()
    if agency is None:
        return there
    if agency.kind in PROVINCE_KINDS:
        return there.filter(kind__in=PROVINCE_KINDS)
    if agency.kind in CENTRAL_KINDS:
        return there.filter(kind__in=CENTRAL_KINDS)
    beside = Q(parent=agency.parent_id) & ~Q(kind__in=(*PROVINCE_KINDS, *CENTRAL_KINDS))
    return there.filter(beside | Q(pk=agency.parent_id or 0) | Q(pk=agency.pk))


def may_end(agency: Agency) -> AgencyQuerySet:
    """Who may end together with an agency: those of its level that exist today, and whose end is open."""
    return candidates(agency).in_force(clock.today()).filter(valid_to__isnull=True)


def label_of(agency: Agency) -> str:
    """The name, with the period where it does not simply exist: names come again in other periods."""
    if agency.valid_to is not None or (agency.valid_from and agency.valid_from > clock.today()):
        return f"{agency.name} ({period_words(agency)})"
    return agency.name


class AgencyChoice(forms.ModelChoiceField):
    """An agency of the list, named by its key."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(queryset=Agency.objects.none(), to_field_name="key", **kwargs)

    def label_from_instance(self, obj: Agency) -> str:
        return label_of(obj)
