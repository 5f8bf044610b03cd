"""People through the API: the list, one whole, the agencies without them."""

from collections.abc import Sequence
from typing import Any

from rest_framework.request import Request

from agencies.api.base import PortalViewSet
from agencies.api.people.shapes import DelegationRow, LackingRow, PersonDetail, PersonRow
from agencies.models import ApiToken, Membership, User
from agencies.people.filters import DelegationFilter, PeopleFilter, all_people
from agencies.people.keeping import in_hand_of
from agencies.people.lacking import LackingFilter, lacking
from agencies.people.reading import delegated, in_time
from agencies.people.states import invitation_of
from agencies.permissions import can, require
from agencies.sign_in import sessions


def whole(person: User) -> User:
    """The person with everything that `PersonDetail` says; `person` was read by `all_people`."""
    rows = Membership.objects.filter(user=person).select_related("agency", "user")
    found: Any = person
    found.all_memberships = list(in_time(rows))
    found.invited = invitation_of(person)
    given = delegated().filter(delegation__giver__user=person)
    found.all_delegations = list(in_time(delegated().filter(user=person) | given))
    found.all_tokens = list(ApiToken.objects.filter(user=person))
    found.session_count = sessions.of(person).count()
    found.works = in_hand_of(person)
    return person


class PersonViewSet(PortalViewSet):
    """Everybody with an account."""

    lookup_field = "id"
    filterset_class = PeopleFilter
    serializers = {"list": PersonRow, "retrieve": PersonDetail}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        require(self.membership, "people.manage")

    def get_queryset(self) -> Any:
        return all_people()

    def complete(self, rows: Sequence[Any]) -> Sequence[Any]:
        """One alone with everything."""
        return [whole(rows[0])] if self.action == "retrieve" else rows


class LackingViewSet(PortalViewSet):
    """Agencies that plan or report without an active editor or approver."""

    filterset_class = LackingFilter
    serializers = {"list": LackingRow}

    def get_queryset(self) -> Any:
        require(self.membership, "people.manage")
        return lacking()


class DelegationViewSet(PortalViewSet):
    """Delegated signatures: of the own agency, for administrators everybody's."""

    filterset_class = DelegationFilter
    serializers = {"list": DelegationRow}

    def get_queryset(self) -> Any:
        found = in_time(delegated())
        if can(self.membership, "people.manage"):
            return found
        return found.filter(agency__in=self.membership.agency_ids)
