"""Who signs in from where: sessions as their person sees them, and the log of sign-ins and failures."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models.people import User

KEY_LENGTH = 40
AGENT_LENGTH = 200
EMAIL_LENGTH = 254


class UserSession(models.Model):
    """One sign-in that lasts, tied to Django's session by its key; what the person sees and can end."""

    key = models.CharField(max_length=KEY_LENGTH, unique=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="sessions")
    since = models.DateTimeField(_("signed in"))
    seen = models.DateTimeField(_("last active"))
    address = models.GenericIPAddressField(_("address"), null=True, blank=True)
    agent = models.CharField(_("device"), max_length=AGENT_LENGTH, blank=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        indexes = [models.Index(fields=["user", "seen"], name="session_of_user")]


class SignInKind(models.TextChoices):
    """What happened at the door."""

    OK = "ok", _("Signed in")
    FAILED = "failed", _("Wrong address or password")
    LOCKED = "locked", _("Too many attempts")
    MFA_FAILED = "mfa_failed", _("Wrong code")
    SIGNED_OUT = "signed_out", _("Signed out")
    TIMED_OUT = "timed_out", _("Signed out by the time limit")
    ENDED = "ended", _("Signed out from elsewhere")
    PASSWORD = "password", _("Password changed")
    MFA_ON = "mfa_on", _("Two-step sign-in set up")
    MFA_OFF = "mfa_off", _("Two-step sign-in taken off")
    CODES = "codes", _("New recovery codes")


FAILURES = (SignInKind.FAILED, SignInKind.LOCKED, SignInKind.MFA_FAILED)


class SignInEvent(models.Model):
    """One line of the log of sign-ins, in real time.

    It stands apart from the chain of acts: strangers write here, and none of them may hold the chain's head.
    """

    at = models.DateTimeField(_("time"))
    kind = models.CharField(_("what happened"), max_length=12, choices=SignInKind.choices)
    email = models.CharField(_("address as typed"), max_length=EMAIL_LENGTH, blank=True)
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="sign_ins", verbose_name=_("person")
    )
    address = models.GenericIPAddressField(_("network address"), null=True, blank=True)
    agent = models.CharField(_("device"), max_length=AGENT_LENGTH, blank=True)

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        indexes = [
            models.Index(fields=["-at", "-id"], name="sign_in_newest"),
            models.Index(fields=["user", "-at"], name="sign_in_of_user"),
        ]

    @property
    def failed(self) -> bool:
        return self.kind in FAILURES
