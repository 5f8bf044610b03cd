"""What an administrator states of a programme, as plain values: of a form, a request, or the row itself."""

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from agencies.models import Agency
from plans.models import LegalDocument, Programme


@dataclass(frozen=True, slots=True)
class ReviewScope:
    """A co-reviewing agency with the scope of its opinion (`CoReviewer.Scope`)."""

    agency: Agency | None
    scope: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeData:
    """A programme without its lead, outline, regimes and checklist: each of these has an act of its own.

    `lead` is read when the programme is made, and afterwards only by the act that changes it.
    """

    code: str
    name: str
    short_name: str
    document: LegalDocument | None
    year_from: int | None
    year_to: int | None
    parent: Programme | None
    lead: Agency | None
    co_reviewers: tuple[ReviewScope, ...]
    decided_by: str
    deciding_body: str
    plan_deadline: date | None
    reports_with: tuple[Programme, ...]
    planning_classes: tuple[str, ...]
    asks_route: bool
    note: str
    position: int


# What an act on the programme's own page writes into its row; the rest are rows of other tables.
COLUMNS = (
    "code",
    "name",
    "short_name",
    "document",
    "year_from",
    "year_to",
    "parent",
    "decided_by",
    "deciding_body",
    "plan_deadline",
    "planning_classes",
    "asks_route",
    "note",
    "position",
)


def data_of(programme: Programme) -> ProgrammeData:
    """What the stored programme says; three queries."""
    scopes = programme.review_scopes.select_related("agency").order_by("id")
    own = {name: getattr(programme, name) for name in COLUMNS}
    return ProgrammeData(
        **own | {"planning_classes": tuple(programme.planning_classes)},
        lead=programme.lead,
        co_reviewers=tuple(ReviewScope(one.agency, one.scope) for one in scopes),
        reports_with=tuple(programme.reports_with.order_by("position", "id")),
    )


def said(data: Any) -> dict[str, Any]:
    """The values of a dataclass as keys and texts, for the record of acts and to tell two of them apart."""
    return {field.name: _said(getattr(data, field.name)) for field in fields(data)}


def _said(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_said(one) for one in value]
    if isinstance(value, ReviewScope):
        return f"{_said(value.agency)}: {value.scope}"
    for name in ("key", "slug", "code"):
        if hasattr(value, name):
            return getattr(value, name)
    return value.isoformat() if isinstance(value, date) else value


def changes_between(before: Any, after: Any) -> dict[str, list[Any]]:
    """Field -> what it said and what it says, of those of a dataclass that differ."""
    old, new = said(before), said(after)
    return {name: [old[name], new[name]] for name in new if old[name] != new[name]}


def digest(said: Any) -> str:
    """Which version of what was said a page was made of: a save on an older one is refused."""
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
