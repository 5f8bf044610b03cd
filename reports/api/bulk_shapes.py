"""What acts on many agencies and reminders are told, and what they say. Declarations only."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from agencies.api.shapes import AgencyRef
from core.api.fields import ByAttributes, ClosedSerializer, Day, Shown
from reports.api.inputs import MOST_AGENCIES
from reports.api.shapes import CycleRef
from reports.models import BulkAct, Reminder

# --- What is sent -----------------------------------------------------------------------------------------


class BulkInput(ClosedSerializer):
    """Which agencies, and how: a row that cannot take part bars the act unless it is left out.

    A `dry_run` only says what would happen. Its digests, sent back as `seen`, make sure that nothing has
    changed since.
    """

    agencies = serializers.ListField(
        child=serializers.SlugField(), min_length=1, max_length=MOST_AGENCIES, help_text="Their keys."
    )
    leave_out = serializers.BooleanField(default=False)
    dry_run = serializers.BooleanField(default=False)
    seen = serializers.DictField(
        child=serializers.CharField(max_length=64), required=False, help_text="Digests by key of the agency."
    )

    def validate_seen(self, value: dict[str, str]) -> dict[str, str]:
        if len(value) > MOST_AGENCIES:
            said = _("At most %(most)d agencies.") % {"most": MOST_AGENCIES}
            raise serializers.ValidationError(said, "max_length")
        return value


class BulkAcceptInput(BulkInput):
    """Reports that are submitted; the document that says so is optional."""

    document = serializers.CharField(max_length=100, required=False, allow_blank=True)
    document_on = Day(required=False, allow_null=True)


class BulkExemptInput(BulkInput):
    """The document that exempts them all."""

    document = serializers.CharField(max_length=100)
    document_on = Day()
    reason = serializers.CharField(max_length=2000, required=False, allow_blank=True)


class BulkExtendInput(BulkInput):
    """The document that gives them all the same later day."""

    to = Day()
    document = serializers.CharField(max_length=100)
    document_on = Day()
    reason = serializers.CharField(max_length=2000)


class LetterOptions(ClosedSerializer):
    """`again`: a second reminder on one day; `paper`: a letter to be printed where nobody acts."""

    document = serializers.CharField(max_length=100, required=False, allow_blank=True)
    again = serializers.BooleanField(default=False)
    paper = serializers.BooleanField(default=False)


class BulkRemindInput(LetterOptions, BulkInput):
    """The number of the letter is optional."""

    document_on = Day(required=False, allow_null=True)


# --- What is answered -------------------------------------------------------------------------------------


class BulkRowData(serializers.Serializer[Any]):
    """One agency: what it was and is then, or the code of what bars it, in words too.

    `before` and `after` are days, states, or how many people get the letter; `seen` stands in a dry run.
    """

    agency = AgencyRef()
    before = serializers.CharField(allow_blank=True)
    after = serializers.CharField(allow_blank=True)
    refusal = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    seen = serializers.CharField(allow_blank=True)


class BulkActRow(Shown):
    """An act on many agencies; `cycle` is null of a reminder of plans."""

    programme = serializers.SlugField(source="programme.code")
    cycle = CycleRef(allow_null=True)
    by = serializers.CharField()
    done = serializers.IntegerField()
    left_out = serializers.IntegerField()

    class Meta:
        model = BulkAct
        fields = [
            "id",
            "name",
            "programme",
            "cycle",
            "at",
            "by",
            "document",
            "document_on",
            "reason",
            "to",
            "done",
            "left_out",
        ]


class BulkActDetail(BulkActRow):
    """The same with what became of each agency: the receipt."""

    rows = BulkRowData(many=True, source="shown_rows")

    class Meta:
        model = BulkAct
        fields = [*BulkActRow.Meta.fields, "rows"]


class BulkOutcomeData(serializers.Serializer[Any]):
    """What became of the rows, or of a dry run would become; `act` is null of that."""

    dry_run = serializers.BooleanField()
    done = serializers.IntegerField()
    left_out = serializers.IntegerField()
    act = BulkActRow(allow_null=True)
    rows = BulkRowData(many=True)


class ReminderRow(Shown):
    """A letter that reminded an agency of its report, or (`cycle` is null) of its plan; whom it went to.

    `undelivered` are those of them for whom the mail server did not take it.
    """

    programme = serializers.SlugField(source="programme.code")
    cycle = CycleRef(source="report.cycle", allow_null=True)
    agency = AgencyRef()
    recipients = serializers.ListField(child=serializers.CharField(), source="names")
    undelivered = serializers.ListField(child=serializers.CharField(), source="missed")
    by = serializers.CharField()

    class Meta:
        model = Reminder
        fields = [
            "id",
            "programme",
            "cycle",
            "agency",
            "document",
            "subject",
            "recipients",
            "undelivered",
            "sent_at",
            "by",
        ]


class ReminderDetail(ReminderRow):
    """The same with the letter as it was sent."""

    class Meta:
        model = Reminder
        fields = [*ReminderRow.Meta.fields, "body"]


class WithoutPlanRow(ByAttributes):
    """An agency that plans in the programme and has submitted nothing; whom a letter would reach."""

    agency = AgencyRef()
    reminded_on = serializers.CharField(source="before", allow_blank=True, help_text="A day, or blank.")
    recipients = serializers.ListField(child=serializers.CharField())


class WithoutPlanData(serializers.Serializer[Any]):
    """Who owes a plan; `due_on` is null where the programme sets no day, and nobody can be reminded."""

    programme = serializers.SlugField()
    due_on = serializers.DateField(allow_null=True)
    agencies = WithoutPlanRow(many=True)
