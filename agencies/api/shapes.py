"""What the endpoints of people and agencies say, and what the acts are told. Declarations only."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from agencies.changes.forms.split import MOST as MOST_PARTS
from agencies.changes.rules import DOCUMENT_LENGTH
from agencies.models import Agency, AgencyGroup, AgencyKind, ApiToken, Role, Succession
from agencies.permissions import Relation
from core.api.fields import ClosedSerializer, Day, Shown
from core.fields import NAME_LENGTH

MOST_MERGED = 100


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


# --- Acts on the list of agencies -------------------------------------------------------------------------


class BasisInput(ClosedSerializer):
    """The document that decides it, and the first day on which it is so."""

    document = serializers.CharField(max_length=DOCUMENT_LENGTH)
    on = Day()


class NewAgencyInput(ClosedSerializer):
    """An agency that an act brings about."""

    name = serializers.CharField(max_length=NAME_LENGTH)
    short_name = serializers.CharField(max_length=NAME_LENGTH, required=False, allow_blank=True)
    kind = serializers.ChoiceField(choices=AgencyKind.choices)
    province_code = serializers.CharField(max_length=4, required=False, allow_blank=True)
    region = serializers.CharField(max_length=100, required=False, allow_blank=True)
    place = serializers.CharField(max_length=100, required=False, allow_blank=True)


class CreateInput(BasisInput, NewAgencyInput):
    """A new agency that comes from none."""

    parent = serializers.SlugField(
        required=False, allow_null=True, help_text="Key of the agency it is part of."
    )
    note = serializers.CharField(required=False, allow_blank=True, max_length=10_000)


class RenameInput(BasisInput):
    """Another name from a day; everything else is carried over."""

    agency = serializers.SlugField()
    name = serializers.CharField(max_length=NAME_LENGTH)
    short_name = serializers.CharField(max_length=NAME_LENGTH, required=False, allow_blank=True)
    with_people = serializers.BooleanField(default=True)


class OneOf(ClosedSerializer):
    """Of the two fields of `one_of` exactly one is given."""

    one_of: tuple[str, str]

    def validate(self, attrs: Any) -> Any:
        if len([name for name in self.one_of if attrs.get(name) is not None]) != 1:
            text = _("Give either “%(first)s” or “%(second)s”.")
            first, second = self.one_of
            raise serializers.ValidationError(text % {"first": first, "second": second}, "one_of")
        return attrs


class MergeInput(BasisInput, OneOf):
    """Several become one: `into` an agency of the list, or a `new` one."""

    agencies = serializers.ListField(
        child=serializers.SlugField(),
        min_length=1,
        max_length=MOST_MERGED,
        help_text="Keys of those that end.",
    )
    into = serializers.SlugField(required=False, allow_null=True)
    new = NewAgencyInput(required=False, allow_null=True)
    with_people = serializers.BooleanField(default=True)
    one_of = ("into", "new")


class PartInput(OneOf):
    """One part of a split: an `existing` agency of the list, or a `new` one."""

    one_of = ("existing", "new")

    existing = serializers.SlugField(required=False, allow_null=True)
    new = NewAgencyInput(required=False, allow_null=True)


class SplitInput(BasisInput, OneOf):
    """One becomes several. `principal` counts from 0 and names the part that takes the whole.

    Without it the agency itself `continues` and stays responsible for what it owed.
    """

    agency = serializers.SlugField()
    parts = PartInput(many=True, min_length=1, max_length=MOST_PARTS)
    principal = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=MOST_PARTS - 1
    )
    continues = serializers.BooleanField(required=False, allow_null=True)
    with_people = serializers.BooleanField(default=False)
    one_of = ("principal", "continues")


class EndInput(BasisInput):
    """An agency ends; where there is a successor, the whole passes to it."""

    agency = serializers.SlugField()
    successor = serializers.SlugField(required=False, allow_null=True)
    with_people = serializers.BooleanField(default=False)


class EditInput(ClosedSerializer):
    """What is not history, with the reason of the change."""

    agency = serializers.SlugField()
    place = serializers.CharField(max_length=100, allow_blank=True)
    note = serializers.CharField(max_length=10_000, allow_blank=True)
    reason = serializers.CharField(max_length=2_000)


class MovePeopleInput(ClosedSerializer):
    """The people of an agency that has ended follow it to its principal successor."""

    agency = serializers.SlugField()


class RemoveInput(ClosedSerializer):
    """An agency that was entered by mistake today, and to which nothing refers."""

    agency = serializers.SlugField()
    reason = serializers.CharField(max_length=2_000)


class OutcomeData(serializers.Serializer[Any]):
    """What an act brought about: the agency to look at, those that were made, how many roles moved."""

    agency = AgencyRef(allow_null=True)
    made = AgencyRef(many=True)
    moved = serializers.IntegerField()
