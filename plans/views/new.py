"""A new plan from the outline that a programme prescribes, and how a plan came about."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.acting import ActingRequest, acting_required
from agencies.permissions import require
from core.findings import WrongState
from plans.content.actions import create_plan, set_route
from plans.content.routes import route_choices
from plans.forms import NewPlanForm, RouteForm
from plans.models import Programme, Section, with_document
from plans.views.frame import crumbs, may_edit, plan_url, visible_plan
from plans.worklist import programmes_to_plan_in


@acting_required
def plan_new(request: ActingRequest) -> HttpResponse:
    """Choose the programme; the plan opens with the headings of its outline."""
    require(request.membership, "plan.create")
    open_to = [programme.pk for programme in programmes_to_plan_in(request.membership)]
    programmes = with_document(Programme.objects.filter(pk__in=open_to).select_related("lead"))
    programmes = programmes.annotate(headings=Count("outline"))
    posted = request.POST if request.method == "POST" else None
    form = NewPlanForm(posted, programmes=programmes, initial={"programme": request.GET.get("programme", "")})
    if posted is not None and form.is_valid():
        said = form.cleaned_data
        plan = create_plan(
            said["programme"], actor=request.membership, title=said["title"], route=said["route"]
        )
        if Section.objects.filter(plan=plan).exists():
            done = _("The draft is made with the headings of the outline. Write, or take lines over.")
        else:
            done = _("The draft is made. Write, or take lines over.")
        messages.success(request, done)
        return redirect("plan_detail", code=plan.code, version=plan.version)
    context = {"form": form, "open_programmes": programmes, "crumbs": [(_("Plans"), reverse("plan_list"))]}
    return render(request, "plans/new.html", context, status=422 if posted is not None else 200)


@acting_required
def plan_route(request: ActingRequest, code: str, version: int) -> HttpResponse:
    """Which of the programme's two ways the plan goes; it can be changed as long as the plan is drafted."""
    plan = visible_plan(request, code, version)
    if not plan.programme.asks_route:
        raise Http404
    require(request.membership, "plan.edit", plan)
    form = RouteForm(request.POST or None, initial={"route": plan.route})
    if request.method == "POST" and form.is_valid():
        set_route(plan, form.cleaned_data["route"], actor=request.membership)
        messages.success(request, _("Saved."))
        return redirect(plan_url("plan_detail", plan))
    if not may_edit(plan, request.membership):
        raise WrongState(_("This can be said only while the plan is drafted."), code="wrong_state")
    context = {
        "plan": plan,
        "form": form,
        "choices": route_choices(plan.programme),
        "crumbs": crumbs(plan, "route"),
        "illustrative": plan.illustrative,
        "current_programme": plan.programme,
    }
    return render(request, "plans/route.html", context, status=422 if request.method == "POST" else 200)
