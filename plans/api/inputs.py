"""What the acts on a plan are told. Declarations only; the actions judge it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from rest_framework import serializers

from core.api.fields import ClosedSerializer, Day
from plans.forms import ScanField
from plans.models import PlanRoute

LONGEST_REMARK = 10_000
MOST_LINES = 5_000
MOST_CHECKS, MOST_ID = 500, 2**31 - 1


def _words(**said: Any) -> serializers.CharField:
    return serializers.CharField(max_length=LONGEST_REMARK, **said)


class Scan(serializers.FileField):
    """A scanned page, PDF, JPEG or PNG, at most 10 MB: what the page's form takes."""

    def to_internal_value(self, data: Any) -> UploadedFile:
        scan: UploadedFile = super().to_internal_value(data)
        try:
            ScanField().clean(scan)
        except ValidationError as problem:
            raise serializers.ValidationError(problem.messages, "scan") from problem
        return scan


class NothingInput(ClosedSerializer):
    """An act that needs no words."""


class NoteInput(ClosedSerializer):
    """The leader's note to the editors."""

    note = _words(required=False, allow_blank=True)


class RemarkInput(ClosedSerializer):
    comment = _words(required=False, allow_blank=True)


def checked_field(**said: Any) -> serializers.ListField:
    """Items of the programme's checklist."""
    item = serializers.IntegerField(min_value=1, max_value=MOST_ID)
    return serializers.ListField(child=item, max_length=MOST_CHECKS, **said)


class EndOfReview(ClosedSerializer):
    """`checked` replaces the ticks of the review; without it they are kept with the step as they are."""

    checked = checked_field(required=False, help_text="Ids of the items of the checklist that are ticked.")


class ReasonInput(EndOfReview):
    """Why; the agency reads it. Name the section, task or project and what is to be mended."""

    reason = _words()


class CoverLetterInput(RemarkInput):
    """The cover letter as it stands on the paper."""

    number = serializers.CharField(max_length=100)
    on = Day()
    signer = serializers.CharField(max_length=200)


class DecisionInput(EndOfReview, RemarkInput):
    """The decision as it stands on the paper; its signer may be unknown."""

    number = serializers.CharField(max_length=100)
    on = Day()
    issuer = serializers.CharField(max_length=200)
    signer = serializers.CharField(max_length=200, required=False, allow_blank=True)


class ScannedCoverLetter(CoverLetterInput):
    """The same with the scan of the letter."""

    scan = Scan(required=False)


class ScannedDecision(DecisionInput):
    """The same with the scan of the decision."""

    scan = Scan(required=False)


class RouteInput(ClosedSerializer):
    """How the plan came about; blank takes back what was said."""

    route = serializers.ChoiceField(choices=PlanRoute.choices, allow_blank=True)


class SourcePlanInput(ClosedSerializer):
    """One version of another plan that the caller may see."""

    code = serializers.SlugField(max_length=80)
    version = serializers.IntegerField(min_value=1, max_value=32_767)


class TakeInput(ClosedSerializer):
    """Lines of another plan: their UUIDs, of any part."""

    source = SourcePlanInput()
    lines = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MOST_LINES)


class AssignInput(ClosedSerializer):
    """Who reports on lines without a lead, and on what that rests."""

    lines = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MOST_LINES)
    party = serializers.RegexField(
        r"^(agency|group|class):[a-z0-9-]+$",
        max_length=100,
        help_text="`agency:p82`, `group:pilot-2008` or `class:provinces`: who owes reports here.",
    )
    basis = serializers.CharField(max_length=300)
    on = Day(required=False, help_text="The day of the assignment; today when it is left out.")
