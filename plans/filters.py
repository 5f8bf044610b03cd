"""What the list of plans can be narrowed to; the page and its sheet use the same filters."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import CLASS_CHOICES, CLASSES
from plans.context import programmes_of
from plans.models import Plan, PlanKind, PlanState
from plans.models.plan import PlanQuerySet


class PlanFilter(django_filters.FilterSet):
    """By words without diacritics, programme, state, kind and class of agency."""

    q = django_filters.CharFilter(label=_("Search"), method="matching")
    programme = django_filters.ChoiceFilter(
        label=_("Programme"), field_name="programme__code", empty_label=_("All programmes")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=PlanState.choices, empty_label=_("All states")
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=PlanKind.choices, empty_label=_("All kinds"))
    agency_class = django_filters.ChoiceFilter(
        label=_("Class"), choices=CLASS_CHOICES, method="of_class", empty_label=_("All classes")
    )

    class Meta:
        model = Plan
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

        def choices() -> list[tuple[str, str]]:
            """Read where a form shows them, or a programme is asked for."""
            return [(one.code, one.short_name) for one in programmes_of(self.request)]

        self.filters["programme"].extra["choices"] = choices
        self.filters["programme"].extra["null_label"] = None

    def matching(self, queryset: PlanQuerySet, name: str, value: str) -> PlanQuerySet:
        return queryset.matching(value)

    def of_class(self, queryset: PlanQuerySet, name: str, value: str) -> PlanQuerySet:
        return queryset.filter(agency__kind__in=CLASSES[value])
