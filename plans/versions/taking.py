"""What would come along and what stays behind if lines were taken from another plan; writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.findings import Text
from plans.models import Plan, PlanLine
from plans.parts import registry
from plans.parts.base import Content, PlanPart, Row
from plans.parts.names import Names
from plans.versions.copying import carried, context_for


@dataclass(frozen=True, slots=True)
class Candidate:
    """One line of the source: `barred` says why it cannot come, `left` what of it stays behind.

    `becomes` is the heading of the outline under which a text comes.
    """

    line: UUID
    title: str
    barred: Text = ""
    left: Text = ""
    becomes: Text = ""


@dataclass(frozen=True, slots=True)
class CandidatePart:
    """The lines of one part, how many of them can come, and what stays behind of all together."""

    key: str
    label: Text
    lines: Sequence[Candidate]
    left: Text

    @property
    def able(self) -> int:
        return sum(1 for line in self.lines if not line.barred)

    @property
    def said(self) -> str:
        return _("%(able)d of %(all)d can come") % {"able": self.able, "all": len(self.lines)}


def candidates(target: Plan, source: Plan, content: Content) -> list[CandidatePart]:
    """The source's lines, part by part, as they would come into the target."""
    names = Names(content)
    everything = {
        part.key: [row.line for row in content[part.key]] for part in registry.parts() if part.line_kind
    }
    after = carried(content, context_for(target, source), everything)
    taken = _taken(target)
    found = []
    for part in registry.parts():
        if part.line_kind is None or not content[part.key]:
            continue
        kept = {row.line: row for row in after[part.key]}
        rows = [row for row in content[part.key] if part.key != "sections" or row.body.strip()]
        offer = _Offer(part, content, after, taken, target, names)
        lines = [offer.candidate(row, kept.get(row.line)) for row in rows]
        found.append(CandidatePart(part.key, part.label, lines, _left(part, content, after)))
    return found


@dataclass(frozen=True, slots=True)
class _Offer:
    """One part of the source before and after it is fitted to the target."""

    part: PlanPart[Any]
    content: Content
    after: Content
    taken: set[UUID]
    target: Plan
    names: Names

    def candidate(self, row: Row, kept: Row | None) -> Candidate:
        assert row.line is not None
        title = self.part.called(row, self.names)
        if kept is None:
            return Candidate(row.line, title, barred=_why_it_stays(self.part, self.target))
        if row.line in self.taken:
            return Candidate(row.line, title, barred=_("taken already"))
        becomes = getattr(kept, "number", "") if self.part.key == "sections" else ""
        left = _left(self.part, self.content, self.after, row.line)
        return Candidate(row.line, title, left=left, becomes=becomes)


def _why_it_stays(part: PlanPart[Any], target: Plan) -> str:
    if part.key == "sections":
        return _("no heading of this outline takes it")
    return _("lies outside %(from)s-%(to)s") % {"from": target.years[0], "to": target.years[-1]}


def _left(part: PlanPart[Any], before: Content, after: Content, line: UUID | None = None) -> Text:
    """What the extending parts leave behind, of one line or of all that come."""
    lines = {row.line for row in after[part.key]} if line is None else {line}
    said = []
    for extension in registry.extensions_of(part.key):
        old = [row for row in before[extension.key] if row.line in lines]
        new = [row for row in after[extension.key] if row.line in lines]
        said.append(str(extension.left_behind(old, new)))
    return "; ".join(filter(None, said))


def _taken(target: Plan) -> set[UUID]:
    """Origins of the lines that the target holds already; sections may be filled from several."""
    here = {
        row.line
        for part in registry.parts()
        if part.line_kind and part.key != "sections"
        for row in part.read(target)
    }
    origins = PlanLine.objects.filter(pk__in=here, origin__isnull=False).values_list("origin_id", flat=True)
    return {origin for origin in origins if origin is not None}


def said_of(added: Mapping[str, int]) -> str:
    """How many rows of each part were added, in words: "Projects: 26, Allocations: 38"."""
    rows = sum(added.values())
    listed = ", ".join(f"{part.label}: {added[part.key]}" for part in registry.parts() if added.get(part.key))
    return ngettext("%(n)d row added", "%(n)d rows added", rows) % {"n": rows} + f" ({listed})."
