"""What the endpoints of people and agencies say, and what an act brought about. Declarations only."""

from typing import Any

from rest_framework import serializers

from agencies.models import Agency, AgencyGroup, ApiToken, Role, Succession
from agencies.permissions import Relation
from core.api.fields import Shown

SIGNED_AS = "Lines above the name of who signs for the head of the agency; blank where nobody does."


class AgencyRef(Shown):
    """An agency named in passing; `/agencies/<key>/` says all of it."""

    class Meta:
        model = Agency
        fields = ["key", "name", "short_name"]


# --- Me ---------------------------------------------------------------------------------------------------


class PersonData(serializers.Serializer[Any]):
    email = serializers.EmailField()
    full_name = serializers.CharField()
    post = serializers.CharField(allow_blank=True)


class MembershipData(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    role = serializers.ChoiceField(choices=Role.choices)
    agency = AgencyRef()
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)


class RightData(serializers.Serializer[Any]):
    """One permission, and the relations of an object to the agency for which it holds."""

    permission = serializers.CharField()
    label = serializers.CharField()
    relations = serializers.ListField(child=serializers.ChoiceField(choices=[one.value for one in Relation]))


class TokenData(serializers.Serializer[Any]):
    name = serializers.CharField()
    scope = serializers.ChoiceField(choices=ApiToken.Scope.choices)
    created = serializers.DateTimeField()
    expires = serializers.DateTimeField(source="expiry", allow_null=True)


class MeData(serializers.Serializer[Any]):
    """Who calls, for which agency and in which role, and what that role may do."""

    person = PersonData()
    membership = MembershipData()
    rights = RightData(many=True)
    token = TokenData()


# --- Agencies ---------------------------------------------------------------------------------------------


class AgencyRow(Shown):
    """An agency as of a day: `parent` is the one of that day."""

    agency_class = serializers.CharField(allow_blank=True)
    parent = AgencyRef(source="parent_of_day", allow_null=True)

    class Meta:
        model = Agency
        fields = [
            "key",
            "name",
            "short_name",
            "kind",
            "agency_class",
            "parent",
            "province_code",
            "region",
            "place",
            "valid_from",
            "valid_to",
        ]


class SuccessionRow(Shown):
    """What became of an agency; the principal successor takes the whole."""

    predecessor = AgencyRef()
    successor = AgencyRef()

    class Meta:
        model = Succession
        fields = ["predecessor", "successor", "on", "kind", "principal", "document_number", "note"]


class PeriodData(serializers.Serializer[Any]):
    """One name of the agency, or one agency before or after it, with the documents of its two ends."""

    agency = AgencyRef()
    current = serializers.BooleanField()
    valid_from = serializers.DateField(source="agency.valid_from", allow_null=True)
    valid_to = serializers.DateField(source="agency.valid_to", allow_null=True)
    basis = serializers.CharField(source="agency.basis", allow_blank=True)
    end_basis = serializers.CharField(source="agency.end_basis", allow_blank=True)


class OfGroupData(serializers.Serializer[Any]):
    key = serializers.SlugField(source="group.key")
    name = serializers.CharField(source="group.name")
    valid_on = serializers.DateField(source="group.valid_on")
    position = serializers.IntegerField()


class AgencyDetail(AgencyRow):
    """An agency through time, and as of the day `on`: its parent, its units, who answers for it."""

    on = serializers.DateField(source="day")
    answered_for_by = AgencyRef(source="bearer")
    units = AgencyRef(many=True, source="units_of_day")
    periods = PeriodData(many=True, source="history.periods")
    predecessors = SuccessionRow(many=True, source="history.predecessions")
    successors = SuccessionRow(many=True, source="history.successions")
    groups = OfGroupData(many=True, source="of_groups")

    class Meta:
        model = Agency
        fields = [
            *AgencyRow.Meta.fields,
            "basis",
            "end_basis",
            "note",
            "on",
            "answered_for_by",
            "units",
            "periods",
            "predecessors",
            "successors",
            "groups",
        ]


class GroupRow(Shown):
    """A dated list of agencies; `derived` when no document prints it."""

    member_count = serializers.IntegerField()

    class Meta:
        model = AgencyGroup
        fields = ["key", "name", "valid_on", "document_number", "derived", "note", "member_count"]


class GroupMemberData(serializers.Serializer[Any]):
    position = serializers.IntegerField()
    agency = AgencyRef()
    note = serializers.CharField(allow_blank=True)


class GroupDetail(GroupRow):
    """The same with its members in printed order."""

    members = GroupMemberData(many=True, source="listed_members")

    class Meta:
        model = AgencyGroup
        fields = [*GroupRow.Meta.fields, "members"]


class OutcomeData(serializers.Serializer[Any]):
    """What an act brought about: the agency to look at, those that were made, how many roles moved."""

    agency = AgencyRef(allow_null=True)
    made = AgencyRef(many=True)
    moved = serializers.IntegerField()
