"""What a report asks and a filing says, line by line. Declarations only."""

from typing import Any

from rest_framework import serializers

from agencies.api.shapes import AgencyRef
from core.api.fields import ByAttributes, DecimalText
from plans.api.assigning import AssignmentData
from plans.api.shapes import PlanRef
from reports.api.figures import MoneyUnit
from reports.api.shapes import CycleRef, FilingRow, ReportData
from reports.models import Filing, ProjectResult, Report, TaskResult


class AskedLine(ByAttributes):
    """A line of a plan that is reported on; `national` says whether it is the programme's or the agency's."""

    line = serializers.UUIDField(source="row.line")
    plan = PlanRef()
    national = serializers.BooleanField()
    clause = serializers.CharField(source="row.clause", allow_blank=True)
    name = serializers.CharField(source="row.name")
    assigned = AssignmentData(many=True)


class AskedTask(AskedLine):
    """A task; one that is a sub-item names the task that it is `part_of`."""

    part_of = serializers.UUIDField(source="whole.line", allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    date_phrase = serializers.CharField(allow_blank=True)


class Planned(ByAttributes):
    """Money planned for the year from one source."""

    source = serializers.CharField()
    name = serializers.CharField(source="source_name")
    planned = DecimalText(allow_null=True)


class AskedProject(AskedLine):
    """A project; `share` is the agency's printed share of a line of its group.

    `takes_sources`: no document plans money of the year for it, so the agency may name sources itself.
    """

    label = serializers.CharField(source="row.label", allow_blank=True)
    group_line = serializers.BooleanField()
    share = DecimalText(allow_null=True)
    takes_sources = serializers.BooleanField()
    sources = Planned(many=True)


class TargetAsked(ByAttributes):
    """A target that the indicator is held against."""

    plan = PlanRef()
    clause = serializers.CharField(allow_blank=True)
    year = serializers.IntegerField()
    due_on = serializers.DateField()
    comparator = serializers.CharField()
    value = DecimalText(allow_null=True)
    value_to = DecimalText(allow_null=True)
    words = serializers.CharField(allow_blank=True)
    printed = serializers.CharField(allow_blank=True)


class AskedIndicator(ByAttributes):
    """An indicator; `asks` says what it is answered by: the two numbers of a ratio, 1 or 0, or a number."""

    indicator = serializers.SlugField(source="indicator.code")
    name = serializers.CharField(source="indicator.name")
    unit = serializers.CharField(source="indicator.unit", allow_blank=True)
    asks = serializers.ChoiceField(choices=["ratio", "yes_no", "value"])
    targets = TargetAsked(many=True)


class LinesAskedData(ByAttributes):
    """What an obligation asks for: the lines on which the agency reports, and those where it co-operates."""

    year = serializers.IntegerField()
    money_unit = MoneyUnit()
    tasks = AskedTask(many=True)
    projects = AskedProject(many=True)
    indicators = AskedIndicator(many=True)
    co_operates = AskedTask(many=True)


class VersionField(serializers.IntegerField):
    """0 for a row that is not stored yet."""


class TaskResultData(AskedTask):
    """A task with what is said of it."""

    row_version = VersionField()
    status = serializers.ChoiceField(choices=TaskResult.Status.choices, allow_blank=True)
    done_on = serializers.DateField(allow_null=True)
    text = serializers.CharField(allow_blank=True)


class Flow(DecimalText):
    """What became of the money: cumulative since the start of the year; null where nothing is said."""

    def get_attribute(self, instance: Any) -> Any:
        return instance.flows.get(self.field_name)


class SourceResultData(Planned):
    """Money of one source, planned for the year, and what became of it."""

    assigned = Flow(allow_null=True)
    released = Flow(allow_null=True)
    disbursed = Flow(allow_null=True)
    settled = Flow(allow_null=True)


class ProjectResultData(AskedProject):
    """A project with what is said of it and of its money."""

    sources = SourceResultData(many=True)
    row_version = VersionField()
    status = serializers.ChoiceField(choices=ProjectResult.Status.choices, allow_blank=True)
    text = serializers.CharField(allow_blank=True)


class IndicatorResultData(AskedIndicator):
    """An indicator with the numbers reached; `result` is the agency's own value, of a ratio in per cent."""

    row_version = VersionField()
    numerator = DecimalText(allow_null=True)
    denominator = DecimalText(allow_null=True)
    value = DecimalText(allow_null=True)
    text = serializers.CharField(allow_blank=True)
    result = DecimalText(allow_null=True)


class FilingTextsData(ByAttributes):
    """What the report says as a whole."""

    row_version = VersionField()
    nothing_to_report = serializers.BooleanField()
    summary = serializers.CharField(allow_blank=True)
    difficulties = serializers.CharField(allow_blank=True)
    proposals = serializers.CharField(allow_blank=True)


class UnreadableData(ByAttributes):
    """A value that was typed and could not be read: kept as typed, it bars submission until it is mended."""

    path = serializers.CharField()
    typed = serializers.CharField(source="raw")
    code = serializers.CharField(source="finding_code")
    detail = serializers.CharField(source="message")


class FilingDetail(FilingRow):
    """A filing with everything that it says; each row has a version, on which a change is made."""

    cycle = CycleRef(source="report.cycle")
    agency = AgencyRef(source="report.agency")
    submitted_by = serializers.CharField(allow_null=True)
    year = serializers.IntegerField(source="content.year")
    money_unit = MoneyUnit()
    texts = FilingTextsData(source="*")
    tasks = TaskResultData(many=True, source="content.tasks")
    projects = ProjectResultData(many=True, source="content.projects")
    indicators = IndicatorResultData(many=True, source="content.indicators")
    unreadable = UnreadableData(many=True)

    class Meta:
        model = Filing
        fields = [
            "cycle",
            "agency",
            *FilingRow.Meta.fields,
            "submitted_by",
            "year",
            "money_unit",
            "texts",
            "tasks",
            "projects",
            "indicators",
            "unreadable",
        ]


class ReportDetail(ReportData):
    """The same with what is asked."""

    asked = LinesAskedData()

    class Meta:
        model = Report
        fields = [*ReportData.Meta.fields, "asked"]
