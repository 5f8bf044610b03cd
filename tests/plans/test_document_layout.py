"""The text of a document laid out: what a line is follows from how it begins; no word is lost or added."""

import pytest

from plans.documents.layout import Kind, lay_out, snapped
from plans.models import LegalDocument
from tests.cast import Cast

DECISION = """QUYẾT ĐỊNH
Phê duyệt Kế hoạch
THỦ TƯỚNG CHÍNH PHỦ
Căn cứ Luật Công nghệ thông tin;
QUYẾT ĐỊNH:
Điều 1. Phê duyệt Kế hoạch với những nội dung sau:
I. MỤC TIÊU
1. Bộ Nội vụ có trách nhiệm:
a) Xây dựng tiêu chuẩn.
đ) Hướng dẫn:
- Cổng thông tin.
+ Cổng thành phần.
\tNơi nhận:
- Như trên.
\tKT. THỦ TƯỚNG
Nguyễn Văn A

Phụ lục I
\tSTT
\tTên dự án
\tNhu cầu

\t1
\tCổng thông tin
của các Bộ
\t30.000

* Ghi chú."""


def shape(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in lay_out(text)]


def test_lines_are_what_their_beginnings_say() -> None:
    kinds = [kind for kind, _text in shape(DECISION)]
    assert kinds == [
        *["centred"] * 3,
        "paragraph",
        "centred",
        "paragraph",
        "heading",
        "heading",
        "letter",
        "letter",
        "dash",
        "plus",
        "signature",
        "centred",
        "table",
        "dash",
    ]


def test_a_table_has_its_head_rows_and_cells_of_several_lines() -> None:
    table = next(block for block in lay_out(DECISION) if block.kind is Kind.TABLE)
    assert [row.cells for row in table.rows] == [
        ("STT", "Tên dự án", "Nhu cầu"),
        ("1", "Cổng thông tin\ncủa các Bộ", "30.000"),
    ]
    assert [row.head for row in table.rows] == [True, False]


def test_a_clause_may_begin_within_a_line() -> None:
    text = "Điều 2. Tổ chức thực hiện1. Bộ, cơ quan ngang Bộ có trách nhiệm."
    start = text.index("1. Bộ")
    assert [block.start for block in lay_out(text, [start])] == [0, start]


def test_what_only_marks_a_line_up_is_no_word_of_it() -> None:
    text = "Văn bản.\n##### **1. Hiện trạng**\n- c) Mạng nội bộ."
    assert shape(text)[1:] == [("heading", "1. Hiện trạng"), ("letter", "- c) Mạng nội bộ.")]
    assert snapped(text, text.index("1. Hiện")) == text.index("#####")
    assert snapped(text, text.index("Hiện")) == text.index("Hiện")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "slug", ["43-2008-qd-ttg", "605-qd-ubnd", "1605-qd-ttg", "1594-btttt-udcntt", "tb-28-12-2007"]
)
def test_every_word_of_the_documents_is_laid_out_in_its_order(cast: Cast, slug: str) -> None:
    document = LegalDocument.objects.get(slug=slug)
    blocks = lay_out(document.text, signer=document.signer)

    def words(text: str) -> list[str]:
        return text.replace("**", " ").replace("#", " ").replace("·", " ").replace("_", " ").split()

    assert words(" ".join(block.text for block in blocks)) == words(document.text)
