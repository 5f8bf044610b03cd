"""What an agency filed: one filing after another, each frozen when it is submitted."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.models import Membership
from agencies.models.delegation import SIGNED_AS_LENGTH
from core.fields import MoneyField
from plans.models import DraftValue, Plan, PlanLine
from reports.models.cycle import Cycle, Report


class FilingState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", pgettext_lazy("report", "Submitted")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned")


class FilingQuerySet(models.QuerySet["Filing"]):
    def visible_to(self, membership: Membership) -> "FilingQuerySet":
        """Own filings; submitted ones of programmes led; everybody's once a file of the period is issued."""
        own = Q(report__agency__in=membership.agency_ids)
        submitted = ~Q(state=FilingState.DRAFT)
        led = Q(report__cycle__programme__lead__in=membership.agency_ids)
        issued = Q(compilations__issued_files__isnull=False)
        seen = self.model._base_manager.filter(own | submitted & (led | issued))
        return self.filter(pk__in=seen.values("pk"))

    def counting(self, cycle: Cycle, as_of: datetime) -> "FilingQuerySet":
        """What counts for the period's figures at a moment: submitted by then and not returned by then."""
        return self.filter(
            Q(returned_at__isnull=True) | Q(returned_at__gt=as_of),
            report__cycle=cycle,
            report__exempt=False,
            submitted_at__lte=as_of,
        ).exclude(state=FilingState.DRAFT)


class Filing(models.Model):
    """A filing of a report. A return opens a new one that starts as a copy; a submitted one never changes."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="filings")
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    state = models.CharField(
        _("state"), max_length=10, choices=FilingState.choices, default=FilingState.DRAFT
    )
    ready_for_approver = models.BooleanField(_("with the leader"), default=False)
    hand_back_note = models.TextField(_("note of the leader"), blank=True)
    nothing_to_report = models.BooleanField(_("nothing to report in this period"), default=False)
    summary = models.TextField(_("summary"), blank=True)
    difficulties = models.TextField(_("difficulties"), blank=True)
    proposals = models.TextField(_("proposals"), blank=True)
    illustrative = models.BooleanField(_("illustrative figures"), default=False)
    row_version = models.PositiveIntegerField(default=1)
    letter_number = models.CharField(_("number of the letter"), max_length=100, blank=True)
    letter_on = models.DateField(_("date of the letter"), null=True, blank=True)
    letter_signer = models.CharField(_("signer of the letter"), max_length=200, blank=True)
    signed_as = models.CharField(_("signed as"), max_length=SIGNED_AS_LENGTH, blank=True)
    in_charge = models.ForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="filings_in_charge",
        verbose_name=_("in charge"),
    )
    created_at = models.DateTimeField()
    drafted_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    returned_at = models.DateTimeField(_("returned"), null=True, blank=True)
    return_reason = models.TextField(_("reason of the return"), blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)

    objects = FilingQuerySet.as_manager()

    class Meta:
        verbose_name = _("filing")
        verbose_name_plural = _("filings")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="filing_number_once"),
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(state__in=[FilingState.DRAFT, FilingState.SUBMITTED, FilingState.ACCEPTED]),
                name="filing_one_live",
            ),
            models.CheckConstraint(
                condition=Q(state=FilingState.DRAFT) | Q(submitted_at__isnull=False),
                name="filing_submitted_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} ({self.number})"

    @property
    def audit_label(self) -> str:
        return str(self)

    def counts_at(self, moment: datetime) -> bool:
        """Whether a submitted filing was not returned by then; `FilingQuerySet.counting` asks the same."""
        return self.returned_at is None or self.returned_at > moment

    @property
    def is_editable(self) -> bool:
        return self.state == FilingState.DRAFT

    def relation_to(self, membership: Membership) -> frozenset[str]:
        return self.report.relation_to(membership)

    def people_who_made_it(self) -> set[int]:
        """Who drafted or submitted: none of them may accept or return it.

        No query where `drafted_by` was prefetched.
        """
        return {person.pk for person in self.drafted_by.all()} | {self.submitted_by_id or 0}


class Result(models.Model):
    """One row of results about one line of a plan."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="%(class)ss")
    line = models.ForeignKey(PlanLine, models.PROTECT, related_name="%(class)ss")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["filing", "line"], name="%(class)s_once_a_filing")]


class TaskResult(Result):
    """How far the agency is with one task."""

    class Status(models.TextChoices):
        NOT_STARTED = "not_started", _("not started")
        IN_PROGRESS = "in_progress", _("in progress")
        DONE = "done", _("done")

    status = models.CharField(_("status"), max_length=12, choices=Status.choices, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    text = models.TextField(_("what was done"), blank=True)

    class Meta(Result.Meta):
        constraints = [
            *Result.Meta.constraints,
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(status="done"), name="task_result_done_is_done"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.status}"


class ProjectResult(Result):
    """How far one project is."""

    class Status(models.TextChoices):
        NOT_STARTED = "not_started", _("not started")
        PREPARING = "preparing", _("in preparation")
        IN_PROGRESS = "in_progress", _("under way")
        DONE = "done", _("finished")
        SUSPENDED = "suspended", _("suspended")

    status = models.CharField(_("status"), max_length=12, choices=Status.choices, blank=True)
    text = models.TextField(_("what was done"), blank=True)

    class Meta(Result.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.line_id}: {self.status}"


class FundFlow(models.Model):
    """What became of planned money: cumulative from the start of the year to the end of the period."""

    class Kind(models.TextChoices):
        ASSIGNED = "assigned", _("assigned")
        RELEASED = "released", _("released")
        DISBURSED = "disbursed", _("disbursed")
        SETTLED = "settled", _("settled")

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="fund_flows")
    line = models.ForeignKey(PlanLine, models.PROTECT, related_name="fund_flows")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    source = models.ForeignKey("budgets.FundingSource", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    amount = MoneyField(_("amount"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["filing", "line", "year", "source", "kind"], name="fund_flow_once"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="fund_flow_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.kind}: {self.amount}"


class IndicatorResult(models.Model):
    """A value reached: numerator and denominator of a ratio, or the value itself."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="indicator_results")
    indicator = models.ForeignKey("indicators.Indicator", models.PROTECT, related_name="results")
    numerator = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    text = models.TextField(_("remark"), blank=True)
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filing", "indicator"], name="indicator_result_once"),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gt=0),
                name="indicator_result_denominator_positive",
            ),
        ]
        indexes = [models.Index(fields=["indicator", "filing"], name="indicator_of_filings")]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"


class FilingDraftValue(DraftValue):
    filing = models.ForeignKey(Filing, models.CASCADE, related_name="draft_values")
    line = models.ForeignKey(  # type: ignore[assignment] # texts of the whole filing stand on no line
        PlanLine, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filing", "line", "path"], name="filing_draft_value_once"),
            models.UniqueConstraint(
                fields=["filing", "path"],
                condition=Q(line__isnull=True),
                name="filing_draft_value_no_line_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path}: {self.raw}"
