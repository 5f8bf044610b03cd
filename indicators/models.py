"""What is measured, and the values to reach: for whom, by when, by which document."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, AgencyGroup
from core.fields import NAME_LENGTH, SearchKeyField
from plans.models import VersionedLine


class Indicator(models.Model):
    """A measure with its unit, kind and the direction in which it is better."""

    class Kind(models.TextChoices):
        RATIO = "ratio", _("ratio")
        SHARE_OF_AGENCIES = "share_of_agencies", _("share of agencies")
        COUNT = "count", _("count")
        AMOUNT = "amount", _("amount")
        MILESTONE = "milestone", _("milestone")

    class Direction(models.TextChoices):
        UP = "up", _("the higher the better")
        DOWN = "down", _("the lower the better")

    code = models.SlugField(_("code"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    direction = models.CharField(
        _("direction"), max_length=4, choices=Direction.choices, default=Direction.UP
    )
    numerator = models.CharField(_("numerator"), max_length=300, blank=True)
    denominator = models.CharField(_("denominator"), max_length=300, blank=True)
    definition = models.TextField(_("definition"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    search_key = SearchKeyField(source="name")

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class Comparator(models.TextChoices):
    """How a value is held against the target; `text` and `approximate` are shown, never computed."""

    AT_LEAST = ">=", "≥"
    ABOVE = ">", ">"
    AT_MOST = "<=", "≤"
    BELOW = "<", "<"
    EQUAL = "=", "="
    RANGE = "range", _("range")
    APPROXIMATE = "approximate", _("about")
    TEXT = "text", _("as text")


class Target(VersionedLine):
    """One value to reach by one day, for a class, a group or one agency; the clause says where it stands."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    agency_class = models.CharField(_("class"), max_length=30, blank=True)
    group = models.ForeignKey(AgencyGroup, models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    due_on = models.DateField(_("to be reached by"))
    comparator = models.CharField(_("comparator"), max_length=12, choices=Comparator.choices)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4, null=True, blank=True)
    value_to = models.DecimalField(_("up to"), max_digits=18, decimal_places=4, null=True, blank=True)
    words = models.CharField(_("value in words"), max_length=NAME_LENGTH, blank=True)
    printed = models.CharField(_("as printed"), max_length=NAME_LENGTH, blank=True)
    guidance = models.BooleanField(_("guidance, not adopted"), default=False)
    note = models.TextField(_("note"), blank=True)

    class Meta(VersionedLine.Meta):
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            *VersionedLine.Meta.constraints,
            models.CheckConstraint(
                condition=Q(agency__isnull=True) | Q(group__isnull=True), name="target_has_one_scope"
            ),
            models.CheckConstraint(
                condition=Q(value_to__isnull=True) | Q(value__lte=models.F("value_to")),
                name="target_range_runs_upward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year} {self.comparator} {self.value}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A year's target is to be reached by its last day unless the document says another."""
        if self.due_on is None or self.due_on.year != self.year:
            self.due_on = date(self.year, 12, 31)
        super().save(*args, **kwargs)
