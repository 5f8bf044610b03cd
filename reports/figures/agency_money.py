"""Planned money of one programme by agency, as it was then or as of a day; the whole stays the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from agencies.lineage import Attribution, Lineage, attribute, included_words
from agencies.models import Agency
from budgets.rows import ShareRow
from budgets.totals import ZERO, money_of
from plans.models import Plan, PlanKind, Programme
from plans.parts import registry
from plans.parts.base import Content
from plans.parts.columns import Kind
from plans.parts.names import Names
from plans.parts.projects import ProjectRow


@dataclass(frozen=True, slots=True)
class Amounts:
    """Triệu đồng of one agency; None where a document states nothing, which is not zero.

    `led` is the money of national projects that it leads, `shares` what national group lines give it, `own`
    the total of its own plan. National and own money are of different plans and are never added.
    """

    led: Decimal | None = None
    shares: Decimal | None = None
    own: Decimal | None = None

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(*(plus(getattr(self, one.name), getattr(other, one.name)) for one in fields(self)))

    @property
    def national(self) -> Decimal | None:
        return plus(self.led, self.shares)


def plus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """The sum of what is stated; None where nothing is."""
    if one is None or other is None:
        return one if other is None else other
    return one + other


@dataclass(frozen=True, slots=True)
class AgencyMoney:
    """One agency's row; `includes` names those whose money it took over, with theirs."""

    agency: str
    name: str
    amounts: Amounts
    note: str = ""
    includes: Sequence[tuple[str, Amounts]] = ()


@dataclass(frozen=True, slots=True)
class Undivided:
    """National money that no document divides among agencies: of a group, of printed words, of no lead."""

    name: str
    projects: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ProgrammeAgencies:
    """The money of a programme by agency; its totals are those of the plans."""

    programme: Programme
    attribution: Attribution
    rows: Sequence[AgencyMoney]
    undivided: Sequence[Undivided]
    total: Amounts
    illustrative: bool

    @property
    def national(self) -> Decimal | None:
        """All national money: what agencies lead or share, and what is not divided."""
        left = sum((one.amount for one in self.undivided), ZERO) if self.undivided else None
        return plus(self.total.national, left)


def agency_money(programme: Programme, attribution: Attribution, plans: Iterable[Plan]) -> ProgrammeAgencies:
    """The figures over exactly these plans, which are of the programme and in force."""
    chosen = list(plans)
    contents = registry.read_contents(chosen)
    names = Names(*contents.values())
    amounts: dict[str, Amounts] = {}
    undivided: dict[str, Undivided] = {}
    for plan in chosen:
        content = contents[plan.pk]
        if plan.kind == PlanKind.NATIONAL:
            _divide(content, names, amounts, undivided)
        else:
            total = money_of(content["projects"], content["allocations"]).total
            _add(amounts, plan.agency.key, Amounts(own=total))
    lineage = Lineage.load_by_key()
    attributed = {one.agency: one for one in attribute(amounts, lineage, attribution)}
    listed = Agency.objects.filter(key__in=attributed).in_order().values_list("key", "name")
    rows = [
        AgencyMoney(
            agency=key,
            name=name,
            amounts=attributed[key].amount or Amounts(),
            note=included_words(attributed[key], lineage),
            includes=[
                (lineage.name(one.agency), one.amount or Amounts()) for one in attributed[key].includes
            ],
        )
        for key, name in listed
    ]
    return ProgrammeAgencies(
        programme=programme,
        attribution=attribution,
        rows=rows,
        undivided=list(undivided.values()),
        total=sum((row.amounts for row in rows), Amounts()),
        illustrative=any(plan.illustrative for plan in chosen),
    )


def _divide(
    content: Content, names: Names, amounts: dict[str, Amounts], undivided: dict[str, Undivided]
) -> None:
    """Each national project's money to its lead, to members as far as shares are printed, or undivided."""
    shares: dict[object, list[ShareRow]] = {}
    for share in content["shares"]:
        shares.setdefault(share.line, []).append(share)
    for project in content["projects"]:
        if not any(row.line == project.line for row in content["allocations"]):
            continue
        whole = money_of([project], content["allocations"]).total
        if project.lead_agency:
            _add(amounts, project.lead_agency, Amounts(led=whole))
            continue
        for share in shares.get(project.line, ()):
            _add(amounts, share.agency, Amounts(shares=share.amount))
        left = whole - sum((share.amount for share in shares.get(project.line, ())), ZERO)
        if left:
            name = _lead_of(project, names)
            before = undivided.get(name, Undivided(name, 0, ZERO))
            undivided[name] = Undivided(name, before.projects + 1, before.amount + left)


def _lead_of(project: ProjectRow, names: Names) -> str:
    """The group or the printed words; "" where the document names no lead."""
    return names.of(Kind.GROUP, project.lead_group).full if project.lead_group else project.lead_words


def _add(amounts: dict[str, Amounts], agency: str, more: Amounts) -> None:
    amounts[agency] = amounts.get(agency, Amounts()) + more
