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
from core.findings import Conflict, Refused, WrongState
from core.vietnamese import clean
from plans.content.line_session import LineSession, Saved, log
from plans.content.placing import neighbour_of, place_for
from plans.models import LineEdit, Plan, PlanDraftValue, PlanLine
from plans.parts import registry
from plans.parts.base import PlanPart

__all__ = ["Saved", "add_line", "editing", "last_edit", "log", "move_line", "remove_line", "save_line"]


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
        row = _locked_row(draft, part, line)
        if row is None:
            raise Refused(
                _("This line was removed by somebody else; what you typed was not saved."), code="gone"
            )
        session = LineSession(draft, part, row, actor)
        if row.row_version != row_version:
            differing = [path for path, typed in raw.items() if not session.agrees(path, typed)]
            if differing:
                raise Conflict(
                    _("Somebody else changed this line while you were typing. Choose which value stays."),
                    yours={path: raw[path] for path in differing},
                    theirs={path: session.shown(path) for path in differing},
                    row_version=row.row_version,
                )
        return session.save(raw)


def _locked_row(plan: Plan, part: PlanPart[Any], line: UUID) -> Any:
    rows = part.model._default_manager.select_for_update(no_key=True, of=("self",))
    return rows.filter(plan=plan, line_id=line).first()


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
        identity = PlanLine.objects.create(
            uuid=line, kind=part.line_kind, agency=draft.agency, programme=draft.programme
        )
        position = place_for(part, draft, raw)
        row = part.model(plan=draft, line=identity, position=position, **part.defaults(draft, raw))
        row.save()
        log(draft, identity.uuid, "", "", "+", actor)
        return LineSession(draft, part, row, actor).save(raw)


def remove_line(plan: Plan, part_key: str, line: UUID, *, actor: Membership) -> None:
    """Take a line out of the draft with everything that hangs on it; its identity stays for the history."""
    part = registry.get(part_key)
    with editing(plan, actor) as draft:
        rows = [row for row in part.read(draft) if row.line == line]
        if not rows:
            raise Refused(_("This line is already gone."), code="gone")
        for extension in registry.extensions_of(part_key):
            extension.queryset(draft).filter(line_id=line).delete()
        part.queryset(draft).filter(line_id=line).delete()
        PlanDraftValue.objects.filter(plan=draft, line_id=line).delete()
        log(draft, line, "", rows[0].title, "", actor)


def move_line(plan: Plan, part_key: str, line: UUID, *, up: bool, actor: Membership) -> None:
    """Change places with the neighbour above or below; a project's neighbours are those of its group."""
    part = registry.get(part_key)
    with editing(plan, actor) as draft:
        rows = list(part.queryset(draft).select_for_update(no_key=True, of=("self",)))
        index = next((i for i, row in enumerate(rows) if row.line_id == line), None)
        if index is None:
            raise Refused(_("This line was removed by somebody else."), code="gone")
        other = neighbour_of(part, rows, index, up=up)
        if other is None:
            return
        before = rows[index].position
        rows[index], rows[other] = rows[other], rows[index]
        for position, row in enumerate(rows, start=1):
            row.position = position
        part.model._default_manager.bulk_update(rows, ["position"])
        log(draft, line, "position", str(before), str(rows[other].position), actor)
