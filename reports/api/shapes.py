"""What the endpoints of periods, obligations and compilations say. Declarations only."""

from typing import Any

from rest_framework import serializers

from agencies.api.shapes import SIGNED_AS, AgencyRef
from core.api.fields import ByAttributes, Shown
from plans.api.shapes import OfferedData
from reports.api.figures import ClassTimelinessData, ComplianceData
from reports.cycles.listing import Stage
from reports.cycles.timeliness import Standing
from reports.models import Compilation, Cycle, Filing, IssuedFile, Report

# --- Periods ----------------------------------------------------------------------------------------------


class CycleRef(Shown):
    """A period named in passing; `/cycles/<programme>/<code>/` says all of it."""

    programme = serializers.SlugField(source="programme.code")

    class Meta:
        model = Cycle
        fields = ["programme", "code", "title"]


class TimelinessData(ByAttributes):
    """How an obligation stands to its deadline; `days` counts how late."""

    standing = serializers.ChoiceField(choices=[one.value for one in Standing])
    days = serializers.IntegerField()


class OwnReportData(serializers.Serializer[Any]):
    """The obligation of an agency that the caller's agency answers for."""

    agency = AgencyRef(source="report.agency")
    due_on = serializers.DateField(source="report.due_on")
    first_submitted_at = serializers.DateTimeField(source="report.first_submitted_at", allow_null=True)
    timeliness = TimelinessData()


class CycleRow(Shown):
    """A period. `obliged` agencies owe a report; how many `filed` is the lead's affair until it is issued.

    `own` are the obligations for which the caller's agency answers.
    """

    programme = serializers.SlugField(source="programme.code")
    stage = serializers.ChoiceField(choices=[one.value for one in Stage])
    obliged = serializers.IntegerField()
    filed = serializers.IntegerField(source="shown_filed", allow_null=True)
    own = OwnReportData(many=True)

    class Meta:
        model = Cycle
        fields = [
            "programme",
            "code",
            "title",
            "cadence",
            "window_from",
            "window_to",
            "due_on",
            "ad_hoc",
            "basis",
            "illustrative",
            "opened_at",
            "stage",
            "obliged",
            "filed",
            "own",
        ]


class CompilationRef(Shown):
    """A compilation named in passing, with the number under which it was issued, if it was."""

    issued_number = serializers.CharField(allow_null=True)
    issued_on = serializers.DateField(allow_null=True)

    class Meta:
        model = Compilation
        fields = ["id", "number", "as_of", "issued_number", "issued_on"]


class CycleDetail(CycleRow):
    """The same with the compilations that the caller may see and, for the lead, who reported by class."""

    classes = ClassTimelinessData(many=True, allow_null=True)
    total = ClassTimelinessData(allow_null=True)
    compilations = CompilationRef(many=True, source="shown_compilations")

    class Meta:
        model = Cycle
        fields = [*CycleRow.Meta.fields, "classes", "total", "compilations"]


# --- Obligations ------------------------------------------------------------------------------------------


class FilingRow(Shown):
    """A filing of a report: the numbers of its way, without what it says."""

    letter_on = serializers.DateField(allow_null=True)
    signed_as = serializers.CharField(allow_blank=True, help_text=SIGNED_AS)
    hand_back_note = serializers.CharField(
        source="shown_note", allow_blank=True, help_text="Of the leader, to the editors of the draft."
    )

    class Meta:
        model = Filing
        fields = [
            "number",
            "state",
            "ready_for_approver",
            "hand_back_note",
            "nothing_to_report",
            "illustrative",
            "letter_number",
            "letter_on",
            "letter_signer",
            "signed_as",
            "created_at",
            "submitted_at",
            "sha256",
            "accepted_at",
            "returned_at",
            "return_reason",
        ]


class ReportData(Shown):
    """One agency's obligation in a period: until when, what was granted or recorded, and its filings."""

    cycle = CycleRef()
    agency = AgencyRef()
    answered_for_by = AgencyRef()
    due_on = serializers.DateField()
    timeliness = TimelinessData()
    filings = FilingRow(many=True, source="shown_filings")
    acts = OfferedData(many=True)

    class Meta:
        model = Report
        fields = [
            "cycle",
            "agency",
            "answered_for_by",
            "due_on",
            "timeliness",
            "first_submitted_at",
            "extended_to",
            "extension_document",
            "extension_document_on",
            "exempt",
            "exemption_document",
            "exemption_document_on",
            "received_on",
            "received_document",
            "filings",
            "acts",
        ]


# --- Compilations and issued files ------------------------------------------------------------------------


class IssuedFileRow(Shown):
    """A file as issued, with its SHA-256 and the head of the audit chain at that moment."""

    cycle = CycleRef(source="compilation.cycle")
    compilation = serializers.IntegerField(source="compilation_id")

    class Meta:
        model = IssuedFile
        fields = [
            "id",
            "cycle",
            "compilation",
            "format",
            "number",
            "issued_on",
            "signer",
            "signer_title",
            "size",
            "sha256",
            "audit_count",
            "audit_head",
            "illustrative",
            "at",
        ]


class CompilationRow(Shown):
    """The filings that counted at a moment, frozen; `sha256` is that of the frozen text of the figures."""

    cycle = CycleRef()
    by = serializers.CharField()
    issued_files = IssuedFileRow(many=True, source="files")

    class Meta:
        model = Compilation
        fields = ["id", "cycle", "number", "as_of", "sha256", "illustrative", "at", "by", "issued_files"]


class DifferenceData(ByAttributes):
    """What a compilation made now would change: a filing `arrived`, was `replaced`, or is `gone`."""

    kind = serializers.ChoiceField(choices=["arrived", "replaced", "gone"])
    agency = AgencyRef()
    filing = serializers.IntegerField(source="filing.number")


class CompilationDetail(CompilationRow):
    """The same with the frozen figures; what arrived since is told to the lead, null to others.

    `intact`: the frozen text still has its SHA-256.
    """

    intact = serializers.BooleanField()
    figures = ComplianceData(source="shown_figures")
    differences = DifferenceData(many=True, allow_null=True)

    class Meta:
        model = Compilation
        fields = [*CompilationRow.Meta.fields, "intact", "figures", "differences"]


class CopyData(serializers.Serializer[Any]):
    """Whether something with this SHA-256 is a true copy: of which issued file, or null of none."""

    sha256 = serializers.CharField()
    issued = IssuedFileRow(allow_null=True)
