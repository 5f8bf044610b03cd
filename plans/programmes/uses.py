"""What hangs on a programme, an outline or a regime; upper apps register what they know of.

So a programme's page can say why something may no longer change, and what a change entails, without knowing
of periods, indicators or money.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.findings import Text
from plans.models import OPEN_STATES, OutlineMapping, Plan, PlanState, Programme, ReportingRegime, Section


@dataclass(frozen=True, slots=True)
class Use:
    """Rows of one kind that rest on a programme: `open` of them are not finished yet."""

    key: str
    count: int
    open: int
    text: Text


@dataclass(frozen=True, slots=True)
class RegimeUse:
    """The periods that were opened under a regime: how many, and the last day of the last window."""

    count: int
    last: date | None


UseProvider = Callable[[Programme], Iterable[Use]]
RegimeUseProvider = Callable[[Collection[ReportingRegime]], Mapping[int, RegimeUse]]
_providers: list[UseProvider] = []
_of_regimes: list[RegimeUseProvider] = []


def register(provider: UseProvider) -> None:
    if provider not in _providers:
        _providers.append(provider)


def register_of_regimes(provider: RegimeUseProvider) -> None:
    """What was opened under each regime, by its id; who has nothing there is left out."""
    if provider not in _of_regimes:
        _of_regimes.append(provider)


def uses_of(programme: Programme) -> dict[str, Use]:
    """Everything that hangs on the programme, by kind; kinds of which there is nothing are left out."""
    found = [one for provider in (_plans, *_providers) for one in provider(programme)]
    return {one.key: one for one in found if one.count}


def uses_of_regimes(regimes: Collection[ReportingRegime]) -> dict[int, RegimeUse]:
    """By the id of a regime, what rests on it; one query a provider."""
    return {pk: use for provider in _of_regimes for pk, use in provider(regimes).items()}


def _plans(programme: Programme) -> Iterable[Use]:
    states = list(Plan.objects.filter(programme=programme).values_list("state", flat=True))
    text = ngettext("%(n)d plan", "%(n)d plans", len(states)) % {"n": len(states)}
    yield Use("plans", len(states), sum(one in OPEN_STATES for one in states), text)
    waiting = [one for one in states if one in (PlanState.SUBMITTED, PlanState.IN_REVIEW)]
    text = ngettext("%(n)d plan under review", "%(n)d plans under review", len(waiting)) % {"n": len(waiting)}
    yield Use("reviews", len(waiting), len(waiting), text)


# --- Headings of an outline


@dataclass(frozen=True, slots=True)
class OutlineLink:
    """Rows that name headings of an outline by their numbers.

    `texts(programme)` says for each number what rests on it; `renumber` follows a heading to its new number,
    and is None where that would change what people wrote.
    """

    texts: Callable[[Programme], Mapping[str, Text]]
    renumber: Callable[[Programme, Mapping[str, str]], None] | None = None


_links: list[OutlineLink] = []


def link(outline_link: OutlineLink) -> None:
    if outline_link not in _links:
        _links.append(outline_link)


def links() -> list[OutlineLink]:
    return list(_links)


def plans_by_heading(programme: Programme) -> dict[str, int]:
    """Number of a heading -> how many plans of the programme have it, drafts and versions of the past too."""
    found: dict[str, set[int]] = {}
    rows = Section.objects.filter(plan__programme=programme).values_list("number", "plan_id")
    for number, plan in rows:
        found.setdefault(number, set()).add(plan)
    return {number: len(plans) for number, plans in found.items()}


def _texts_of_plans(programme: Programme) -> Mapping[str, Text]:
    return {
        number: ngettext("%(n)d plan has this heading", "%(n)d plans have this heading", count) % {"n": count}
        for number, count in plans_by_heading(programme).items()
    }


def _texts_of_mappings(programme: Programme) -> Mapping[str, Text]:
    into = OutlineMapping.objects.filter(programme=programme).select_related("source")
    return {
        one.to_number: _("text taken over from “%(programme)s” goes there")
        % {"programme": one.source.short_name}
        for one in into
    }


def _renumber_mappings(programme: Programme, numbers: Mapping[str, str]) -> None:
    """Mappings follow: of what comes here, where it goes; of what goes elsewhere, where it comes from."""
    for end, whose in (("to_number", "programme"), ("from_number", "source")):
        found = OutlineMapping.objects.filter(**{whose: programme, f"{end}__in": list(numbers)})
        rows = list(found)
        found.delete()  # two headings may have changed places, and a number stands once
        for row in rows:
            row.pk = None
            setattr(row, end, numbers[getattr(row, end)])
        OutlineMapping.objects.bulk_create(rows)


link(OutlineLink(_texts_of_plans))
link(OutlineLink(_texts_of_mappings, _renumber_mappings))
