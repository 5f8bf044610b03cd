"""What the acts of reporting are told, and how the rows of a filing are written. Declarations only."""

from rest_framework import serializers

from core.api.fields import ClosedSerializer, Day, DecimalText
from plans.api.inputs import LONGEST_REMARK
from reports.filing.sheet import TEXT_LIMIT
from reports.models import ProjectResult, TaskResult

MOST_ROWS = 500  # of one kind in one request; no report asks for half as many
MOST_SOURCES = 50
MOST_AGENCIES = 500


# --- Periods ----------------------------------------------------------------------------------------------


class CycleInput(ClosedSerializer):
    """What every period is opened with. Without `due_on` the deadline follows the programme's days."""

    programme = serializers.SlugField()
    due_on = Day(required=False, allow_null=True)
    illustrative = serializers.BooleanField(default=False)


class CycleOpenInput(CycleInput):
    """A regular period of the programme, such as 2008-Q2."""

    code = serializers.CharField(max_length=20)
    basis = serializers.CharField(max_length=300, required=False, allow_blank=True)


class CycleOpenAdHocInput(CycleInput):
    """A report outside of the cadence, asked of a chosen list of agencies by a stated document."""

    title = serializers.CharField(max_length=200)
    first = Day()
    last = Day()
    basis = serializers.CharField(max_length=300)
    agencies = serializers.ListField(
        child=serializers.SlugField(), min_length=1, max_length=MOST_AGENCIES, help_text="Their keys."
    )


# --- Obligations ------------------------------------------------------------------------------------------


class ReportDocumentInput(ClosedSerializer):
    """The number of the document that grants or proves it."""

    document = serializers.CharField(max_length=100)


class ReportExemptionInput(ReportDocumentInput):
    """The document that grants it, with its date."""

    document_on = Day()


class ReportExtensionInput(ReportExemptionInput):
    """A later deadline for one agency."""

    to = Day()


class ReportReceiptInput(ReportDocumentInput):
    """A report that came on paper, and when."""

    on = Day()


# --- Acts on filings --------------------------------------------------------------------------------------


class FilingNoteInput(ClosedSerializer):
    """The leader's note to the editors."""

    note = serializers.CharField(max_length=LONGEST_REMARK, required=False, allow_blank=True)


class FilingReturnInput(ClosedSerializer):
    """Why a report is returned: what the agency has to mend."""

    reason = serializers.CharField(max_length=LONGEST_REMARK)


class FilingLetterInput(ClosedSerializer):
    """The cover letter with which a report is submitted."""

    number = serializers.CharField(max_length=100)
    on = Day()
    signer = serializers.CharField(max_length=200)


# --- Compilations -----------------------------------------------------------------------------------------


class CompilationIssueInput(ClosedSerializer):
    """What makes a compilation an issued report; illustrative figures are signed by nobody."""

    number = serializers.CharField(max_length=100)
    issued_on = Day()
    signer = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    signer_title = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


# --- Rows of a filing -------------------------------------------------------------------------------------


def _text() -> serializers.CharField:
    return serializers.CharField(max_length=TEXT_LIMIT, required=False, allow_blank=True)


def _number() -> DecimalText:
    return DecimalText(required=False, allow_null=True)


class FilingTextsChange(ClosedSerializer):
    """What the report says as a whole. What is left out stays as it is."""

    nothing_to_report = serializers.BooleanField(required=False)
    summary = _text()
    difficulties = _text()
    proposals = _text()


class TaskResultChange(ClosedSerializer):
    """What is said of a task."""

    status = serializers.ChoiceField(choices=TaskResult.Status.choices, required=False, allow_blank=True)
    done_on = Day(required=False, allow_null=True)
    text = _text()


class FlowChange(ClosedSerializer):
    """What became of the money of one source, in triệu đồng since the start of the year."""

    source = serializers.CharField(max_length=50, help_text="Code of the funding source.")
    assigned = _number()
    released = _number()
    disbursed = _number()
    settled = _number()


class ProjectResultChange(ClosedSerializer):
    """What is said of a project and of its money."""

    status = serializers.ChoiceField(choices=ProjectResult.Status.choices, required=False, allow_blank=True)
    text = _text()
    sources = FlowChange(many=True, required=False, max_length=MOST_SOURCES)


class IndicatorResultChange(ClosedSerializer):
    """The numbers of an indicator: numerator and denominator of a ratio, else the value."""

    numerator = _number()
    denominator = _number()
    value = _number()
    text = _text()


CHANGES: dict[str, type[ClosedSerializer]] = {
    "text": FilingTextsChange,
    "tasks": TaskResultChange,
    "projects": ProjectResultChange,
    "indicators": IndicatorResultChange,
}


class Versioned(ClosedSerializer):
    """The version of the row on which the change is made, as it was read; 0 of one not stored yet."""

    row_version = serializers.IntegerField(min_value=0, max_value=2_147_483_647)


class FilingTextsRow(FilingTextsChange, Versioned):
    """The texts, changed on the version that was read."""


class TaskResultRow(TaskResultChange, Versioned):
    """A task, changed on the version that was read."""

    line = serializers.UUIDField()


class ProjectResultRow(ProjectResultChange, Versioned):
    """A project, changed on the version that was read."""

    line = serializers.UUIDField()


class IndicatorResultRow(IndicatorResultChange, Versioned):
    """An indicator, changed on the version that was read."""

    indicator = serializers.SlugField()


class FilingChange(ClosedSerializer):
    """Rows of a filing: those that are named are written, all of them or none."""

    texts = FilingTextsRow(required=False)
    tasks = TaskResultRow(many=True, required=False, max_length=MOST_ROWS)
    projects = ProjectResultRow(many=True, required=False, max_length=MOST_ROWS)
    indicators = IndicatorResultRow(many=True, required=False, max_length=MOST_ROWS)


KEYS: dict[str, str] = {"tasks": "line", "projects": "line", "indicators": "indicator"}
"""What names a row of a section."""
