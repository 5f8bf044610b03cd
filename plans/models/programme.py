"""Programmes: for which years who plans, who leads, who co-reviews, who decides."""

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Membership
from agencies.models.agency import CLASSES
from core.fields import NAME_LENGTH, ClauseKeyField
from plans.models.document import LegalDocument


class DecidedBy(models.TextChoices):
    LEAD = "lead", _("the lead agency")
    SUPERIOR = "superior", _("a superior body, on the lead agency's proposal")
    SELF = "self", _("the agency itself")


class Programme(models.Model):
    """A programme or period of planning.

    Who reviews is data, so a province runs its own in the same portal. How it is reported on stands in its
    reporting regimes (`plans.models.regime`).
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    short_name = models.CharField(_("short name"), max_length=100)
    document = models.ForeignKey(
        LegalDocument, models.PROTECT, null=True, blank=True, related_name="programmes"
    )
    year_from = models.PositiveSmallIntegerField(_("first year"))
    year_to = models.PositiveSmallIntegerField(_("last year"))
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    lead = models.ForeignKey(Agency, models.PROTECT, related_name="led_programmes")
    co_reviewers = models.ManyToManyField(Agency, through="CoReviewer", related_name="co_reviewed_programmes")
    decided_by = models.CharField(_("decided by"), max_length=10, choices=DecidedBy.choices)
    deciding_body = models.CharField(_("deciding body"), max_length=200, blank=True)
    plan_deadline = models.DateField(_("plans are due"), null=True, blank=True)
    reports_with = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="reported_in", verbose_name=_("reports with")
    )
    planning_classes = models.JSONField(_("classes that plan"), default=list)
    asks_route = models.BooleanField(_("asks how a plan came about"), default=False)
    note = models.TextField(_("note"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(year_from__lte=F("year_to")), name="programme_years_run_forward"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def years(self) -> range:
        return range(self.year_from, self.year_to + 1)

    @property
    def audit_label(self) -> str:
        return self.name

    def relation_to(self, membership: Membership) -> frozenset[str]:
        """LED for the lead agency, CO_REVIEWED for co-reviewers, else FOREIGN."""
        found = set()
        if self.lead_id in membership.agency_ids:
            found.add("led")
        if membership.agency_ids & self.co_reviewer_ids:
            found.add("co_reviewed")
        return frozenset(found or {"foreign"})

    def plans_for(self, agency: Agency) -> bool:
        """Whether the agency plans here: its class does, and a unit only beside the lead's own."""
        kinds = {kind for name in self.planning_classes for kind in CLASSES[name]}
        return agency.kind in kinds and agency.parent_id in (None, self.lead.parent_id)

    @cached_property
    def co_reviewer_ids(self) -> set[int]:
        """Read once for an instance: every right of a page asks for them."""
        return {scope.agency_id for scope in self.review_scopes.all()}


class CoReviewer(models.Model):
    """An agency that gives an opinion on its own scope of every plan of a programme."""

    class Scope(models.TextChoices):
        INVESTMENT = "investment", _("investment capital and ODA")
        RECURRENT = "recurrent", _("recurrent funds")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="review_scopes")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="review_scopes")
    scope = models.CharField(max_length=20, choices=Scope.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "agency"], name="co_reviewer_once")]

    def __str__(self) -> str:
        return f"{self.agency} ({self.get_scope_display()})"


class OutlineItem(models.Model):
    """One heading of the outline that a programme prescribes, with its printed guidance."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="outline")
    number = models.CharField(_("number"), max_length=40)
    heading = models.CharField(_("heading"), max_length=NAME_LENGTH)
    guidance = models.TextField(_("guidance"), blank=True)
    position = models.PositiveSmallIntegerField()
    number_key = ClauseKeyField(source="number")

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="outline_number_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.heading}"


class OutlineMapping(models.Model):
    """Where the text of one programme's heading belongs in another's outline, when lines are taken over."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="outline_mappings")
    source = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    from_number = models.CharField(max_length=40)
    to_number = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "source", "from_number"], name="outline_mapping_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_number} -> {self.to_number}"
