"""Questions to the loaded documents, by which the tables of facts are written."""

from datetime import date
from decimal import Decimal

from agencies.models import Agency, AgencyGroup
from budgets.models import FundingSource
from budgets.reconciliation import Verdict, reconcile
from budgets.totals import Money, money_of
from core.notation import format_money
from indicators.rows import TargetRow
from plans.models import LegalDocument, OutlineItem, OutlineMapping, Plan, Programme
from plans.parts import registry
from plans.parts.base import Content
from plans.parts.columns import Party
from plans.parts.projects import ProjectRow
from plans.parts.texts import SectionRow, TaskRow

QD43, QD605, CV1594 = "43-2008-qd-ttg", "605-qd-ubnd", "1594-btttt-udcntt"
QD48 = "48-2009-qd-ttg"
TEXTS = (QD43, QD605, CV1594)  # QĐ 48/2009 is known by its adopted levels alone


def content(code: str) -> Content:
    return registry.read_content(Plan.objects.get(code=code))


def projects(code: str, group: str = "", subgroup: str = "") -> list[ProjectRow]:
    return [
        row
        for row in content(code)["projects"]
        if (not group or row.group_code == group) and (not subgroup or row.subgroup == subgroup)
    ]


def labels(code: str, group: str = "", subgroup: str = "") -> int:
    """How many printed numbers; two lines of one number count once."""
    return len({row.number for row in projects(code, group, subgroup)})


def money(code: str, group: str = "", subgroup: str = "") -> Money:
    held = content(code)
    chosen = {row.line for row in projects(code, group, subgroup)}
    return money_of((row for row in held["projects"] if row.line in chosen), held["allocations"])


def total(code: str, group: str = "", subgroup: str = "") -> str:
    return format_money(money(code, group, subgroup).total)


def year(code: str, wanted: int) -> str:
    return format_money(money(code).year(wanted))


def source(code: str, wanted: str, group: str = "") -> str:
    return format_money(money(code, group).source(wanted))


def tasks(code: str, clause: str = "", *, parts: bool = False) -> list[TaskRow]:
    """The tasks of a document, without those that are part of another unless `parts` asks for them."""
    return [
        row
        for row in content(code)["tasks"]
        if (parts or not row.parent) and (not clause or row.clause.startswith(clause))
    ]


def parts_of(clause: str) -> list[TaskRow]:
    """What a task of QĐ 43 consists of."""
    (whole,) = [row for row in tasks(QD43) if row.clause == clause]
    return [row for row in content(QD43)["tasks"] if row.parent == whole.line]


def due(clause: str) -> tuple[date | None, str]:
    (task,) = [row for row in tasks(QD43) if row.clause == clause]
    return task.due_on, task.date_phrase


def shown_by_document(indicator: str, scope: str, wanted: int) -> dict[str, list[str]]:
    """What the documents say of one indicator, scope and year, side by side."""
    return {
        code: values for code in (QD43, CV1594, QD48) if (values := _shown(code, indicator, scope, wanted))
    }


def _shown(code: str, indicator: str, scope: str, wanted: int) -> list[str]:
    return [
        row.shown
        for row in content(code)["targets"]
        if (row.indicator, row.year) == (indicator, wanted)
        and scope in (row.agency_class, row.group, row.agency)
    ]


def dated(code: str) -> list[str]:
    return [row.clause for row in tasks(code) if row.due_on]


def leads(clause: str) -> tuple[Party, ...]:
    return next(row.leads for row in tasks(QD43) if row.clause == clause)


def project(code: str, label: str) -> ProjectRow:
    return next(row for row in content(code)["projects"] if row.label == label)


def cells(code: str, label: str) -> dict[tuple[int | None, str], str]:
    line = project(code, label).line
    return {
        (row.year, row.source): format_money(row.amount)
        for row in content(code)["allocations"]
        if row.line == line
    }


def sources_of_a_project(code: str, label: str) -> set[str]:
    return {source for _year, source in cells(code, label)}


def projects_of_several_sources(code: str) -> list[str]:
    return [row.label for row in projects(code) if len(sources_of_a_project(code, row.label)) > 1]


