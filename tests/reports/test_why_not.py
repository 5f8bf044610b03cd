"""Why may I not? Every act of the tables that is shut to a reader says why, in words that need no mouse.

Walks the acts of plans, reports, periods, compilations and agencies, in their states, as each of the cast.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from agencies.changes.acts import ACTS as AGENCY_ACTS
from agencies.models import Agency, Membership
from agencies.offering import concerns
from agencies.permissions import can
from core import clock
from plans.content.actions import create_plan
from plans.models import Plan, PlanState, Programme
from plans.review import acts as plan_acts
from plans.views.frame import plan_url
from reports.bulk.acts import BULK
from reports.compiling import compile_cycle
from reports.filing import acts as filing_acts
from reports.filing.actions import accept_filing, hand_over_filing, return_filing
from reports.filing.band import live_filing
from reports.models import Compilation, Cycle, Report
from reports.views.offers import COMPILATION_ACTS, CYCLE_ACTS
from tests.cast import Cast
from tests.reading import ClientFor, in_english
from tests.reports.filings import People, begun, filed, report_of

pytestmark = pytest.mark.django_db

_WHY = re.compile(r'<details class="why-not.*?</details>', re.DOTALL)


@pytest.fixture(autouse=True)
def _in_july(_july_2008: None) -> Iterator[None]:
    with clock.at("2008-07-18T09:00"), translation.override("en"):
        yield


class Reader:
    """Pages as each of the cast reads them, and what they say of acts that are shut."""

    def __init__(self, client_for: ClientFor, cast: Cast) -> None:
        self.clients = {who: in_english(client_for(getattr(cast, who))) for who in Cast.__dataclass_fields__}
        self.cast = cast

    def __iter__(self) -> Iterator[tuple[str, Membership]]:
        return ((who, getattr(self.cast, who)) for who in self.clients)

    def reasons(self, who: str, url: str) -> str | None:
        """The words of the page's folded reasons; None where the page is not theirs."""
        page = self.clients[who].get(url)
        if page.status_code != 200:
            return None
        body = page.content.decode()
        # A shut button without a reason that can be read tells nobody anything.
        found = " ".join(_WHY.findall(body))
        words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found)).split())
        assert bool(words) or "disabled" not in _in_main(body), (who, url)
        return words


def _in_main(body: str) -> str:
    return " ".join(re.findall(r"<button[^>]*>", body[body.index("<main") : body.index("</main>")]))


@pytest.fixture
def reader(client_for: ClientFor, cast: Cast) -> Reader:
    return Reader(client_for, cast)


def missing(said: str | None, shut: Iterable[tuple[Any, Any]]) -> list[str]:
    """The acts (label, reason) that the page does not explain."""
    return [f"{label}: {why}" for label, why in shut if said is not None and f"{why}" not in said]


def test_plans(reader: Reader, cast: Cast) -> None:
    """Every act of a plan in every state, with and without the leader."""
    plan = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)
    cases = [(state, ready) for state in PlanState for ready in ({False, state == PlanState.DRAFT})]
    seen = 0
    for state, ready in cases:
        in_force = clock.today() if state in (PlanState.APPROVED, PlanState.SUPERSEDED) else None
        Plan.objects.filter(pk=plan.pk).update(state=state, ready_for_approver=ready, in_force_from=in_force)
        row = Plan.objects.for_pages().get(pk=plan.pk)
        for who, membership in reader:
            shut = [
                (act.label, reason)
                for act in plan_acts.ACTS.values()
                if concerns(act.permission, row, membership) and act.possible(row)
                if (reason := plan_acts.why_not(act, row, membership))
            ]
            shut += [(one.label, one.refused) for one in plan_acts.shut_beside(row, membership)]
            said = reader.reasons(who, plan_url("plan_detail", row)) if shut else ""
            assert not missing(said, shut), (state, ready, who)
            seen += len(shut) if said is not None else 0
    assert seen > 20


