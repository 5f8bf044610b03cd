"""What every page of one plan shares: the plan that the reader may see, the band, the acts, the tabs."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.acting import ActingRequest
from agencies.answering import answering
from agencies.models import Membership
from agencies.permissions import can
from core.findings import Finding, Text
from core.templatetags.components import place_id
from plans.models import OPEN_STATES, Plan, PlanStep
from plans.parts import registry
from plans.parts.base import Content, PlanPart
from plans.review.acts import OfferedAct, offered, shut_beside
from plans.review.checks import check_plan
from plans.standing import standing_of


def visible_plan(request: ActingRequest, code: str, version: int) -> Plan:
    """The version that the reader may see; anything else is a 404."""
    plans = Plan.objects.visible_to(request.membership).for_pages()
    plans = plans.prefetch_related("programme__review_scopes")  # asked again for every right
    return get_object_or_404(plans, code=code, version=version)


def lined_part(key: str) -> PlanPart[Any]:
    """A part with a page of its own; anything else is a 404."""
    for part in page_parts():
        if part.key == key:
            return part
    raise Http404


def page_parts() -> list[PlanPart[Any]]:
    """The parts that have a page, in the order in which a plan is written: the ones with lines."""
    return [part for part in registry.parts() if part.template]


def plan_url(name: str, plan: Plan, **more: Any) -> str:
    return reverse(name, kwargs={"code": plan.code, "version": plan.version, **more})


def may_edit(plan: Plan, membership: Membership) -> bool:
    """Whether the reader can change the plan now: right, state, and not lying with the leader."""
    return plan.is_editable and not plan.ready_for_approver and bool(can(membership, "plan.edit", plan))


def steps_of(plan: Plan) -> list[PlanStep]:
    """The steps taken, oldest first, without the frozen content."""
    steps = plan.steps.select_related("by", "agency", "revision").defer("revision__content")
    return list(steps.order_by("id"))


def frame(
    request: ActingRequest,
    plan: Plan,
    current: str,
    *,
    content: Content | None = None,
    steps: Sequence[PlanStep] | None = None,
) -> dict[str, Any]:
    """The context of plans/frame.html; `current` is the tab: a part's key, "overview", "check", ..."""
    content = registry.read_content(plan) if content is None else content
    steps = steps_of(plan) if steps is None else steps
    findings = check_plan(plan, content) if plan.state in OPEN_STATES else []
    acts, before = acts_of(plan, request.membership, content, findings)
    return {
        "plan": plan,
        "content": content,
        "steps": steps,
        "findings": findings,
        "standing": standing_of(plan, request.membership, steps),
        "taken_over": answering(plan.agency).note,
        "acts": acts,
        "before_acts": before,
        "shut": shut_beside(plan, request.membership),
        "may_edit": may_edit(plan, request.membership),
        "ticks": ticks(plan, content, findings, current),
        "tabs": tabs(plan, content, findings, current),
        "marks": marks(plan),
        "illustrative": plan.illustrative,
        "current_programme": plan.programme,
        "crumbs": crumbs(plan, current),
    }


def acts_of(
    plan: Plan, membership: Membership, content: Content, findings: Sequence[Finding]
) -> tuple[list[OfferedAct], dict[str, Text] | None]:
    """The acts that are offered, and what an editor does before any of them makes sense."""
    acts = offered(plan, membership)
    before = next_before_acts(plan, content, findings) if may_edit(plan, membership) else None
    return [replace(act, next=act.next and before is None) for act in acts], before


def next_before_acts(plan: Plan, content: Content, findings: Sequence[Finding]) -> dict[str, Text] | None:
    """What an editor does before any act makes sense: mend the errors that bar it, or write at all."""
    errors = sum(1 for finding in findings if finding.bars)
    begun = any(part.progress(content[part.key]).done for part in page_parts())
    if errors and begun:
        label = ngettext("Mend %(n)d error", "Mend %(n)d errors", errors) % {"n": errors}
        return {"label": label, "url": plan_url("plan_check", plan)}
    if not begun:
        first = next((row.line for row in content["sections"] if not row.body), None)
        url = plan_url("line_edit", plan, part="sections", line=first) if first else ""
        return {"label": _("Write the text"), "url": url or plan_url("line_new", plan, part="sections")}
    return None


