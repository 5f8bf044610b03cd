"""Which sources a plan or a report may name: leaves that are valid in its years and meant for its agency."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from budgets.models import FundingSource, SourceUse
from budgets.rows import AllocationRow
from core.findings import Finding, Place, error, warning
from core.notation import NotationError, format_date, format_money
from plans.models import Plan, Programme


@dataclass(frozen=True, slots=True)
class Offer:
    """The leaves of the tree in order, which of them are offered, and which open a first grid.

    `names` are those of the whole tree, for what names a source that is offered no more.
    """

    names: dict[str, str]
    leaves: dict[str, FundingSource]
    offered: frozenset[str]
    opening: tuple[str, ...]

    def choices(self) -> list[FundingSource]:
        """What a form offers, in the order of the tree."""
        return [one for code, one in self.leaves.items() if code in self.offered]

    def valid_in(self, code: str, year: int | None) -> bool:
        """Whether the source's period meets the year; of no year in particular it is."""
        return year is None or code not in self.leaves or self.leaves[code].valid_in(year)


def offer_of(programme: Programme, agency_class: str, years: Collection[int]) -> Offer:
    """What agencies of a class may use in a programme, valid in at least one of the years. One query."""
    meant = SourceUse.objects.filter(
        Q(programme__isnull=True) | Q(programme=programme),
        agency_class__in=["", agency_class],
        source=OuterRef("pk"),
    )
    tree = FundingSource.objects.annotate(
        is_meant=Exists(meant),
        opens=Exists(meant.filter(opens=True)),
        has_children=Exists(FundingSource.objects.filter(parent=OuterRef("pk"))),
    ).order_by("position", "id")
    rows = list(tree)
    leaves = [one for one in rows if not one.has_children]
    offered = [one for one in leaves if one.is_meant and any(map(one.valid_in, years))]
    return Offer(
        names={one.code: one.name for one in rows},
        leaves={one.code: one for one in leaves},
        offered=frozenset(one.code for one in offered),
        opening=tuple(one.code for one in offered if one.opens),
    )


def offer_for(plan: Plan) -> Offer:
    return offer_of(plan.programme, plan.agency.agency_class, plan.years)


def refuse_unoffered(offer: Offer, used: Iterable[str], year: int | None, code: str, typed: str) -> None:
    """Raise `NotationError` for money of a source that ended before the year, or is not meant for the plan.

    A source that stands in the plan already may go on being used: what was begun is not cut off.
    """
    source = offer.leaves.get(code)
    if source is None:
        return
    if year is not None and not source.valid_in(year):
        raise NotationError("source_not_valid", typed, not_valid_words(source, year), remedy())
    if code not in offer.offered and code not in set(used):
        words = _("Source “%(source)s” is not offered to this agency in this programme.")
        raise NotationError("source_not_offered", typed, words % {"source": source.name}, remedy())


def not_valid_words(source: FundingSource, year: int) -> str:
    said = {
        "source": source.name,
        "year": year,
        "from": format_date(source.valid_from),
        "to": format_date(source.valid_to),
    }
    if source.valid_to is not None and source.valid_to.year < year:
        return _("Source “%(source)s” ended on %(to)s and takes no money of %(year)s.") % said
    return _("Source “%(source)s” begins on %(from)s and takes no money of %(year)s.") % said


def remedy() -> str:
    return _("Choose another source, or ask an administrator.")


def findings_of_money(offer: Offer, rows: Iterable[AllocationRow]) -> Iterator[Finding]:
    """Money of a year outside its source's period bars submission; of a source not offered, a warning."""
    warned: set[str] = set()
    for row in rows:
        source = offer.leaves.get(row.source)
        if source is None:
            continue
        place = Place("projects", str(row.line), row.path)
        if row.year is not None and not source.valid_in(row.year):
            said = f"{not_valid_words(source, row.year)} {remedy()}"
            yield error("source_not_valid", said, place, format_money(row.amount))
        elif row.source not in offer.offered and row.source not in warned:
            warned.add(row.source)
            words = _("Source “%(source)s” is no longer offered to this agency in this programme.")
            yield warning("source_not_offered", words % {"source": source.name}, place)
