"""Documents opened again: text and geometry of a PDF, a workbook recalculated by LibreOffice."""

import re
import subprocess
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

TIMEOUT = 120  # seconds; LibreOffice takes its time on its first start


def run(*command: str, stdin: bytes = b"") -> bytes:
    done = subprocess.run(command, input=stdin, capture_output=True, check=True, timeout=TIMEOUT)
    return done.stdout


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, laid out as printed."""
    return run("pdftotext", "-layout", "-", "-", stdin=pdf).decode().split("\f")[:-1]


def text_of(pdf: bytes) -> str:
    """All words of a PDF in one line: cells that wrap are still in pieces, but sentences are whole."""
    return " ".join(run("pdftotext", "-", "-", stdin=pdf).decode().split())


def sizes_of(pdf: bytes, tmp_path: Path) -> list[tuple[float, float]]:
    """Width and height of each page in points."""
    file = tmp_path / "sizes.pdf"
    file.write_bytes(pdf)
    found = run("pdfinfo", "-l", "999", str(file)).decode()
    return [(float(w), float(h)) for w, h in re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", found)]


def rightmost(pdf: bytes) -> list[tuple[float, float]]:
    """Of each page its width, and where its rightmost word ends."""
    boxes = run("pdftotext", "-bbox", "-", "-", stdin=pdf).decode()
    found = []
    for page in boxes.split("<page ")[1:]:
        width = re.search(r'width="([\d.]+)"', page)
        assert width is not None
        ends = [float(end) for end in re.findall(r'xMax="([\d.]+)"', page)]
        found.append((float(width[1]), max(ends, default=0.0)))
    return found


def written(xlsx: bytes) -> Workbook:
    """The workbook as it was written: formulas are formulas."""
    return load_workbook(BytesIO(xlsx))


def recalculated(xlsx: bytes, tmp_path: Path) -> Workbook:
    """The workbook with the values that LibreOffice computes."""
    source, target = tmp_path / "written.xlsx", tmp_path / "recalculated"
    source.write_bytes(xlsx)
    run(
        "soffice",
        f"-env:UserInstallation=file://{tmp_path / 'office'}",
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(target),
        str(source),
    )
    return load_workbook(target / "written.xlsx", data_only=True)


def formulas_of(sheet: Worksheet) -> list[str]:
    """Addresses of the cells that hold a formula."""
    return [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def row_of(sheet: Worksheet, label: str) -> list[object]:
    """The values of the first row that holds a cell of exactly this text."""
    for row in sheet.iter_rows(values_only=True):
        if label in row:
            return list(row)
    raise AssertionError(f"no row “{label}” in {sheet.title}")


def rows_of(sheet: Worksheet, label: str) -> list[list[object]]:
    """The values of every row that holds a cell of exactly this text."""
    return [list(row) for row in sheet.iter_rows(values_only=True) if label in row]
