"""What a draft keeps besides its values: those that do not parse, and who changed what."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.models.lines import PlanLine
from plans.models.plan import Plan


class DraftValue(models.Model):
    """A value that does not parse: kept and marked, never thrown away; it bars submission.

    `path` is the part's declared path of the field, such as `total_need` or `allocations/2009/NSTW`.
    """

    line = models.ForeignKey(PlanLine, models.PROTECT, related_name="+")
    path = models.CharField(max_length=120)
    raw = models.TextField(_("as typed"))
    finding_code = models.CharField(max_length=60)
    message = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class PlanDraftValue(DraftValue):
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="draft_values")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "line", "path"], name="plan_draft_value_once")]

    def __str__(self) -> str:
        return f"{self.path}: {self.raw}"


class LineEdit(models.Model):
    """One edit of one field of one line, as texts."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="line_edits")
    line = models.ForeignKey(PlanLine, models.PROTECT, related_name="edits")
    path = models.CharField(max_length=120)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["plan", "line"], name="line_edit_of_line")]

    def __str__(self) -> str:
        return f"{self.path}: {self.old} -> {self.new}"
