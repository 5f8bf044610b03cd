"""Where the lines of a plan come from: taken from another plan, they remember its document and clause."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from plans.models import LegalDocument, Plan, PlanLine
from plans.parts import registry


@dataclass(frozen=True, slots=True)
class Origin:
    """The line that another was taken from: its document as people call it, its clause, its page."""

    label: str
    clause: str
    url: str
    document: LegalDocument | None = None


def source_label(plan: dict[str, Any] | Plan) -> str:
    """What a plan is called when it is cited: its document's number, its decision's, else its code."""
    if isinstance(plan, Plan):
        number = plan.document.number if plan.document else ""
        return number or plan.decision_number or plan.code
    return plan["plan__document__number"] or plan["plan__decision_number"] or plan["plan__code"]


def origins_of(plan: Plan) -> dict[UUID, Origin]:
    """The origin of each line that has one; one query, and one for each part where there are any."""
    parts = [part for part in registry.parts() if part.line_kind is not None]
    here = [part.model._default_manager.filter(plan=plan).order_by().values("line_id") for part in parts]
    lines = here[0].union(*here[1:]) if len(here) > 1 else here[0]
    wanted = dict(
        PlanLine.objects.filter(pk__in=[row["line_id"] for row in lines], origin__isnull=False).values_list(
            "pk", "origin_id"
        )
    )
    if not wanted:
        return {}
    found: dict[UUID, Origin] = {}
    documents: dict[int, LegalDocument] = {}
    for part in parts:
        rows = part.model._default_manager.filter(line_id__in=wanted.values()).order_by("plan__version")
        for row in rows.values(
            "line_id",
            "clause",
            "plan__code",
            "plan__version",
            "plan__decision_number",
            "plan__document__number",
            "plan__document__slug",
            "plan__document_id",
        ):
            url = reverse(
                "plan_part",
                kwargs={"code": row["plan__code"], "version": row["plan__version"], "part": part.key},
            )
            document = _document(row, documents)
            found[row["line_id"]] = Origin(
                source_label(row), row["clause"], f"{url}#at-{row['line_id']}", document
            )
    return {line: found[origin] for line, origin in wanted.items() if origin in found}


def _document(row: dict[str, Any], known: dict[int, LegalDocument]) -> LegalDocument | None:
    """The document of the plan, without its text; one object for all lines, which keeps its clauses."""
    pk = row["plan__document_id"]
    if pk is not None and pk not in known:
        known[pk] = LegalDocument(
            pk=pk, slug=row["plan__document__slug"], number=row["plan__document__number"]
        )
    return known.get(pk)
