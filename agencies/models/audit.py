"""The chained record of acts: every entry carries the SHA-256 of the one before."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import Agency
from agencies.models.people import User

GENESIS = "0" * 64


class AuditEntry(models.Model):
    """One act. Rows are only ever added: triggers on both databases refuse UPDATE and DELETE."""

    sequence = models.PositiveBigIntegerField(_("number"), unique=True)
    at = models.DateTimeField(_("business time"))
    recorded_at = models.DateTimeField(_("recorded at"))
    verb = models.CharField(_("act"), max_length=40, db_index=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    role = models.CharField(_("role"), max_length=20, blank=True)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    object_label = models.CharField(max_length=600)
    data = models.TextField(_("details"), help_text="canonical JSON")
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = [models.Index(fields=["object_kind", "object_id", "sequence"], name="audit_of_object")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.object_label}"


class AuditHead(models.Model):
    """The one row beside the chain: how many entries it has and the hash of the last."""

    count = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="audit_head_is_one_row")]

    def __str__(self) -> str:
        return f"{self.count} {self.hash}"
