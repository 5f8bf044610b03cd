"""What was promised: programmes and their documents, plans, their lines, and what was decided on them."""

from plans.models.basis import LegalBasis, with_document
from plans.models.checklist import ChecklistItem, ReviewTick
from plans.models.document import Clause, LegalDocument
from plans.models.drafts import DraftValue, LineEdit, PlanDraftValue
from plans.models.lines import (
    LineKind,
    LineReporter,
    PlanLine,
    Project,
    Section,
    Task,
    TaskParty,
    VersionedLine,
)
from plans.models.plan import IN_FORCE_STATES, OPEN_STATES, Plan, PlanKind, PlanRoute, PlanState
from plans.models.programme import CoReviewer, DecidedBy, OutlineItem, OutlineMapping, Programme
from plans.models.regime import Cadence, ReportingRegime
from plans.models.revision import PlanRevision, PlanStep

__all__ = [
    "IN_FORCE_STATES",
    "OPEN_STATES",
    "Cadence",
    "ChecklistItem",
    "Clause",
    "CoReviewer",
    "DecidedBy",
    "DraftValue",
    "LegalBasis",
    "LegalDocument",
    "LineEdit",
    "LineKind",
    "LineReporter",
    "OutlineItem",
    "OutlineMapping",
    "Plan",
    "PlanDraftValue",
    "PlanKind",
    "PlanLine",
    "PlanRevision",
    "PlanRoute",
    "PlanState",
    "PlanStep",
    "Programme",
    "Project",
    "ReportingRegime",
    "ReviewTick",
    "Section",
    "Task",
    "TaskParty",
    "VersionedLine",
    "with_document",
]
