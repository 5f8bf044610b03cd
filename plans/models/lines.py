"""Lines of a plan: their identity through all versions, and the versioned rows that say what they hold."""

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, AgencyGroup
from core.fields import NAME_LENGTH, ClauseKeyField, MoneyField, SearchKeyField
from plans.models.plan import Plan
from plans.models.programme import Programme


class LineKind(models.TextChoices):
    SECTION = "section", _("Section")
    TASK = "task", _("Task")
    PROJECT = "project", _("Project")
    TARGET = "target", _("Target")
    BASELINE = "baseline", _("Baseline")


class PlanLine(models.Model):
    """The identity of one line through all versions of a plan; promises and results both hang on it."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=LineKind.choices)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    origin = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="descendants")

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"


class LineReporterQuerySet(models.QuerySet["LineReporter"]):
    def standing(self, on: date) -> "LineReporterQuerySet":
        """Assignments that were made by the day and not withdrawn by then."""
        return self.filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on), assigned_on__lte=on)


class LineReporter(models.Model):
    """Who reports on a line that the document gives no lead: assigned on the system, never the document's.

    One of agency, group or class; `basis` is the document or decision that the assignment rests on.
    """

    line = models.ForeignKey(PlanLine, models.PROTECT, related_name="reporters")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    group = models.ForeignKey(AgencyGroup, models.PROTECT, null=True, blank=True, related_name="+")
    agency_class = models.CharField(_("class"), max_length=30, blank=True)
    basis = models.CharField(_("basis"), max_length=300)
    assigned_on = models.DateField(_("assigned on"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = LineReporterQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(agency__isnull=False, group__isnull=True, agency_class="")
                    | Q(agency__isnull=True, group__isnull=False, agency_class="")
                    | (Q(agency__isnull=True, group__isnull=True) & ~Q(agency_class=""))
                ),
                name="line_reporter_is_one_party",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.agency or self.group or self.agency_class}"


class VersionedLine(models.Model):
    """A row that says what a line holds in one version of its plan."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="%(class)ss")
    line = models.ForeignKey(PlanLine, models.PROTECT, related_name="%(class)ss")
    position = models.PositiveIntegerField(default=0)
    row_version = models.PositiveIntegerField(default=1)
    clause = models.CharField(_("clause"), max_length=120, blank=True)

    class Meta:
        abstract = True
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["plan", "line"], name="%(class)s_once_a_plan")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.settle()
        super().save(*args, **kwargs)

    def settle(self) -> None:
        """Set what follows from other fields; whoever writes several rows at once calls it for each."""


class Section(VersionedLine):
    """A heading of the plan with its text."""

    number = models.CharField(_("number"), max_length=40)
    heading = models.CharField(_("heading"), max_length=NAME_LENGTH)
    body = models.TextField(_("text"), blank=True)
    number_key = ClauseKeyField(source="number")
    search_key = SearchKeyField(source="words", max_length=20_000)

    class Meta(VersionedLine.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self) -> str:
        return f"{self.number} {self.heading}".strip()

    @property
    def words(self) -> str:
        """All that it says, to be searched."""
        return f"{self.heading}\n{self.body}"


class Task(VersionedLine):
    """An assignment with leads and a due date.

    `date_phrase` is the date as printed ("trước ngày 30/6/2008"); `due_on` the last timely day (29/06/2008),
    None when the document sets none: such a task is never late. A task with sub-items (`parent` of theirs) is
    reported through them alone.
    """

    name = models.CharField(_("task"), max_length=NAME_LENGTH)
    text = models.TextField(_("full text"), blank=True)
    date_phrase = models.CharField(_("date as printed"), max_length=200, blank=True)
    due_on = models.DateField(_("last timely day"), null=True, blank=True)
    parent = models.ForeignKey(
        PlanLine, models.PROTECT, null=True, blank=True, related_name="sub_tasks", verbose_name=_("part of")
    )
    superseded_by = models.ForeignKey(
        PlanLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supersedes",
        verbose_name=_("superseded by"),
    )
    note = models.TextField(_("note"), blank=True)
    clause_key = ClauseKeyField(source="clause")
    search_key = SearchKeyField(source="name")

    class Meta(VersionedLine.Meta):
        verbose_name = _("task")
        verbose_name_plural = _("tasks")

    def __str__(self) -> str:
        return f"{self.clause} {self.name}".strip()


class TaskParty(models.Model):
    """Who leads or co-operates in a task: an agency, a group, a class, or the printed words alone."""

    class Role(models.TextChoices):
        LEAD = "lead", _("leads")
        CO = "co", _("co-operates")

    task = models.ForeignKey(Task, models.CASCADE, related_name="parties")
    role = models.CharField(max_length=4, choices=Role.choices)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    group = models.ForeignKey(AgencyGroup, models.PROTECT, null=True, blank=True, related_name="+")
    agency_class = models.CharField(max_length=30, blank=True)
    words = models.CharField(max_length=NAME_LENGTH, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return str(self.agency or self.group or self.agency_class or self.words)


class Project(VersionedLine):
    """An investment or recurrent item, in printed order.

    `total_need` None means that the document states none.
    """

    group_code = models.CharField(_("group"), max_length=20, blank=True)
    group_name = models.CharField(_("name of the group"), max_length=NAME_LENGTH, blank=True)
    subgroup = models.CharField(_("sub-group"), max_length=NAME_LENGTH, blank=True)
    number = models.CharField(_("No."), max_length=20, blank=True)
    name = models.CharField(_("project"), max_length=NAME_LENGTH)
    objective = models.TextField(_("objective and scale"), blank=True)
    coordination = models.TextField(_("co-operating units"), blank=True)
    lead_agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    lead_group = models.ForeignKey(AgencyGroup, models.PROTECT, null=True, blank=True, related_name="+")
    lead_words = models.CharField(_("lead as printed"), max_length=NAME_LENGTH, blank=True)
    location = models.CharField(_("location"), max_length=NAME_LENGTH, blank=True)
    year_from = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    year_to = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    years_printed = models.CharField(_("years as printed"), max_length=60, blank=True)
    stage = models.CharField(_("stage"), max_length=200, blank=True)
    total_need = MoneyField(_("total need"), null=True, blank=True)
    also_at = models.CharField(_("named again at"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    search_key = SearchKeyField(source="name")

    class Meta(VersionedLine.Meta):
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [
            *VersionedLine.Meta.constraints,
            models.CheckConstraint(
                condition=Q(year_from__isnull=True)
                | Q(year_to__isnull=True)
                | Q(year_from__lte=F("year_to")),
                name="project_years_run_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_code}.{self.number} {self.name}"
