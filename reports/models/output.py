"""The frozen national figures of a period, and the files issued from them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Membership
from reports.models.cycle import Cycle
from reports.models.filing import Filing


class CompilationQuerySet(models.QuerySet["Compilation"]):
    def visible_to(self, membership: Membership) -> "CompilationQuerySet":
        """Those of programmes led; everybody's once issued."""
        issued = IssuedFile.objects.filter(compilation=models.OuterRef("pk"))
        return self.filter(models.Q(cycle__programme__lead__in=membership.agency_ids) | models.Exists(issued))

    def with_issue(self) -> "CompilationQuerySet":
        """Each with the number and date under which it was issued, if it was; without its figures."""
        return self.annotate(
            issued_number=models.Min("issued_files__number"), issued_on=models.Min("issued_files__issued_on")
        ).defer("figures")


class Compilation(models.Model):
    """The filings that count, frozen as of a moment, with the figures made of them as canonical JSON."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="compilations")
    number = models.PositiveSmallIntegerField(_("number"))
    as_of = models.DateTimeField(_("as of"))
    filings = models.ManyToManyField(Filing, related_name="compilations")
    figures = models.TextField()
    sha256 = models.CharField(max_length=64)
    illustrative = models.BooleanField(_("illustrative figures"), default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = CompilationQuerySet.as_manager()

    class Meta:
        verbose_name = _("compilation")
        verbose_name_plural = _("compilations")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["cycle", "number"], name="compilation_number_once")]

    def __str__(self) -> str:
        return f"{self.cycle} ({self.number})"

    @property
    def audit_label(self) -> str:
        return str(self)

    def relation_to(self, membership: Membership) -> frozenset[str]:
        return self.cycle.relation_to(membership)


class IssuedFile(models.Model):
    """A file as issued: immutable, with its SHA-256 and the head of the audit chain at that moment."""

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        XLSX = "xlsx", "XLSX"

    compilation = models.ForeignKey(Compilation, models.PROTECT, related_name="issued_files")
    format = models.CharField(max_length=4, choices=Format.choices)
    number = models.CharField(_("number"), max_length=100)
    issued_on = models.DateField(_("date"))
    signer = models.CharField(_("signer"), max_length=200, blank=True)
    signer_title = models.CharField(_("post of the signer"), max_length=200, blank=True)
    file = models.FileField(upload_to="issued/%Y/")
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    audit_count = models.PositiveBigIntegerField()
    audit_head = models.CharField(max_length=64)
    illustrative = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("issued file")
        verbose_name_plural = _("issued files")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["compilation", "number", "format"], name="issued_file_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.format})"

    @property
    def audit_label(self) -> str:
        return str(self)

    def relation_to(self, membership: Membership) -> frozenset[str]:
        return self.compilation.relation_to(membership)
