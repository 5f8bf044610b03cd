"""What the acts on the list of agencies are told. Declarations only; the act's form and checks judge it."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from agencies.changes.forms.split import MOST as MOST_PARTS
from agencies.changes.rules import DOCUMENT_LENGTH
from agencies.models import AgencyKind
from core.api.fields import ClosedSerializer, Day
from core.fields import NAME_LENGTH

MOST_MERGED = 100


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
