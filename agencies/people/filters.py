"""What the lists of people and of delegations can be narrowed to; page, API and workbook use the same."""

from collections.abc import Callable, Mapping

import django_filters
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Membership, User
from agencies.models.people import MembershipQuerySet
from agencies.people.memberships import lasting_memberships
from agencies.people.rules import ROLE_CHOICES
from agencies.people.scope import people_kept, within
from agencies.people.states import AccountState, in_state
from agencies.sign_in.second_step import set_up_by
from core import clock
from core.vietnamese import search_key

DELEGATED = "delegated"
SECOND_STEP = "yes"
NO_SECOND_STEP = "no"


def people_of(actor: Membership) -> QuerySet[User]:
    """Everybody whom an administrator keeps, in the order of given names.

    Each with the invitation, `second_step`, and `lasting`: the memberships that have not ended, as far as the
    actor keeps their agencies.
    """
    lasting = within(lasting_memberships(), "agency", actor).select_related("agency", "delegation")
    lasting = lasting.order_by("agency__position", "agency__sort_key", "role", "id")
    return (
        people_kept(actor)
        .select_related("invitation")
        .annotate(second_step=Exists(set_up_by(OuterRef("pk"))))
        .prefetch_related(Prefetch("memberships", lasting, to_attr="lasting"))
        .order_by("sort_key", "id")
    )


class PeopleFilter(django_filters.FilterSet):
    """By name, address or agency; role today; state of the account; second step."""

    q = django_filters.CharFilter(label=_("Name, e-mail address or agency"), method="matching")
    role = django_filters.ChoiceFilter(
        label=_("Role"),
        choices=[*ROLE_CHOICES, (DELEGATED, _("Signs by delegation"))],
        method="in_role",
        empty_label=_("All roles"),
    )
    state = django_filters.ChoiceFilter(
        label=_("Account"), choices=AccountState.choices, method="of_state", empty_label=_("All accounts")
    )
    second_step = django_filters.ChoiceFilter(
        label=_("Two-step sign-in"),
        choices=[(SECOND_STEP, _("Set up")), (NO_SECOND_STEP, _("Not set up"))],
        method="with_second_step",
        empty_label=_("Either"),
    )

    class Meta:
        model = User
        fields: list[str] = []

    def matching(self, queryset: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """Names and agencies without diacritics; addresses as they are written."""
        key = search_key(value)
        found = Q(email__icontains=value.strip())
        if key:
            agencies = Agency.objects.filter(search_key__contains=key)
            there = self._of_person().filter(agency__in=agencies)
            found |= Q(search_key__contains=key) | Q(Exists(there))
        return queryset.filter(found)

    def in_role(self, queryset: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        of_person = self._of_person()
        if value == DELEGATED:
            return queryset.filter(Exists(of_person.filter(delegation__isnull=False)))
        return queryset.filter(Exists(of_person.filter(role=value)))

    def _of_person(self) -> QuerySet[Membership]:
        """A person's memberships that the asker keeps: of others no words and no role are an answer."""
        of_person = lasting_memberships().filter(user=OuterRef("pk"))
        return within(of_person, "agency", self.request.membership)

    def of_state(self, queryset: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        return in_state(queryset, value)

    def with_second_step(self, queryset: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        return queryset.filter(Q(second_step=value == SECOND_STEP))


RUNNING, COMING, ENDED = "running", "coming", "ended"


def _ended(delegated: MembershipQuerySet) -> MembershipQuerySet:
    return delegated.filter(Q(valid_to__lt=clock.today()) | Q(stopped_at__isnull=False))


_TIMES: Mapping[str, Callable[[MembershipQuerySet], MembershipQuerySet]] = {
    RUNNING: lambda delegated: delegated.active(clock.today()),
    COMING: lambda delegated: delegated.filter(valid_from__gt=clock.today(), stopped_at__isnull=True),
    ENDED: _ended,
}


class DelegationFilter(django_filters.FilterSet):
    """Delegated memberships by person, agency or document, and by whether they run."""

    q = django_filters.CharFilter(label=_("Person, agency or document"), method="matching")
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(RUNNING, _("Running")), (COMING, _("To come")), (ENDED, _("Ended"))],
        method="in_time",
        empty_label=_("All"),
    )

    class Meta:
        model = Membership
        fields: list[str] = []

    def matching(self, queryset: MembershipQuerySet, name: str, value: str) -> MembershipQuerySet:
        key = search_key(value)
        found = Q(delegation__document_number__icontains=value.strip())
        if key:
            found |= Q(user__search_key__contains=key) | Q(agency__search_key__contains=key)
            found |= Q(delegation__giver__user__search_key__contains=key)
        return queryset.filter(found)

    def in_time(self, queryset: MembershipQuerySet, name: str, value: str) -> MembershipQuerySet:
        return _TIMES[value](queryset)
