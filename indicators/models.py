"""What is measured, and the values to reach: for whom, by when, by which document."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, AgencyGroup
from agencies.models.agency import CLASS_LABELS
from core.fields import NAME_LENGTH, SearchKeyField
from core.findings import Text
from plans.models import Programme, VersionedLine


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def valid_from(self, year: int) -> "IndicatorQuerySet":
        """Those for which something new may be stated in the year or later."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__year__gte=year))


class Indicator(models.Model):
    """A measure with its unit, kind and the direction in which it is better.

    After `valid_to` nothing new is stated for it; its targets and figures stay.
    """

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
    # Computers per hundred officials may be 120; officials who use e-mail are among all officials.
    may_exceed_whole = models.BooleanField(_("may exceed 100 %"), default=False)
    definition = models.TextField(_("definition"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)
    search_key = SearchKeyField(source="name")

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("indicator_detail", args=[self.code])

    @property
    def audit_label(self) -> str:
        return self.name

    def lasts_into(self, year: int) -> bool:
        """Whether something new may be stated for it in the year."""
        return self.valid_to is None or self.valid_to.year >= year

    @property
    def is_fraction(self) -> bool:
        """Whether it is stated as a numerator over a denominator."""
        return self.kind in (self.Kind.RATIO, self.Kind.SHARE_OF_AGENCIES)

    @property
    def is_share(self) -> bool:
        """Whether its numerator is a part of its denominator: never more than 100 %."""
        return self.is_fraction and not self.may_exceed_whole


class OutlineIndicator(models.Model):
    """A status figure that a programme's outline asks every plan for, by class of agency.

    CV 1594/BTTTT-UDCNTT, Phụ lục II, II.1.b; what agencies answer becomes the baselines of their plans.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="outline_indicators")
    number = models.CharField(_("number in the outline"), max_length=40)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="asked_by")
    classes = models.JSONField(_("classes that are asked"), default=list)
    guidance = models.TextField(_("as printed"), blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "indicator"], name="outline_indicator_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.indicator}"

    @property
    def class_names(self) -> list[Text]:
        """Whom it asks, in words; none: every agency that plans."""
        return [CLASS_LABELS.get(one, one) for one in self.classes]

    def asks(self, agency_class: str) -> bool:
        """Whether agencies of the class are asked; without classes all are."""
        return not self.classes or agency_class in self.classes


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

    def settle(self) -> None:
        """A year's target is to be reached by its last day unless the document says another."""
        if self.due_on is None or self.due_on.year != self.year:
            self.due_on = date(self.year, 12, 31)


class Baseline(VersionedLine):
    """The value of an indicator at the start of a plan: what its document says of the status, or its editor.

    A ratio may state numerator and denominator; `value` is then their ratio in percent. `converted` marks a
    value computed from another unit: "2,55 người/máy" is kept in `printed` and compared as 39,2 %.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="baselines")
    as_of = models.DateField(_("as of"), null=True, blank=True)
    as_of_words = models.CharField(_("as of, as printed"), max_length=200, blank=True)
    comparator = models.CharField(
        _("comparator"), max_length=12, choices=Comparator.choices, default=Comparator.EQUAL
    )
    numerator = models.DecimalField(_("numerator"), max_digits=18, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(
        _("denominator"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4, null=True, blank=True)
    words = models.CharField(_("value in words"), max_length=NAME_LENGTH, blank=True)
    printed = models.CharField(_("as printed"), max_length=NAME_LENGTH, blank=True)
    converted = models.BooleanField(_("converted from another unit"), default=False)
    note = models.TextField(_("note"), blank=True)

    class Meta(VersionedLine.Meta):
        verbose_name = _("baseline")
        verbose_name_plural = _("baselines")

    def __str__(self) -> str:
        return f"{self.indicator}: {self.printed or self.value}"
