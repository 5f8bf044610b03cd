"""What the list of agencies can be narrowed to."""

from datetime import date
from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from agencies.models.agency import CLASS_LABELS, AgencyQuerySet
from core import clock
from core.forms import DayField

CLASS_CHOICES = tuple(CLASS_LABELS.items())


class DayFilter(django_filters.Filter):
    field_class = DayField


class AgencyFilter(django_filters.FilterSet):
    """By name without diacritics, by class, and as of a day: today unless another is asked for."""

    q = django_filters.CharFilter(label=_("Name"), method="matching")
    agency_class = django_filters.ChoiceFilter(
        label=_("Class"), choices=CLASS_CHOICES, method="of_class", empty_label=_("All classes")
    )
    on = DayFilter(label=_("As of"), method="in_force")

    class Meta:
        model = Agency
        fields: list[str] = []

    @property
    def day(self) -> date:
        """The day whose agencies are listed."""
        asked = self.form.cleaned_data.get("on") if self.form.is_valid() else None
        return asked or clock.today()

    def filter_queryset(self, queryset: AgencyQuerySet) -> AgencyQuerySet:
        return super().filter_queryset(queryset).in_force(self.day)

    def matching(self, queryset: AgencyQuerySet, name: str, value: str) -> AgencyQuerySet:
        return queryset.matching(value)

    def of_class(self, queryset: AgencyQuerySet, name: str, value: str) -> AgencyQuerySet:
        return queryset.of_classes([value])

    def in_force(self, queryset: AgencyQuerySet, name: str, value: Any) -> AgencyQuerySet:
        """Applied in `filter_queryset`, which has a day even when none is asked for."""
        return queryset
