"""What the list of targets can be narrowed to; it has no page of its own."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import CLASS_LABELS
from indicators.filters import of_class
from indicators.models import Indicator, Target
from plans.models import LegalDocument


class TargetFilter(django_filters.FilterSet):
    """By indicator, document, year, and the class that it speaks of."""

    indicator = django_filters.ModelChoiceFilter(
        label=_("Indicator"), queryset=Indicator.objects.all(), to_field_name="code"
    )
    document = django_filters.ModelChoiceFilter(
        label=_("Document"),
        field_name="plan__document",
        queryset=LegalDocument.objects.defer("text"),
        to_field_name="slug",
    )
    year = django_filters.NumberFilter(label=_("Year"))
    agency_class = django_filters.ChoiceFilter(
        label=_("Class"), choices=tuple(CLASS_LABELS.items()), method="narrow_class"
    )

    class Meta:
        model = Target
        fields: list[str] = []

    def narrow_class(self, queryset: Any, name: str, value: str) -> Any:
        """Targets for the class, or for an agency or a group with members of it."""
        return queryset.filter(pk__in=Target.objects.filter(of_class(value)).values("pk"))
