"""Legal documents: the text a programme, a plan or a target rests on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Membership
from core.fields import NAME_LENGTH, SearchKeyField


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
    search_key = SearchKeyField(source="title")

    class Meta:
        verbose_name = _("legal document")
        verbose_name_plural = _("legal documents")
        ordering = ["issued_on", "id"]

    def __str__(self) -> str:
        return self.number or self.title

    @property
    def audit_label(self) -> str:
        return str(self)

    def relation_to(self, membership: Membership) -> frozenset[str]:
        return frozenset({"foreign"})
