"""The issued figures as data sets: timeliness by agency, tasks, money, targets.

They are those of the page, the PDF and the workbook: `figures.compliance.frozen`.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.models.agency import CLASS_LABELS
from indicators.attainment import LABELS as ATTAINMENTS
from plans.open_data.datasets import AGENCY, ON, PROGRAMME
from plans.open_data.fields import Field, Type
from reports.cycles.timeliness import LABELS
from reports.figures.names import TASK_VERDICTS
from reports.figures.shapes import (
    ComplianceFigures,
    Money,
    MoneyRow,
    Obligation,
    ProgrammeMoney,
    ProjectFigure,
    TargetFigure,
    TaskFigure,
)
from reports.open_data.issued import IssuedFigures
from reports.open_data.shapes import as_declared, fields_of_shape

_MILLION = _("million VND")


class Timeliness(IssuedFigures):
    key = "issued-timeliness"
    title = _("Issued: timeliness by agency")
    text = _("Of every issued report: which agency reported on time, late or not, as it was frozen.")
    filters = (ON, PROGRAMME, AGENCY)
    own = fields_of_shape(
        Obligation,
        {
            "agency": _("Agency"),
            "name": _("Agency: name"),
            "agency_class": _("Class"),
            "standing": _("Timeliness"),
            "days": _("Days late"),
            "due_on": _("Due on"),
            "extended": _("Extended"),
            "filed_on": _("First filed on"),
            "nothing": _("Nothing to report"),
            "counted": _("Counted"),
        },
        choices={"agency_class": CLASS_LABELS.items(), "standing": LABELS.items()},
    )

    def of(self, figures: ComplianceFigures) -> Iterator[Sequence[Any]]:
        return as_declared(figures.obligations, self.own)


class Tasks(IssuedFigures):
    key = "issued-tasks"
    title = _("Issued: tasks")
    text = _(
        "Of every issued report: how many reporters say what of each national task, and whether it is done."
    )
    own = fields_of_shape(
        TaskFigure,
        {
            "document": _("Document"),
            "clause": _("Clause"),
            "parent": _("Part of"),
            "name": _("Task"),
            "due_on": _("Last timely day"),
            "date_phrase": _("Date as printed"),
            "reporters": _("Reporters"),
            "done": _("Done"),
            "in_progress": _("In progress"),
            "not_started": _("Not started"),
            "silent": _("Silent"),
            "items": _("Sub-items"),
            "items_done": _("Sub-items done"),
            "verdict": _("Verdict"),
            "open_agencies": _("Agencies that have not done it"),
        },
        choices={"verdict": TASK_VERDICTS.items()},
    )

    def of(self, figures: ComplianceFigures) -> Iterator[Sequence[Any]]:
        return as_declared(figures.tasks, self.own)


_FLOWS = {
    "planned": _("Planned"),
    "assigned": _("Assigned"),
    "released": _("Released"),
    "disbursed": _("Disbursed"),
    "settled": _("Settled"),
}
_ROWS = {
    "total": _("total of the programme"),
    "group": _("group of projects"),
    "source": _("funding source"),
    "year": _("year"),
    "project": _("project"),
    "content": _("content without planned money"),
}


class MoneyFigures(IssuedFigures):
    key = "issued-money"
    title = _("Issued: money")
    text = _(
        "Of every issued report: planned money and what became of it, in total, by group, source, year "
        "and project. “row” says which; never add rows of two kinds."
    )
    own = (
        Field("of_programme", _("Programme of the plans"), Type.KEY),
        Field("budget_year", _("Budget year"), Type.INTEGER),
        Field("row", _("Row"), Type.CHOICE, choices=tuple(_ROWS.items())),
        Field("key", _("Key"), Type.TEXT),
        Field("label", _("Name"), Type.TEXT),
        Field("group", _("Group"), Type.TEXT),
        Field("lead", _("Lead"), Type.TEXT),
        *fields_of_shape(Money, _FLOWS, units=dict.fromkeys(_FLOWS, _MILLION)),
        Field("disbursed_share", _("Disbursed of planned"), Type.DECIMAL, unit="%"),
        Field("projects", _("Projects"), Type.INTEGER),
        Field("reported", _("Projects reported on"), Type.INTEGER),
    )

    def of(self, figures: ComplianceFigures) -> Iterator[Sequence[Any]]:
        for money in figures.money:
            for row, key, label, group, lead, amounts, projects, reported in _money_rows(money):
                flows = [getattr(amounts, name) for name in (*_FLOWS, "disbursed_share")]
                yield (money.programme, money.year, row, key, label, group, lead, *flows, projects, reported)


def _money_rows(money: ProgrammeMoney) -> Iterator[tuple[str, str, str, str, str, Money, int, int]]:
    yield "total", "", money.name, "", "", money.total, money.projects, money.reported
    rows: tuple[tuple[str, tuple[MoneyRow, ...]], ...] = (
        ("group", money.by_group),
        ("source", money.by_source),
        ("year", money.by_year),
    )
    for name, members in rows:
        for one in members:
            yield name, one.key, one.label, "", "", one.money, one.projects, one.reported
    lines: tuple[tuple[str, tuple[ProjectFigure, ...]], ...] = (
        ("project", money.lines),
        ("content", money.contents),
    )
    for name, projects in lines:
        for line in projects:
            yield name, line.label, line.name, line.group, line.lead, line.money, 1, int(line.reported > 0)


class TargetFigures(IssuedFigures):
    key = "issued-targets"
    title = _("Issued: targets")
    text = _("Of every issued report: each target, the result of its class, how many agencies met it.")
    own = fields_of_shape(
        TargetFigure,
        {
            "document": _("Document"),
            "clause": _("Clause"),
            "indicator": _("Indicator"),
            "name": _("Indicator: name"),
            "unit": _("Unit"),
            "scope": _("For whom"),
            "target": _("Target"),
            "goal": _("Value to reach"),
            "due_on": _("To be reached by"),
            "value": _("Result"),
            "attainment": _("Attainment"),
            "distance": _("Distance"),
            "agencies": _("Agencies"),
            "with_data": _("Agencies with data"),
            "met": _("Agencies that met it"),
            "near": _("Agencies near it"),
            "below": _("Agencies below it"),
        },
        choices={"attainment": ATTAINMENTS.items()},
    )

    def of(self, figures: ComplianceFigures) -> Iterator[Sequence[Any]]:
        return as_declared(figures.targets, self.own)
