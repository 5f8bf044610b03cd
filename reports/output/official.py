"""The layout of an official document (Nghị định 30/2020/NĐ-CP, Phụ lục I), printed to PDF."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from core.clock import HANOI
from core.notation import format_long_date, format_number
from core.vietnamese import VIETNAMESE_LETTERS, clean
from reports.output.tables import Table

ILLUSTRATIVE = "SỐ LIỆU MINH HỌA"
DRAFT = "BẢN DỰ THẢO"
UNIT = "(Đơn vị tính: triệu đồng)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What makes a report an issued document: number, date, signer, and the head of the audit chain."""

    number: str
    issued_on: date
    agency: str
    place: str
    signer: str = ""
    signer_title: str = ""
    parent: str = ""  # the body above the agency, where one is printed
    audit_count: int | None = None
    audit_head: str = ""

    @property
    def audit_line(self) -> str:
        """The number of audit entries and the head hash: by them the file can be held against the portal."""
        if not self.audit_head:
            return ""
        count = format_number(self.audit_count)
        return (
            f"Nhật ký hệ thống tại thời điểm ban hành: {count} mục, mã SHA-256 cuối chuỗi: {self.audit_head}"
        )


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`level` 0 is plain text; 1 "I.", 2 "1.", 3 "a)", as the number says."""

    text: str
    number: str = ""
    level: int = 0
    heading: bool = False

    @property
    def printed(self) -> str:
        """The text with what must not be torn apart at the end of a line held together."""
        return self.text.replace(" %", "\N{NO-BREAK SPACE}%")


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex with its tables; `number` is Roman, "" where the document has only one."""

    number: str
    title: str
    tables: Sequence[Table]
    notes: Sequence[str] = ()

    @property
    def is_many(self) -> bool:
        return len(self.tables) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The head of page 1. Blanks stand where a draft has no number or date yet."""

    agency: str
    parent: str = ""
    number: str = ""
    place: str = ""
    day: date | None = None
    numbered: bool = True  # a plan that goes with a decision has neither number nor date of its own

    @property
    def agency_lines(self) -> list[str]:
        return balanced(self.agency)

    @property
    def parent_lines(self) -> list[str]:
        return balanced(self.parent)

    @property
    def place_and_date(self) -> str:
        blank = "ngày\N{EM SPACE}\N{EM SPACE}tháng\N{EM SPACE}\N{EM SPACE}năm\N{EM SPACE}\N{EM SPACE}"
        return ", ".join(filter(None, (self.place, format_long_date(self.day) or blank)))


def point(number: int) -> str:
    """The letter of a point: 0 is a, 4 is đ (no f, j, w, z); past v the letters begin anew, doubled."""
    again, at = divmod(number, len(VIETNAMESE_LETTERS))
    return VIETNAMESE_LETTERS[at] * (again + 1)


def moment_in_words(moment: datetime) -> str:
    """ "09 giờ 00 ngày 05 tháng 8 năm 2008", as the clocks of Hà Nội show it."""
    local = moment.astimezone(HANOI)
    return f"{local:%H} giờ {local:%M} {format_long_date(local)}"


def lower_first(name: str) -> str:
    return name[:1].lower() + name[1:]


def upper_first(name: str) -> str:
    return name[:1].upper() + name[1:]


def balanced(name: str) -> list[str]:
    """A long name over two lines of about one length, as letterheads print it."""
    words = name.split()
    if len(name) <= 26:
        return [name]
    breaks = range(1, len(words))
    best = min(
        breaks, key=lambda at: abs(len(" ".join(words[:at])) - len(" ".join(words[at:]))), default=len(words)
    )
    return [" ".join(words[:best]), *filter(None, [" ".join(words[best:])])]


def listed(words: Iterable[str]) -> str:
    """ "a, b và c"."""
    *before, last = [*words] or [""]
    return f"{', '.join(before)} và {last}" if before else last


def post_lines(title: str) -> list[str]:
    """ "KT. BỘ TRƯỞNG, THỨ TRƯỞNG" over two lines, in capitals."""
    return [clean(line).upper() for line in title.replace("\n", ",").split(",") if clean(line)]


def print_document(template: str, context: dict[str, Any], tables: Iterable[Table] = ()) -> bytes:
    """The template as a PDF. Nothing is fetched: fonts are the system's, and styles stand in the document."""
    widths = sorted({width for table in tables for width in table.percents})
    with override("vi"):
        page = render_to_string(template, {**context, "widths": [(w, f"{w / 10:.1f}") for w in widths]})
    # A number and its sign stay on one line.
    return laid_out(page.replace(" %", "\N{NO-BREAK SPACE}%"))


def laid_out(page: str) -> bytes:
    """A page of HTML as a PDF: some seconds for a long one."""
    from weasyprint import HTML  # noqa: PLC0415 - half a second, only where a document is made

    written: bytes = HTML(string=page, url_fetcher=_refuse).write_pdf()
    return written


def _refuse(url: str, *args: object, **kwargs: object) -> dict[str, Any]:
    raise ValueError(f"a document fetches nothing: {url}")
