"""What a plan's exports print beside its content: its facts, and names of what its rows refer to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from core.notation import format_date, format_long_date
from indicators.parts import TargetRow
from plans.content.assigning import Assignment
from plans.parts.base import Content
from plans.parts.columns import Party
from plans.parts.projects import ProjectRow
from reports.figures.names import ASSIGNED_VI, CLASS_NAMES_VI
from reports.output.official import post_lines

# States as documents name them, in Vietnamese in either interface language.
PLAN_STATES_VI = {
    "draft": "dự thảo",
    "submitted": "đã trình",
    "in_review": "đang thẩm định",
    "returned": "bị trả lại",
    "approved": "đã phê duyệt",
    "superseded": "đã được thay thế",
    "rejected": "không được phê duyệt",
}
# What every page says of a plan that is not the approved one.
PLAN_MARKS_VI = {
    "draft": "BẢN DỰ THẢO",
    "returned": "BẢN DỰ THẢO",
    "submitted": "BẢN TRÌNH, CHƯA ĐƯỢC PHÊ DUYỆT",
    "in_review": "BẢN TRÌNH, CHƯA ĐƯỢC PHÊ DUYỆT",
    "superseded": "ĐÃ ĐƯỢC THAY THẾ",
    "rejected": "KHÔNG ĐƯỢC PHÊ DUYỆT",
}


# How a plan came about: the two points of Công văn 1594/BTTTT-UDCNTT.
PLAN_ROUTES_VI = {
    "carved_out": "hiệu chỉnh và tách ra từ kế hoạch đã phê duyệt (điểm 1)",
    "written": "xây dựng mới (điểm 2)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """One version of a plan, as of the moment of the export."""

    code: str
    version: int
    title: str
    kind: str
    state: str
    agency: str
    agency_name: str
    issuer: str  # whose name stands at the head
    programme: str
    programme_name: str
    document: str  # its number as printed
    reference: str  # the document in full
    signer: str
    signer_title: str
    decision_number: str
    decision_on: date | None
    decision_issuer: str
    route: str = ""  # how it came about, where its programme asks
    by_delegation: bool = False  # the signer handed it in for the head of the agency
    registered: bool
    illustrative: bool
    as_of: datetime

    @property
    def approval(self) -> str:
        """By what it was approved; "" while it is not."""
        if self.state not in ("approved", "superseded"):
            return ""
        if self.registered and self.reference:
            return f"(Kèm theo {self.reference})"
        words = [
            f"số {self.decision_number}" if self.decision_number else "",
            format_long_date(self.decision_on),
            f"của {self.decision_issuer}" if self.decision_issuer else "",
        ]
        return f"(Phê duyệt tại Quyết định {' '.join(filter(None, words))})" if any(words) else ""

    @property
    def is_signed(self) -> bool:
        """Whether a printed document says who signed it; nobody signs what is illustrative."""
        return self.registered and not self.illustrative and bool(self.signer)

    @property
    def signature(self) -> tuple[list[str], str]:
        """The lines of the post and the name below the text, where they are known.

        Of a plan that was handed in for the head of the agency, as what the signer did so.
        """
        if not (self.is_signed or self.by_delegation):
            return [], ""
        return post_lines(self.signer_title), "" if self.illustrative else self.signer

    @property
    def signature_words(self) -> str:
        """ "Người ký: KT. CHỦ TỊCH / PHÓ CHỦ TỊCH, Nguyễn Văn An"."""
        post, signer = self.signature
        said = ", ".join(filter(None, (" / ".join(post), signer)))
        return f"Người ký: {said}" if said else ""

    @property
    def state_words(self) -> str:
        registered = ", ghi nhận từ văn bản" if self.registered else ""
        return f"{PLAN_STATES_VI.get(self.state, self.state)}{registered}"

    @property
    def route_words(self) -> str:
        return PLAN_ROUTES_VI.get(self.route, "")

    @property
    def mark(self) -> str:
        return PLAN_MARKS_VI.get(self.state, "")


@dataclass(frozen=True, slots=True)
class PlanNames:
    """Names by key. Sources stand in the order of their tree; indicators with their units."""

    agencies: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    source_heads: Mapping[str, str] = field(default_factory=dict)  # short, for the head of a column
    documents: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def party(self, party: Party) -> str:
        known: Mapping[str, str] = {
            "agency": self.agencies,
            "group": self.groups,
            "class": CLASS_NAMES_VI,
        }.get(party.kind, {})
        return known.get(party.value, party.value)

    def parties(self, parties: Sequence[Party]) -> str:
        return "; ".join(self.party(party) for party in parties)

    def lead(self, project: ProjectRow) -> str:
        """The printed words where there are any, else the name of the agency or the group."""
        agency, group = project.lead_agency, project.lead_group
        return project.lead_words or self.agencies.get(agency, agency) or self.groups.get(group, group)

    def scope(self, target: TargetRow) -> str:
        """For whom a target is; a class narrowed by a group names both."""
        if target.agency:
            return self.agencies.get(target.agency, target.agency)
        names = (
            CLASS_NAMES_VI.get(target.agency_class, target.agency_class) if target.agency_class else "",
            self.groups.get(target.group, target.group),
        )
        return ", ".join(filter(None, names))

    def source_head(self, code: str) -> str:
        return (self.source_heads.get(code) or self.sources.get(code, code)) if code else "Chưa ghi nguồn"

    def indicator(self, code: str) -> str:
        return self.indicators.get(code, (code, ""))[0]

    def unit(self, code: str) -> str:
        return self.indicators.get(code, (code, ""))[1]


@dataclass(frozen=True, slots=True)
class PlanExport:
    """A plan ready to be written in any format.

    `reporters` are those assigned on the system to national lines that the document gives no lead.
    """

    facts: PlanFacts
    content: Content
    names: PlanNames
    reporters: Mapping[UUID, Sequence[Assignment]] = field(default_factory=dict)

    def assigned(self, line: UUID | None) -> list[str]:
        """ "phân công trên hệ thống: Bộ Y tế, Công văn số 12, 15/06/2011", never as the document's lead."""
        return [
            f"{ASSIGNED_VI}: {self.names.party(one.party)}, {one.basis}, {format_date(one.on)}"
            for one in self.reporters.get(line, ())  # type: ignore[arg-type]
        ]

    def by_line(self, part: str) -> dict[Any, list[Any]]:
        """Rows of a part that extends another, by the line they belong to."""
        found: dict[Any, list[Any]] = {}
        for row in self.content[part]:
            found.setdefault(row.line, []).append(row)
        return found
