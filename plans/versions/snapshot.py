"""Frozen content: canonical JSON text of all parts, with a schema number and an upgrade for older ones."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from agencies.audit import canonical
from agencies.models import User
from core import clock
from plans.models import Plan, PlanRevision
from plans.parts import registry
from plans.parts.base import Content

SCHEMA = 2


def _with_status(data: dict[str, Any]) -> dict[str, Any]:
    """What schema 1 did not know: sub-items, second clauses, totals of other documents, status and route."""
    for task in data["parts"].get("tasks", []):
        task.setdefault("parent", None)
    for project in data["parts"].get("projects", []):
        project.setdefault("also_at", "")
    for total in data["parts"].get("stated_totals", []):
        total.setdefault("about", "")
    data["parts"].setdefault("baselines", [])
    data["plan"].setdefault("route", "")
    return {**data, "schema": 2}


# schema -> function that turns its data into the next schema's.
UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _with_status}


def snapshot(plan: Plan, content: Content | None = None) -> str:
    """The canonical JSON text of a plan as it stands."""
    content = registry.read_content(plan) if content is None else content
    return canonical(
        {
            "schema": SCHEMA,
            "plan": {
                "code": plan.code,
                "version": plan.version,
                "agency": plan.agency.key,
                "programme": plan.programme.code,
                "kind": plan.kind,
                "title": plan.title,
                "route": plan.route,
            },
            "parts": {part.key: part.dump(content[part.key]) for part in registry.parts()},
        }
    )


def freeze(plan: Plan, *, reason: str, by: User) -> PlanRevision:
    """Write the next revision of a plan; the caller holds its lock."""
    text = snapshot(plan)
    return PlanRevision.objects.create(
        plan=plan,
        number=plan.revisions.count() + 1,
        schema=SCHEMA,
        content=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        reason=reason,
        at=clock.now(),
        by=by,
    )


def _read(revision: PlanRevision) -> dict[str, Any]:
    """What a revision holds; older schemas are upgraded on the way."""
    data: dict[str, Any] = json.loads(revision.content)
    for schema in range(revision.schema, SCHEMA):
        data = UPGRADES[schema](data)
    return data


def plan_facts_of(revision: PlanRevision) -> dict[str, str]:
    """What a revision says of the plan itself: its title, how it came about."""
    facts: dict[str, str] = _read(revision)["plan"]
    return facts


def content_of(revision: PlanRevision) -> Content:
    """The rows of a revision, of the same types as live rows."""
    data = _read(revision)
    return {part.key: part.load(data["parts"].get(part.key, [])) for part in registry.parts()}


def is_intact(revision: PlanRevision) -> bool:
    return hashlib.sha256(revision.content.encode()).hexdigest() == revision.sha256
