"""Cells of planned money, `2009/NSTW`: read and written for many projects at once."""

from collections.abc import Collection
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from budgets.models import Allocation
from budgets.rows import ANY
from budgets.sources.offer import Offer, offer_for, refuse_unoffered
from core.notation import NotationError, format_money, parse_money
from plans.models import Plan

Cell = tuple[int | None, str]


class AllocationCells:
    """The money of some projects of a plan, by year and source; only leaves of the tree take any."""

    def __init__(self, plan: Plan, lines: Collection[UUID]) -> None:
        self.plan, self.lines = plan, lines
        self._noted: dict[tuple[UUID, Cell], Decimal | None] = {}

    @cached_property
    def _offer(self) -> Offer:
        return offer_for(self.plan)

    @cached_property
    def _used(self) -> frozenset[str]:
        """The sources that stand in the plan already, with any project."""
        rows = Allocation.objects.filter(plan=self.plan, source__isnull=False).order_by()
        return frozenset(rows.values_list("source__code", flat=True).distinct())

    @cached_property
    def _stored(self) -> dict[tuple[UUID, Cell], Allocation]:
        if not self.lines:
            return {}
        rows = Allocation.objects.filter(plan=self.plan, line_id__in=self.lines).select_related("source")
        return {(row.line_id, (row.year, row.source.code if row.source else "")): row for row in rows}

    def knows(self, subpath: str) -> bool:
        cell = _cell(subpath)
        return cell is not None and (not cell[1] or cell[1] in self._offer.leaves)

    def remedy(self, subpath: str) -> str:
        """The sources that are offered, or how a year is written."""
        if _cell(subpath) is None:
            return _("Write a year of four digits, then the code of a source.")
        codes = ", ".join(one.code for one in self._offer.choices())
        return _("Sources that take money here: %(codes)s.") % {"codes": codes}

    def text(self, line: UUID, subpath: str) -> str:
        cell = _cell(subpath)
        stored = self._stored.get((line, cell)) if cell else None
        return format_money(stored.amount if stored else None)

    def parse(self, subpath: str, typed: str) -> Decimal | None:
        amount, cell = parse_money(typed), _cell(subpath)
        year, code = cell or (None, "")
        if amount is not None and year is not None and year not in self.plan.years:
            raise NotationError(
                "year_outside",
                typed,
                _("Year %(year)s lies outside the programme.") % {"year": year},
                _("Use the years %(from)s to %(to)s.")
                % {"from": self.plan.years[0], "to": self.plan.years[-1]},
            )
        if amount is not None and code:
            used = () if code in self._offer.offered else self._used
            refuse_unoffered(self._offer, used, year, code, typed)
        return amount

    def show(self, value: Decimal | None) -> str:
        return format_money(value)

    def put(self, line: UUID, subpath: str, value: Decimal | None) -> None:
        cell = _cell(subpath)
        assert cell is not None
        self._noted[line, cell] = value

    def write(self) -> None:
        gone, changed, new = [], [], []
        for (line, (year, code)), amount in self._noted.items():
            stored = self._stored.get((line, (year, code)))
            if stored is None and amount is not None:
                source = self._offer.leaves[code] if code else None
                new.append(
                    Allocation(plan_id=self.plan.pk, line_id=line, year=year, source=source, amount=amount)
                )
            elif stored is not None and amount is None:
                gone.append(stored.pk)
            elif stored is not None and amount is not None:
                stored.amount, stored.basis = amount, ""  # the basis was that of the amount before
                changed.append(stored)
        if gone:
            Allocation.objects.filter(pk__in=gone).delete()
        if changed:
            Allocation.objects.bulk_create(
                changed, update_conflicts=True, unique_fields=["id"], update_fields=["amount", "basis"]
            )
        Allocation.objects.bulk_create(new)
        self._noted.clear()


def _cell(subpath: str) -> Cell | None:
    """Year and code of a path; None for either where the path has `*`, None when it is no path of a cell."""
    year, _slash, code = subpath.partition("/")
    if not code or not (year == ANY or (year.isascii() and year.isdigit() and len(year) == 4)):
        return None
    return (None if year == ANY else int(year)), ("" if code == ANY else code)
