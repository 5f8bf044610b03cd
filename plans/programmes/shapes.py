"""What an administrator states of a programme, as plain values: of a form, a request, or the row itself."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, TypeVar

from django.db.models import Max

from agencies.models import Agency
from core.vietnamese import clean
from plans.models import DecidedBy, LegalDocument, Programme

Data = TypeVar("Data", bound=Any)


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
    position: int | None  # None: after all others


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


def cleaned(data: Data, multiline: Collection[str] = ("note",)) -> Data:
    """The values of a dataclass as they are stored: texts in one form, without what nobody sees."""
    texts = {field.name: getattr(data, field.name) for field in fields(data)}
    return replace(
        data,
        **{
            name: clean(text, multiline=name in multiline)
            for name, text in texts.items()
            if isinstance(text, str)
        },
    )


def settled(data: ProgrammeData, before: ProgrammeData | None = None) -> ProgrammeData:
    """What is stored of what was stated: cleaned texts, a place in the lists, the body that decides.

    A lead decides in its own name unless another is given; where each agency decides for itself there is no
    one body. Where another kind of body decides than `before`, the name of the former is not kept.
    """
    data = cleaned(data)
    body = data.deciding_body
    if before is not None and before.decided_by != data.decided_by and before.deciding_body == body:
        body = ""
    if data.decided_by == DecidedBy.LEAD:
        body = body or (data.lead.name if data.lead else "")
    elif data.decided_by == DecidedBy.SELF:
        body = ""
    position = data.position
    if position is None:
        position = (Programme.objects.aggregate(last=Max("position"))["last"] or 0) + 1
    return replace(data, deciding_body=body, position=position)


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
