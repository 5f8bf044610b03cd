"""The wordings of letters that an administrator changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models.people import Membership

SUBJECT_LENGTH = 200
BODY_LENGTH = 10_000


class LetterText(models.Model):
    """The wording of one kind of letter where it is not the default one.

    A row whose text was put back to the default stays with an empty body, so that its version goes on.
    """

    key = models.SlugField(_("kind of letter"), max_length=40, unique=True)
    subject = models.CharField(_("subject"), max_length=SUBJECT_LENGTH, blank=True)
    body = models.TextField(_("text"), blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)
    changed_at = models.DateTimeField(_("changed"), editable=False)

    class Meta:
        verbose_name = _("text of a letter")
        verbose_name_plural = _("texts of letters")

    def __str__(self) -> str:
        return self.key

    @property
    def audit_label(self) -> str:
        return self.key
