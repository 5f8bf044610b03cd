"""A plan as JSON, PDF or XLSX."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from agencies.acting import ActingRequest, acting_required
from agencies.permissions import require
from plans.models import Plan
from plans.parts import registry
from reports.exports import PLAN_FORMATS, export_plan_bytes


@acting_required
def plan_export(request: ActingRequest, code: str, version: int, format: str) -> HttpResponse:  # noqa: A002
    """The version as it stands, for those who see it and may export."""
    plans = Plan.objects.visible_to(request.membership).for_pages()
    plan = get_object_or_404(plans, code=code, version=version)
    if format not in PLAN_FORMATS:
        raise Http404
    require(request.membership, "plan.export", plan)
    body, content_type, name = export_plan_bytes(plan, registry.read_content(plan), format)
    return HttpResponse(
        body, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
