"""What happened: periods, obligations, what was filed, what was compiled and issued."""

from reports.models.bulk import BulkAct, BulkRow, Reminder
from reports.models.cycle import Cycle, LineRole, Report, ReportLine
from reports.models.filing import (
    Filing,
    FilingDraftValue,
    FilingState,
    FundFlow,
    IndicatorResult,
    ProjectResult,
    TaskResult,
)
from reports.models.output import Compilation, IssuedFile

__all__ = [
    "BulkAct",
    "BulkRow",
    "Compilation",
    "Cycle",
    "Filing",
    "FilingDraftValue",
    "FilingState",
    "FundFlow",
    "IndicatorResult",
    "IssuedFile",
    "LineRole",
    "ProjectResult",
    "Reminder",
    "Report",
    "ReportLine",
    "TaskResult",
]
