"""The wordings of letters that an administrator changed, and letters that reached nobody."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models.people import Membership, User
from core import clock

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


REASON_LENGTH = 300
SHOWN_FOR = timedelta(days=30)
"""How long administrators are told of a letter that was not delivered."""


class UndeliveredQuerySet(models.QuerySet["UndeliveredLetter"]):
    def about(self, rows: Sequence[models.Model]) -> "UndeliveredQuerySet":
        """Those about rows of one model."""
        kind = rows[0]._meta.label_lower if rows else ""
        return self.filter(about_kind=kind, about_id__in=[row.pk for row in rows])

    def recent(self) -> "UndeliveredQuerySet":
        return self.filter(at__gt=clock.real_now() - SHOWN_FOR)


class UndeliveredLetter(models.Model):
    """A letter to one person that the mail server did not take; it is not sent again by itself.

    `about_kind` and `about_id` name the row that the letter is about, such as a reminder. Real time.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="undelivered")
    subject = models.CharField(_("subject"), max_length=400)
    reason = models.CharField(_("reason"), max_length=REASON_LENGTH)
    at = models.DateTimeField(_("time"))
    about_kind = models.CharField(max_length=100, blank=True)
    about_id = models.BigIntegerField(null=True)

    objects = UndeliveredQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter that was not delivered")
        verbose_name_plural = _("letters that were not delivered")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["about_kind", "about_id"], name="undelivered_about"),
            models.Index(fields=["-at"], name="undelivered_at"),
        ]

    def __str__(self) -> str:
        return self.subject
