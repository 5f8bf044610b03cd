"""What the acts on people are told. Declarations only; the actions judge it."""

from typing import Any

from rest_framework import serializers

from agencies.models import DelegationKind
from agencies.models.delegation import NUMBER_LENGTH, POST_LENGTH
from agencies.models.sign_in import EMAIL_LENGTH
from agencies.people.delegations import SCOPE_LENGTH
from agencies.people.forms.accounts import MOST_MEMBERSHIPS
from agencies.people.rules import NAME_LENGTH, REASON_LENGTH, ROLE_CHOICES, Stated
from core.api.fields import ClosedSerializer, Day

KEY_LENGTH = 40
MOST_HANDED = 100


class AsksNothingInput(ClosedSerializer):
    """The act asks nothing."""


class WhyInput(ClosedSerializer):
    """Why; it stands in the record of acts."""

    reason = serializers.CharField(max_length=REASON_LENGTH)


class DaysInput(ClosedSerializer):
    """First and last day of a membership; null is an open end."""

    valid_from = Day(allow_null=True)
    valid_to = Day(allow_null=True)


class MembershipInput(ClosedSerializer):
    """For which agency, in which role, from when to when."""

    agency = serializers.SlugField(max_length=KEY_LENGTH, help_text="Key of the agency.")
    role = serializers.ChoiceField(choices=ROLE_CHOICES)
    valid_from = Day(required=False, allow_null=True)
    valid_to = Day(required=False, allow_null=True)


def stated(said: dict[str, Any]) -> Stated:
    return Stated(said["agency"], said["role"], said.get("valid_from"), said.get("valid_to"))


class PersonInput(ClosedSerializer):
    """Who somebody is."""

    email = serializers.CharField(max_length=EMAIL_LENGTH)
    full_name = serializers.CharField(max_length=NAME_LENGTH)
    post = serializers.CharField(max_length=NAME_LENGTH, required=False, allow_blank=True, default="")


class InviteInput(ClosedSerializer):
    """A person and the memberships. Of an address that has an account the name may be left out."""

    email = serializers.CharField(max_length=EMAIL_LENGTH)
    full_name = serializers.CharField(max_length=NAME_LENGTH, required=False, allow_blank=True, default="")
    post = serializers.CharField(max_length=NAME_LENGTH, required=False, allow_blank=True, default="")
    memberships = MembershipInput(many=True, min_length=1, max_length=MOST_MEMBERSHIPS)


class HandingInput(ClosedSerializer):
    """From which membership drafts pass to which one; null: nobody is in charge of them then."""

    giver = serializers.IntegerField(min_value=1, max_value=2**62, help_text="Number of the membership.")
    to = serializers.IntegerField(
        min_value=1, max_value=2**62, allow_null=True, help_text="Number of the membership."
    )


class HandOverInput(ClosedSerializer):
    """Who takes over what a person has in hand, membership by membership."""

    hand_over = HandingInput(many=True, min_length=1, max_length=MOST_HANDED)


class DeactivateInput(WhyInput):
    """Why, and of each membership with drafts in hand who takes them over."""

    hand_over = HandingInput(many=True, required=False, default=list, max_length=MOST_HANDED)


class DelegationInput(ClosedSerializer):
    """Who signs for the head of an agency; without `giver` the caller's own signature is delegated."""

    giver = serializers.IntegerField(
        min_value=1,
        max_value=2**62,
        required=False,
        allow_null=True,
        help_text="Number of the approver's membership.",
    )
    to = serializers.CharField(max_length=EMAIL_LENGTH, help_text="E-mail address of who signs.")
    kind = serializers.ChoiceField(choices=DelegationKind.choices)
    giver_post = serializers.CharField(max_length=POST_LENGTH)
    signer_post = serializers.CharField(max_length=POST_LENGTH)
    document = serializers.CharField(max_length=NUMBER_LENGTH)
    valid_from = Day()
    valid_to = Day(required=False, allow_null=True)
    scope = serializers.CharField(max_length=SCOPE_LENGTH, required=False, allow_blank=True, default="")


class ChargeInput(ClosedSerializer):
    """Who is in charge of a draft."""

    to = serializers.CharField(
        max_length=EMAIL_LENGTH, allow_null=True, help_text="E-mail address; null: nobody."
    )
