"""Reporting periods and who owes a report in them."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Membership
from core.fields import MoneyField
from plans.models import Cadence, Plan, PlanLine, Programme, ReportingRegime


class Cycle(models.Model):
    """One reporting period of a programme: its window, and the last timely day.

    A regular one has the cadence of the regime under which it was opened; one ad hoc has none.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="cycles")
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    regime = models.ForeignKey(
        ReportingRegime,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cycles",
        verbose_name=_("regime"),
    )
    cadence = models.CharField(_("cadence"), max_length=10, choices=Cadence.choices, blank=True)
    window_from = models.DateField(_("from"))
    window_to = models.DateField(_("to"))
    due_on = models.DateField(_("due on"))
    ad_hoc = models.BooleanField(_("ad hoc"), default=False)
    basis = models.CharField(_("basis"), max_length=300, blank=True)
    illustrative = models.BooleanField(_("illustrative figures"), default=False)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("reporting period")
        verbose_name_plural = _("reporting periods")
        ordering = ["-window_from", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="cycle_code_once"),
            models.CheckConstraint(
                condition=Q(window_from__lte=F("window_to")), name="cycle_window_runs_forward"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_label(self) -> str:
        return f"{self.title} ({self.programme.short_name})"

    def relation_to(self, membership: Membership) -> frozenset[str]:
        return self.programme.relation_to(membership)


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, membership: Membership) -> "ReportQuerySet":
        """Obligations of the own agency, all of a programme that it leads, and those of issued periods."""
        issued = Cycle.objects.filter(compilations__issued_files__isnull=False).values("pk")
        return self.filter(
            Q(agency__in=membership.agency_ids)
            | Q(cycle__programme__lead__in=membership.agency_ids)
            | Q(cycle__in=issued)
        )

    def in_order(self) -> "ReportQuerySet":
        return self.order_by("agency__position", "agency__sort_key", "id")


class Report(models.Model):
    """One agency's obligation in one period. Its first submission fixes the timeliness for good.

    `due_when_filed` is the period's deadline of that time, kept where the deadline was moved afterwards.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="reports")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reports")
    first_submitted_at = models.DateTimeField(_("first submitted"), null=True, blank=True)
    due_when_filed = models.DateField(_("deadline when it was filed"), null=True, blank=True)
    extended_to = models.DateField(_("extended to"), null=True, blank=True)
    extension_document = models.CharField(_("document of the extension"), max_length=100, blank=True)
    extension_document_on = models.DateField(_("date of the document"), null=True, blank=True)
    exempt = models.BooleanField(_("exempt"), default=False)
    exemption_document = models.CharField(_("document of the exemption"), max_length=100, blank=True)
    exemption_document_on = models.DateField(_("date of the document"), null=True, blank=True)
    received_on = models.DateField(_("received officially on"), null=True, blank=True)
    received_document = models.CharField(_("number of the paper received"), max_length=100, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("obligation to report")
        verbose_name_plural = _("obligations to report")
        constraints = [models.UniqueConstraint(fields=["cycle", "agency"], name="report_once_a_cycle")]

    def __str__(self) -> str:
        return f"{self.agency.short_name}: {self.cycle.title}"

    @property
    def due_on(self) -> date:
        """The last timely day: the period's or a later one that was granted."""
        due = self.due_when_filed or self.cycle.due_on
        return max(due, self.extended_to) if self.extended_to else due

    @property
    def audit_label(self) -> str:
        return str(self)

    def relation_to(self, membership: Membership) -> frozenset[str]:
        found = set(self.cycle.relation_to(membership)) - {"foreign"}
        if self.agency_id in membership.agency_ids:
            found.add("own")
        return frozenset(found or {"foreign"})


class LineRole(models.TextChoices):
    LEAD = "lead", _("leads")
    CO = "co", _("co-operates")


class ReportLine(models.Model):
    """A national line that an agency reports on: fixed when the period opens, from the groups of that day."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="lines")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    line = models.ForeignKey(PlanLine, models.PROTECT, related_name="report_lines")
    role = models.CharField(max_length=4, choices=LineRole.choices)
    share = MoneyField(_("share"), null=True, blank=True)
    assigned = models.BooleanField(_("assigned on the system"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "line"], name="report_line_once")]

    def __str__(self) -> str:
        return f"{self.report}: {self.line_id}"
