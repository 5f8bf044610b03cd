"""Acts on people through the API: the same actions as on the pages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from agencies.api.base import Portal
from agencies.api.idempotency import idempotent
from agencies.api.people.inputs import (
    AsksNothingInput,
    DaysInput,
    DeactivateInput,
    DelegationInput,
    HandOverInput,
    InviteInput,
    MembershipInput,
    PersonInput,
    WhyInput,
    stated,
)
from agencies.api.people.reading import DelegationViewSet, whole
from agencies.api.people.shapes import DelegationRow, InvitedData, PersonDetail
from agencies.models import Delegation, Membership, User
from agencies.people import accounts, invitations, keeping, memberships
from agencies.people.delegations import Signing, delegate, withdraw_delegation
from agencies.people.filters import people_of
from agencies.people.reading import delegated
from agencies.people.scope import within
from agencies.permissions import can, require
from core.findings import Place, Refused, error

# What a finding's path is called here.
_NAMES = {"first": "valid_from", "last": "valid_to"}


class PersonEndpoint(Portal):
    """Base: only who manages people gets in, and refusals point into the body."""

    told_once = ("link",)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        require(self.membership, "people.manage")

    @property
    def person(self) -> User:
        return get_object_or_404(people_of(self.membership), pk=self.kwargs["id"])

    def pointer_of(self, place: Place) -> str:
        """ "memberships-0-first" of the form is /memberships/0/valid_from, "to-12" is /hand_over."""
        if not place.path:
            return ""
        if place.path.startswith("to-"):
            return "/hand_over"
        steps = place.path.split("-")
        return "/" + "/".join(_NAMES.get(step, step) for step in steps)


def handings_of(person: User, said: Sequence[Mapping[str, Any]], actor: Membership) -> list[keeping.Handing]:
    """The memberships that were named; one that is nobody's, or not the actor's to keep, is refused."""
    wanted = {one[name] for one in said for name in ("giver", "to") if one[name] is not None}
    rows = within(Membership.objects.select_related("user", "agency"), "agency", actor)
    found = {one.pk: one for one in rows.filter(pk__in=wanted)}
    for one in said:
        giver = found.get(one["giver"])
        unknown = one["giver"] if giver is None or giver.user_id != person.pk else one["to"]
        if unknown is not None and (unknown == one["giver"] or unknown not in found):
            text = _("There is no such membership: %(number)d.") % {"number": unknown}
            finding = error("membership_unknown", text, Place(path=f"to-{one['giver']}"), str(unknown))
            raise Refused(text, [finding], code="in_hand")
    return [keeping.Handing(found[one["giver"]], found.get(one["to"] or 0)) for one in said]


Perform = Callable[[User, dict[str, Any], Membership], Any]


@dataclass(frozen=True, slots=True)
class Doing:
    """One act on an account: what it is told, and the action that does it."""

    told: Any
    perform: Perform


def _hand_over(person: User, said: dict[str, Any], actor: Membership) -> None:
    keeping.hand_over_work(person, handings_of(person, said["hand_over"], actor), actor=actor)


def _deactivate(person: User, said: dict[str, Any], actor: Membership) -> None:
    handings = handings_of(person, said["hand_over"], actor)
    accounts.deactivate(person, reason=said["reason"], handings=handings, actor=actor)


DOINGS: Mapping[str, Doing] = {
    "correct": Doing(
        PersonInput, lambda person, said, actor: accounts.correct_person(person, **said, actor=actor)
    ),
    "add-membership": Doing(
        MembershipInput,
        lambda person, said, actor: _none(memberships.add_membership(person, stated(said), actor=actor)),
    ),
    "invite-again": Doing(
        AsksNothingInput, lambda person, said, actor: invitations.send_again(person, actor=actor)
    ),
    "withdraw-invitation": Doing(
        AsksNothingInput, lambda person, said, actor: invitations.withdraw_invitation(person, actor=actor)
    ),
    "hand-over": Doing(HandOverInput, _hand_over),
    "reset-second-step": Doing(
        WhyInput, lambda person, said, actor: accounts.reset_second_step(person, **said, actor=actor)
    ),
    "sign-out": Doing(
        WhyInput, lambda person, said, actor: accounts.sign_out_everywhere(person, **said, actor=actor)
    ),
    "deactivate": Doing(DeactivateInput, _deactivate),
    "reactivate": Doing(
        WhyInput, lambda person, said, actor: accounts.reactivate(person, **said, actor=actor)
    ),
}
"""By the names of `agencies.people.acts.ACTS`."""


def _none(result: object) -> None:
    """What an action gives back that is no invitation."""


class PersonAct(PersonEndpoint, GenericAPIView[Any]):
    """One act on an account; which one is said by the address."""

    doing: Doing = Doing(AsksNothingInput, lambda person, said, actor: None)

    @extend_schema(responses=InvitedData)
    @idempotent
    def post(self, request: Request, id: int) -> Response:  # noqa: A002 - the name in the address
        """Do it. The answer says all of the person as it is then, and whether a new invitation went out."""
        told = self.get_serializer(data=request.data)
        told.is_valid(raise_exception=True)
        link = self.doing.perform(self.person, told.validated_data, self.membership)
        return Response(invited_data(request, self.person, link or "", self.membership))


def invited_data(request: Request, person: User, link: str, actor: Membership) -> dict[str, Any]:
    sent = bool(link) and invitations.mail_goes_out() and person.invitation.undelivered is None
    said = {
        "person": whole(person, actor),
        "invited": bool(link),
        "letter_sent": sent,
        "link": request.build_absolute_uri(link) if link and not sent else None,
    }
    data: dict[str, Any] = InvitedData(said).data
    return data


class PersonInvite(PersonEndpoint, GenericAPIView[Any]):
    """A new person, or more memberships for one who has an account."""

    serializer_class = InviteInput

    @extend_schema(responses={200: InvitedData, 201: InvitedData})
    @idempotent
    def post(self, request: Request) -> Response:
        """201 for a new person, 200 where the address had an account, which got the memberships."""
        told = self.get_serializer(data=request.data)
        told.is_valid(raise_exception=True)
        said = told.validated_data
        wanted = [stated(one) for one in said["memberships"]]
        done = invitations.invite(
            said["email"], said["full_name"], said["post"], wanted, actor=self.membership
        )
        self.kwargs["id"] = done.person.pk
        data = invited_data(request, self.person, done.link, self.membership)
        if not done.is_new:
            return Response(data)
        url = reverse("api:person_detail", args=[done.person.pk], request=request)
        return Response(data, status=201, headers={"Location": url})


def _change(one: Membership, said: dict[str, Any], actor: Membership) -> None:
    memberships.change_membership(one, first=said["valid_from"], last=said["valid_to"], actor=actor)


def _stop(one: Membership, said: dict[str, Any], actor: Membership) -> None:
    memberships.stop_membership(one, **said, actor=actor)


def _remove(one: Membership, said: dict[str, Any], actor: Membership) -> None:
    memberships.remove_membership(one, actor=actor)


@dataclass(frozen=True, slots=True)
class DoingOfMembership:
    """One act on a membership."""

    told: Any
    perform: Callable[[Membership, dict[str, Any], Membership], None]


DOINGS_OF_MEMBERSHIP: Mapping[str, DoingOfMembership] = {
    "change": DoingOfMembership(DaysInput, _change),
    "stop": DoingOfMembership(WhyInput, _stop),
    "remove": DoingOfMembership(AsksNothingInput, _remove),
}
"""By the names of `agencies.people.acts.ACTS_OF_MEMBERSHIP`."""


class MembershipAct(PersonEndpoint, GenericAPIView[Any]):
    """One act on a membership; which one is said by the address."""

    doing: DoingOfMembership = DoingOfMembership(AsksNothingInput, _remove)

    @extend_schema(responses=PersonDetail)
    @idempotent
    def post(self, request: Request, id: int, membership: int) -> Response:  # noqa: A002 - as in the address
        """Do it. The answer says all of the person as it is then."""
        person = self.person
        rows = within(Membership.objects.all(), "agency", self.membership)
        row = get_object_or_404(
            rows.select_related("user", "agency", "delegation"), pk=membership, user=person
        )
        told = self.get_serializer(data=request.data)
        told.is_valid(raise_exception=True)
        self.doing.perform(row, told.validated_data, self.membership)
        return Response(PersonDetail(whole(person, self.membership)).data)


class Delegating(DelegationViewSet):
    """The list, and a new one."""

    serializers = {"list": DelegationRow, "create": DelegationInput}

    def pointer_of(self, place: Place) -> str:
        return f"/{_NAMES.get(place.path, place.path)}" if place.path else ""

    @extend_schema(responses={201: DelegationRow})
    @idempotent
    def create(self, request: Request) -> Response:
        """Delegate the own signature; an administrator records that of any approver."""
        require(self.membership, "signature.delegate")
        told = self.get_serializer(data=request.data)
        told.is_valid(raise_exception=True)
        said = dict(told.validated_data)
        giver = giver_of(self.membership, said.pop("giver", None))
        first, last = said.pop("valid_from"), said.pop("valid_to", None)
        made = delegate(giver, Signing(**said, first=first, last=last), actor=self.membership)
        return Response(DelegationRow(delegated().get(delegation=made)).data, status=201)


def giver_of(caller: Membership, pk: int | None) -> Membership:
    """Whose signature: the caller's own, or for administrators an approver's; else there is none."""
    rows = Membership.objects.select_related("user", "agency", "delegation")
    giver = rows.filter(pk=pk or caller.pk).first()
    if giver is None or (giver.user_id != caller.user_id and not can(caller, "people.manage", giver.agency)):
        text = _("There is no such membership: %(number)d.") % {"number": pk or 0}
        raise Refused(text, [error("membership_unknown", text, Place(path="giver"))], code="delegation")
    return giver


class DelegationWithdraw(Portal, GenericAPIView[Any]):
    """The end of a delegation."""

    serializer_class = WhyInput

    def pointer_of(self, place: Place) -> str:
        return f"/{place.path}" if place.path else ""

    @extend_schema(responses=DelegationRow)
    @idempotent
    def post(self, request: Request, id: int) -> Response:  # noqa: A002 - the name in the address
        """It ends at this moment."""
        require(self.membership, "signature.delegate")
        rows = Delegation.objects.select_related("membership", "giver__user", "giver__agency")
        delegation = get_object_or_404(rows, pk=id)
        own = delegation.giver.agency_id in self.membership.agency_ids
        if not own and not can(self.membership, "people.manage", delegation.giver.agency):
            raise Http404
        told = self.get_serializer(data=request.data)
        told.is_valid(raise_exception=True)
        withdraw_delegation(delegation, **told.validated_data, actor=self.membership)
        return Response(DelegationRow(delegated().get(delegation=delegation)).data)
