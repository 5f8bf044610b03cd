"""Workbooks as the portal hands them out: what every exported sheet has in common, nothing of its content.

Numbers are numbers, dates are dates, and text is text whatever it begins with: a name "=HYPERLINK(...)" in
somebody's plan must not run on the reader's machine. Rows are streamed: 200.000 of them fit in memory.
"""

from core.spreadsheets.lists import Table, list_workbook
from core.spreadsheets.sheets import (
    CellKind,
    Formula,
    GroupRow,
    Row,
    Sheet,
    SheetColumn,
    SheetSpec,
    TotalRow,
    Value,
)
from core.spreadsheets.writing import CONTENT_TYPE, sheet_names, write_workbook

__all__ = [
    "CONTENT_TYPE",
    "CellKind",
    "Formula",
    "GroupRow",
    "Row",
    "Sheet",
    "SheetColumn",
    "SheetSpec",
    "Table",
    "TotalRow",
    "Value",
    "list_workbook",
    "sheet_names",
    "write_workbook",
]
