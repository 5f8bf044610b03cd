"""Everything that fixtures may name, and a row beside the record that it comes from."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from agencies.models import Agency, AgencyGroup, GroupMember
from agencies.models.agency import CLASSES
from budgets.models import FundingSource
from indicators.models import Indicator
from plans.models import LegalDocument
from plans.parts.columns import Party
from sources.reading import Record

R = TypeVar("R")
Pairs: TypeAlias = list[tuple[R, Record]]
"""Rows of one part, each with the record that it comes from: a mistake found later can name the line."""


@dataclass(frozen=True, slots=True)
class Known:
    """What stands in the database, by key."""

    agencies: set[str]
    groups: dict[str, list[str]]
    sources: set[str]
    indicators: dict[str, str]
    documents: set[str]

    @classmethod
    def in_database(cls) -> "Known":
        groups: dict[str, list[str]] = defaultdict(list)
        for key in AgencyGroup.objects.values_list("key", flat=True):
            groups[key] = []
        members = GroupMember.objects.order_by("position", "id")
        for group, agency in members.values_list("group__key", "agency__key"):
            groups[group].append(agency)
        return cls(
            agencies=set(Agency.objects.values_list("key", flat=True)),
            groups=dict(groups),
            sources=set(FundingSource.objects.values_list("code", flat=True)),
            indicators=dict(Indicator.objects.values_list("code", "unit")),
            documents=set(LegalDocument.objects.values_list("slug", flat=True)),
        )

    def party(self, record: Record, field: str, token: str) -> Party:
        """`group:`, `class:`, `text:` or `agency:`; a bare key is an agency."""
        party = Party.parse(token if ":" in token else f"agency:{token}")
        tables: dict[str, Any] = {"agency": self.agencies, "group": self.groups, "class": CLASSES}
        known = tables.get(party.kind)
        if known is not None and party.value not in known:
            raise record.wrong(field, f"there is no {party.kind} “{party.value}”")
        return party
