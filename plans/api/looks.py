"""What can be read of a plan beside its lines: what is wrong, changed, happened, was frozen."""

from typing import Any

from django.db.models import Count, Max
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from core.api.etags import is_known, tagged
from core.api.files import FileAnswer
from core.api.lists import refused_parameter
from core.api.schema import describes
from plans.api.look_shapes import CheckData, CompareData, HistoryData, ReceiptData, RevisionList
from plans.api.plan import PlanEndpoint, plan_etag
from plans.models import OPEN_STATES, Plan, PlanRevision, PlanStep
from plans.parts import registry
from plans.review.checks import check_plan
from plans.versions.chronicle import entries_of
from plans.versions.compare import LineChange, compare
from plans.versions.lineage import Basis, bases_of, usual_basis
from plans.versions.snapshot import content_of, is_intact, plan_facts_of
from plans.views.frame import steps_of

SCANS = ("application/pdf", "image/jpeg", "image/png")
FACTS = ("title", "route")
WITH = OpenApiParameter("with", str, description=gettext_lazy("Key of a basis; the usual one without it."))


class PlanCheck(PlanEndpoint):
    """What is wrong or doubtful."""

    @extend_schema(responses=CheckData)
    @describes(tagged=True)
    def get(self, request: Request, code: str, version: int) -> Response:
        """All findings of an open plan at once, errors first; of a decided plan there are none."""
        current = plan_etag(self.plan)
        findings = check_plan(self.plan) if self.plan.state in OPEN_STATES else []
        errors = sum(one.bars for one in findings)
        said = {"errors": errors, "warnings": len(findings) - errors, "findings": findings}
        return self.answer(CheckData(said).data, current)


class PlanCompare(PlanEndpoint):
    """What changed."""

    parameters = ("with",)

    @extend_schema(responses=CompareData, parameters=[WITH])
    @describes(tagged=True)
    def get(self, request: Request, code: str, version: int) -> Response:
        """The plan against one of its revisions, or against the version before it."""
        current, bases = plan_etag(self.plan), bases_of(self.plan)
        basis = self._basis(bases)
        said: dict[str, Any] = {"bases": bases, "basis": basis and basis.key, "facts": [], "lines": []}
        if basis is not None:
            revision = PlanRevision.objects.get(pk=basis.revision_id)
            before = plan_facts_of(revision)
            said["facts"] = [
                {"name": name, "old": before[name], "new": getattr(self.plan, name)}
                for name in FACTS
                if before[name] != getattr(self.plan, name)
            ]
            changes = compare(content_of(revision), registry.read_content(self.plan))
            said["lines"] = [_changed(change) for change in changes]
        return self.answer(CompareData(said).data, current)

    def _basis(self, bases: list[Basis]) -> Basis | None:
        asked = self.request.query_params.get("with")
        if asked is None:
            return usual_basis(self.plan, bases)
        for basis in bases:
            if basis.key == asked:
                return basis
        known = ", ".join(basis.key for basis in bases) or _("none")
        text = _("The plan cannot be compared with this. Known: %(known)s.") % {"known": known}
        raise refused_parameter("with", "basis_unknown", text)


def _changed(change: LineChange) -> dict[str, Any]:
    return {
        "part": change.part,
        "line": change.row.line,
        "change": change.kind.value,
        "title": change.title,
        "fields": [
            {"name": one.column.name, "label": one.column.label, "old": one.before, "new": one.after}
            for one in change.fields
        ],
    }


class PlanHistory(PlanEndpoint):
    """What happened."""

    @extend_schema(responses=HistoryData)
    def get(self, request: Request, code: str, version: int) -> Response:
        """Everything that happened, the latest first, and who edited how much.

        What happens inside an agency is shown to that agency alone.
        """
        own = self.plan.agency_id in self.membership.agency_ids
        entries = entries_of(self.plan, steps_of(self.plan), own=own)
        for entry in entries:
            entry["step"] = self._step(entry["step"]) if "step" in entry else None
        editors = (
            self.plan.line_edits.values("by__full_name")
            .annotate(edits=Count("id"), lines=Count("line", distinct=True), last=Max("at"))
            .order_by("-edits", "by__full_name")
        )
        return Response(HistoryData({"entries": entries, "editors": editors}).data)

    def _step(self, step: PlanStep) -> Any:
        shown: Any = step
        shown.number = step.revision and step.revision.number
        shown.scan_url = None
        if step.scan:
            shown.scan_url = reverse(
                "api:plan_scan", kwargs={**self.kwargs, "step": step.pk}, request=self.request
            )
        return shown


class PlanScan(FileAnswer, PlanEndpoint):
    """The scan of a step's paper."""

    @extend_schema(operation_id="plans_history_scan", responses=FileAnswer.described(*SCANS))
    def get(self, request: Request, code: str, version: int, step: int) -> Any:
        """The file as it was sent."""
        found = get_object_or_404(self.plan.steps.exclude(scan=""), pk=step)
        name = str(found.scan.name).rsplit("/", 1)[-1]
        return FileResponse(found.scan.open("rb"), as_attachment=True, filename=name)


class PlanRevisions(PlanEndpoint):
    """What was frozen."""

    @extend_schema(responses=RevisionList)
    def get(self, request: Request, code: str, version: int) -> Response:
        """Each revision with its hash, and whether what is kept still matches it."""
        revisions: Any = self.plan.revisions.select_related("by").order_by("number")
        for revision in revisions:
            revision.intact = is_intact(revision)
        return Response(RevisionList({"revisions": revisions}).data)


class PlanRevisionContent(FileAnswer, PlanEndpoint):
    """One revision, byte for byte."""

    @extend_schema(operation_id="plans_revisions_content", responses=OpenApiTypes.OBJECT)
    @describes(tagged=True)
    def get(self, request: Request, code: str, version: int, number: int) -> Any:
        """The canonical JSON whose SHA-256 the receipt names; that hash is its entity tag."""
        revision = get_object_or_404(self.plan.revisions, number=number)
        tag = f'"{revision.sha256}"'
        if is_known(request, tag):
            return tagged(request, None, tag)
        return HttpResponse(revision.content, content_type="application/json", headers={"ETag": tag})


class PlanReceipt(PlanEndpoint):
    """What one keeps after a submission."""

    @extend_schema(operation_id="plans_receipts", responses=ReceiptData)
    def get(self, request: Request, code: str, version: int, number: int) -> Response:
        """When, by whom, with which paper, and the SHA-256 of what was frozen."""
        revision = get_object_or_404(self.plan.revisions.select_related("by"), number=number)
        step = revision.steps.select_related("by", "agency").order_by("id").first()
        if step is None:
            raise Http404
        return Response(ReceiptData(_receipt(self.plan, revision, step)).data)


def _receipt(plan: Plan, revision: PlanRevision, step: PlanStep) -> dict[str, Any]:
    shown: Any = revision
    shown.intact = is_intact(revision)
    papers = ("paper_number", "paper_on", "paper_issuer", "paper_signer", "signed_as")
    return {
        "plan": plan,
        "title": plan.title,
        "revision": shown,
        "at": step.at,
        "by": str(step.by),
        "agency": step.agency,
        **{name: getattr(step, name) for name in papers},
    }
