"""Lấy từ kế hoạch khác: choose a plan, then its lines; what does not fit is said before."""

from collections import defaultdict
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from agencies.acting import ActingRequest, acting_required
from agencies.permissions import require
from core import clock
from core.findings import WrongState
from core.vietnamese import clean
from plans.content.actions import take_lines
from plans.models import Plan
from plans.models.plan import PlanQuerySet
from plans.parts import registry
from plans.versions.taking import candidates, said_of
from plans.views.frame import crumbs, may_edit, plan_url, visible_plan

PAGE_SIZE = 50


@acting_required
def plan_take(request: ActingRequest, code: str, version: int) -> HttpResponse:
    """Without a source: which plans there are. With one: its lines, all chosen that can come."""
    plan = visible_plan(request, code, version)
    require(request.membership, "plan.edit", plan)
    if request.method != "POST" and not may_edit(plan, request.membership):
        raise WrongState(_("Lines can be taken only while the plan is drafted."), code="wrong_state")
    sources = _sources(plan, request)
    wanted = request.POST.get("source") or request.GET.get("source", "")
    if not wanted:
        return _choose_source(request, plan, sources)
    source = get_object_or_404(sources, **_address(wanted))
    if request.method == "POST":
        added = take_lines(plan, source, _chosen(request), actor=request.membership)
        messages.success(request, said_of(added))
        if not plan.route and Plan.objects.filter(pk=plan.pk).exclude(route="").exists():
            text = _(
                "It is noted that the plan is carved out of an approved one; its page lets you change that."
            )
            messages.info(request, text)
        return redirect("plan_detail", code=code, version=version)
    content = registry.read_content(source)
    parts = candidates(plan, source, content)
    context = _frame(plan) | {"source": source, "wanted": wanted, "parts": parts}
    return render(request, "plans/take.html", context)


def _sources(plan: Plan, request: ActingRequest) -> PlanQuerySet:
    """Plans whose lines may be taken, those of the own agency first."""
    found = Plan.objects.visible_to(request.membership).for_pages().exclude(pk=plan.pk).in_order()
    return found.matching(request.GET.get("q", ""))


def _choose_source(request: ActingRequest, plan: Plan, sources: PlanQuerySet) -> HttpResponse:
    ours = {*plan.agency.answers_for_on(clock.today()), *request.membership.agency_ids}
    own = sources.filter(agency__in=ours)
    page = Paginator(sources.exclude(agency__in=ours), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "plans/take_from.html", _frame(plan) | {"own": own, "page": page})


def _frame(plan: Plan) -> dict[str, object]:
    url = plan_url("plan_detail", plan)
    return {
        "plan": plan,
        "url": url,
        "take_url": plan_url("plan_take", plan),
        "current_programme": plan.programme,
        "illustrative": plan.illustrative,
        "crumbs": crumbs(plan, "take"),
    }


def _address(wanted: str) -> dict[str, str]:
    """ "605-qd-ubnd/1" as code and version."""
    code, _slash, version = clean(wanted).partition("/")
    return {"code": code, "version": version if version.isdecimal() else "0"}


def _chosen(request: HttpRequest) -> dict[str, list[UUID]]:
    """The ticked lines by part; anything that is no line of a part is not taken for one."""
    chosen: dict[str, list[UUID]] = defaultdict(list)
    for token in request.POST.getlist("line"):
        key, _colon, line = token.partition(":")
        try:
            chosen[key].append(UUID(line))
        except ValueError:
            continue
    return chosen
