"""Invitations: who was asked to come, by a link that lasts some days."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models.letters import UndeliveredLetter
from agencies.models.people import Membership, User
from core import clock


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        """Neither accepted nor withdrawn; their link may have expired."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def expired(self, now: datetime) -> "InvitationQuerySet":
        return self.open().filter(expires_at__lte=now)


class Invitation(models.Model):
    """The invitation of one person, whose account stays shut until a password is chosen.

    The link is signed, not stored: it names this row and the number of its last sending, so that sending
    again, withdrawing and accepting end every link before. Its times are real ones, as of all that guards a
    door.
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="invitation")
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sent"))
    sendings = models.PositiveIntegerField(default=1)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        indexes = [models.Index(fields=["expires_at"], name="invitation_expiry")]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= clock.real_now()

    @property
    def undelivered(self) -> UndeliveredLetter | None:
        """The letter of its last sending, where the mail server did not take it."""
        return UndeliveredLetter.objects.about([self]).filter(at__gte=self.sent_at).first()
