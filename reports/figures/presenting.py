"""Figures as the page draws them: words in the reader's language, families, bars. No figure is made here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models.agency import CLASS_LABELS
from core.findings import Text
from core.notation import format_money, format_number, format_percent
from indicators.attainment import LABELS as ATTAINMENTS
from indicators.attainment import Attainment
from reports.cycles.timeliness import LOOK, Standing, Timeliness, words
from reports.figures.names import CLASS_NAMES_VI, STATUS_LABELS, TASK_VERDICTS, left_to_go
from reports.figures.shapes import (
    ClassTimeliness,
    ComplianceFigures,
    ContentRow,
    Money,
    MoneyRow,
    Obligation,
    ProgrammeMoney,
    Shortfall,
    TargetFigure,
    TaskFigure,
)

_CLASS_NAMED = {name: key for key, name in CLASS_NAMES_VI.items()}

VERDICT_LOOK: Mapping[str, tuple[str, str]] = {
    "done": ("ok", "✓"),
    "late": ("bad", "▲"),
    "not_due": ("none", "○"),
    "undated": ("none", "–"),
    "superseded": ("none", "⇄"),
    "unassigned": ("none", "–"),
}
ATTAINMENT_LOOK: Mapping[str, tuple[str, str]] = {
    Attainment.MET: ("ok", "✓"),
    Attainment.NEAR: ("wait", "△"),
    Attainment.NOT_MET: ("bad", "✕"),
    Attainment.NOT_DUE: ("none", "○"),
    Attainment.NO_DATA: ("none", "–"),
    Attainment.NOT_APPLICABLE: ("none", "–"),
    "unassigned": ("none", "–"),
}
ON_PAPER = (Standing.MISSING, Standing.LATE)
SERIES: tuple[Text, ...] = (
    gettext_lazy("disbursed"),
    gettext_lazy("released, not disbursed"),
    gettext_lazy("assigned, not released"),
    gettext_lazy("not assigned"),
)
KINDS = ("assigned", "released", "disbursed", "settled")


@dataclass(frozen=True, slots=True)
class Look:
    """A state as tag.html draws it."""

    family: str
    sign: str
    word: Text


@dataclass(frozen=True, slots=True)
class ShownTarget:
    """A target with its bar: what is reached, in per cent, against what is to be reached.

    `left` says of a target that is not due yet when it is, and how far there is to go.
    """

    figure: TargetFigure
    look: Look
    value: str
    bar: Decimal | None
    goal: Decimal | None
    left: Text = ""


def class_label(name: str) -> Text:
    return _("Total") if name == "total" else CLASS_LABELS.get(name, _("Others"))


def scope_label(name: str) -> Text:
    """For whom a target is, in the reader's language; figures keep it in Vietnamese."""
    key = _CLASS_NAMED.get(name)
    return name if key is None else class_label(key)


def class_rows(classes: Iterable[ClassTimeliness]) -> list[tuple[Text, ClassTimeliness]]:
    return [(class_label(one.agency_class), one) for one in classes]


def obligation_look(one: Obligation) -> Look:
    return Look(*LOOK[one.standing], words(Timeliness(one.standing, one.days)))


def presented(figures: ComplianceFigures) -> dict[str, Any]:
    """Everything that templates/reports/_figures.html draws beside the figures themselves."""
    return {
        "classes": class_rows(figures.classes),
        "total": figures.total,
        "filed": [
            (
                standing,
                [(one, obligation_look(one)) for one in figures.obligations if one.standing is standing],
            )
            for standing in ON_PAPER
        ],
        "tasks": list(_tasks(figures)),
        "task_stats": _task_stats(figures),
        "money": [_money(block) for block in figures.money],
        "targets": _targets(figures.targets),
        "target_years": target_years(figures),
        "shortfalls": [
            (class_label(name), list(members))
            for name, members in groupby(figures.shortfalls, lambda one: one.agency_class)
        ],
        "reasons": {one.agency: _reasons(one) for one in figures.shortfalls},
        "includes": _includes(figures),
    }


def _includes(figures: ComplianceFigures) -> str:
    """What the figures are made of, in a sentence."""
    return _("%(counted)d of %(obliged)d reports count, %(accepted)d of them accepted") % {
        "counted": figures.filings_counted,
        "obliged": figures.total.obliged,
        "accepted": figures.filings_accepted,
    }


@dataclass(frozen=True, slots=True)
class ShownTask:
    """A task or a sub-item of one; `said` counts its items, or names the verdict of the item."""

    figure: TaskFigure
    said: Text = ""


def _tasks(figures: ComplianceFigures) -> Iterable[tuple[Look, list[ShownTask], int, bool]]:
    """Tasks by verdict with their sub-items below, what must be looked at first; the rest is folded."""
    below: dict[tuple[str, str], list[TaskFigure]] = {}
    for item in figures.sub_items:
        below.setdefault((item.document, item.parent), []).append(item)
    for verdict in ("late", "done", "not_due", "undated", "superseded", "unassigned"):
        members = [one for one in figures.whole_tasks if one.verdict == verdict]
        shown = [
            row
            for one in members
            for row in (
                ShownTask(one, _items_done(one)),
                *map(_item, below.get((one.document, one.clause), ())),
            )
        ]
        if members:
            look = Look(*VERDICT_LOOK[verdict], TASK_VERDICTS[verdict])
            yield look, shown, len(members), verdict in ("late", "done")


