"""Tokens with which a program acts for a person, and the answers it was given, so that none acts twice."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.settings import CONSTANTS

from agencies.models.people import Membership
from core import clock

if TYPE_CHECKING:
    # knox ships no types: what mypy is to know of its token.
    from agencies.models.people import User

    class AbstractAuthToken(models.Model):
        token_key = models.CharField()
        user = models.ForeignKey(User, models.CASCADE, related_name="auth_token_set")
        created = models.DateTimeField()
        expiry = models.DateTimeField(null=True)

        class Meta:
            abstract = True

else:
    from knox.models import AbstractAuthToken


# Before every answer, so written out: putting the same together by the ORM costs as much as running it.
_COUNT_USE = """
    UPDATE agencies_apitoken
    SET used = CASE WHEN "window" = %s THEN used + 1 ELSE 1 END, "window" = %s, last_used_on = %s
    WHERE id = %s AND ("window" <> %s OR used < %s)
"""


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def with_people(self) -> "ApiTokenQuerySet":
        return self.select_related("membership__agency", "membership__user")

    def usable(self, now: datetime) -> "ApiTokenQuerySet":
        """Neither expired nor revoked."""
        return self.filter(Q(expiry__isnull=True) | Q(expiry__gt=now), revoked_at__isnull=True)

    def count_use(self, token: "ApiToken", minute: int, most: int) -> bool:
        """Count one request in the minute unless it is one too many: one statement, exact also at once."""
        with connection.cursor() as cursor:
            cursor.execute(_COUNT_USE, [minute, minute, timezone.localdate(), token.pk, minute, most])
            counted: int = cursor.rowcount
        return counted == 1


class ApiToken(AbstractAuthToken):
    """A token of one person in one membership, hashed; it can do what that membership can in the pages.

    One that expired or was revoked stays, so that its owner sees it and its caller is told. Its times are
    real ones, as of everything that guards a door. `window` is the minute (since 1970) in which `used`
    requests were counted last.
    """

    class Scope(models.TextChoices):
        READ = "read", _("read")
        WRITE = "write", _("read and write")

    # knox keys its rows by the hash; addresses and the record of acts need something shorter.
    digest = models.CharField(max_length=CONSTANTS.DIGEST_LENGTH, unique=True, editable=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="tokens")
    name = models.CharField(_("name"), max_length=100)
    scope = models.CharField(_("scope"), max_length=10, choices=Scope.choices, default=Scope.READ)
    last_used_on = models.DateField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    window = models.PositiveBigIntegerField(default=0, editable=False)
    used = models.PositiveIntegerField(default=0, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created", "-id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.token_key}…)"

    @property
    def audit_label(self) -> str:
        return str(self)

    @property
    def acts(self) -> bool:
        """Whether its person still acts in the membership on the business day."""
        return self.membership.acts_on(clock.today())

    @property
    def has_expired(self) -> bool:
        return self.expiry is not None and self.expiry <= clock.real_now()

    @property
    def is_usable(self) -> bool:
        return self.revoked_at is None and not self.has_expired


class IdempotentAnswer(models.Model):
    """The answer to a request with an idempotency key: the same request again gets it, and acts no more."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(default="null", help_text="JSON; as text it keeps its order")
    headers: Any = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return self.key
