"""What the lists of reporting can be narrowed to; pages and API use the same filters."""

from decimal import Decimal

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.notation import FIRST_YEAR, LAST_YEAR
from plans.models import Programme
from reports.models import Compilation, Cycle, IssuedFile

PROGRAMMES = Programme.objects.all()


class CycleFilter(django_filters.FilterSet):
    """Periods of one programme, of a year, regular or ad hoc."""

    programme = django_filters.ModelChoiceFilter(
        label=_("Programme"), queryset=PROGRAMMES, to_field_name="code", empty_label=_("All programmes")
    )
    year = django_filters.NumberFilter(
        label=_("Year"), method="of_year", min_value=FIRST_YEAR, max_value=LAST_YEAR, decimal_places=0
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"),
        method="of_kind",
        choices=[("regular", _("Regular")), ("ad_hoc", _("Ad hoc"))],
        empty_label=_("All"),
    )

    class Meta:
        model = Cycle
        fields: list[str] = []

    def of_year(self, queryset: QuerySet[Cycle], name: str, value: Decimal) -> QuerySet[Cycle]:
        return queryset.filter(window_to__year=int(value))

    def of_kind(self, queryset: QuerySet[Cycle], name: str, value: str) -> QuerySet[Cycle]:
        return queryset.filter(ad_hoc=value == "ad_hoc")


class CompilationFilter(django_filters.FilterSet):
    """Compilations of one programme."""

    programme = django_filters.ModelChoiceFilter(
        label=_("Programme"), field_name="cycle__programme", queryset=PROGRAMMES, to_field_name="code"
    )

    class Meta:
        model = Compilation
        fields: list[str] = []


class IssuedFileFilter(django_filters.FilterSet):
    """Issued files of one programme."""

    programme = django_filters.ModelChoiceFilter(
        label=_("Programme"),
        field_name="compilation__cycle__programme",
        queryset=PROGRAMMES,
        to_field_name="code",
    )

    class Meta:
        model = IssuedFile
        fields: list[str] = []
