"""Agencies that plan or report and have nobody who could write, or nobody who could sign.

Upper apps know who is obliged: each registers a provider of agency ids, for a day.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.administration import Missing
from agencies.models import Agency, Invitation, Membership, Role
from agencies.models.agency import CLASS_CHOICES, AgencyQuerySet
from agencies.people.scope import accounts_kept, kept_agencies
from agencies.permissions import can
from core import clock

Obliged = Callable[[date], Iterable[int]]
_providers: list[Obliged] = []


def register_obliged(provider: Obliged) -> None:
    if provider not in _providers:
        _providers.append(provider)


def lacking(actor: Membership, on: date | None = None) -> AgencyQuerySet:
    """Agencies that the actor keeps, obliged on a day, without an active editor or approver.

    Each has `has_editor`, `has_approver`, and `invited`: whether somebody is asked to come.
    """
    day = on or clock.today()
    obliged = {pk for provider in _providers for pk in provider(day)}
    of_agency = Membership.objects.filter(agency=OuterRef("pk"))
    acting = Membership.objects.active(day).filter(agency=OuterRef("pk"))
    invited = of_agency.filter(
        role__in=(Role.EDITOR, Role.APPROVER), user__in=Invitation.objects.open().values("user")
    )
    found = (
        kept_agencies(actor)
        .filter(pk__in=obliged)
        .annotate(
            has_editor=Exists(acting.filter(role=Role.EDITOR)),
            has_approver=Exists(acting.filter(role=Role.APPROVER)),
            invited=Exists(invited),
        )
    )
    return found.filter(Q(has_editor=False) | Q(has_approver=False)).in_order()


class LackingFilter(django_filters.FilterSet):
    """By who is missing, name and class of the agency."""

    q = django_filters.CharFilter(label=gettext_lazy("Name"), method="matching")
    lacks = django_filters.ChoiceFilter(
        label=gettext_lazy("Who is missing"),
        choices=[
            (Role.EDITOR.value, Role.EDITOR.label),
            (Role.APPROVER.value, Role.APPROVER.label),
        ],
        method="who_lacks",
        empty_label=gettext_lazy("Either"),
    )
    agency_class = django_filters.ChoiceFilter(
        label=gettext_lazy("Class"),
        choices=CLASS_CHOICES,
        method="of_class",
        empty_label=gettext_lazy("All classes"),
    )

    class Meta:
        model = Agency
        fields: list[str] = []

    def matching(self, queryset: AgencyQuerySet, name: str, value: str) -> AgencyQuerySet:
        return queryset.matching(value)

    def who_lacks(self, queryset: AgencyQuerySet, name: str, value: str) -> AgencyQuerySet:
        return queryset.filter(**{f"has_{value}": False})

    def of_class(self, queryset: AgencyQuerySet, name: str, value: str) -> AgencyQuerySet:
        return queryset.of_classes([value])


def missing_people(membership: Membership) -> Iterator[Missing]:
    """For *Quản trị*: one line for all such agencies, and one for invitations that expired."""
    if not can(membership, "people.manage"):
        return
    if count := lacking(membership).count():
        text = ngettext(
            "%(n)d agency that plans or reports has no editor or no approver.",
            "%(n)d agencies that plan or report have no editor or no approver.",
            count,
        )
        yield Missing(text % {"n": count}, reverse("people_lacking"), _("See which"))
    expired = Invitation.objects.expired(clock.real_now())
    if count := expired.filter(user__in=accounts_kept(membership)).count():
        text = ngettext("%(n)d invitation has expired.", "%(n)d invitations have expired.", count)
        url = f"{reverse('people_list')}?state=expired"
        yield Missing(text % {"n": count}, url, _("Send them again, or withdraw them"))
