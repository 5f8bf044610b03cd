"""Reporting regimes: who reports what to whom, how often, by when, and from which day to which it is so."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Membership
from plans.models.basis import LegalBasis
from plans.models.programme import Programme


class Cadence(models.TextChoices):
    QUARTER = "quarter", _("quarterly")
    HALF_YEAR = "half_year", _("half-yearly")
    YEAR = "year", _("yearly")


class ReportingRegime(LegalBasis):
    """Chế độ báo cáo: one way in which a programme is reported on, while it is valid.

    Of a programme one holds on a day. Without a cadence no frequency is stated: only ad hoc periods are
    opened. The window is the calendar's quarter, half-year or year, since no cut-off rule was seen for
    2008-2015; with `cutoff_day` it ends on that day of its last month and begins the day after the cut-off
    before it (NĐ 09/2019/NĐ-CP: day 14). `due_days` counts from the window's last day to the last timely day;
    blank: each period states its own. `due_printed` is the deadline as a document prints it; blank where none
    does.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="regimes")
    name = models.CharField(_("name"), max_length=300)
    content = models.TextField(_("what is reported"), blank=True)
    obliged_classes = models.JSONField(_("who reports"), default=list)
    reports_to = models.CharField(_("to whom"), max_length=300, blank=True)
    passed_on = models.CharField(_("passed on to"), max_length=300, blank=True)
    means = models.CharField(_("how it is sent"), max_length=300, blank=True)
    form = models.CharField(_("form of the report"), max_length=300, blank=True)
    cadence = models.CharField(_("frequency"), max_length=10, choices=Cadence.choices, blank=True)
    ad_hoc = models.BooleanField(_("also ad hoc"), default=False)
    cutoff_day = models.PositiveSmallIntegerField(
        _("cut-off day"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(28)]
    )
    due_days = models.PositiveSmallIntegerField(_("days from window to deadline"), null=True, blank=True)
    due_printed = models.CharField(_("deadline as printed"), max_length=200, blank=True)
    first_cycle = models.CharField(_("first regular period"), max_length=20, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("reporting regime")
        verbose_name_plural = _("reporting regimes")
        ordering = ["valid_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
                name="regime_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        return f"{self.name} ({self.programme.short_name})"

    def relation_to(self, membership: Membership) -> frozenset[str]:
        return self.programme.relation_to(membership)

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
