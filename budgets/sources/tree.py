"""The tree of sources for pages and the workbook: in order, with depth, money and who may use each."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from agencies.keeping.references import counted
from budgets.models import FundingSource, SourceUse
from budgets.sources.checks import OWN
from budgets.sources.shapes import UseStated
from core.findings import Text


@dataclass(frozen=True, slots=True)
class Node:
    """One source of the list: how deep it stands, how many amounts name it, who may use it."""

    source: FundingSource
    depth: int
    is_leaf: bool
    amounts: int
    uses: Sequence[UseStated]

    @property
    def who(self) -> list[str]:
        """Who may use it, in words; a class that everybody includes is not named again."""
        everywhere = {use.programme for use in self.uses if not use.agency_class}
        return [
            use.words for use in self.uses if not use.agency_class or not everywhere & {use.programme, None}
        ]

    @property
    def opens_for(self) -> list[Text]:
        """Whose first grid opens with it."""
        return list(dict.fromkeys(use.whom for use in self.uses if use.opens))

    @property
    def is_idle(self) -> bool:
        """Whether it carries money and nobody may use it."""
        return self.is_leaf and not self.uses

    def ended_by(self, day: date) -> bool:
        return self.source.valid_to is not None and self.source.valid_to < day


def nodes(kept: Collection[int] | None = None) -> list[Node]:
    """The tree from the top, or only the kept ones in its order; three queries."""
    rows = list(FundingSource.objects.select_related("parent").order_by("position", "id"))
    amounts = counted(FundingSource, [one.pk for one in rows], OWN)
    uses: dict[int, list[UseStated]] = defaultdict(list)
    for use in SourceUse.objects.select_related("programme"):
        uses[use.source_id].append(UseStated.of(use))
    parents = {one.parent_id for one in rows}
    return [
        Node(one, depth, one.pk not in parents, amounts.get(one.pk, 0), uses[one.pk])
        for one, depth in _in_order(rows)
        if kept is None or one.pk in kept
    ]


def _in_order(rows: Iterable[FundingSource]) -> list[tuple[FundingSource, int]]:
    below: dict[int | None, list[FundingSource]] = defaultdict(list)
    for one in rows:
        below[one.parent_id].append(one)
    found: list[tuple[FundingSource, int]] = []

    def walk(parent: int | None, depth: int) -> None:
        for one in below[parent]:
            found.append((one, depth))
            walk(one.pk, depth + 1)

    walk(None, 0)
    return found