def test_who_reports_on_lines_without_a_lead(reader: Reader) -> None:
    plan = Plan.objects.for_pages().get(code="43-2008-qd-ttg")
    for who, membership in reader:
        decision = can(membership, "line.assign", plan)
        shut = [("", decision.reason)] if concerns("line.assign", plan, membership) and not decision else []
        said = reader.reasons(who, plan_url("plan_detail", plan)) if shut else ""
        assert not missing(said, shut), who


def _states(q2: Cycle, cast: Cast) -> dict[str, Callable[[], Any]]:
    """What brings Tiền Giang's report from each state to the next."""
    staff = People(cast.editor, cast.approver)

    def live() -> Any:
        return report_of(q2, "p82").filings.exclude(state="returned").get()

    return {
        "nothing": lambda: None,
        "draft": lambda: begun(q2, staff),
        "with the leader": lambda: hand_over_filing(live(), actor=cast.editor),
        "submitted": lambda: filed(q2, staff),
        "accepted": lambda: accept_filing(live(), actor=cast.reviewer),
        "returned": lambda: return_filing(live(), actor=cast.reviewer, reason="Thiếu."),
        "exempt": lambda: Report.objects.filter(agency__key="p82").update(exempt=True),
    }


def test_reports(reader: Reader, cast: Cast, q2: Cycle) -> None:
    """Every act of a report in every state."""
    url = reverse("report_detail", args=["2008", "2008-Q2", "p82"])
    seen = 0
    for state, bring in _states(q2, cast).items():
        if state == "submitted":
            report_of(q2, "p82").filings.update(ready_for_approver=False)
        with clock.at("2008-07-10T09:00"):
            bring()
        report = report_of(q2, "p82")
        for who, membership in reader:
            filing = live_filing(report, membership)
            shut = [
                (act.label, reason)
                for act in filing_acts.ACTS.values()
                if concerns(act.permission, report, membership) and act.possible(report, filing)
                if (reason := filing_acts.why_not(act, report, filing, membership))
            ]
            edit = filing_acts.edit_offer(report, filing, membership)
            if edit is not None and edit.refused and membership.agency_id == report.agency_id:
                shut.append((edit.label, edit.refused))
            said = reader.reasons(who, url) if shut else ""
            assert not missing(said, shut), (state, who)
            seen += len(shut) if said is not None else 0
    assert seen > 20


def test_periods_and_compilations(reader: Reader, cast: Cast, q2: Cycle) -> None:
    filed(q2, People(cast.editor, cast.approver))
    with clock.at("2008-07-16T09:00"):
        compilation: Compilation = compile_cycle(q2, actor=cast.reviewer)
    pages: dict[str, list[tuple[str, Any]]] = {
        reverse("cycle_detail", args=["2008", "2008-Q2"]): [
            *((act.permission, q2) for act in CYCLE_ACTS),
            *((kind.permission, q2) for kind in BULK.values()),
        ],
        reverse("compliance", args=["2008", "2008-Q2"]): [(act.permission, q2) for act in CYCLE_ACTS],
        reverse("compilation_detail", args=[compilation.pk]): [
            (act.permission, compilation) for act in COMPILATION_ACTS if act.name == "issue"
        ],
    }
    seen = 0
    for url, acts in pages.items():
        for who, membership in reader:
            shut = [
                (permission, decision.reason)
                for permission, obj in acts
                if concerns(permission, obj, membership)
                if not (decision := can(membership, permission, obj))
            ]
            said = reader.reasons(who, url) if shut else ""
            assert not missing(said, shut), (url, who)
            seen += len(shut) if said is not None else 0
    assert seen > 10


def test_agencies(reader: Reader, cast: Cast) -> None:
    """An administrator reads why each act on an agency is shut; to others the acts belong not at all."""
    for key in ("p40", "p82"):
        agency = Agency.objects.get(key=key)
        agency.heir = agency.left_behind = None  # type: ignore[attr-defined]
        page = reader.clients["admin"].get(reverse("agency_detail", args=[key])).content.decode()
        for name in ("rename", "merge", "split", "end", "edit"):
            reason = AGENCY_ACTS[name].why_not(agency)
            assert reason in html.unescape(page), (key, name)
        other = reader.clients["reviewer"].get(reverse("agency_detail", args=[key])).content.decode()
        assert "/acts/rename/" not in other
