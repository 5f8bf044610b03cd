"""People and the agencies they act for."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import Agency
from core import clock
from core.fields import SearchKeyField, SortKeyField


class Role(models.TextChoices):
    """What a person does for an agency.

    SYSTEM is the portal's own account that registers printed documents.
    """

    EDITOR = "editor", _("Editor")
    APPROVER = "approver", _("Approver")
    REVIEWER = "reviewer", _("Reviewer")
    CO_REVIEWER = "co_reviewer", _("Co-reviewer")
    ADMINISTRATOR = "administrator", _("Administrator")
    VIEWER = "viewer", _("Viewer")
    SYSTEM = "system", _("System")


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person with a sign-in address; without a password the account cannot sign in until one is set."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person, identified by e-mail address."""

    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("full name"), max_length=200)
    post = models.CharField(_("post"), max_length=200, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open Django's own administration"), default=False)
    is_system = models.BooleanField(_("system account"), default=False, editable=False)
    date_joined = models.DateTimeField(_("joined"), auto_now_add=True)
    search_key = SearchKeyField(source="full_name")
    sort_key = SortKeyField(source="name_in_order")

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.full_name or self.email

    @property
    def audit_label(self) -> str:
        return str(self)

    @property
    def name_in_order(self) -> str:
        """The name as lists of people sort it, by the given name: "An Nguyễn Văn"."""
        *before, given = self.full_name.split() or [""]
        return " ".join([given, *before])

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.rsplit(" ", 1)[-1] or self.email


class MembershipQuerySet(models.QuerySet["Membership"]):
    def own(self) -> "MembershipQuerySet":
        """Those that people have in their own right and that were not stopped; no delegated ones."""
        return self.filter(delegation__isnull=True, stopped_at__isnull=True)

    def lasting(self, on: date) -> "MembershipQuerySet":
        """Those that have not ended by the day: running ones and ones to come."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), stopped_at__isnull=True)

    def own_period_on(self, on: date) -> "MembershipQuerySet":
        """Those that somebody entered for the day, whether or not the agency exists then."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on),
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
            stopped_at__isnull=True,
            user__is_active=True,
        )

    def active(self, on: date) -> "MembershipQuerySet":
        """Those in which a person acts on the day: nobody acts for an agency that does not exist."""
        return self.own_period_on(on).filter(
            Q(agency__valid_from__isnull=True) | Q(agency__valid_from__lte=on),
            Q(agency__valid_to__isnull=True) | Q(agency__valid_to__gte=on),
        )


class Membership(models.Model):
    """One person acting for one agency in one role; the actor of every action.

    One that was used is never removed: it ends by its dates, or at once (`stopped_at`). An approver's
    `delegation` says that it rests on a delegated signature, and lasts as long as that.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped at once"), null=True, blank=True, editable=False)
    delegation = models.OneToOneField(
        "agencies.Delegation",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="membership",
        verbose_name=_("delegation of signature"),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            # Of the periods that overlap, a trigger refuses the others (core.triggers.PeriodsApart).
            models.UniqueConstraint(
                fields=["user", "agency", "role"],
                condition=Q(valid_from__isnull=True, stopped_at__isnull=True, delegation__isnull=True),
                name="membership_once",
            ),
            models.CheckConstraint(
                condition=Q(delegation__isnull=True) | Q(role=Role.APPROVER),
                name="membership_delegated_approves",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
                name="membership_period_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()}, {self.agency.short_name})"

    def acts_on(self, day: date) -> bool:
        """What `MembershipQuerySet.active` asks, of one that was read with its person and agency."""
        begun = self.valid_from is None or self.valid_from <= day
        lasts = self.stopped_at is None and (self.valid_to is None or day <= self.valid_to)
        return begun and lasts and self.user.is_active and self.agency.exists_on(day)

    def has_ended(self, day: date) -> bool:
        """Whether it is over, or its person's account is shut; the agency is not asked."""
        over = self.stopped_at is not None or (self.valid_to is not None and self.valid_to < day)
        return over or not self.user.is_active

    @property
    def role_words(self) -> str:
        """The role, and as what its person signs where that is delegated: "Approver (KT.)"."""
        if self.delegation is None:
            return self.get_role_display()
        return f"{self.get_role_display()} ({self.delegation.mark})"

    @cached_property
    def agency_ids(self) -> frozenset[int]:
        """The own agency and those it has succeeded by today: their plans and obligations are its own."""
        return self.agency.answers_for_on(clock.today())

    @cached_property
    def keeps_portal(self) -> bool:
        """Whether its agency keeps the portal, or stands by today for who did; only that costs a query."""
        before = self.agency_ids - {self.agency_id}
        return self.agency.keeps_portal or (
            bool(before) and Agency.objects.filter(pk__in=before, keeps_portal=True).exists()
        )
