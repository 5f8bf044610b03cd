"""Legal documents: the text a programme, a plan or a target rests on."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Membership
from core.fields import NAME_LENGTH, ClauseKeyField, SearchKeyField
from core.vietnamese import search_key


class LegalDocument(models.Model):
    """A document as printed.

    Number and dates may be unknown; corrections of our copy are listed, never silent.
    """

    slug = models.SlugField(_("code"), max_length=80, unique=True)
    number = models.CharField(_("number"), max_length=100, blank=True)
    title = models.CharField(_("title"), max_length=NAME_LENGTH)
    kind = models.CharField(_("kind"), max_length=100, blank=True)
    issuer = models.CharField(_("issuer"), max_length=200)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    signer = models.CharField(_("signer"), max_length=200, blank=True)
    signer_title = models.CharField(_("post of the signer"), max_length=200, blank=True)
    effective_on = models.DateField(_("effective on"), null=True, blank=True)
    effective_note = models.CharField(_("when it takes effect, as printed"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    corrections = models.JSONField(_("corrections of our copy"), default=list, blank=True)
    note = models.TextField(_("what our copy lacks"), blank=True)
    search_key = SearchKeyField(source="words")

    class Meta:
        verbose_name = _("legal document")
        verbose_name_plural = _("legal documents")
        ordering = ["issued_on", "id"]

    def __str__(self) -> str:
        return self.number or self.title

    @property
    def words(self) -> str:
        """What it is looked up by: number, kind ("Quyết định", "qd"), issuer, title."""
        initials = "".join(word[0] for word in search_key(self.kind).split())
        return f"{self.number} {self.kind} {initials} {self.issuer}\n{self.title}"

    @property
    def audit_label(self) -> str:
        return str(self)

    def relation_to(self, membership: Membership) -> frozenset[str]:
        return frozenset({"foreign"})


class Clause(models.Model):
    """A place in a document that people cite, "II.2.k" or "Điều 2.3.g": where its words stand in the text.

    `start` and `end` are offsets into the document's text. A clause that our copy lacks (`missing`) has no
    words; it stands where its words would.
    """

    document = models.ForeignKey(LegalDocument, models.CASCADE, related_name="clauses")
    number = models.CharField(_("number"), max_length=120)
    heading = models.CharField(_("heading"), max_length=NAME_LENGTH, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    missing = models.BooleanField(_("not in our copy"), default=False)
    note = models.TextField(_("note"), blank=True)
    position = models.PositiveIntegerField()
    number_key = ClauseKeyField(source="number")
    search_key = SearchKeyField(source="text", max_length=20_000)

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="clause_once_a_document"),
            models.CheckConstraint(condition=Q(start__lte=F("end")), name="clause_runs_forward"),
        ]
        indexes = [models.Index(fields=["number_key"], name="clause_number_key")]

    def __str__(self) -> str:
        return f"{self.number} ({self.document})"

    @property
    def text(self) -> str:
        """Its own words, without those of the clauses below it."""
        return self.document.text[self.start : self.end]
