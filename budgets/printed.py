"""What a document prints beside its projects: totals, held against sums, and the shares of members."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from budgets.reconciliation import Comparison, Reason, Verdict, reconcile
from budgets.rows import ShareRow
from budgets.totals import ZERO
from core.findings import Text
from core.notation import format_money
from plans.parts.base import Content
from plans.parts.columns import Kind
from plans.parts.names import Names
from plans.parts.pages import Panel

# How a comparison looks: colour family, sign.
LOOK: Mapping[Verdict, tuple[str, str]] = {
    Verdict.EQUAL: ("ok", "="),
    Verdict.DIFFERENT: ("bad", "≠"),
    Verdict.NOT_COMPARABLE: ("none", "–"),
}

WHY: Mapping[Reason, Text] = {
    Reason.APPROXIMATE: gettext_lazy("not comparable: printed as “about”"),
    Reason.NO_LINES: gettext_lazy("not comparable: its lines are not in our copy"),
    Reason.PARTIAL: gettext_lazy("not comparable: money is printed for some of its years only"),
    Reason.ELSEWHERE: gettext_lazy("not comparable here: its lines stand in another document"),
}


@dataclass(frozen=True, slots=True)
class ComparisonView:
    comparison: Comparison
    family: str
    sign: str
    word: str
    where: str


def stated_total_panels(content: Content, names: Names) -> list[Panel]:
    """Every printed total held against the computed sum."""
    compared = reconcile(content)
    if not compared:
        return []
    views = [view_of(one, names) for one in compared]
    different = sum(1 for one in compared if one.verdict is Verdict.DIFFERENT)
    note = (
        ngettext("%(n)d differs from its lines", "%(n)d differ from their lines", different)
        % {"n": different}
        if different
        else _("none differs from its lines")
    )
    return [
        Panel(
            "stated_totals",
            _("Printed totals against computed sums"),
            "budgets/_stated_totals.html",
            {
                "open": [view for view in views if view.comparison.verdict is not Verdict.EQUAL],
                "equal": [view for view in views if view.comparison.verdict is Verdict.EQUAL],
            },
            note=note,
        )
    ]


def view_of(comparison: Comparison, names: Names) -> ComparisonView:
    """The comparison as pages and sheets show it."""
    family, sign = LOOK[comparison.verdict]
    return ComparisonView(comparison, family, sign, _word(comparison), _where(comparison, names))


def _word(comparison: Comparison) -> str:
    if comparison.verdict is Verdict.EQUAL:
        return _("equal")
    if comparison.verdict is Verdict.DIFFERENT:
        return _("different by %(amount)s") % {"amount": format_money(abs(comparison.difference or ZERO))}
    return str(WHY[comparison.reason or Reason.NO_LINES])


def _where(comparison: Comparison, names: Names) -> str:
    """What the total covers: "2009 · NSTW · 3 projects"."""
    stated = comparison.stated
    said = [
        str(stated.year) if stated.year else "",
        names.short(Kind.SOURCE, stated.source) if stated.source else "",
    ]
    said.append(ngettext("%(n)d project", "%(n)d projects", comparison.lines) % {"n": comparison.lines})
    return " · ".join(filter(None, said))


@dataclass(frozen=True, slots=True)
class ShareView:
    """The shares of one group line; `each` when all are alike, as "49 × 1.100"."""

    title: str
    line: UUID | None
    said: str
    total: str
    derived: bool
    members: Sequence[tuple[str, str, str]]


def share_panels(content: Content, names: Names) -> list[Panel]:
    """Who gets how much of the lines that a document divides."""
    by_line: dict[UUID | None, list[ShareRow]] = defaultdict(list)
    for row in content["shares"]:
        by_line[row.line].append(row)
    views = [
        _share_view(project, by_line[project.line], names)
        for project in content["projects"]
        if by_line[project.line]
    ]
    if not views:
        return []
    return [
        Panel(
            "shares",
            _("Shares of the members"),
            "budgets/_shares.html",
            {"views": views},
            note=_("million VND"),
        )
    ]


def _share_view(project: Any, shares: Sequence[ShareRow], names: Names) -> ShareView:
    amounts = {share.amount for share in shares}
    said = f"{len(shares)} × {format_money(shares[0].amount)}" if len(amounts) == 1 else str(len(shares))
    return ShareView(
        title=project.title,
        line=project.line,
        said=said,
        total=format_money(sum((share.amount for share in shares), ZERO)),
        derived=any(share.derived for share in shares),
        members=[
            (names.short(Kind.AGENCY, share.agency), format_money(share.amount), share.note)
            for share in shares
        ],
    )
