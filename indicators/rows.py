"""Targets as they stand in a plan, a revision or a sheet."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy

from agencies.models.agency import CLASS_LABELS
from core.notation import format_number
from indicators.attainment import ratio
from indicators.models import Comparator
from plans.parts.base import Row
from plans.parts.columns import Kind, column

_SIGNS = {Comparator.EQUAL: "", Comparator.AT_LEAST: "≥ ", Comparator.AT_MOST: "≤ "}


def sign_of(comparator: str) -> str:
    """What stands before a value: "", "≥ ", "> ", "≈ "."""
    usual = f"{comparator} " if len(comparator) == 1 else "≈ "
    return _SIGNS.get(Comparator(comparator), usual)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow(Row):
    """A value to reach: of which indicator, for whom, by when, how compared."""

    indicator: str = column(gettext_lazy("Indicator"), Kind.INDICATOR, required=True)
    agency_class: str = column(gettext_lazy("Class"), Kind.CHOICE, choices=tuple(CLASS_LABELS.items()))
    group: str = column(gettext_lazy("Group of agencies"), Kind.GROUP, editable=False)
    agency: str = column(gettext_lazy("Agency"), Kind.AGENCY, editable=False)
    year: int = column(gettext_lazy("Year"), Kind.YEAR, default=0, required=True)
    due_on: date = column(gettext_lazy("To be reached by"), Kind.DATE, default=date.max, editable=False)
    comparator: str = column(
        gettext_lazy("Comparator"), Kind.CHOICE, default="", choices=tuple(Comparator.choices), required=True
    )
    value: Decimal | None = column(gettext_lazy("Value"), Kind.NUMBER, default=None)
    value_to: Decimal | None = column(gettext_lazy("Up to"), Kind.NUMBER, default=None)
    words: str = column(gettext_lazy("Value in words"))
    printed: str = column(gettext_lazy("As printed"), editable=False)
    guidance: bool = column(
        gettext_lazy("Guidance, not adopted"),
        Kind.FLAG,
        default=False,
        editable=False,
        legal="CV 1594/BTTTT-UDCNTT, Phụ lục I",
    )
    clause: str = column(gettext_lazy("Clause"), max_length=120)
    note: str = column(gettext_lazy("Note"), Kind.LONG_TEXT)

    @property
    def title(self) -> str:
        return f"{self.indicator} {self.year}"

    @property
    def shown(self) -> str:
        """The value as an official reads it: "≥ 50", "80 - 90", "khoảng ...", or the printed words."""
        if self.comparator == Comparator.RANGE:
            return f"{format_number(self.value)} - {format_number(self.value_to)}"
        if self.value is None:
            return self.words or self.printed
        return f"{sign_of(self.comparator)}{format_number(self.value)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineRow(Row):
    """The status of an indicator at the start of a plan."""

    indicator: str = column(gettext_lazy("Indicator"), Kind.INDICATOR, required=True)
    as_of: date | None = column(gettext_lazy("As of"), Kind.DATE, default=None)
    as_of_words: str = column(gettext_lazy("As of, as printed"), max_length=200, editable=False)
    comparator: str = column(
        gettext_lazy("Comparator"),
        Kind.CHOICE,
        default=Comparator.EQUAL.value,
        choices=tuple(Comparator.choices),
        required=True,
        editable=False,
    )
    numerator: Decimal | None = column(gettext_lazy("Numerator"), Kind.NUMBER, default=None)
    denominator: Decimal | None = column(gettext_lazy("Denominator"), Kind.NUMBER, default=None)
    value: Decimal | None = column(gettext_lazy("Value"), Kind.NUMBER, default=None)
    words: str = column(gettext_lazy("Value in words"))
    printed: str = column(gettext_lazy("As printed"), editable=False)
    converted: bool = column(
        gettext_lazy("Converted from another unit"), Kind.FLAG, default=False, editable=False
    )
    clause: str = column(gettext_lazy("Clause"), max_length=120)
    note: str = column(gettext_lazy("Note"), Kind.LONG_TEXT)

    @property
    def title(self) -> str:
        return self.indicator

    @property
    def stated(self) -> Decimal | None:
        """The value to compare: a ratio from its two numbers where both are given, else the number itself."""
        if self.numerator is not None and self.denominator is not None:
            return ratio(self.numerator, self.denominator)
        return self.value

    @property
    def exact(self) -> Decimal | None:
        """The value to compute with: what is stated as "about", "more than" or in words is none."""
        return self.stated if self.comparator == Comparator.EQUAL else None

    @property
    def answered(self) -> bool:
        return self.stated is not None or bool(self.words or self.printed)

    @property
    def shown(self) -> str:
        """The value as an official reads it: "39,2", "> 800", or the words."""
        if self.stated is None:
            return self.words or self.printed
        return f"{sign_of(self.comparator)}{format_number(self.stated)}"