def _items_done(one: TaskFigure) -> Text:
    if not one.items:
        return ""
    return _("%(n)d of %(all)d items done") % {"n": one.items_done, "all": one.items}


def _item(one: TaskFigure) -> ShownTask:
    return ShownTask(one, TASK_VERDICTS[one.verdict])


def _task_stats(figures: ComplianceFigures) -> list[dict[str, Any]]:
    return [
        {"value": str(count), "label": label, "family": VERDICT_LOOK[verdict][0]}
        for verdict, label in TASK_VERDICTS.items()
        if (count := figures.task_count(verdict)) or verdict in ("done", "late", "not_due", "undated")
    ]


def _money(block: ProgrammeMoney) -> dict[str, Any]:
    total = block.total
    stats = [
        {"value": format_money(total.planned) or "–", "label": _("planned"), "unit": _("million VND")},
        *(
            {"value": format_money(getattr(total, kind)) or "–", "label": label, "unit": _("million VND")}
            for kind, label in zip(
                KINDS, (_("assigned"), _("released"), _("disbursed"), _("settled")), strict=True
            )
        ),
    ]
    if total.disbursed_share is not None:
        stats[3]["note"] = format_percent(total.disbursed_share)
    return {
        "block": block,
        "stats": stats,
        "tables": [
            (_("Group"), block.by_group),
            (_("Source"), block.by_source),
            (_("Year"), block.by_year),
        ],
        "contents": [(row, _said_of(row)) for row in block.content_groups],
        "bars": [_stack(row) for row in block.by_group],
        "series": SERIES,
        "summary": _("Planned money of %(year)d by group, and how far it has come.") % {"year": block.year},
    }


def _said_of(row: ContentRow) -> str:
    """ "12 in progress, 3 done": what the reporters of a group of contents say."""
    return ", ".join(f"{row.statuses[key]} {label}" for key, label in STATUS_LABELS if row.statuses.get(key))


def _stack(row: MoneyRow) -> dict[str, Any]:
    parts = [{"value": value, "text": format_money(value)} for value in _steps(row.money)]
    return {"label": row.label, "total": format_money(row.money.planned), "parts": parts}


def _steps(money: Money) -> list[Decimal]:
    """Disbursed, released beyond it, assigned beyond that, and the rest of what is planned."""
    reached = [Decimal(0)]
    for amount in (money.disbursed, money.released, money.assigned, money.planned):
        reached.append(max(reached[-1], amount or Decimal(0)))
    return [later - earlier for earlier, later in pairwise(reached)]


def _targets(targets: Iterable[TargetFigure]) -> list[tuple[TargetFigure, list[ShownTarget]]]:
    """Targets by indicator, in the order of the documents."""
    found: dict[tuple[str, str], list[ShownTarget]] = {}
    for one in targets:
        found.setdefault((one.document, one.indicator), []).append(_target(one))
    return [(members[0].figure, members) for members in found.values()]


def _target(one: TargetFigure) -> ShownTarget:
    look = Look(*ATTAINMENT_LOOK[one.attainment], _attainment(one))
    not_due = one.attainment == Attainment.NOT_DUE
    left = left_to_go(one.due_on, one.distance, one.unit) if not_due else ""
    if one.kind in ("ratio", "share_of_agencies"):
        return ShownTarget(one, look, format_percent(one.value), one.value, one.goal, left)
    said = f"{format_number(one.value)} {one.unit}".strip() if one.value is not None else ""
    return ShownTarget(one, look, said, one.met_share if one.with_data else None, None, left)


def _attainment(one: TargetFigure) -> Text:
    if one.attainment == "unassigned":
        return TASK_VERDICTS["unassigned"]
    return ATTAINMENTS[Attainment(one.attainment)]


def target_years(figures: ComplianceFigures) -> str:
    """The years whose targets stand in the figures: "2008", "2009, 2010", "2015"."""
    return ", ".join(str(year) for year in sorted({one.due_on.year for one in figures.targets}))


def _reasons(one: Shortfall) -> list[tuple[str, str]]:
    """Why an agency fell short, each with the family of its colour."""
    said: list[tuple[str, str]] = []
    if one.missing_days:
        said.append(("bad", words(Timeliness(Standing.MISSING, one.missing_days))))
    if one.late_days:
        said.append(("wait", words(Timeliness(Standing.LATE, one.late_days))))
    if one.late_tasks:
        said.append(("bad", _("late tasks: %(clauses)s") % {"clauses": ", ".join(one.late_tasks)}))
    said += [("bad", _("target not met: %(name)s") % {"name": name}) for name in one.targets_below]
    return said
