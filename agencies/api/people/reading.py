"""People through the API: the list, one whole, the agencies without them."""

from collections.abc import Sequence
from typing import Any

from rest_framework.request import Request

from agencies.api.base import PortalViewSet
from agencies.api.people.shapes import DelegationRow, LackingRow, PersonDetail, PersonRow
from agencies.models import Membership, User
from agencies.people.filters import DelegationFilter, PeopleFilter, people_of
from agencies.people.keeping import in_hand_of
from agencies.people.lacking import LackingFilter, lacking
from agencies.people.reading import delegated, in_time
from agencies.people.scope import within
from agencies.people.states import invitation_of
from agencies.permissions import can, require
from agencies.sign_in import sessions
from agencies.tokens.filters import tokens_kept


def whole(person: User, actor: Membership) -> User:
    """The person with everything that `PersonDetail` says, of the agencies that the actor keeps.

    `person` was read by `people_of`.
    """
    rows = within(Membership.objects.filter(user=person), "agency", actor).select_related("agency", "user")
    found: Any = person
    found.all_memberships = list(in_time(rows))
    found.invited = invitation_of(person)
    given = delegated().filter(delegation__giver__user=person)
    signatures = within(delegated().filter(user=person) | given, "agency", actor)
    found.all_delegations = list(in_time(signatures))
    found.all_tokens = list(tokens_kept(actor).filter(user=person))
    found.session_count = sessions.of(person).count()
    found.works = in_hand_of(person, actor)
    return person


class PersonViewSet(PortalViewSet):
    """Everybody with an account whom the caller keeps."""

    lookup_field = "id"
    filterset_class = PeopleFilter
    serializers = {"list": PersonRow, "retrieve": PersonDetail}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        require(self.membership, "people.manage")

    def get_queryset(self) -> Any:
        return people_of(self.membership)

    def complete(self, rows: Sequence[Any]) -> Sequence[Any]:
        """One alone with everything."""
        return [whole(rows[0], self.membership)] if self.action == "retrieve" else rows


class LackingViewSet(PortalViewSet):
    """Agencies that plan or report without an active editor or approver."""

    filterset_class = LackingFilter
    serializers = {"list": LackingRow}

    def get_queryset(self) -> Any:
        require(self.membership, "people.manage")
        return lacking(self.membership)


class DelegationViewSet(PortalViewSet):
    """Delegated signatures: of the own agency, for administrators of every agency that they keep."""

    filterset_class = DelegationFilter
    serializers = {"list": DelegationRow}

    def get_queryset(self) -> Any:
        found = in_time(delegated())
        if can(self.membership, "people.manage"):
            return within(found, "agency", self.membership)
        return found.filter(agency__in=self.membership.agency_ids)
