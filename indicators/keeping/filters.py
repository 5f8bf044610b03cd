"""What the list of indicators to keep can be narrowed to."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core import clock
from core.vietnamese import clean, search_key
from indicators.models import Indicator

VALID, ENDED = "valid", "ended"


class KeptIndicatorFilter(django_filters.FilterSet):
    """By words without diacritics, kind, and whether something new may be stated for it."""

    q = django_filters.CharFilter(label=_("Name or code"), method="matching")
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Indicator.Kind.choices, empty_label=_("All kinds")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(VALID, _("Valid today")), (ENDED, _("Retired"))],
        method="in_state",
        empty_label=_("All states"),
    )

    class Meta:
        model = Indicator
        fields: list[str] = []

    def matching(self, queryset: QuerySet[Indicator], name: str, value: str) -> QuerySet[Indicator]:
        key = search_key(value)
        return (
            queryset.filter(Q(search_key__contains=key) | Q(code__icontains=clean(value)))
            if key
            else queryset
        )

    def in_state(self, queryset: QuerySet[Indicator], name: str, value: str) -> QuerySet[Indicator]:
        ended = Q(valid_to__lt=clock.today())
        return queryset.filter(ended) if value == ENDED else queryset.exclude(ended)
