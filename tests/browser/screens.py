"""Every screen of the portal, gathered: test_screens.py goes through all of them."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from plans.models import Plan
from reports.models import Cycle
from tests.browser.screen import Screen, administrator, approver, editor, of, reviewer, visitor
from tests.browser.screens_bulk import BULK
from tests.browser.screens_open_data import OPEN_DATA
from tests.browser.screens_people import PEOPLE
from tests.browser.screens_programmes import PROGRAMMES
from tests.browser.screens_reference import REFERENCE
from tests.browser.screens_superusers import SUPERUSERS
from tests.browser.world import ACCEPTED, IN_REVIEW, SUBMITTED, WITH_LEADER, World


def _plan(page: str, plan: Plan, **more: Any) -> str:
    return reverse(page, kwargs={"code": plan.code, "version": plan.version, **more})


def _cycle(page: str, cycle: Cycle, **more: Any) -> str:
    return reverse(page, kwargs={"programme": cycle.programme.code, "cycle": cycle.code, **more})


Where = Callable[[World], str]


def _of_draft(page: str, part: str) -> Where:
    return lambda world: _plan(page, world.draft, part=part)


def _of_line(page: str, part: str) -> Where:
    return lambda world: _plan(page, world.draft, part=part, line=world.line(part))


def _act(agency: str, name: str) -> Where:
    return lambda world: _plan("plan_act", world.plans[agency], name=name)


def _filing_act(agency: str, name: str) -> Where:
    return lambda world: _cycle("filing_act", world.open_cycle, key=agency, name=name)


PLANS = [
    Screen("plan list", editor, lambda w: reverse("plan_list")),
    Screen("plan list, searched", editor, lambda w: reverse("plan_list") + "?q=thu+dien+tu"),
    Screen("plan list, nothing found", editor, lambda w: reverse("plan_list") + "?q=khongcogi"),
    Screen("new plan", editor, lambda w: reverse("plan_new")),
    Screen("national plan", editor, lambda w: _plan("plan_detail", w.national)),
    Screen("national projects", editor, lambda w: _plan("plan_part", w.national, part="projects")),
    Screen("draft plan", editor, lambda w: _plan("plan_detail", w.draft)),
    Screen("approved plan", approver, lambda w: _plan("plan_detail", w.approved)),
    *(
        Screen(f"part {part}", editor, _of_draft("plan_part", part))
        for part in ("sections", "projects", "targets")
    ),
    Screen("part tasks", editor, lambda w: _plan("plan_part", w.national, part="tasks")),
    Screen("grid", editor, lambda w: _plan("plan_grid", w.draft, part="projects")),
    Screen("grid, locked", editor, lambda w: _plan("plan_grid", w.approved, part="projects")),
    *(
        Screen(f"form of {part}", editor, _of_line("line_edit", part))
        for part in ("sections", "projects", "targets")
    ),
    *(
        Screen(f"new line of {part}", editor, _of_draft("line_new", part))
        for part in ("sections", "tasks", "projects", "targets")
    ),
    Screen("remove a line", editor, _of_line("line_remove", "projects")),
    Screen("check", editor, lambda w: _plan("plan_check", w.draft)),
    Screen("compare", editor, lambda w: _plan("plan_compare", w.draft)),
    Screen("history", editor, lambda w: _plan("plan_history", w.approved)),
    Screen("receipt", approver, lambda w: _plan("plan_receipt", w.approved, number=1)),
    Screen("take, from which plan", editor, lambda w: _plan("plan_take", w.draft)),
    Screen("take, which lines", editor, lambda w: _plan("plan_take", w.draft) + "?source=605-qd-ubnd/1"),
    Screen("hand over", editor, lambda w: _plan("plan_act", w.draft, name="hand_over")),
    Screen("hand back", of(WITH_LEADER, "approver"), _act(WITH_LEADER, "hand_back")),
    Screen("submit", of(WITH_LEADER, "approver"), _act(WITH_LEADER, "submit")),
    Screen("withdraw", of(SUBMITTED, "approver"), _act(SUBMITTED, "withdraw")),
    Screen("plan to review", reviewer, lambda w: _plan("plan_detail", w.plans[SUBMITTED])),
    Screen("plan in review", reviewer, lambda w: _plan("plan_detail", w.plans[IN_REVIEW])),
    *(Screen(name, reviewer, _act(IN_REVIEW, name)) for name in ("return_", "approve", "reject")),
    Screen("who reports without a lead", administrator, lambda w: _plan("plan_assign", w.national)),
    Screen("part baselines", editor, _of_draft("plan_part", "baselines")),
    Screen("part baselines of a document", editor, lambda w: "/plans/605-qd-ubnd/1/baselines/"),
    Screen("form of the status", editor, _of_draft("plan_grid", "baselines")),
    Screen("form of the status, locked", editor, lambda w: _plan("plan_grid", w.approved, part="baselines")),
    Screen("form of baselines", editor, _of_line("line_edit", "baselines")),
    Screen("new line of baselines", editor, _of_draft("line_new", "baselines")),
    Screen("how the plan came about", editor, lambda w: _plan("plan_route", w.draft)),
    Screen("document list", editor, lambda w: reverse("document_list")),
    Screen("document list, nothing found", editor, lambda w: reverse("document_list") + "?q=khongcogi"),
    Screen("document", editor, lambda w: reverse("document_detail", args=["43-2008-qd-ttg"])),
    Screen("document, searched", editor, lambda w: "/documents/605-qd-ubnd/?q=thu+dien+tu"),
    Screen("document of which we have no text", editor, lambda w: "/documents/48-2009-qd-ttg/"),
    Screen("document that lacks annexes", editor, lambda w: "/documents/1605-qd-ttg/"),
    Screen("clause of a task", reviewer, lambda w: "/documents/43-2008-qd-ttg/II.2.k/"),
    Screen("clause of a task with sub-items", editor, lambda w: "/documents/43-2008-qd-ttg/II.7.c/"),
    Screen("clause of targets", editor, lambda w: "/documents/43-2008-qd-ttg/I.1.b/"),
    Screen("clause of a project", editor, lambda w: "/documents/43-2008-qd-ttg/Phụ lục I, A.18/"),
    Screen("clause that is not in our copy", editor, lambda w: "/documents/1605-qd-ttg/Phụ lục III/"),
]

REPORTS = [
    Screen("cycle list", reviewer, lambda w: reverse("cycle_list")),
    Screen("open a cycle", administrator, lambda w: reverse("cycle_open")),
    Screen("open a cycle ad hoc", administrator, lambda w: reverse("cycle_open") + "?kind=ad-hoc"),
    Screen("cycle", reviewer, lambda w: _cycle("cycle_detail", w.cycle)),
    Screen("open cycle", administrator, lambda w: _cycle("cycle_detail", w.open_cycle)),
    Screen("cycle of an agency", editor, lambda w: _cycle("cycle_detail", w.open_cycle)),
    Screen("obligation", editor, lambda w: _cycle("report_detail", w.cycle, key="p82")),
    Screen(
        "obligation not begun",
        of("p08", "editor"),
        lambda w: _cycle("report_detail", w.open_cycle, key="p08"),
    ),
    Screen("obligation to accept", reviewer, lambda w: _cycle("report_detail", w.open_cycle, key=SUBMITTED)),
    Screen("obligation accepted", reviewer, lambda w: _cycle("report_detail", w.open_cycle, key=ACCEPTED)),
    Screen("filing form", editor, lambda w: _cycle("filing_form", w.open_cycle, key="p82")),
    Screen(
        "filing form, checked", editor, lambda w: _cycle("filing_form", w.open_cycle, key="p82") + "?check=1"
    ),
    Screen(
        "obligation of the lead",
        lambda w: w.people.of("m-tttt", "editor"),  # type: ignore[arg-type]
        lambda w: _cycle("report_detail", w.open_cycle, key="m-tttt"),
    ),
    Screen("submit a report", of(WITH_LEADER, "approver"), _filing_act(WITH_LEADER, "submit")),
    *(
        Screen(f"{name} a report", reviewer, _filing_act(SUBMITTED, name))
        for name in ("return_", "extend", "exempt", "receipt")
    ),
    Screen("compliance", reviewer, lambda w: _cycle("compliance", w.cycle)),
    Screen("compile", reviewer, lambda w: _cycle("cycle_compile", w.open_cycle)),
    Screen("compilation list", reviewer, lambda w: reverse("compilation_list")),
    Screen("compilation", reviewer, lambda w: reverse("compilation_detail", args=[w.compilation.pk])),
    Screen(
        "compilation for an agency", editor, lambda w: reverse("compilation_detail", args=[w.compilation.pk])
    ),
    Screen("verify a copy", editor, lambda w: reverse("verify_copy")),
]

OTHERS = [
    Screen("sign-in", visitor, lambda w: reverse("account_login")),
    Screen("password reset", visitor, lambda w: reverse("account_reset_password")),
    Screen("change password", editor, lambda w: reverse("account_change_password")),
    Screen("work list of an editor", editor, lambda w: reverse("worklist")),
    Screen("work list of an approver", of(WITH_LEADER, "approver"), lambda w: reverse("worklist")),
    Screen("work list of a reviewer", reviewer, lambda w: reverse("worklist")),
    Screen("work list of an administrator", administrator, lambda w: reverse("worklist")),
    Screen("agency list", editor, lambda w: reverse("agency_list")),
    Screen("agency", editor, lambda w: reverse("agency_detail", args=["p82"])),
    Screen("lead agency", editor, lambda w: reverse("agency_detail", args=["m-tttt"])),
    Screen("403", editor, lambda w: reverse("cycle_open"), status=403),
    Screen("405", editor, lambda w: reverse("act_as"), status=405),
    Screen("404", editor, lambda w: _plan("plan_detail", w.plans[WITH_LEADER]), status=404),
    Screen("indicator list", editor, lambda w: reverse("indicator_list")),
    Screen("indicator list, nothing found", editor, lambda w: reverse("indicator_list") + "?q=khongcogi"),
    Screen(
        "indicator with contradictions",
        editor,
        lambda w: reverse("indicator_detail", args=["officials-using-email"]),
    ),
    Screen(
        "indicator of the status",
        editor,
        lambda w: reverse("indicator_detail", args=["computers-per-official"]),
    ),
]


def _agency_act(name: str) -> Where:
    return lambda world: reverse("agency_act", args=["p40", name])


AGENCIES = [
    Screen("agency tree", editor, lambda w: reverse("agency_list") + "?view=tree&on=24/03/2008"),
    Screen("agency tree, searched", editor, lambda w: reverse("agency_list") + "?view=tree&q=tien+giang"),
    Screen("agency tree, nothing found", editor, lambda w: reverse("agency_list") + "?view=tree&q=khongcogi"),
    Screen("agency that ended", editor, lambda w: reverse("agency_detail", args=["p28"])),
    Screen("agency for an administrator", administrator, lambda w: reverse("agency_detail", args=["p40"])),
    Screen("agency on another day", editor, lambda w: "/agencies/p82/?on=01/07/2025"),
    Screen("new agency", administrator, lambda w: reverse("agency_new")),
    *(
        Screen(f"{name} an agency", administrator, _agency_act(name))
        for name in ("rename", "merge", "split", "end", "edit")
    ),
]

SEARCH = [
    Screen("search", editor, lambda w: reverse("search")),
    Screen("search, hits", editor, lambda w: reverse("search") + "?q=thu+dien+tu"),
    Screen("search, all of a kind", editor, lambda w: reverse("search") + "?q=thong+tin&kind=clauses"),
    Screen("search, several clauses", reviewer, lambda w: reverse("search") + "?q=II.1.b"),
    Screen("search, nothing found", editor, lambda w: reverse("search") + "?q=zzqx"),
]

ACCOUNT = [
    Screen("account", editor, lambda w: reverse("account")),
    Screen("account of an administrator", administrator, lambda w: reverse("account")),
    Screen("two-step sign-in", editor, lambda w: reverse("mfa_index")),
    Screen("confirm that it is you", editor, lambda w: reverse("account_reauthenticate")),
    Screen("API tokens", editor, lambda w: reverse("token_list")),
    Screen("revoke an API token", editor, lambda w: reverse("token_revoke", args=[w.token.pk])),
    Screen("API tokens of everybody", administrator, lambda w: reverse("people_tokens")),
    Screen("API tokens, nothing found", administrator, lambda w: reverse("people_tokens") + "?q=zzqx"),
    Screen("log of sign-ins", administrator, lambda w: reverse("sign_in_list")),
    Screen("log of sign-ins, nothing found", administrator, lambda w: reverse("sign_in_list") + "?q=zzqx"),
]

SUMS = [
    Screen("reconciliation", editor, lambda w: reverse("reconciliation")),
    Screen(
        "reconciliation of one", editor, lambda w: reverse("document_reconciliation", args=["605-qd-ubnd"])
    ),
    Screen("money by agency", editor, lambda w: reverse("programme_money", args=["2008"])),
    Screen(
        "money by agency of a day",
        editor,
        lambda w: reverse("programme_money", args=["2008"]) + "?agencies=day&on=02/08/2008",
    ),
]

SCREENS = [
    *SUMS,
    *OTHERS,
    *PLANS,
    *REPORTS,
    *AGENCIES,
    *SEARCH,
    *ACCOUNT,
    *OPEN_DATA,
    *BULK,
    *REFERENCE,
    *PEOPLE,
    *PROGRAMMES,
    *SUPERUSERS,
]
