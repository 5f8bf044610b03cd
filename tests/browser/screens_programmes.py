"""Screens on which programmes and periods are kept."""

from django.urls import reverse

from plans.models import Programme
from tests.browser.screen import Screen, administrator, reviewer
from tests.browser.world import IN_REVIEW, OPEN_CYCLE, World

PROGRAMME = "2009-2010"
NAMES = ("programme_detail", "programme_edit", "programme_lead", "programme_outline", "programme_checklist")


def _regime(world: World) -> str:
    regime = Programme.objects.get(code="2008").regimes.get()
    return reverse("regime_edit", args=["2008", regime.pk])


def _kept(name: str = "", cycle: str = OPEN_CYCLE) -> str:
    if not name:
        return reverse("kept_cycle", args=["2008", cycle])
    return reverse("kept_cycle_act", args=["2008", cycle, name])


PROGRAMMES = [
    Screen("programme list", administrator, lambda w: reverse("programme_list")),
    Screen("programme list, nothing found", administrator, lambda w: reverse("programme_list") + "?q=zzqx"),
    Screen("new programme", administrator, lambda w: reverse("programme_new")),
    *(
        Screen(name.replace("_", " "), administrator, lambda w, name=name: reverse(name, args=[PROGRAMME]))  # type: ignore[misc]
        for name in NAMES
    ),
    Screen(
        "programme of two regimes", administrator, lambda w: reverse("programme_detail", args=["2011-2015"])
    ),
    Screen(
        "programme of another lead",
        administrator,
        lambda w: reverse("programme_detail", args=["2007-2010-tien-giang"]),
    ),
    Screen(
        "headings of another programme",
        administrator,
        lambda w: reverse("programme_mapping", args=[PROGRAMME, "2007-2010-tien-giang"]),
    ),
    Screen(
        "status figures of an outline",
        administrator,
        lambda w: reverse("programme_asked", args=[PROGRAMME]),
    ),
    Screen("new regime", administrator, lambda w: reverse("regime_new", args=[PROGRAMME])),
    Screen("regime with periods", administrator, _regime),
    Screen("kept periods", administrator, lambda w: reverse("kept_cycle_list")),
    Screen("kept period", administrator, lambda w: _kept()),
    Screen("kept period that is issued", administrator, lambda w: _kept(cycle=w.cycle.code)),
    *(
        Screen(f"{name} a kept period", administrator, lambda w, name=name: _kept(name))  # type: ignore[misc]
        for name in ("change", "add", "withdraw")
    ),
    Screen(
        "plan with a checklist",
        reviewer,
        lambda w: reverse("plan_detail", args=[w.plans[IN_REVIEW].code, w.plans[IN_REVIEW].version]),
    ),
]
