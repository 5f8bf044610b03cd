"""What is told of programmes. Declarations only; the checks of the pages judge it."""

from typing import Any

from rest_framework import serializers

from agencies.keeping.findings import DOCUMENT_LENGTH
from agencies.models.agency import CLASS_CHOICES
from core.api.fields import ClosedSerializer, Day
from plans.models import Cadence, CoReviewer, DecidedBy
from plans.programmes import checklists, mappings, outline
from plans.programmes.checks import FIRST_YEAR, LAST_POSITION, LAST_YEAR, MOST_CO_REVIEWERS
from plans.programmes.regime_acts import LAST_CUTOFF, LENGTHS, MOST_DAYS

MOST_PROGRAMMES = 100
KEY_LENGTH, SLUG_LENGTH, CODE_LENGTH = 40, 80, 40


def words(most: int, **more: Any) -> serializers.CharField:
    return serializers.CharField(max_length=most, required=False, allow_blank=True, **more)


def document() -> serializers.SlugField:
    return serializers.SlugField(
        max_length=SLUG_LENGTH, required=False, allow_null=True, help_text="Code of a registered document."
    )


def classes() -> serializers.ListField:
    child = serializers.ChoiceField(choices=CLASS_CHOICES)
    return serializers.ListField(child=child, max_length=len(CLASS_CHOICES), required=False)


class ScopeInput(ClosedSerializer):
    """A co-reviewing agency, and on what it gives its opinion."""

    agency = serializers.SlugField(max_length=KEY_LENGTH)
    scope = serializers.ChoiceField(choices=CoReviewer.Scope.choices)


class ProgrammeChange(ClosedSerializer):
    """What is to change; what is left out stays. Lists are given whole. The lead has an act of its own."""

    code = serializers.SlugField(max_length=CODE_LENGTH, required=False)
    name = serializers.CharField(max_length=500, required=False)
    short_name = serializers.CharField(max_length=100, required=False)
    document = document()
    year_from = serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False)
    year_to = serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False)
    parent = serializers.SlugField(max_length=CODE_LENGTH, required=False, allow_null=True)
    co_reviewers = ScopeInput(many=True, required=False, max_length=MOST_CO_REVIEWERS)
    decided_by = serializers.ChoiceField(choices=DecidedBy.choices, required=False)
    deciding_body = words(200)
    plan_deadline = Day(required=False, allow_null=True)
    reports_with = serializers.ListField(
        child=serializers.SlugField(max_length=CODE_LENGTH), max_length=MOST_PROGRAMMES, required=False
    )
    planning_classes = classes()
    asks_route = serializers.BooleanField(required=False)
    note = words(10_000)
    position = serializers.IntegerField(
        min_value=0,
        max_value=LAST_POSITION,
        required=False,
        allow_null=True,
        help_text="In lists. Null: after all others.",
    )


class ProgrammeInput(ProgrammeChange):
    """A new programme; its outline, regimes and checklist come after it."""

    code = serializers.SlugField(max_length=CODE_LENGTH)
    name = serializers.CharField(max_length=500)
    short_name = serializers.CharField(max_length=100)
    year_from = serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    year_to = serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    lead = serializers.SlugField(max_length=KEY_LENGTH, help_text="An agency for which the caller acts.")
    decided_by = serializers.ChoiceField(choices=DecidedBy.choices)


class LeadInput(ClosedSerializer):
    """Another agency that leads, by which document, and why."""

    lead = serializers.SlugField(max_length=KEY_LENGTH)
    document = serializers.CharField(max_length=DOCUMENT_LENGTH)
    reason = serializers.CharField(max_length=10_000)


class HeadingInput(ClosedSerializer):
    """A heading. `was` is the number under which it stands now, where that changes."""

    number = serializers.CharField(max_length=outline.NUMBER_LENGTH)
    heading = serializers.CharField(max_length=500)
    guidance = words(outline.GUIDANCE_LENGTH, default="")
    was = words(outline.NUMBER_LENGTH, default="")


class OutlineInput(ClosedSerializer):
    """The outline as a whole, in its order."""

    headings = HeadingInput(many=True, max_length=outline.MOST_ROWS)


class CheckInput(ClosedSerializer):
    """One thing to check. `id` is the item that it changes; a new one has none."""

    id = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False, allow_null=True)
    text = serializers.CharField(max_length=500)
    document = document()
    basis = words(200, default="")
    clause = words(120, default="")
    required = serializers.BooleanField(default=False)


class ChecklistInput(ClosedSerializer):
    """The checklist as a whole, in its order."""

    items = CheckInput(many=True, max_length=checklists.MOST_ROWS)


class GoalInput(ClosedSerializer):
    """Under which heading here (`to`) the text of a heading there (`number`) goes; blank: nowhere."""

    number = serializers.CharField(max_length=mappings.NUMBER_LENGTH)
    to = serializers.CharField(max_length=mappings.NUMBER_LENGTH, allow_blank=True)


class MappingInput(ClosedSerializer):
    """Where the headings of another programme go; what is left out goes nowhere."""

    headings = GoalInput(many=True, max_length=mappings.MOST_HEADINGS)


class RegimeChange(ClosedSerializer):
    """What is to change; what is left out stays."""

    name = serializers.CharField(max_length=LENGTHS["name"], required=False)
    content = words(LENGTHS["content"])
    document = document()
    basis = words(LENGTHS["basis"], help_text="Number of a document that the portal does not hold.")
    clause = words(LENGTHS["clause"])
    obliged_classes = classes()
    reports_to = words(LENGTHS["reports_to"])
    passed_on = words(LENGTHS["passed_on"])
    means = words(LENGTHS["means"])
    form = words(LENGTHS["form"])
    cadence = serializers.ChoiceField(
        choices=Cadence.choices, required=False, allow_blank=True, help_text="Blank: no frequency is stated."
    )
    ad_hoc = serializers.BooleanField(required=False)
    cutoff_day = serializers.IntegerField(min_value=1, max_value=LAST_CUTOFF, required=False, allow_null=True)
    due_days = serializers.IntegerField(min_value=1, max_value=MOST_DAYS, required=False, allow_null=True)
    due_printed = words(LENGTHS["due_printed"])
    first_cycle = words(LENGTHS["first_cycle"])
    valid_from = Day(required=False)
    valid_to = Day(required=False, allow_null=True)
    note = words(LENGTHS["note"])


class RegimeInput(RegimeChange):
    """A further regime, beside no other that is valid on the same days."""

    name = serializers.CharField(max_length=LENGTHS["name"])
    valid_from = Day()


class RemovalInput(ClosedSerializer):
    """Why a wrong entry is taken out."""

    reason = serializers.CharField(max_length=10_000)
