"""Submissions as frozen facts, and the steps a plan has taken."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from agencies.models.delegation import SIGNED_AS_LENGTH
from plans.models.plan import Plan, PlanState


class PlanRevision(models.Model):
    """The canonical JSON text of all parts at the moment of an act, with its SHA-256.

    Never changed or removed.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    schema = models.PositiveSmallIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    reason = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        return f"{self.plan} #{self.number}"


class PlanStep(models.Model):
    """One transition of a plan, with the paper that went with it: a cover letter, or a decision."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="steps")
    verb = models.CharField(_("act"), max_length=20)
    from_state = models.CharField(max_length=12, choices=PlanState.choices)
    to_state = models.CharField(max_length=12, choices=PlanState.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    comment = models.TextField(_("reason or remark"), blank=True)
    paper_number = models.CharField(_("number"), max_length=100, blank=True)
    paper_on = models.DateField(_("date"), null=True, blank=True)
    paper_issuer = models.CharField(_("issuer"), max_length=200, blank=True)
    paper_signer = models.CharField(_("signer"), max_length=200, blank=True)
    signed_as = models.CharField(_("signed as"), max_length=SIGNED_AS_LENGTH, blank=True)
    scan = models.FileField(_("scan"), upload_to="letters/%Y/", blank=True)
    revision = models.ForeignKey(PlanRevision, models.PROTECT, null=True, related_name="steps")
    # What was checked in a review, frozen with its end: [{"text", "basis", "required", "ticked"}, ...].
    checks = models.JSONField(_("what was checked"), default=list, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.plan}: {self.verb}"
