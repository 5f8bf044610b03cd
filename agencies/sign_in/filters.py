"""What the log of sign-ins can be narrowed to; the page and its workbook use the same filters."""

from datetime import date, datetime, time, timedelta

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.filters import DayFilter
from agencies.models import SignInEvent, SignInKind, User
from agencies.models.sign_in import FAILURES
from core.clock import HANOI
from core.vietnamese import search_key

FAILED_IN_ANY_WAY = "failures"


class SignInFilter(django_filters.FilterSet):
    """By person or address as typed, by what happened, network address and days in Hà Nội."""

    q = django_filters.CharFilter(label=_("Person or e-mail address"), method="matching")
    kind = django_filters.ChoiceFilter(
        label=_("What happened"),
        choices=[(FAILED_IN_ANY_WAY, _("All failures")), *SignInKind.choices],
        method="of_kind",
        empty_label=_("Everything"),
    )
    address = django_filters.CharFilter(
        label=_("Network address"), field_name="address", lookup_expr="startswith"
    )
    first = DayFilter(label=_("From"), method="since")
    last = DayFilter(label=_("To"), method="until")

    class Meta:
        model = SignInEvent
        fields: list[str] = []

    def matching(self, queryset: QuerySet[SignInEvent], name: str, value: str) -> QuerySet[SignInEvent]:
        """Names without diacritics; addresses as they were typed, also of nobody's account."""
        key = search_key(value)
        names = User.objects.filter(is_system=False).values_list("pk", "full_name")
        people = [pk for pk, full_name in names if key and key in search_key(full_name)]
        return queryset.filter(Q(email__icontains=value.strip()) | Q(user__in=people))

    def of_kind(self, queryset: QuerySet[SignInEvent], name: str, value: str) -> QuerySet[SignInEvent]:
        return queryset.filter(kind__in=FAILURES if value == FAILED_IN_ANY_WAY else [value])

    def since(self, queryset: QuerySet[SignInEvent], name: str, value: date) -> QuerySet[SignInEvent]:
        return queryset.filter(at__gte=_midnight(value))

    def until(self, queryset: QuerySet[SignInEvent], name: str, value: date) -> QuerySet[SignInEvent]:
        return queryset.filter(at__lt=_midnight(value + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, HANOI)
