"""Targets as they stand in a plan, a revision or a sheet."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy

from agencies.models.agency import CLASS_LABELS
from core.notation import format_number
from indicators.models import Comparator
from plans.parts.base import Row
from plans.parts.columns import Kind, column


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
    guidance: bool = column(gettext_lazy("Guidance, not adopted"), Kind.FLAG, default=False, editable=False)
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
        sign = {Comparator.EQUAL: "", Comparator.AT_LEAST: "≥ ", Comparator.AT_MOST: "≤ "}.get(
            Comparator(self.comparator), f"{self.comparator} " if len(self.comparator) == 1 else "≈ "
        )
        return f"{sign}{format_number(self.value)}"
