"""The story that the demo, the browser test and later the load generator play: calls of actions alone."""

from dataclasses import dataclass

from agencies.models import Agency
from plans.models import Plan, Programme
from reports.cycles.lines import obliged_agencies
from reports.cycles.periods import period
from reports.models import Compilation, Cycle, IssuedFile
from scenario import plan_story, report_story
from scenario.people import PASSWORD, People, make_people


@dataclass(frozen=True)
class Story:
    """What the story left behind."""

    people: People
    plan: Plan
    cycle: Cycle
    compilation: Compilation
    issued: list[IssuedFile]


def people_of_2008(password: str = PASSWORD) -> People:
    """Accounts of every agency that reports in 2008-Q2, and of those that review."""
    programme = Programme.objects.get(code="2008")
    agencies: list[Agency] = obliged_agencies(
        programme.obliged_classes, period("2008-Q2", programme.cadence).last
    )
    return make_people(agencies, password)


def play() -> Story:
    """Everything, from accounts to the issued report. The documents are loaded already."""
    people = people_of_2008()
    plan = plan_story.play(people)
    cycle, compilation, issued = report_story.play(people)
    return Story(people, plan, cycle, compilation, issued)
