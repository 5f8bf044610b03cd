"""What the endpoints of people say. Declarations only."""

from typing import Any

from rest_framework import serializers

from agencies.api.shapes import AgencyRef
from agencies.models import Agency, ApiToken, DelegationKind, Membership, Role, User
from agencies.models.delegation import in_one_line
from agencies.people.states import AccountState, state_of
from core.api.fields import ByAttributes, Shown


class PersonRef(serializers.Serializer[Any]):
    """A person named in passing."""

    id = serializers.IntegerField()
    full_name = serializers.CharField()
    email = serializers.CharField()


class HeldMembership(serializers.Serializer[Any]):
    """For which agency a person acts, in which role, from when to when; `stopped_at`: it ended at once."""

    id = serializers.IntegerField()
    agency = AgencyRef()
    role = serializers.ChoiceField(choices=Role.choices)
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)
    stopped_at = serializers.DateTimeField(allow_null=True)
    delegated = serializers.SerializerMethodField()

    def get_delegated(self, membership: Membership) -> bool:
        return membership.delegation_id is not None


class StateField(serializers.ChoiceField):
    """How an account stands; it is derived, so the field reads the whole row."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=AccountState.choices, source="*", **kwargs)

    def to_representation(self, value: User) -> str:
        return state_of(value).value


class PersonRow(Shown):
    """A person with the memberships that have not ended."""

    state = StateField()
    second_step = serializers.BooleanField()
    memberships = HeldMembership(many=True, source="lasting")

    class Meta:
        model = User
        fields = [
            "id",
            "email",
            "full_name",
            "post",
            "state",
            "second_step",
            "last_login",
            "date_joined",
            "memberships",
        ]


class InvitationData(serializers.Serializer[Any]):
    """The invitation of somebody: when it was sent, until when its link lasts, what became of it."""

    sent_at = serializers.DateTimeField()
    sendings = serializers.IntegerField()
    expires_at = serializers.DateTimeField()
    undelivered_at = serializers.DateTimeField(
        source="undelivered.at", allow_null=True, help_text="The mail server did not take the last letter."
    )
    accepted_at = serializers.DateTimeField(allow_null=True)
    withdrawn_at = serializers.DateTimeField(allow_null=True)


class WorkData(serializers.Serializer[Any]):
    """A draft of which somebody is in charge, and in which membership."""

    kind = serializers.CharField()
    id = serializers.IntegerField(source="row.pk")
    title = serializers.CharField()
    agency = AgencyRef()
    membership = serializers.IntegerField(source="row.in_charge_id")


class TokenOfPerson(Shown):
    """A token of somebody, without its secret."""

    class Meta:
        model = ApiToken
        fields = ["id", "name", "scope", "created", "expiry", "last_used_on", "revoked_at"]


class DelegationRow(serializers.Serializer[Any]):
    """A delegated signature: who signs for whom, as what, by which document, from when to when."""

    id = serializers.IntegerField(source="delegation.id")
    agency = AgencyRef()
    giver = PersonRef(source="delegation.giver.user")
    signer = PersonRef(source="user")
    kind = serializers.ChoiceField(choices=DelegationKind.choices, source="delegation.kind")
    giver_post = serializers.CharField(source="delegation.giver_post")
    signer_post = serializers.CharField(source="delegation.signer_post")
    signature = serializers.SerializerMethodField()
    document = serializers.CharField(source="delegation.document_number")
    scope = serializers.CharField(source="delegation.scope", allow_blank=True)
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)
    stopped_at = serializers.DateTimeField(allow_null=True)

    def get_signature(self, row: Any) -> str:
        return in_one_line(row.delegation.signature(row.agency))


class PersonDetail(PersonRow):
    """One person whole: also ended memberships, signatures, tokens, sessions, drafts in hand."""

    memberships = HeldMembership(many=True, source="all_memberships")
    invitation = InvitationData(allow_null=True, source="invited")
    delegations = DelegationRow(many=True, source="all_delegations")
    tokens = TokenOfPerson(many=True, source="all_tokens")
    sessions = serializers.IntegerField(source="session_count")
    in_hand = WorkData(many=True, source="works")

    class Meta:
        model = User
        fields = [*PersonRow.Meta.fields, "invitation", "delegations", "tokens", "sessions", "in_hand"]


class InvitedData(serializers.Serializer[Any]):
    """What came of an invitation.

    `invited` is false where the address had an account already, which got the memberships. `link` is to be
    handed on where no letter goes out, and else null: only who reads the letter has it. It is shown once: the
    answer that an idempotency key gives again has none, `acts/invite-again/` makes a new one.
    """

    person = PersonDetail()
    invited = serializers.BooleanField()
    letter_sent = serializers.BooleanField()
    link = serializers.CharField(allow_null=True)


class LackingRow(ByAttributes, serializers.ModelSerializer[Any]):
    """An agency that plans or reports and lacks an editor or an approver."""

    has_editor = serializers.BooleanField()
    has_approver = serializers.BooleanField()
    invited = serializers.BooleanField(help_text="Somebody is invited and has not come yet.")

    class Meta:
        model = Agency
        fields = ["key", "name", "kind", "has_editor", "has_approver", "invited"]


class ChargeData(serializers.Serializer[Any]):
    """Who is in charge of a draft; null when nobody is."""

    in_charge = PersonRef(allow_null=True)
