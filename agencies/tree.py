"""Agencies as a tree on a day: by class, units under the parent as it was then.

A unit keeps the parent that was entered with it. Once that parent has ended, the unit stands under the
parent's principal successor of the day; before, under the parent itself.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from agencies.lineage import Lineage
from agencies.models import Agency, AgencyKind
from agencies.models.agency import CLASS_LABELS, CLASSES, MINISTRY_KINDS, PROVINCE_KINDS, AgencyQuerySet
from core.findings import Text


@dataclass(frozen=True)
class Node:
    """One agency with its units; `formerly` is the parent on record where it does not exist on the day."""

    agency: Agency
    units: tuple["Node", ...] = ()
    formerly: str = ""

    @property
    def size(self) -> int:
        """How many units stand under it, through all levels."""
        return sum(1 + unit.size for unit in self.units)


@dataclass(frozen=True)
class Branch:
    """A head with its agencies, or with further heads."""

    key: str
    label: Text
    nodes: tuple[Node, ...] = ()
    branches: tuple["Branch", ...] = ()

    @property
    def count(self) -> int:
        """The agencies of the class; their units are not counted with them."""
        return len(self.nodes) + sum(branch.count for branch in self.branches)


# The heads of the tree in their order: key, words, kinds, and the classes that are counted apart under it.
_HEADS: tuple[tuple[str, Text, Collection[str], tuple[str, ...]], ...] = (
    ("ministries", CLASS_LABELS["ministries"], MINISTRY_KINDS, ()),
    (
        "provinces-and-cities",
        _("Provinces and centrally-run cities"),
        PROVINCE_KINDS,
        ("central-cities", "provinces"),
    ),
    ("government-agencies", CLASS_LABELS["government-agencies"], CLASSES["government-agencies"], ()),
    ("central-bodies", _("Other bodies at the centre"), (AgencyKind.CENTRAL_BODY,), ()),
    ("others", _("Others, without a parent on this day"), (), ()),
)


def parent_on(agency: Agency, lineage: Lineage[int], day: date) -> int | None:
    """The id of the parent as of the day: the one on record, or its principal successor once it has ended."""
    if agency.parent_id is None:
        return None
    bearer = lineage.bearer(agency.parent_id, day)
    return bearer if bearer != agency.pk else None


def parents_on(agencies: Iterable[Agency], lineage: Lineage[int], day: date) -> dict[int, Agency]:
    """The parents of the day by id of the unit; one query."""
    wanted = {one.pk: parent for one in agencies if (parent := parent_on(one, lineage, day)) is not None}
    found = Agency.objects.only("key", "name", "short_name").in_bulk(set(wanted.values()))
    return {unit: found[parent] for unit, parent in wanted.items()}


def units_on(agency: Agency, lineage: Lineage[int], day: date) -> AgencyQuerySet:
    """Its units that exist on the day, with those that it took over from its predecessors by then."""
    if lineage.bearer(agency.pk, day) != agency.pk:
        return Agency.objects.none()
    parents = lineage.borne_by(agency.pk, day)
    return Agency.objects.filter(parent__in=parents).exclude(pk=agency.pk).in_force(day).in_order()


def tree_on(day: date, lineage: Lineage[int], kept: Collection[int] | None = None) -> list[Branch]:
    """The whole tree of a day; two queries. With `kept`, only those agencies and what they stand under."""
    present = list(Agency.objects.in_force(day).in_order().defer("note", "verification", "answers_for"))
    here = {one.pk for one in present}
    missing = {one.parent_id for one in present if one.parent_id and one.parent_id not in here}
    names = dict(Agency.objects.filter(pk__in=missing).values_list("pk", "name"))
    return build(present, names, lineage, day, kept)


def build(
    present: Sequence[Agency],
    names: Mapping[int, str],
    lineage: Lineage[int],
    day: date,
    kept: Collection[int] | None = None,
) -> list[Branch]:
    """The tree of the agencies that exist on the day, in their order. Pure."""
    parents = _parents(present, lineage, day)
    units: dict[int | None, list[Agency]] = defaultdict(list)
    for one in present:
        units[parents[one.pk]].append(one)

    def node(agency: Agency) -> Node:
        under = tuple(node(unit) for unit in units[agency.pk])
        return Node(agency, tuple(one for one in under if _shown(one, kept)))

    roots = [node(agency) for agency in units[None]]
    return _heads([_explained(one, names) for one in roots if _shown(one, kept)])


def _parents(present: Sequence[Agency], lineage: Lineage[int], day: date) -> dict[int, int | None]:
    """Under whom each stands; nobody under himself, however the parents were entered."""
    here = {one.pk for one in present}
    found = {one.pk: parent if (parent := parent_on(one, lineage, day)) in here else None for one in present}
    for one in present:
        seen, above = {one.pk}, found[one.pk]
        while above is not None and above not in seen:
            seen.add(above)
            above = found[above]
        if above == one.pk:
            found[one.pk] = None
    return found


def _shown(node: Node, kept: Collection[int] | None) -> bool:
    return kept is None or node.agency.pk in kept or bool(node.units)


def _explained(root: Node, names: Mapping[int, str]) -> Node:
    return Node(root.agency, root.units, names.get(root.agency.parent_id or 0, ""))


def _heads(roots: Sequence[Node]) -> list[Branch]:
    named = {kind for _key, _label, kinds, _classes in _HEADS for kind in kinds}
    heads = []
    for key, label, kinds, classes in _HEADS:
        nodes = [
            one for one in roots if (one.agency.kind in kinds if kinds else one.agency.kind not in named)
        ]
        branches = tuple(
            Branch(name, CLASS_LABELS[name], tuple(one for one in nodes if one.agency.kind in CLASSES[name]))
            for name in classes
        )
        if nodes:
            heads.append(Branch(key, label, () if branches else tuple(nodes), branches))
    return heads


def flat(branches: Iterable[Branch]) -> Iterator[tuple[int, Branch | Node]]:
    """Heads and agencies one after another with their level, as a sheet prints them."""
    for branch in branches:
        yield 0, branch
        yield from flat(branch.branches)
        for node in branch.nodes:
            yield from _flat_node(node, 1)


def _flat_node(node: Node, level: int) -> Iterator[tuple[int, Branch | Node]]:
    yield level, node
    for unit in node.units:
        yield from _flat_node(unit, level + 1)
