"""Sheets to the bytes of an .xlsx file, in the portal's one look."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from core.clock import HANOI
from core.findings import Text
from core.notation import decimal_string
from core.spreadsheets.archive import StampedZip
from core.spreadsheets.sheets import CellKind, Formula, GroupRow, Row, Sheet, SheetSpec, TotalRow, Value
from core.spreadsheets.values import NUMBERS, RUNS, WIDTHS, number_format, plain_text, sheet_date

_FONT = "Times New Roman"
_LINE = Side(style="thin", color="A6A6A6")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD_FILL = PatternFill("solid", fgColor="E7E6E6")
_GROUP_FILL = PatternFill("solid", fgColor="F5F5F5")

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, eq=False)
class _Look:
    font: Font
    fill: PatternFill | None = None
    border: Border | None = None
    alignment: Alignment | None = None  # by the column's kind when not given


_MARK = _Look(Font(name=_FONT, size=11, bold=True, color="9C0006"), alignment=Alignment(vertical="top"))
_TITLE = _Look(Font(name=_FONT, size=14, bold=True), alignment=Alignment(vertical="top"))
_SUBTITLE = _Look(Font(name=_FONT, size=11), alignment=Alignment(vertical="top"))
_UNIT = _Look(Font(name=_FONT, size=11, italic=True), alignment=Alignment(horizontal="right"))
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_HEAD = _Look(Font(name=_FONT, size=11, bold=True), _HEAD_FILL, _BOX, _CENTRED)
_HELP = _Look(Font(name=_FONT, size=9, italic=True), _HEAD_FILL, _BOX, _CENTRED)
_BODY = _Look(Font(name=_FONT, size=11), border=_BOX)
_GROUP = _Look(Font(name=_FONT, size=11, bold=True), _GROUP_FILL, _BOX)
_TOTAL = _Look(Font(name=_FONT, size=11, bold=True), _HEAD_FILL, _BOX)

_LEFT = Alignment(horizontal="left", vertical="top", wrap_text=True)
_RIGHT = Alignment(horizontal="right", vertical="top")
_MIDDLE = Alignment(horizontal="center", vertical="top")
_ALIGNMENTS = {
    CellKind.TEXT: _LEFT,
    CellKind.YEAR: _MIDDLE,
    CellKind.DATE: _MIDDLE,
    CellKind.DATETIME: _MIDDLE,
}


def write_workbook(
    sheets: Sequence[Sheet], *, created: datetime, title: Text = "", author: Text = ""
) -> bytes:
    """The .xlsx file of the sheets, in their order. The same sheets and `created` give the same bytes.

    Raises TypeError for a value that its column does not hold, ValueError for a row of another length.
    """
    aware = created if created.tzinfo else created.replace(tzinfo=HANOI)
    moment = aware.astimezone(UTC).replace(tzinfo=None)
    workbook = Workbook(write_only=True)
    properties = workbook.properties
    properties.title, properties.creator = plain_text(title), plain_text(author)
    properties.created = properties.modified = moment
    target = BytesIO()
    try:
        for sheet, name in zip(sheets, sheet_names(sheet.spec.name for sheet in sheets), strict=True):
            _SheetWriter(workbook.create_sheet(name), sheet.spec).write(sheet.rows)
        ExcelWriter(workbook, StampedZip(target, moment)).save()
    except BaseException:
        # Else the temporary files of the sheets live as long as the process.
        worksheet: Any
        for worksheet in workbook.worksheets:
            if not worksheet.closed:
                worksheet.close()
            if Path(worksheet._writer.out).exists():
                worksheet._writer.cleanup()
        raise
    return target.getvalue()


def sheet_names(names: Iterable[Text]) -> list[str]:
    """Names that Excel accepts: 1 to 31 characters, none of []:*?/\\, no quote at the ends, no two alike."""
    taken: set[str] = set()
    accepted = []
    for number, name in enumerate(names, 1):
        plain = " ".join(re.sub(r"[\[\]:*?/\\]", " ", plain_text(name)).split()).strip("' ")[:31]
        base = unique = plain.rstrip("' ") or str(number)
        copy = 1
        while unique.casefold() in taken:
            copy += 1
            unique = f"{base[: 31 - len(f' ({copy})')].rstrip()} ({copy})"
        taken.add(unique.casefold())
        accepted.append(unique)
    return accepted


class _SheetWriter:
    def __init__(self, worksheet: Any, spec: SheetSpec) -> None:
        self.worksheet = worksheet
        self.spec = spec
        self.cells: dict[tuple[object, ...], Any] = {}
        self.places = [0] * len(spec.columns)
        self.widths = [column.width or WIDTHS[column.kind] for column in spec.columns]
        self.row = 0

    def write(self, rows: Iterable[Row]) -> None:
        self._set_up()
        for texts, look in self._head():
            self._append([self._text_cell(at, text, look) for at, text in enumerate(texts)], look)
        for row in rows:
            values, look = _values_and_look(row)
            pairs = enumerate(zip(self.spec.columns, values, strict=True))
            self._append([self._cell(at, column.kind, value, look) for at, (column, value) in pairs], look)

    def _append(self, cells: list[Any], look: _Look) -> None:
        """Write a row, high enough for its wrapped texts: LibreOffice does not work that out."""
        self.row += 1
        if look.border:
            texts = (
                (cell, width) for cell, width in zip(cells, self.widths, strict=True) if cell.data_type == "s"
            )
            lines = max((_lines(cell.value, width) for cell, width in texts), default=1)
            if lines > 1:
                self.worksheet.row_dimensions[self.row].height = min(_LINE_HEIGHT * lines, _HIGHEST)
        self.worksheet.append(cells)
        self.worksheet.row_dimensions.pop(self.row, None)

    def _set_up(self) -> None:
        """Everything that has to stand in the file before its rows."""
        sheet, spec = self.worksheet, self.spec
        for at, width in enumerate(self.widths):
            sheet.column_dimensions[get_column_letter(at + 1)].width = width
        sheet.freeze_panes = spec.cell(spec.frozen_columns, spec.first_row)
        sheet.print_title_rows = f"{spec.head_row}:{spec.first_row - 1}"
        sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"  # A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_margins.left = sheet.page_margins.right = 0.4  # inches
        sheet.page_margins.top = sheet.page_margins.bottom = 0.7
        if spec.mark:
            sheet.oddHeader.center.text = plain_text(spec.mark).replace("&", "&&")
        sheet.oddFooter.center.text = "&P/&N"

    def _head(self) -> Iterator[tuple[list[Text], _Look]]:
        spec = self.spec
        if spec.mark:
            yield [spec.mark], _MARK
        for number, title in enumerate(spec.titles):
            yield [title], _SUBTITLE if number else _TITLE
        if spec.head_row > 1:
            yield [*[""] * (len(spec.columns) - 1), spec.unit], _UNIT
        yield [column.heading for column in spec.columns], _HEAD
        if any(column.help for column in spec.columns):
            yield [column.help for column in spec.columns], _HELP

    def _cell(self, at: int, kind: CellKind, value: Value, look: _Look) -> Any:
        if isinstance(value, str | Promise):
            return self._text_cell(at, value, look, kind)
        if isinstance(value, Formula):
            cell = self._styled(at, look, kind, number_format(kind, self.places[at]))
            cell.value = f"={value.expression}"
            return cell
        if value is None:
            cell = self._styled(at, look, kind, number_format(kind, None))
        elif isinstance(value, date) and kind in (CellKind.DATE, CellKind.DATETIME):
            cell = self._styled(at, look, kind, number_format(kind, None))
            value = sheet_date(kind, value)
        elif isinstance(value, int | float | Decimal) and kind in NUMBERS and not isinstance(value, bool):
            places = len((decimal_string(Decimal(str(value))) or "").partition(".")[2])
            self.places[at] = max(self.places[at], places)
            cell = self._styled(at, look, kind, number_format(kind, places))
        else:
            heading = self.spec.columns[at].heading
            raise TypeError(f"column “{heading}” holds {kind}, not {value!r}")
        cell.value = value
        return cell

    def _text_cell(self, at: int, text: Text, look: _Look, kind: CellKind = CellKind.TEXT) -> Any:
        plain = plain_text(text)
        # Old versions of Excel show ##### for a long text in a cell of the text format.
        cell = self._styled(at, look, kind, "@" if len(plain) <= 255 else "General", plain.startswith(RUNS))
        cell.value = plain
        cell.data_type = "s"  # openpyxl took "=..." for a formula and "#N/A" for an error
        return cell

    def _styled(self, at: int, look: _Look, kind: CellKind, number_format: str, quoted: bool = False) -> Any:
        """The one cell of this look in this column, filled anew by each row: styling costs the most."""
        key = (at, look, kind, number_format, quoted)
        if (cell := self.cells.get(key)) is None:
            cell = self.cells[key] = WriteOnlyCell(self.worksheet)
            cell.font, cell.number_format, cell.quotePrefix = look.font, number_format, quoted
            cell.alignment = look.alignment or _ALIGNMENTS.get(kind, _RIGHT)
            if look.border:
                cell.border = look.border
            if look.fill:
                cell.fill = look.fill
        return cell


_LINE_HEIGHT = 15  # points, of the 11 point type
_HIGHEST = 409  # Excel's own limit
_LETTERS = 1.1  # letters in the width of a digit, which widths count; with what wrapping leaves unused


def _lines(text: str, width: float) -> int:
    """How many lines a wrapped text takes in a column of `width` characters."""
    return sum(max(1, ceil(len(line) / (width * _LETTERS))) for line in text.split("\n"))


def _values_and_look(row: Row) -> tuple[Sequence[Value], _Look]:
    if isinstance(row, GroupRow):
        return row.values, _GROUP
    if isinstance(row, TotalRow):
        return row.values, _TOTAL
    return row, _BODY
