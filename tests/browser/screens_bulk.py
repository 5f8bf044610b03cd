"""Acts on many agencies, reminders, and the rights."""

from collections.abc import Callable

from django.urls import reverse

from tests.browser.screen import Screen, administrator, approver, editor, reviewer
from tests.browser.world import SUBMITTED, WITH_LEADER, World

Where = Callable[[World], str]


def _bulk(name: str, query: str) -> Where:
    return lambda world: (
        reverse("cycle_bulk", args=[world.open_cycle.programme.code, world.open_cycle.code, name]) + query
    )


def _receipt(world: World) -> str:
    return reverse("bulk_receipt", args=[world.open_cycle.bulk_acts.get().pk])


def _report(agency: str) -> Where:
    return lambda world: reverse(
        "report_detail", args=[world.open_cycle.programme.code, world.open_cycle.code, agency]
    )


BULK = [
    Screen("extend many", reviewer, _bulk("extend", "?scope=filtered&agency_class=central-cities")),
    Screen("exempt many", administrator, _bulk("exempt", "?scope=shown")),
    Screen("remind many", reviewer, _bulk("remind", f"?agency=p82&agency={SUBMITTED}&agency=p08")),
    Screen("accept many", reviewer, _bulk("accept", f"?agency={SUBMITTED}&agency=p82")),
    Screen("accept none", reviewer, _bulk("accept", "?agency=p82")),
    Screen("many, none chosen", reviewer, _bulk("extend", "")),
    Screen("receipt of many", reviewer, _receipt),
    Screen("acts on many", reviewer, lambda w: reverse("bulk_act_list")),
    Screen("acts on many, none", editor, lambda w: reverse("bulk_act_list")),
    Screen("agencies without a plan", administrator, lambda w: reverse("plan_remind")),
    Screen(
        "remind of plans",
        administrator,
        lambda w: reverse("plan_remind") + "?programme=2009-2010&scope=ticked&agency=p08&agency=p82",
    ),
    Screen("report reminded of", editor, _report("p82")),
    Screen("report that its approver may not edit", approver, _report("p82")),
    Screen("remind one", reviewer, lambda w: _report(WITH_LEADER)(w) + "acts/remind/"),
    Screen("rights", administrator, lambda w: reverse("rights")),
    Screen(
        "rights, asked",
        administrator,
        lambda w: reverse("rights") + "?person=p82&permission=plan.submit&address=/plans/605-qd-ubnd/1/",
    ),
]
