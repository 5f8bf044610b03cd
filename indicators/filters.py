"""What the catalogue of indicators can be narrowed to; the page and its sheet use the same filters."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import CLASS_LABELS, CLASSES
from core.vietnamese import clean, search_key
from indicators.catalogue import documents_of_indicators, targets_in_catalogue, years_of_targets
from indicators.models import Baseline, Indicator, OutlineIndicator
from plans.models import IN_FORCE_STATES

Indicators = Any  # a QuerySet of Indicator; django-filter declares none


class IndicatorFilter(django_filters.FilterSet):
    """By words without diacritics, kind, document, and the year and class of its targets.

    Document, year and class together ask for one target that is all of it.
    """

    q = django_filters.CharFilter(label=_("Search"), method="matching")
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Indicator.Kind.choices, empty_label=_("All kinds")
    )
    document = django_filters.ChoiceFilter(
        label=_("Document"), method="asked_elsewhere", empty_label=_("All documents")
    )
    year = django_filters.ChoiceFilter(
        label=_("Year of a target"), method="asked_elsewhere", empty_label=_("All years")
    )
    agency_class = django_filters.ChoiceFilter(
        label=_("Class"),
        choices=tuple(CLASS_LABELS.items()),
        method="asked_elsewhere",
        empty_label=_("All classes"),
    )

    class Meta:
        model = Indicator
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("document", [(one.slug, str(one)) for one in documents_of_indicators()]),
            ("year", [(str(year), str(year)) for year in years_of_targets()]),
        ):
            self.filters[name].extra["choices"] = choices
            self.filters[name].extra["null_label"] = None

    def matching(self, queryset: Indicators, name: str, value: str) -> Indicators:
        key = search_key(value)
        if not key:
            return queryset
        return queryset.filter(Q(search_key__contains=key) | Q(code__icontains=clean(value)))

    def asked_elsewhere(self, queryset: Indicators, name: str, value: str) -> Indicators:
        """Applied in `filter_queryset`, where the three are asked of one target."""
        return queryset

    def filter_queryset(self, queryset: Indicators) -> Indicators:
        found = super().filter_queryset(queryset)
        said = self.form.cleaned_data
        document, year, agency_class = (said.get(name) for name in ("document", "year", "agency_class"))
        if not (document or year or agency_class):
            return found
        targets = targets_in_catalogue()
        if document:
            targets = targets.filter(plan__document__slug=document)
        if year:
            targets = targets.filter(year=year)
        if agency_class:
            targets = targets.filter(of_class(agency_class))
        wanted = Q(pk__in=targets.order_by().values("indicator"))
        if document and not year and not agency_class:
            wanted |= _named_by(document)
        return found.filter(wanted)


def of_class(name: str) -> Q:
    """Targets for the class, or for an agency or a group with members of it."""
    kinds = CLASSES[name]
    return Q(agency_class=name) | Q(agency__kind__in=kinds) | Q(group__members__kind__in=kinds)


def _named_by(document: str) -> Q:
    """Indicators whose status the document states, or asks for."""
    stated = Baseline.objects.filter(plan__document__slug=document, plan__state__in=IN_FORCE_STATES)
    asked = OutlineIndicator.objects.filter(programme__document__slug=document)
    return Q(pk__in=stated.order_by().values("indicator")) | Q(pk__in=asked.order_by().values("indicator"))
