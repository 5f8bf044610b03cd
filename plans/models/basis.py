"""What a rule rests on: a registered document, or the number of one that is not; and its clause."""

from typing import TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.models.document import LegalDocument

Rows = TypeVar("Rows", bound=models.QuerySet)


def with_document(rows: Rows, path: str = "document") -> Rows:
    """The rows with the document at the path, without its text: so long a thing would come with each row."""
    return rows.select_related(path).defer(f"{path}__text", f"{path}__corrections")


class LegalBasis(models.Model):
    """`basis` names a document that the portal does not hold, as printed; `document` one that it does."""

    document = models.ForeignKey(
        LegalDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    basis = models.CharField(_("document that is not in the portal"), max_length=200, blank=True)
    clause = models.CharField(_("clause"), max_length=120, blank=True)

    class Meta:
        abstract = True

    @property
    def basis_words(self) -> str:
        """ "IV.2.a, 43/2008/QĐ-TTg"; "" where nothing is stated."""
        return ", ".join(filter(None, (self.clause, str(self.document) if self.document else self.basis)))
