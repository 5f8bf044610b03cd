"""What the list of everybody's tokens can be narrowed to; the page and its workbook use the same filters."""

from collections.abc import Callable, Mapping

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import ApiToken, Membership, User
from agencies.models.tokens import ApiTokenQuerySet
from agencies.people.scope import within
from core import clock
from core.vietnamese import search_key

USABLE, EXPIRED, REVOKED = "usable", "expired", "revoked"

_STATES: Mapping[str, Callable[[ApiTokenQuerySet], ApiTokenQuerySet]] = {
    USABLE: lambda tokens: tokens.usable(clock.real_now()),
    EXPIRED: lambda tokens: tokens.filter(expiry__lte=clock.real_now(), revoked_at__isnull=True),
    REVOKED: lambda tokens: tokens.filter(revoked_at__isnull=False),
}


def tokens_kept(actor: Membership) -> ApiTokenQuerySet:
    """The tokens of the agencies whose people the actor manages."""
    return within(ApiToken.objects.with_people(), "membership__agency", actor)


class TokenFilter(django_filters.FilterSet):
    """By person or name of the token, scope and state."""

    q = django_filters.CharFilter(label=_("Person, agency or token"), method="matching")
    scope = django_filters.ChoiceFilter(
        label=_("What it may do"), choices=ApiToken.Scope.choices, empty_label=_("Everything")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(USABLE, _("Usable")), (EXPIRED, _("Expired")), (REVOKED, _("Revoked"))],
        method="in_state",
        empty_label=_("All states"),
    )

    class Meta:
        model = ApiToken
        fields: list[str] = []

    def matching(self, queryset: ApiTokenQuerySet, name: str, value: str) -> ApiTokenQuerySet:
        """Names of people and agencies without diacritics; of tokens as they are written."""
        key = search_key(value)
        names = User.objects.filter(auth_token_set__isnull=False).values_list("pk", "full_name").distinct()
        people = [pk for pk, full_name in names if key and key in search_key(full_name)]
        found = (
            Q(user__in=people) | Q(name__icontains=value.strip()) | Q(user__email__icontains=value.strip())
        )
        return queryset.filter(found | Q(membership__agency__search_key__contains=key) if key else found)

    def in_state(self, queryset: ApiTokenQuerySet, name: str, value: str) -> ApiTokenQuerySet:
        return _STATES[value](queryset)
