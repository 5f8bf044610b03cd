"""Rows of money as they stand in a plan, a revision or a sheet: frozen, with the sources as codes."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy

from plans.parts.base import Row
from plans.parts.cells import ANY
from plans.parts.columns import Kind, column

__all__ = ["ANY", "AllocationRow", "ShareRow", "StatedTotalRow", "allocation_path"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationRow(Row):
    """Planned money of one project in one year from one source; None or "" where known only as a margin."""

    year: int | None = column(gettext_lazy("Year"), Kind.YEAR, default=None)
    source: str = column(gettext_lazy("Source"), Kind.SOURCE)
    amount: Decimal = column(
        gettext_lazy("Amount"), Kind.MONEY, default=Decimal(0), unit=gettext_lazy("million VND")
    )
    basis: str = column(gettext_lazy("Basis"), max_length=200)

    @property
    def path(self) -> str:
        return allocation_path(self.year, self.source)


def allocation_path(year: int | None, source: str) -> str:
    """The declared path of a cell, such as `allocations/2009/NSTW`."""
    return f"allocations/{year or ANY}/{source or ANY}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRow(Row):
    """One member's share of a group line, as printed."""

    agency: str = column(gettext_lazy("Agency"), Kind.AGENCY)
    amount: Decimal = column(
        gettext_lazy("Amount"), Kind.MONEY, default=Decimal(0), unit=gettext_lazy("million VND")
    )
    derived: bool = column(gettext_lazy("Derived"), Kind.FLAG, default=False)
    note: str = column(gettext_lazy("Note"), max_length=300)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedTotalRow(Row):
    """A total as printed and what it covers."""

    clause: str = column(gettext_lazy("Clause"), max_length=200)
    label: str = column(gettext_lazy("As printed"))
    group_code: str = column(gettext_lazy("Group"), max_length=20)
    subgroup: str = column(gettext_lazy("Sub-group"))
    year: int | None = column(gettext_lazy("Year"), Kind.YEAR, default=None)
    source: str = column(gettext_lazy("Source"), Kind.SOURCE)
    amount: Decimal = column(
        gettext_lazy("Amount"), Kind.MONEY, default=Decimal(0), unit=gettext_lazy("million VND")
    )
    approximate: bool = column(gettext_lazy("Approximate"), Kind.FLAG, default=False)
    about: str = column(
        gettext_lazy("Speaks of the lines of"), Kind.DOCUMENT, legal="Thông báo cuộc họp 28/12/2007"
    )
    lines: tuple[UUID, ...] = column(gettext_lazy("Projects"), Kind.LINES, default=())
