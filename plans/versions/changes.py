"""A comparison as people read it: line by line, texts word by word, money with its difference."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.findings import Text
from core.notation import format_money, parse_money
from plans.models import Plan, PlanRevision, PlanRoute
from plans.parts import registry
from plans.parts.base import Content
from plans.parts.columns import Kind
from plans.parts.names import Names
from plans.versions.compare import ChangeKind, FieldChange, LineChange, compare
from plans.versions.snapshot import plan_facts_of
from plans.versions.words import Piece, diff_words

# How a change looks: colour family, sign, word.
LOOK: dict[ChangeKind, tuple[str, str, Text]] = {
    ChangeKind.ADDED: ("ok", "+", gettext_lazy("added")),
    ChangeKind.REMOVED: ("bad", "−", gettext_lazy("removed")),
    ChangeKind.CHANGED: ("wait", "✎", gettext_lazy("changed")),
}
_TEXTS = (Kind.TEXT, Kind.LONG_TEXT)


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field: either `pieces` of a text, or `old` and `new`, with `difference` where it is money."""

    label: Text
    old: Text
    new: Text
    pieces: Sequence[Piece] = ()
    money: bool = False
    difference: str = ""


@dataclass(slots=True)
class LineView:
    """One line that differs, with its own fields and those that stand beside it (its money)."""

    line: UUID | None
    kind: ChangeKind
    title: str
    fields: list[FieldView] = field(default_factory=list)

    @property
    def look(self) -> tuple[str, str, Text]:
        return LOOK[self.kind]


@dataclass(slots=True)
class PartChanges:
    """What differs in one part. `money` is the difference of what the plan asks for, in triệu đồng."""

    key: str
    label: Text
    lines: list[LineView] = field(default_factory=list)
    money: Decimal = Decimal(0)

    @property
    def said(self) -> str:
        """Such as "2 changed, 1 added"."""
        counts = Counter(view.kind for view in self.lines)
        return ", ".join(f"{counts[kind]} {LOOK[kind][2]}" for kind in LOOK if counts[kind])


def changes_between(old: Content, new: Content) -> list[PartChanges]:
    """The parts in which anything differs, in their order."""
    names = Names(old, new)
    found: dict[str, PartChanges] = {}
    views: dict[tuple[str, UUID | None, str], LineView] = {}
    for change in compare(old, new):
        part = registry.get(change.part)
        home = registry.get(part.extends) if part.extends else part
        changes = found.setdefault(home.key, PartChanges(home.key, home.label))
        if not part.extends:
            title = part.called(change.row, names)
            view = LineView(change.row.line, change.kind, title, list(_fields(change, names)))
            views[home.key, change.row.line, "" if change.row.line else title] = view
            changes.lines.append(view)
            continue
        key = (home.key, change.row.line, "")
        if key not in views:
            views[key] = LineView(change.row.line, ChangeKind.CHANGED, change.title)
            changes.lines.append(views[key])
        cells = list(_cells(change, names))
        views[key].fields.extend(cells)
        if part.totalled:
            changes.money += _difference(change)
    order = [part.key for part in registry.parts()]
    return sorted(found.values(), key=lambda changes: order.index(changes.key))


def facts_changed(revision: PlanRevision, plan: Plan) -> list[FieldView]:
    """What differs in the plan itself since a revision: its title, how it came about."""
    before, found = plan_facts_of(revision), []
    if before["title"] != plan.title:
        pieces = diff_words(before["title"], plan.title)
        found.append(FieldView(_("Title"), before["title"], plan.title, pieces))
    if before["route"] != plan.route:
        words = dict(PlanRoute.choices)
        old, new = words.get(before["route"], before["route"]), words.get(plan.route, plan.route)
        found.append(FieldView(_("How it came about"), old, new))
    return found


def _fields(change: LineChange, names: Names) -> Iterable[FieldView]:
    for one in change.fields:
        yield _field(one, one.column.label, names)


def _cells(change: LineChange, names: Names) -> Iterable[FieldView]:
    """The values of an extending row, each called by the row's keys: "2009 · NSTW"."""
    part = registry.get(change.part)
    keys = [part.columns_by_name[name] for name in part.key_fields]
    shown = (names.shown(column, column.show(getattr(change.row, column.name))) for column in keys)
    called = " · ".join(str(word) for word in shown if word) or str(part.label)
    for one in change.fields:
        if one.column.name in part.key_fields:
            continue
        label = called if one.column.kind is Kind.MONEY else f"{called}: {one.column.label}"
        yield _field(one, label, names)


def _field(change: FieldChange, label: Text, names: Names) -> FieldView:
    kind = change.column.kind
    if kind in _TEXTS and change.old and change.new:
        return FieldView(label, change.old, change.new, diff_words(change.old, change.new))
    if kind is Kind.MONEY:
        return FieldView(label, change.old, change.new, money=True, difference=_signed(_moved(change)))
    return FieldView(label, names.shown(change.column, change.old), names.shown(change.column, change.new))


def _moved(change: FieldChange) -> Decimal:
    return (parse_money(change.new) or Decimal(0)) - (parse_money(change.old) or Decimal(0))


def _difference(change: LineChange) -> Decimal:
    return sum((_moved(one) for one in change.fields if one.column.kind is Kind.MONEY), Decimal(0))


def _signed(amount: Decimal) -> str:
    if not amount:
        return "0"
    return f"+{format_money(amount)}" if amount > 0 else f"−{format_money(-amount)}"


def summary_of(changes: Sequence[PartChanges]) -> str:
    """One line: how many lines differ in which part, and how the money moved."""
    if not changes:
        return ""
    lines = sum(len(part.lines) for part in changes)
    said = [ngettext("%(n)d line differs", "%(n)d lines differ", lines) % {"n": lines}]
    said += [f"{part.label}: {part.said}" for part in changes]
    money = sum((part.money for part in changes), Decimal(0))
    said.append(_("money %(difference)s million VND") % {"difference": _signed(money)})
    return " · ".join(said)
