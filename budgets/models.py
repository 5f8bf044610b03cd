"""Planned money: sources, allocations by project, year and source, printed shares and printed totals."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from agencies.models.agency import CLASS_CHOICES
from core.fields import NAME_LENGTH, MoneyField
from plans.models import LegalDocument, Plan, PlanLine, Programme


class FundingSourceQuerySet(models.QuerySet["FundingSource"]):
    def leaves(self) -> "FundingSourceQuerySet":
        """Those that carry money."""
        return self.filter(children__isnull=True)

    def valid_on(self, day: date) -> "FundingSourceQuerySet":
        """Those of which money may be planned on the day; an unknown start or end does not exclude."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )


class FundingSource(models.Model):
    """A node of the tree of sources. Leaves carry money; a parent's figure is the sum of its leaves.

    Who may use a leaf stands in `SourceUse`, in which years in its period. What was planned or spent keeps
    its source, whatever becomes of it.
    """

    class Tier(models.TextChoices):
        CENTRAL = "central", _("Central budget")
        LOCAL = "local", _("Local budget")
        ODA = "oda", _("ODA and aid")
        PPP = "ppp", _("Public-private partnership")
        OTHER = "other", _("Other lawful sources")

    class Nature(models.TextChoices):
        INVESTMENT = "investment", _("Investment")
        RECURRENT = "recurrent", _("Recurrent")

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    tier = models.CharField(_("tier"), max_length=10, choices=Tier.choices)
    nature = models.CharField(_("nature"), max_length=10, choices=Nature.choices, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    note = models.CharField(_("note"), max_length=300, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects = FundingSourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("funding source")
        verbose_name_plural = _("funding sources")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
                name="source_period_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        return self.name

    def valid_in(self, year: int) -> bool:
        """Whether its period meets the year."""
        return (self.valid_from is None or self.valid_from.year <= year) and (
            self.valid_to is None or year <= self.valid_to.year
        )


class SourceUse(models.Model):
    """Who may plan money of a source: the agencies of a class, or all, in a programme, or in every one.

    Several rows add up. One that `opens` puts the source into the first grid of these agencies.
    """

    source = models.ForeignKey(FundingSource, models.CASCADE, related_name="uses")
    programme = models.ForeignKey(Programme, models.CASCADE, null=True, blank=True, related_name="+")
    agency_class = models.CharField(_("class"), max_length=30, blank=True, choices=CLASS_CHOICES)
    opens = models.BooleanField(_("stands in the first grid"), default=False)

    class Meta:
        verbose_name = _("use of a source")
        verbose_name_plural = _("uses of sources")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "programme", "agency_class"],
                condition=Q(programme__isnull=False),
                name="source_use_once",
            ),
            models.UniqueConstraint(
                fields=["source", "agency_class"],
                condition=Q(programme__isnull=True),
                name="source_use_everywhere_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.programme_id or '*'} {self.agency_class or '*'}"


class Allocation(models.Model):
    """Planned money of one project line.

    Known only as a margin: year or source is null; totals never mix levels.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="allocations")
    line = models.ForeignKey(PlanLine, models.PROTECT, related_name="allocations")
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    source = models.ForeignKey(
        FundingSource, models.PROTECT, null=True, blank=True, related_name="allocations"
    )
    amount = MoneyField(_("amount"))
    basis = models.CharField(_("basis"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "line", "year", "source"],
                condition=Q(year__isnull=False, source__isnull=False),
                name="allocation_once",
            ),
            models.UniqueConstraint(
                fields=["plan", "line", "year"],
                condition=Q(year__isnull=False, source__isnull=True),
                name="allocation_year_margin_once",
            ),
            models.UniqueConstraint(
                fields=["plan", "line", "source"],
                condition=Q(year__isnull=True, source__isnull=False),
                name="allocation_source_margin_once",
            ),
            models.UniqueConstraint(
                fields=["plan", "line"],
                condition=Q(year__isnull=True, source__isnull=True),
                name="allocation_total_once",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="allocation_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.year} {self.source_id}: {self.amount}"


class Share(models.Model):
    """One member's share of a group line; exists only where a document prints it."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="shares")
    line = models.ForeignKey(PlanLine, models.PROTECT, related_name="shares")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="shares")
    amount = MoneyField(_("amount"))
    derived = models.BooleanField(_("derived"), default=False)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("share")
        verbose_name_plural = _("shares")
        constraints = [
            models.UniqueConstraint(fields=["plan", "line", "agency"], name="share_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="share_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.agency_id}: {self.amount}"


class StatedTotal(models.Model):
    """A total printed in a document, with what it covers. Only ever compared with the computed sum.

    `group_code`, `subgroup`, `year` and `source` narrow the allocations it covers; `lines`, when any, name
    the very project lines (the money rows of a roadmap). An approximate one is not comparable. `about` is
    another document whose lines it speaks of: the 200 tỷ that the meeting of 28/12/2007 announced for 2008.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="stated_totals")
    position = models.PositiveIntegerField(default=0)
    clause = models.CharField(_("clause"), max_length=200, blank=True)
    label = models.CharField(_("as printed"), max_length=NAME_LENGTH)
    group_code = models.CharField(max_length=20, blank=True)
    subgroup = models.CharField(max_length=NAME_LENGTH, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.ForeignKey(FundingSource, models.PROTECT, null=True, blank=True, related_name="+")
    amount = MoneyField(_("amount"))
    approximate = models.BooleanField(_("approximate"), default=False)
    about = models.ForeignKey(
        LegalDocument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("speaks of the lines of"),
    )
    lines = models.ManyToManyField(PlanLine, blank=True, related_name="stated_totals")

    class Meta:
        verbose_name = _("stated total")
        verbose_name_plural = _("stated totals")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.label}: {self.amount}"
