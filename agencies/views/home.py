"""Việc cần làm, and the choice for whom one acts."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from agencies import worklist as gathered
from agencies.acting import ActingRequest, acting_required, choose, member_required
from core import clock


@acting_required
def worklist(request: ActingRequest) -> HttpResponse:
    """Việc cần làm: what waits for me, the nearest deadline first; what waits for others behind it."""
    items = gathered.items(request.membership)
    context = {
        "mine": [item for item in items if item.mine],
        "waiting": [item for item in items if not item.mine],
        "today": clock.today(),
    }
    return render(request, "agencies/worklist.html", context)


@require_POST
@member_required
def act_as(request: ActingRequest) -> HttpResponse:
    """Choose another of one's memberships; the work list of that agency follows."""
    wanted = request.POST.get("membership", "")
    chosen = next((one for one in request.memberships if str(one.pk) == wanted), None)
    if chosen is None:
        return render(request, "404.html", status=404)
    choose(request, chosen)
    return redirect("worklist")