def shares(label: str) -> tuple[int, set[str], set[bool], str]:
    found = [row for row in content(QD43)["shares"] if row.line == project(QD43, label).line]
    amounts = {format_money(row.amount) for row in found}
    whole = sum((row.amount for row in found), Decimal(0))
    return len(found), amounts, {row.derived for row in found}, format_money(whole)


def lines_with_shares() -> set[str]:
    lines = {row.line for row in content(QD43)["shares"]}
    return {row.label for row in projects(QD43) if row.line in lines}


def group(key: str) -> int:
    return AgencyGroup.objects.get(key=key).memberships.count()


def printed_totals_that_disagree(code: str) -> list[str]:
    return [
        f"{one.stated.clause} {one.stated.label}"
        for one in reconcile(content(code))
        if one.verdict is not Verdict.EQUAL
    ]


def roadmap_targets() -> list[TargetRow]:
    return [row for row in content(QD605)["targets"] if row.clause.endswith("lộ trình")]


def linked_totals() -> tuple[int, set[str], str]:
    """Rows (by label), linked projects and the sum of the roadmap's rows of money."""
    held = content(QD605)
    by_line = {row.line: row.label for row in held["projects"]}
    linked = [row for row in held["stated_totals"] if row.lines]
    names = {by_line[line] for row in linked for line in row.lines}
    whole = sum((row.amount for row in linked), Decimal(0))
    return len({row.label for row in linked}), names, format_money(whole)


def printed(code: str, indicator: str, scope: str) -> list[str]:
    """What a document prints for an indicator, by year."""
    return [
        row.printed if code == QD605 else row.shown
        for row in sorted(content(code)["targets"], key=lambda row: row.year)
        if row.indicator == indicator and scope in (row.agency_class, row.group, row.agency)
    ]


def comparators(indicator: str, clause: str) -> list[str]:
    return [
        row.comparator
        for row in content(QD605)["targets"]
        if row.indicator == indicator and row.clause == clause
    ]


def side_by_side(indicator: str, wanted: int) -> list[tuple[str, str]]:
    return [
        (row.clause, row.shown)
        for row in content(QD605)["targets"]
        if row.indicator == indicator and row.year == wanted and row.value is not None
    ]


def outline() -> list[str]:
    return list(OutlineItem.objects.filter(programme__code="2009-2010").values_list("number", flat=True))


def mapping(*numbers: str) -> list[str]:
    found = dict(OutlineMapping.objects.values_list("from_number", "to_number"))
    return [found.get(number, "-") for number in numbers]


def obliged(on: date) -> int:
    classes = Programme.objects.get(code="2008").regimes.get().obliged_classes
    return Agency.objects.in_force(on).of_classes(classes).count()


def districts() -> list[str]:
    return sorted(
        Agency.objects.filter(parent__key="p82", kind="quan_huyen").values_list("short_name", flat=True)
    )


def section(code: str, number: str) -> SectionRow:
    return next(row for row in content(code)["sections"] if row.number == number)


def tree(code: str) -> str:
    """The path from the root to a source."""
    node: FundingSource | None = FundingSource.objects.get(code=code)
    path: list[str] = []
    while node:
        path.insert(0, node.code)
        node = node.parent
    return " > ".join(path)


def corrections(slug: str) -> list[str]:
    return [one["read"] for one in LegalDocument.objects.get(slug=slug).corrections]


def needs() -> tuple[int, int, str]:
    figures = money(QD43, "A")
    return figures.with_need, figures.projects, format_money(figures.need)


def decision(code: str) -> tuple[str, str, str, str]:
    plan = Plan.objects.get(code=code)
    day = plan.decision_on.isoformat() if plan.decision_on else ""
    return plan.decision_number, day, plan.decision_issuer, plan.decision_signer


def programme(code: str) -> tuple[list[str], str, set[str], str]:
    found = Programme.objects.get(code=code)
    return (
        [one.cadence for one in found.regimes.all()],
        found.lead.key,
        set(found.co_reviewers.values_list("key", flat=True)),
        found.decided_by,
    )


def people_who_hear(code: str, clause: str) -> set[str]:
    return {party.value for party in tasks(code, clause)[0].co}
