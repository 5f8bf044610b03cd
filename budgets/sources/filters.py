"""What the list of funding sources can be narrowed to; page, workbook and API use the same filters."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from budgets.models import FundingSource, SourceUse
from core import clock
from core.vietnamese import search_key
from plans.models import Programme

VALID, ENDED, IDLE = "valid", "ended", "idle"


class SourceFilter(django_filters.FilterSet):
    """By name or code, tier, state, and by the programme whose agencies are offered them."""

    q = django_filters.CharFilter(label=_("Name or code"), method="matching")
    tier = django_filters.ChoiceFilter(
        label=_("Tier"), choices=FundingSource.Tier.choices, empty_label=_("All tiers")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(VALID, _("Valid today")), (ENDED, _("Ended")), (IDLE, _("Nobody may use it"))],
        method="in_state",
        empty_label=_("All states"),
    )
    programme = django_filters.ModelChoiceFilter(
        label=_("Offered in"),
        queryset=Programme.objects.all(),
        to_field_name="code",
        method="offered_in",
        empty_label=_("All programmes"),
    )

    class Meta:
        model = FundingSource
        fields: list[str] = []

    def matching(self, queryset: QuerySet[FundingSource], name: str, value: str) -> QuerySet[FundingSource]:
        """Sources are few and have no stored key to search by: their words are compared here."""
        key = search_key(value)
        rows = FundingSource.objects.order_by().values_list("pk", "code", "name", "short_name")
        return queryset.filter(pk__in=[pk for pk, *words in rows if key in search_key(" ".join(words))])

    def in_state(self, queryset: QuerySet[FundingSource], name: str, value: str) -> QuerySet[FundingSource]:
        today = clock.today()
        if value == ENDED:
            return queryset.filter(valid_to__lt=today)
        valid = FundingSource.objects.valid_on(today).order_by().values("pk")
        if value == VALID:
            return queryset.filter(pk__in=valid)
        return queryset.filter(pk__in=idle_sources().values("pk"))

    def offered_in(
        self, queryset: QuerySet[FundingSource], name: str, value: Programme
    ) -> QuerySet[FundingSource]:
        uses = SourceUse.objects.filter(Q(programme__isnull=True) | Q(programme=value))
        return queryset.filter(pk__in=uses.order_by().values("source"))


def idle_sources() -> QuerySet[FundingSource]:
    """Sources that could carry money today and that nobody may use."""
    valid = FundingSource.objects.leaves().valid_on(clock.today())
    return valid.filter(uses__isnull=True).order_by()
