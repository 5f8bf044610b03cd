"""What the list of programmes can be narrowed to; page, workbook and API use the same filters."""

from typing import Any

import django_filters
from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from core.vietnamese import search_key
from plans.models import CoReviewer, Programme, ReportingRegime, with_document


def all_programmes() -> QuerySet[Programme]:
    """In the order of lists, with lead, document, parent and regimes: four queries at any size."""
    scopes = CoReviewer.objects.select_related("agency").order_by("id")
    regimes = with_document(ReportingRegime.objects.all())
    return (
        with_document(Programme.objects.select_related("parent", "lead"))
        .prefetch_related(Prefetch("review_scopes", scopes), "reports_with", Prefetch("regimes", regimes))
        .order_by("position", "id")
    )


def counted(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    """With how many plans they have, and how many headings their outline."""
    return programmes.annotate(
        plan_count=Count("plans", distinct=True), heading_count=Count("outline", distinct=True)
    )


class ProgrammeFilter(django_filters.FilterSet):
    """By words, lead and year."""

    q = django_filters.CharFilter(label=_("Name or code"), method="matching")
    lead = django_filters.ChoiceFilter(label=_("Lead agency"), field_name="lead__key", empty_label=_("All"))
    year = django_filters.NumberFilter(
        label=_("Year"), method="of_year", min_value=1900, max_value=2100, decimal_places=0
    )

    class Meta:
        model = Programme
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leads = Agency.objects.filter(led_programmes__isnull=False).distinct().in_order()
        self.filters["lead"].extra["choices"] = lambda: [(one.key, one.short_name) for one in leads]
        self.filters["lead"].extra["null_label"] = None

    def matching(self, queryset: QuerySet[Programme], name: str, value: str) -> QuerySet[Programme]:
        """Programmes are few and have no stored key to search by: their words are compared here."""
        key = search_key(value)
        rows = Programme.objects.values_list("pk", "name", "short_name", "code", "document__number")
        found = [pk for pk, *words in rows if key in search_key(" ".join(filter(None, words)))]
        return queryset.filter(pk__in=found)

    def of_year(self, queryset: QuerySet[Programme], name: str, value: Any) -> QuerySet[Programme]:
        year = int(value)
        return queryset.filter(year_from__lte=year, year_to__gte=year)
