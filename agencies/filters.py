"""What the list of agencies can be narrowed to."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from agencies.models.agency import CLASS_CHOICES, AgencyQuerySet
from core import clock
from core.forms import DayField


class DayFilter(django_filters.Filter):
    field_class = DayField


class DayForm(forms.Form):
    """The day as of which a page is shown."""

    on = DayField(label=_("As of"), required=False)


class AgencyFilter(django_filters.FilterSet):
    """By name without diacritics, by class, and as of a day: today unless another is asked for."""

    q = django_filters.CharFilter(label=_("Name"), method="matching")
    agency_class = django_filters.ChoiceFilter(
        label=_("Class"), choices=CLASS_CHOICES, method="of_class", empty_label=_("All classes")
    )
    on = DayFilter(label=_("As of"), method="in_force")
    view = django_filters.CharFilter(method="in_force", widget=forms.HiddenInput)

    class Meta:
        model = Agency
        fields: list[str] = []

    @property
    def day(self) -> date:
        """The day whose agencies are listed."""
        asked = self.form.cleaned_data.get("on") if self.form.is_valid() else None
        return asked or clock.today()

    @property
    def shows_tree(self) -> bool:
        return bool(self.data.get("view") == "tree")

    @property
    def narrows(self) -> bool:
        """Whether anything beside the day is asked for."""
        asked = self.form.cleaned_data if self.form.is_valid() else {}
        return bool(asked.get("q") or asked.get("agency_class"))

    def filter_queryset(self, queryset: AgencyQuerySet) -> AgencyQuerySet:
        return super().filter_queryset(queryset).in_force(self.day)

    def matching(self, queryset: AgencyQuerySet, name: str, value: str) -> AgencyQuerySet:
        return queryset.matching(value)

    def of_class(self, queryset: AgencyQuerySet, name: str, value: str) -> AgencyQuerySet:
        return queryset.of_classes([value])

    def in_force(self, queryset: AgencyQuerySet, name: str, value: Any) -> AgencyQuerySet:
        """Day and view leave out no row here: `filter_queryset` has a day even when none is asked for."""
        return queryset
