"""Editing a draft, field by field. Every write locks the plan first and re-reads its state.

A value that does not parse is kept as a draft value and bars submission; a save of an old row version is a
conflict that gives both values.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Membership
from agencies.permissions import require
from agencies.workflow import lock
from core.findings import Conflict, Place, Refused, WrongState, error
from core.vietnamese import clean
from plans.content.line_batch import LineBatch
from plans.content.line_session import LineSession, Saved, log
from plans.content.placing import neighbour_of, places_within
from plans.models import LineEdit, Plan, PlanDraftValue, PlanLine
from plans.parts import registry
from plans.parts.base import PlanPart

__all__ = [
    "Saved",
    "add_line",
    "editing",
    "last_edit",
    "log",
    "move_line",
    "place_line",
    "remove_line",
    "save_line",
]


@contextmanager
def editing(plan: Plan, actor: Membership) -> Iterator[Plan]:
    """The transaction of one edit: plan locked, person checked, state still open for editing."""
    with transaction.atomic():
        row = lock(plan)
        require(actor, "plan.edit", row)
        if not row.is_editable:
            raise WrongState(
                _("The plan is now “%(state)s” and cannot be edited. Reload the page.")
                % {"state": row.get_state_display()},
                code="wrong_state",
            )
        if row.ready_for_approver:
            raise WrongState(
                _("The plan lies with the leader. Ask for it to be handed back before you edit."),
                code="with_leader",
            )
        yield row


def save_line(
    plan: Plan,
    part_key: str,
    line: UUID,
    raw: Mapping[str, str],
    *,
    actor: Membership,
    row_version: int,
) -> Saved:
    """Save typed texts of one line. `raw` maps declared paths to what was typed.

    Raises `Conflict` when the row was saved by somebody else since `row_version`, unless all values agree;
    it gives both values of every path on which they differ.
    """
    part = registry.get(part_key)
    with editing(plan, actor) as draft:
        batch = LineBatch(draft, part, actor, {line: raw})
        saved = session_on(batch, line, raw, row_version).save(raw)
        batch.write()
    return saved


def session_on(batch: LineBatch, line: UUID, raw: Mapping[str, str], row_version: int) -> LineSession:
    """The fields of a line that stands, as it was read. Raises `Refused` or `Conflict` when it does not."""
    if line not in batch.rows:
        raise Refused(_("This line was removed by somebody else; what you typed was not saved."), code="gone")
    session = LineSession(batch, batch.rows[line])
    if differing := session.differing(raw, row_version):
        raise Conflict(
            _("Somebody else changed this line while you were typing. Choose which value stays."),
            yours={path: raw[path] for path in differing},
            theirs={path: session.shown(path) for path in differing},
            row_version=session.row.row_version,
        )
    return session


def last_edit(plan: Plan, line: UUID) -> LineEdit | None:
    """Who touched the line last, and when."""
    return LineEdit.objects.filter(plan=plan, line_id=line).select_related("by").order_by("-id").first()


def add_line(
    plan: Plan, part_key: str, raw: Mapping[str, str], *, actor: Membership, line: UUID | None = None
) -> Saved:
    """Add a line with what was typed; values that do not parse are kept as draft values of the new line.

    `line` is the identity that the form proposed: the same form sent twice adds one line.
    """
    part = registry.get(part_key)
    if part.line_kind is None:
        raise Refused(_("Lines of this part cannot be added by hand."), code="no_lines")
    if not any(clean(typed) for typed in raw.values()):
        raise Refused(_("Nothing was entered, so no line was added."), code="empty_line")
    with editing(plan, actor) as draft:
        there = part.queryset(draft).filter(line_id=line).first() if line else None
        if there is not None:
            return Saved(there.line_id, there.row_version)
        if line is None or PlanLine.objects.filter(pk=line).exists():
            line = uuid4()
        batch = LineBatch(draft, part, actor, {line: raw})
        saved = LineSession(batch, batch.add(line, raw)).save(raw)
        batch.write()
    return saved


def remove_line(
    plan: Plan, part_key: str, line: UUID, *, actor: Membership, row_version: int | None = None
) -> None:
    """Take a line out of the draft with everything that hangs on it; its identity stays for the history.

    Raises `Conflict` when it is no longer the `row_version` that was read, where one is given.
    """
    part = registry.get(part_key)
    with editing(plan, actor) as draft:
        row = next((row for row in part.read(draft) if row.line == line), None)
        if row is None:
            raise Refused(_("This line is already gone."), code="gone")
        if row_version not in (None, row.row_version):
            said = _("Somebody else changed this line since you read it, so it was not removed.")
            raise Conflict(said, yours={}, theirs={}, row_version=row.row_version)
        for extension in registry.extensions_of(part_key):
            extension.queryset(draft).filter(line_id=line).delete()
        part.queryset(draft).filter(line_id=line).delete()
        PlanDraftValue.objects.filter(plan=draft, line_id=line).delete()
        log(draft, line, "", row.title, "", actor)


def move_line(plan: Plan, part_key: str, line: UUID, *, up: bool, actor: Membership) -> None:
    """Change places with the neighbour above or below; a project's neighbours are those of its group."""
    part = registry.get(part_key)
    with editing(plan, actor) as draft:
        rows, index = _locked_rows(draft, part, line)
        other = neighbour_of(part, rows, index, up=up)
        if other is None:
            return
        before = rows[index].position
        rows[index], rows[other] = rows[other], rows[index]
        _renumber(draft, part, rows)
        log(draft, line, "position", str(before), str(rows[other].position), actor)


def place_line(plan: Plan, part_key: str, line: UUID, *, position: int, actor: Membership) -> None:
    """Put a line at a place among all lines of the part, counted from 1; those between move up.

    Raises `Refused` when that is no place of its group.
    """
    part = registry.get(part_key)
    with editing(plan, actor) as draft:
        rows, index = _locked_rows(draft, part, line)
        allowed = places_within(part, rows, index)
        if position - 1 not in allowed:
            text = _(
                "The line can stand at places %(first)d to %(last)d, within its group; not at %(place)d."
            )
            said = text % {"first": allowed[0] + 1, "last": allowed[-1] + 1, "place": position}
            place = Place(part.key, str(line), "position")
            raise Refused(said, [error("outside_group", said, place, str(position))], code="outside_group")
        before = rows[index].position
        rows.insert(position - 1, rows.pop(index))
        if position - 1 != index:
            _renumber(draft, part, rows)
            log(draft, line, "position", str(before), str(position), actor)


def _locked_rows(draft: Plan, part: PlanPart[Any], line: UUID) -> tuple[list[Any], int]:
    """All lines of the part in their order, and which of them is meant."""
    rows = list(part.queryset(draft).select_for_update(no_key=True, of=("self",)))
    index = next((i for i, row in enumerate(rows) if row.line_id == line), None)
    if index is None:
        raise Refused(_("This line was removed by somebody else."), code="gone")
    return rows, index


def _renumber(draft: Plan, part: PlanPart[Any], rows: list[Any]) -> None:
    for position, row in enumerate(rows, start=1):
        row.position = position
    part.model._default_manager.bulk_update(rows, ["position"])
