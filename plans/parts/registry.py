"""The registry of parts.

Upper apps add theirs in `AppConfig.ready()`; a system check fails when one is missing.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error

from plans.models import Plan
from plans.parts.base import Content, PlanPart

REQUIRED = ("sections", "tasks", "projects", "allocations", "shares", "stated_totals", "targets", "baselines")

_parts: dict[str, PlanPart[Any]] = {}


def register(part: PlanPart[Any]) -> None:
    _parts[part.key] = part


def get(key: str) -> PlanPart[Any]:
    return _parts[key]


def parts() -> list[PlanPart[Any]]:
    """All parts, each after those it depends on."""
    ordered: list[PlanPart[Any]] = []
    waiting = sorted(_parts.values(), key=lambda part: (part.order, part.key))
    while waiting:
        ready = [
            part
            for part in waiting
            if all(
                any(one.key == need for one in ordered)
                for need in (*part.depends_on, *filter(None, [part.extends]))
            )
        ]
        if not ready:
            raise ValueError(
                "parts depend on each other in a circle: " + ", ".join(part.key for part in waiting)
            )
        ordered.append(ready[0])
        waiting.remove(ready[0])
    return ordered


def extensions_of(key: str) -> list[PlanPart[Any]]:
    return [part for part in parts() if part.extends == key]


def read_content(plan: Plan) -> Content:
    """The live content of a plan: part key -> frozen rows. A fixed number of queries."""
    return read_contents([plan])[plan.pk]


def read_contents(plans: Iterable[Plan]) -> dict[int, Content]:
    """The live contents of several plans by id, in as many queries as for one."""
    wanted = list(plans)
    by_part = {part.key: part.read_many(wanted) for part in parts()}
    return {plan.pk: {key: rows[plan.pk] for key, rows in by_part.items()} for plan in wanted}


def check_required(app_configs: Any = None, **kwargs: Any) -> Sequence[CheckMessage]:
    missing = [key for key in REQUIRED if key not in _parts]
    return [Error(f"plan parts are not registered: {', '.join(missing)}", id="plans.E001")] if missing else []
