"""A new plan from the outline that a programme prescribes."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.acting import ActingRequest, acting_required
from agencies.permissions import require
from plans.content.actions import create_plan
from plans.forms import NewPlanForm
from plans.models import Programme
from plans.worklist import programmes_to_plan_in


@acting_required
def plan_new(request: ActingRequest) -> HttpResponse:
    """Choose the programme; the plan opens with the headings of its outline."""
    require(request.membership, "plan.create")
    open_to = [programme.pk for programme in programmes_to_plan_in(request.membership)]
    programmes = Programme.objects.filter(pk__in=open_to).select_related("lead", "document")
    programmes = programmes.annotate(headings=Count("outline"))
    posted = request.POST if request.method == "POST" else None
    form = NewPlanForm(posted, initial={"programme": request.GET.get("programme", "")})
    form.fields["programme"].queryset = programmes  # type: ignore[attr-defined]
    if posted is not None and form.is_valid():
        programme, title = form.cleaned_data["programme"], form.cleaned_data["title"]
        plan = create_plan(programme, actor=request.membership, title=title)
        messages.success(
            request, _("The draft is made with the headings of the outline. Write, or take lines over.")
        )
        return redirect("plan_detail", code=plan.code, version=plan.version)
    context = {"form": form, "open_programmes": programmes, "crumbs": [(_("Plans"), reverse("plan_list"))]}
    return render(request, "plans/new.html", context, status=422 if posted is not None else 200)
