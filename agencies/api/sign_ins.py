"""The log of sign-ins and the letters that did not arrive, for administrators."""

from typing import Any

from rest_framework import serializers

from agencies.api.base import PortalViewSet
from agencies.api.people.shapes import PersonRef
from agencies.letters.undelivered import undelivered_to
from agencies.models import SignInEvent, UndeliveredLetter
from agencies.permissions import require
from agencies.sign_in.agents import device
from agencies.sign_in.filters import SignInFilter
from agencies.sign_in.log import events_kept
from core.api.fields import Shown


class DeviceField(serializers.CharField):
    """Browser and system in the words of its owner; blank where it said nothing."""

    def to_representation(self, value: Any) -> str:
        return device(value) if value else ""


class SignInRow(Shown):
    """What happened at the door, in real time. `email` is as typed; `person` is null where it is nobody's."""

    person = PersonRef(source="user", allow_null=True)
    device = DeviceField(source="agent")

    class Meta:
        model = SignInEvent
        fields = ["id", "at", "kind", "person", "email", "address", "device", "agent"]


class SignInViewSet(PortalViewSet):
    """The log of sign-ins."""

    filterset_class = SignInFilter
    serializers = {"list": SignInRow}

    def get_queryset(self) -> Any:
        """Sign-ins and failures of the people whose account the caller keeps, the newest first."""
        require(self.membership, "people.manage")
        return events_kept(self.membership)


class UndeliveredRow(Shown):
    """A letter that the mail server did not take, with its answer; it is not sent again by itself."""

    person = PersonRef(source="user")

    class Meta:
        model = UndeliveredLetter
        fields = ["id", "at", "person", "subject", "reason"]


class UndeliveredViewSet(PortalViewSet):
    """Letters that were not delivered."""

    serializers = {"list": UndeliveredRow}

    def get_queryset(self) -> Any:
        """Those of the last days to people whom the caller keeps, the latest first."""
        require(self.membership, "reference.manage")
        return undelivered_to(self.membership)
