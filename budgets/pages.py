"""Planned money on pages: columns beside the projects, and a picture by year and source."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from budgets.models import FundingSource
from budgets.rows import AllocationRow
from budgets.totals import ZERO, Money, by_group, money_of
from core.findings import Text
from core.notation import format_money
from plans.parts.base import Content, Row
from plans.parts.pages import Cell, ExtraColumn, Panel
from plans.parts.reading import Need, need_of

SERIES = 6  # colours that a picture can tell apart

Key = tuple[int | None, str]


def left_behind(before: Sequence[AllocationRow], after: Sequence[AllocationRow]) -> Text:
    """The money that does not come along, by year: "2008: 7.995 stays behind"."""
    kept = {(row.line, row.year, row.source) for row in after}
    left: dict[int | None, Decimal] = defaultdict(lambda: ZERO)
    for row in before:
        if (row.line, row.year, row.source) not in kept:
            left[row.year] += row.amount
    if not left:
        return ""
    years = sorted(left, key=lambda year: (year is None, year or 0))
    listed = ", ".join(f"{year or _('year not stated')}: {format_money(left[year])}" for year in years)
    return _("stays behind: %(listed)s million VND") % {"listed": listed}


# --- Columns beside the projects


def money_columns(content: Content, groups: Sequence[Sequence[Row]]) -> list[ExtraColumn]:
    """One column for each year and source with money, and the sum of the project."""
    rows: Sequence[AllocationRow] = content["allocations"]
    if not rows:
        return []
    sources = _sources()
    figures = [money_of(group, rows) for group in groups]  # type: ignore[arg-type]
    whole = money_of(content["projects"], rows)
    found = [_column(key, rows, figures, whole, sources) for key in _keys(rows, sources)]
    stated = {row.line for row in rows}
    by_line = {row.line: money_of([row], rows).total for row in content["projects"] if row.line in stated}
    total = ExtraColumn(
        top="",
        head=_("Total"),
        title=_("Sum of the project's money by year and source"),
        cells={line: Cell(format_money(amount)) for line, amount in by_line.items()},
        feet=[format_money(figure.total) if figure.cells else "" for figure in figures],
        total=format_money(whole.total),
        strong=True,
    )
    return [*found, total]


def _column(
    key: Key,
    rows: Sequence[AllocationRow],
    figures: Sequence[Money],
    whole: Money,
    sources: Mapping[str, FundingSource],
) -> ExtraColumn:
    year, code = key
    head, title = _named(code, sources)
    return ExtraColumn(
        top=str(year) if year else _("year not stated"),
        head=head,
        title=title,
        cells={
            row.line: Cell(format_money(row.amount), row.basis)
            for row in rows
            if (row.year, row.source) == key
        },
        feet=[format_money(figure.cells.get(key)) for figure in figures],
        total=format_money(whole.cells.get(key)),
    )


def _keys(rows: Iterable[AllocationRow], sources: Mapping[str, FundingSource]) -> list[Key]:
    """The years and sources that occur, in order; what is not stated by year or source stands last."""
    order = list(sources)
    return sorted(
        {(row.year, row.source) for row in rows},
        key=lambda key: (
            key[0] is None,
            key[0] or 0,
            order.index(key[1]) if key[1] in sources else len(order),
        ),
    )


def _sources() -> dict[str, FundingSource]:
    return {source.code: source for source in FundingSource.objects.order_by("position", "id")}


def _named(code: str, sources: Mapping[str, FundingSource]) -> tuple[str, str]:
    """Short and full name of a source."""
    if not code:
        return _("not by source"), _("The document does not say from which source")
    source = sources.get(code)
    return (source.short_name or source.name, source.name) if source else (code, code)


# --- The plan's own page


def money_panels(content: Content) -> list[Panel]:
    """Money by year and source: a picture, the table behind it, and the groups."""
    rows: Sequence[AllocationRow] = content["allocations"]
    projects = content["projects"]
    if not projects:
        return []
    money = money_of(projects, rows)
    return [
        Panel(
            "money",
            _("Money by year and source"),
            "budgets/_overview.html",
            {
                "stats": _stats(money, need_of(projects)),
                "picture": _picture(money, rows) if rows else None,
                "groups": [(group, need_of(group.projects)) for group in by_group(projects, rows)],
                "need": need_of(projects),
                "money": money,
            },
            note=_("million VND"),
        )
    ]


def _stats(money: Money, need: Need) -> list[dict[str, Any]]:
    unit = _("million VND")
    found: list[dict[str, Any]] = []
    if money.cells:
        label, value = _("money by year and source"), format_money(money.total)
        found.append({"label": label, "value": value, "unit": unit})
    if need.stated:
        label, value = _("total need"), format_money(need.amount)
        found.append({"label": label, "value": value, "unit": unit, "note": need.said})
    found.append({"label": _("projects"), "value": str(money.projects)})
    return found


def _picture(money: Money, rows: Sequence[AllocationRow]) -> dict[str, Any]:
    sources = _sources()
    keys, order = _keys(rows, sources), list(sources)
    codes = sorted(
        {code for _year, code in keys}, key=lambda code: order.index(code) if code in order else len(order)
    )
    years = list(dict.fromkeys(year for year, _code in keys))
    named = [_named(code, sources) for code in codes]
    shown, rest = codes[:SERIES], []
    if len(codes) > SERIES:
        shown, rest = codes[: SERIES - 1], codes[SERIES - 1 :]
    bars = []
    for year in years:
        parts = [_part(money.cells.get((year, code))) for code in shown]
        if rest:
            parts.append(_part(sum((money.cells.get((year, code), ZERO) for code in rest), ZERO)))
        whole = sum((amount for (one, _code), amount in money.cells.items() if one == year), ZERO)
        bars.append(
            {"label": str(year or _("year not stated")), "total": format_money(whole), "parts": parts}
        )
    return {
        "bars": bars,
        "series": [named[i][0] for i in range(len(shown))] + ([_("other sources")] if rest else []),
        "sources": [{"short": short, "full": full} for short, full in named],
        "table": [
            {
                "label": bars[i]["label"],
                "cells": [format_money(money.cells.get((year, code))) for code in codes],
                "total": bars[i]["total"],
            }
            for i, year in enumerate(years)
        ],
        "foot": [
            format_money(sum((money.cells.get((year, code), ZERO) for year in years), ZERO)) for code in codes
        ],
        "total": format_money(money.total),
        "summary": _summary(bars, money),
    }


def _part(amount: Decimal | None) -> dict[str, Any]:
    return {"value": amount, "text": format_money(amount)}


def _summary(bars: Sequence[Mapping[str, Any]], money: Money) -> str:
    listed = ", ".join(f"{bar['label']}: {bar['total']}" for bar in bars)
    return _("%(total)s million VND in all; %(listed)s.") % {
        "total": format_money(money.total),
        "listed": listed,
    }
