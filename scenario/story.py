"""The story that the demo, the browser test and later the load generator play: calls of actions alone."""

from dataclasses import dataclass

from agencies.models import Agency
from plans.models import Plan, Programme
from reports.cycles.lines import obliged_agencies
from reports.cycles.proposals import find_period
from reports.models import Compilation, Cycle, IssuedFile
from scenario import half_year_story, plan_story, report_story
from scenario.half_year_story import HALF_YEAR
from scenario.people import PASSWORD, People, make_people
from scenario.report_story import QUARTER, Calendar


@dataclass(frozen=True)
class Story:
    """What the story left behind."""

    people: People
    plan: Plan
    cycle: Cycle
    compilation: Compilation
    issued: list[IssuedFile]


@dataclass(frozen=True)
class HalfYear:
    """What the half-year added to it."""

    people: People
    cycle: Cycle
    compilation: Compilation
    issued: list[IssuedFile]


def people_of(calendar: Calendar, password: str = PASSWORD) -> People:
    """Accounts of every agency that reports in a period, and of those that review; old ones stay."""
    found = find_period(Programme.objects.get(code=calendar.programme), calendar.code)
    assert found is not None
    agencies: list[Agency] = obliged_agencies(found.regime.obliged_classes, found.last)
    return make_people(agencies, password)


def people_of_2008(password: str = PASSWORD) -> People:
    return people_of(QUARTER, password)


def play() -> Story:
    """The story of 2008, from accounts to the issued report. The documents are loaded already."""
    people = people_of_2008()
    plan = plan_story.play(people)
    cycle, compilation, issued = report_story.play(people)
    return Story(people, plan, cycle, compilation, issued)


def play_half_year(told: Story) -> HalfYear:
    """What follows: 2008 is tidied as an office would, and the first half of 2011 is reported."""
    half_year_story.tidy(told.cycle, told.people)
    people = people_of(HALF_YEAR)
    return HalfYear(people, *half_year_story.play_half_year(people))
