"""Answers to a script that saves fields one by one: what became of each, row version, changed totals."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import JsonResponse
from django.utils.translation import gettext as _

from agencies.acting import ActingRequest
from core import clock
from core.findings import Conflict, NotAllowed, Refused, WrongState
from core.notation import format_datetime
from plans.content.editing import last_edit, save_line
from plans.content.entry import read_entry
from plans.models import Plan
from plans.parts.base import PlanPart
from plans.parts.forms import Shown

Words = Callable[[str, str], str]
"""How a text at a path reads: names instead of keys."""


def save_and_answer(
    request: ActingRequest,
    plan: Plan,
    part: PlanPart[Any],
    line: UUID,
    raw: Mapping[str, str],
    row_version: int,
    *,
    words: Words,
) -> JsonResponse:
    """Save what was typed, say how it stands; `status`, `message`, `value` are those of the first field."""
    try:
        saved = save_line(plan, part.key, line, raw, actor=request.membership, row_version=row_version)
    except Conflict as conflict:
        return _conflict(plan, line, raw, conflict, words)
    except (WrongState, NotAllowed) as refused:
        status = 403 if isinstance(refused, NotAllowed) else 409
        return JsonResponse({"status": "locked", "message": str(refused)}, status=status)
    except Refused as refused:
        return JsonResponse({"status": refused.code, "message": str(refused)}, status=422)
    entry = read_entry(plan, part, line)
    shown = entry.shown if entry else Shown({}, {})
    fields = {path: _field(shown, path) for path in dict.fromkeys([*raw, *saved.changed])}
    totals = entry.totals(part, [path for path in fields if "/" in path]) if entry else {}
    return _answer(fields, saved.row_version, at=_time(), totals=totals)


def _field(shown: Shown, path: str) -> dict[str, str]:
    problem = shown.problems.get(path, "")
    return {
        "status": "invalid" if problem else "saved",
        "message": problem,
        "value": shown.texts.get(path, ""),
    }


def _conflict(
    plan: Plan, line: UUID, raw: Mapping[str, str], conflict: Conflict, words: Words
) -> JsonResponse:
    message = both_stand(plan, line)
    fields = {
        path: {
            "status": "conflict" if path in conflict.theirs else "saved",
            "message": message if path in conflict.theirs else "",
            "value": conflict.theirs.get(path, typed),
            "theirs": words(path, conflict.theirs.get(path, typed)),
            "yours": words(path, typed),
        }
        for path, typed in raw.items()
    }
    first = sorted(fields.items(), key=lambda item: item[1]["status"] != "conflict")
    return _answer(dict(first), conflict.row_version, status=409)


def _answer(
    fields: Mapping[str, dict[str, str]], row_version: int, *, status: int = 200, **more: Any
) -> JsonResponse:
    first = next(iter(fields.values()), {"status": "saved", "message": "", "value": ""})
    return JsonResponse({**first, "row_version": row_version, "fields": dict(fields), **more}, status=status)


def who_saved(plan: Plan, line: UUID) -> tuple[str, str]:
    """Who saved the line last, and when, for somebody whose save comes second."""
    edit = last_edit(plan, line)
    return (edit.by.get_full_name() or edit.by.email, format_datetime(edit.at)) if edit else ("", "")


def both_stand(plan: Plan, line: UUID) -> str:
    """What a person is told whose save comes second."""
    who, when = who_saved(plan, line)
    return _("%(who)s saved this row at %(when)s. Nothing is lost: choose which value stands.") % {
        "who": who or _("Somebody else"),
        "when": when,
    }


def _time() -> str:
    return f"{clock.now().astimezone(clock.HANOI):%H:%M}"
