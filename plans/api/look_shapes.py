"""What a check, a comparison, the history and what was frozen say. Declarations only."""

from typing import Any

from rest_framework import serializers

from agencies.api.shapes import SIGNED_AS, AgencyRef
from core.api.fields import Shown
from plans.api.shapes import PlaceData, PlanRef, RevisionData
from plans.models import PlanRevision, PlanStep
from plans.versions.compare import ChangeKind


class CheckData(serializers.Serializer[Any]):
    """Errors bar a submission, warnings do not."""

    errors = serializers.IntegerField()
    warnings = serializers.IntegerField()
    findings = PlaceData(many=True)


# --- Changes ----------------------------------------------------------------------------------------------


class BasisData(serializers.Serializer[Any]):
    """Something frozen to hold the plan against: a revision of this version (`own`), or the one before."""

    key = serializers.CharField()
    label = serializers.CharField()
    own = serializers.BooleanField()


class FactData(serializers.Serializer[Any]):
    """What changed of the plan itself: its title, how it came about."""

    name = serializers.CharField()
    old = serializers.CharField(allow_blank=True)
    new = serializers.CharField(allow_blank=True)


class FieldData(serializers.Serializer[Any]):
    """A field before and after, as in the canonical JSON: numbers as decimal strings, null where blank."""

    name = serializers.CharField()
    label = serializers.CharField()
    old = serializers.JSONField(allow_null=True)
    new = serializers.JSONField(allow_null=True)


class ChangeData(serializers.Serializer[Any]):
    """A row that differs. Rows of money and shares stand for themselves, with the line they belong to."""

    part = serializers.CharField()
    line = serializers.UUIDField(allow_null=True)
    change = serializers.ChoiceField(choices=[kind.value for kind in ChangeKind])
    title = serializers.CharField(allow_blank=True)
    fields = FieldData(many=True)


class CompareData(serializers.Serializer[Any]):
    """What the plan can be held against, and what changed since `basis`; null: there is nothing yet."""

    bases = BasisData(many=True)
    basis = serializers.CharField(allow_null=True)
    facts = FactData(many=True)
    lines = ChangeData(many=True)


# --- What happened ----------------------------------------------------------------------------------------


class StepData(Shown):
    """A transition with its paper, the address of its scan, and the number of what was frozen by then."""

    signed_as = serializers.CharField(allow_blank=True, help_text=SIGNED_AS)
    revision = serializers.IntegerField(source="number", allow_null=True)
    scan = serializers.URLField(source="scan_url", allow_null=True)

    class Meta:
        model = PlanStep
        fields = [
            "id",
            "from_state",
            "to_state",
            "comment",
            "paper_number",
            "paper_on",
            "paper_issuer",
            "paper_signer",
            "signed_as",
            "revision",
            "scan",
        ]


class EntryData(serializers.Serializer[Any]):
    """One act: `verb` is stable, `what` and `note` are for people; `step` where the state changed."""

    verb = serializers.CharField()
    at = serializers.DateTimeField(source="when")
    what = serializers.CharField()
    by = serializers.CharField(source="who", allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    step = StepData(allow_null=True)


class EditorData(serializers.Serializer[Any]):
    """Who edited how many fields of how many lines, and when last."""

    by = serializers.CharField(source="by__full_name")
    edits = serializers.IntegerField()
    lines = serializers.IntegerField()
    last = serializers.DateTimeField()


class HistoryData(serializers.Serializer[Any]):
    entries = EntryData(many=True)
    editors = EditorData(many=True)


# --- What was frozen --------------------------------------------------------------------------------------


class IntactRevision(RevisionData):
    """The same, and whether what is kept still matches its hash."""

    intact = serializers.BooleanField()

    class Meta:
        model = PlanRevision
        fields = [*RevisionData.Meta.fields, "intact"]


class RevisionList(serializers.Serializer[Any]):
    revisions = IntactRevision(many=True)


class ReceiptData(serializers.Serializer[Any]):
    """The step that froze a revision: time, person, paper, hash."""

    plan = PlanRef()
    title = serializers.CharField()
    revision = IntactRevision()
    at = serializers.DateTimeField()
    by = serializers.CharField()
    agency = AgencyRef()
    paper_number = serializers.CharField(allow_blank=True)
    paper_on = serializers.DateField(allow_null=True)
    paper_issuer = serializers.CharField(allow_blank=True)
    paper_signer = serializers.CharField(allow_blank=True)
    signed_as = serializers.CharField(allow_blank=True, help_text=SIGNED_AS)
