"""Acts on many agencies at once, with what became of each, and the reminders that were sent."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Membership
from core import clock
from plans.models import Programme
from reports.models.cycle import Cycle, Report


class BulkActQuerySet(models.QuerySet["BulkAct"]):
    def visible_to(self, membership: Membership) -> "BulkActQuerySet":
        """Those of programmes that the agency leads: they speak of all agencies at once."""
        return self.filter(programme__lead__in=membership.agency_ids)

    def with_counts(self) -> "BulkActQuerySet":
        """With `done` and `left_out`, the newest first."""
        counted = self.annotate(
            done=models.Count("rows", filter=Q(rows__refusal="")),
            left_out=models.Count("rows", filter=~Q(rows__refusal="")),
        )
        return counted.select_related("by", "cycle__programme", "programme").order_by("-id")


class BulkAct(models.Model):
    """One act on many agencies: of a period, or of a programme (`cycle` is null) to remind of plans.

    `token` is the form's one-time token: the same form sent twice acts once.
    """

    class Name(models.TextChoices):
        EXTEND = "extend", _("Extend the deadline")
        EXEMPT = "exempt", _("Exempt")
        REMIND = "remind", _("Remind")
        ACCEPT = "accept", _("Accept")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="bulk_acts")
    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, related_name="bulk_acts")
    name = models.CharField(_("act"), max_length=10, choices=Name.choices)
    token = models.CharField(max_length=100)
    document = models.CharField(_("number of the document"), max_length=100, blank=True)
    document_on = models.DateField(_("date of the document"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    to = models.DateField(_("extended to"), null=True)
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = BulkActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act on many agencies")
        verbose_name_plural = _("acts on many agencies")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["by", "token"], name="bulk_act_once")]

    def __str__(self) -> str:
        return f"{self.get_name_display()}: {self.cycle or self.programme}"

    @property
    def audit_label(self) -> str:
        return f"{self.name}: {self.cycle or self.programme}"

    def relation_to(self, membership: Membership) -> frozenset[str]:
        return self.programme.relation_to(membership)


class BulkRow(models.Model):
    """What became of one agency in an act on many.

    `before` and `after` are plain values: a due day, a state, how many people got the letter. `refusal` is
    the code of what barred it, "" where it was done.
    """

    act = models.ForeignKey(BulkAct, models.PROTECT, related_name="rows")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)
    refusal = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["act", "agency"], name="bulk_row_once")]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.refusal or self.after}"


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def visible_to(self, membership: Membership) -> "ReminderQuerySet":
        """Those to the own agency, and all of programmes that it leads."""
        ours = membership.agency_ids
        return self.filter(Q(agency__in=ours) | Q(programme__lead__in=ours))


class Reminder(models.Model):
    """A letter that reminded an agency of its report in a period, or (`report` is null) of its plan.

    Subject and text are kept as sent, `recipients` as pairs of name and address; none where the letter was
    only made to be printed.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="reminders")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reminders")
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="reminders")
    act = models.ForeignKey(BulkAct, models.PROTECT, null=True, related_name="reminders")
    document = models.CharField(_("number of the document"), max_length=100, blank=True)
    subject = models.CharField(_("subject"), max_length=400)
    body = models.TextField(_("letter"))
    recipients: Any = models.JSONField(_("recipients"), default=list)
    sent_at = models.DateTimeField(_("sent"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-sent_at", "-id"]
        indexes = [
            models.Index(fields=["programme", "agency", "-sent_at"], name="reminder_of_agency"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def audit_label(self) -> str:
        return self.subject

    @property
    def sent_on(self) -> date:
        """The day in Hà Nội."""
        return self.sent_at.astimezone(clock.HANOI).date()

    @property
    def names(self) -> list[str]:
        """Who got it."""
        return [name for name, _address in self.recipients]

    def relation_to(self, membership: Membership) -> frozenset[str]:
        found = set(self.programme.relation_to(membership)) - {"foreign"}
        if self.agency_id in membership.agency_ids:
            found.add("own")
        return frozenset(found or {"foreign"})