def crumbs(plan: Plan, current: str) -> list[tuple[Text, str]]:
    agency = (plan.agency.name, reverse("agency_detail", args=[plan.agency.key]))
    found: list[tuple[Text, str]] = [(_("Plans"), reverse("plan_list")), agency]
    if current != "overview":
        found.append((plan.programme.short_name, plan_url("plan_detail", plan)))
    return found


def tabs(plan: Plan, content: Content, findings: Sequence[Finding], current: str) -> list[dict[str, Any]]:
    """The sides of a plan: overview, its parts, and while it is open what is wrong and what changed."""
    found: list[dict[str, Any]] = [
        {"key": "overview", "label": _("Overview"), "url": plan_url("plan_detail", plan)}
    ]
    for part in page_parts():
        url = plan_url("plan_part", plan, part=part.key)
        found.append({"key": part.key, "label": part.label, "url": url, "count": len(content[part.key])})
    if plan.state in OPEN_STATES:
        url, bad = plan_url("plan_check", plan), len(findings)
        found.append({"key": "check", "label": _("Check"), "url": url, "count": bad})
    found.append({"key": "compare", "label": _("Changes"), "url": plan_url("plan_compare", plan)})
    found.append({"key": "history", "label": _("History"), "url": plan_url("plan_history", plan)})
    return [{**tab, "current": tab["key"] == current} for tab in found]


def ticks(plan: Plan, content: Content, findings: Sequence[Finding], current: str) -> list[dict[str, Any]]:
    """The parts with ticks computed from what they hold; of a decided plan only the counts."""
    found = []
    for part in page_parts():
        done = part.progress(content[part.key])
        mine = [finding for finding in findings if finding.place.part == part.key]
        errors = sum(1 for finding in mine if finding.bars)
        state = "none"
        if plan.state in OPEN_STATES:
            state = _tick(done.done, done.whole, errors, len(mine) - errors)
        note = f"{done.done}/{done.whole}" if done.done != done.whole else str(done.whole)
        if not content[part.key]:
            note = _("none yet") if plan.state in OPEN_STATES else "0"
        elif errors:
            note = f"{note} · " + ngettext("%(n)d error", "%(n)d errors", errors) % {"n": errors}
        url = plan_url("plan_part", plan, part=part.key)
        found.append(
            {"label": part.label, "url": url, "state": state, "note": note, "current": part.key == current}
        )
    return found


def _tick(done: int, whole: int, errors: int, warnings: int) -> str:
    if errors:
        return "error"
    if not done:
        return "todo"
    if done < whole:
        return "part"
    return "warning" if warnings else "done"


def marks(plan: Plan) -> list[dict[str, Text]]:
    """What must be known of the plan beside its state, each in a tag."""
    found: list[dict[str, Text]] = []
    if plan.registered:
        found.append({"sign": "§", "word": _("registered from its document")})
    if plan.self_reviewed:
        found.append({"sign": "⇄", "word": _("appraised by the lead agency itself")})
    return found


def place_url(plan: Plan, finding: Finding, *, editable: bool) -> str:
    """The page on which a finding can be mended, at its field; for others the row on the part's page."""
    place = finding.place
    if not place.part:
        if place.path != "route":
            return ""
        return plan_url("plan_route" if editable else "plan_detail", plan)
    if not place.line:
        return plan_url("plan_part", plan, part=place.part)
    if editable and ("/" in place.path or registry.get(place.part).in_grid):
        return f"{plan_url('plan_grid', plan, part=place.part)}#{place_id(place)}"
    if editable:
        return f"{plan_url('line_edit', plan, part=place.part, line=UUID(place.line))}#{place_id(place)}"
    return f"{plan_url('plan_part', plan, part=place.part)}#at-{place.line}"


def located(plan: Plan, findings: Sequence[Finding], *, editable: bool) -> list[tuple[Finding, str]]:
    """Findings with the address of their place."""
    return [(finding, place_url(plan, finding, editable=editable)) for finding in findings]
