"""Legal documents: the list and its sheet, the text with what was made of its clauses, and one clause."""

import html
import re
from io import BytesIO
from typing import Any

import lxml.html
import pytest
from django.test import Client
from openpyxl import load_workbook

from plans.documents.numbers import anchor_of
from plans.models import Clause, LegalDocument, Project
from tests.cast import Cast
from tests.plans.document_pages import clause_page, cost
from tests.reading import ClientFor, in_english, links, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]

LIST, SHEET = "/documents/", "/documents/export.xlsx"
DECISION, PROVINCIAL, LATER = (
    "/documents/43-2008-qd-ttg/",
    "/documents/605-qd-ubnd/",
    "/documents/1605-qd-ttg/",
)
SLUGS = ("43-2008-qd-ttg", "605-qd-ubnd", "1605-qd-ttg", "1594-btttt-udcntt", "tb-28-12-2007")


def listed(response: Any) -> list[str]:
    return [one.document.slug for one in response.context["rows"]]


class TestList:
    def test_it_is_in_the_navigation_of_everybody(self, client_for: ClientFor, cast: Cast) -> None:
        for membership in cast:
            response = in_english(client_for(membership)).get("/agencies/")
            assert LIST in links(response), membership

    def test_it_shows_the_latest_first_and_what_each_became(self, editor: Client) -> None:
        response = editor.get(LIST)
        assert listed(response) == [
            "1605-qd-ttg",
            "48-2009-qd-ttg",
            "1594-btttt-udcntt",
            "43-2008-qd-ttg",
            "605-qd-ubnd",
            "tb-28-12-2007",
        ]
        words = said(response)
        assert "6 documents" in words
        assert "43/2008/QĐ-TTg Phê duyệt Kế hoạch ứng dụng công nghệ thông tin" in words
        assert "Number not in our copy Thông báo kết luận" in words
        assert "clauses are not in our copy" in words
        assert {
            DECISION,
            "/plans/?programme=2008",
            "/plans/43-2008-qd-ttg/1/",
            "/plans/1594-btttt-udcntt/1/",
        } <= set(links(response))

    @pytest.mark.parametrize(
        ("filters", "slugs"),
        [
            ({"q": "tien giang"}, {"605-qd-ubnd"}),
            ({"q": "43/2008"}, {"43-2008-qd-ttg"}),
            ({"q": "TIỀN GIANG"}, {"605-qd-ubnd"}),
            ({"kind": "Công văn"}, {"1594-btttt-udcntt"}),
            ({"issuer": "Thủ tướng Chính phủ"}, {"43-2008-qd-ttg", "1605-qd-ttg", "48-2009-qd-ttg"}),
            ({"year": "2008"}, {"43-2008-qd-ttg", "605-qd-ubnd", "1594-btttt-udcntt"}),
            ({"year": "2008", "kind": "Quyết định"}, {"43-2008-qd-ttg", "605-qd-ubnd"}),
            ({"q": "khong co gi"}, set()),
        ],
    )
    def test_filters_narrow_it_and_its_sheet(
        self, editor: Client, filters: dict[str, str], slugs: set[str]
    ) -> None:
        assert set(listed(editor.get(LIST, filters))) == slugs
        sheet = load_workbook(BytesIO(editor.get(SHEET, filters).content)).active
        assert sheet is not None
        rows = [row for row in sheet.iter_rows(values_only=True) if len([cell for cell in row if cell]) > 4]
        assert len(rows) == len(slugs) + 1 or not slugs

    def test_the_sheet_holds_what_the_page_shows(self, editor: Client) -> None:
        response = editor.get(SHEET, {"q": "605"})
        assert response["Content-Disposition"].endswith('"van-ban.xlsx"')
        sheet = load_workbook(BytesIO(response.content)).active
        assert sheet is not None
        row = [cell for cell in list(sheet.iter_rows(values_only=True))[-1] if cell is not None]
        assert "605/QĐ-UBND" in row
        assert "Tiền Giang 2007-2010" in row
        assert "Nguyễn Văn Phòng" in row

    def test_it_costs_the_same_however_many_documents(self, client_for: ClientFor, cast: Cast) -> None:
        def costs() -> list[int]:
            return [
                cost(client_for(membership), LIST) for membership in (cast.editor, cast.reviewer, cast.admin)
            ]

        before = costs()
        LegalDocument.objects.bulk_create(
            LegalDocument(slug=f"van-ban-{n}", title=f"Văn bản {n}", kind="Quyết định", issuer="Bộ Nội vụ")
            for n in range(60)
        )
        assert costs() == before
        assert max(before) <= 12, before


def parsed(response: Any) -> Any:
    return lxml.html.fromstring(response.content.decode())


def ids_of(response: Any) -> list[str]:
    return [html.unescape(one) for one in re.findall(r' id="([^"]+)"', response.content.decode())]


def beside(response: Any, number: str) -> dict[str, str]:
    """What stands beside a clause: words -> where they lead."""
    body = response.content.decode()
    page = re.escape(html.escape(clause_page(response.context["document"].slug, number)))
    return {
        html.unescape(words): html.unescape(url)
        for url, words in re.findall(rf'href="({page}[^"]*)"[^>]*>([^<]+)</a>', body)
    }


class TestDocument:
    def test_it_says_who_issued_it_when_and_what_it_became(self, editor: Client) -> None:
        response = editor.get(DECISION)
        words = said(response)
        assert "Issued by Thủ tướng Chính phủ Issued on 24/03/2008" in words
        assert "Signed by Nguyễn Thiện Nhân · KT. THỦ TƯỚNG, PHÓ THỦ TƯỚNG" in words
        assert "sau 15 ngày, kể từ ngày đăng Công báo" in words
        assert "Quyết định số 43/2008/QĐ-TTg ngày 24/03/2008 của Thủ tướng Chính phủ" in words
        assert {"/plans/?programme=2008", "/plans/43-2008-qd-ttg/1/"} <= set(links(response))

    def test_corrections_of_our_copy_are_listed(self, editor: Client) -> None:
        words = said(editor.get(PROVINCIAL))
        assert "Corrections of our copy 7" in words
        assert "IV.2, gạch đầu dòng thứ sáu tthời gian thời gian" in words

    def test_what_is_not_known_is_said(self, editor: Client) -> None:
        words = said(editor.get("/documents/tb-28-12-2007/"))
        assert "Number not in our copy" in words
        assert "Issued on not in our copy" in words

    @pytest.mark.parametrize("slug", SLUGS)
    def test_its_text_is_whole(self, editor: Client, slug: str) -> None:
        """Every letter of our copy stands on the page, in its order, and nothing else."""
        document = LegalDocument.objects.get(slug=slug)
        (text,) = parsed(editor.get(f"/documents/{slug}/")).xpath('//section[@id="text"]')
        for added in text.xpath('.//h2 | .//*[@class="beside"] | .//*[@class="passage missing"]'):
            added.drop_tree()
        marks_up = re.compile(r"\*\*|#|_")
        assert marks_up.sub("", "".join(text.text_content().split())) == "".join(
            marks_up.sub("", document.text).split()
        )

    @pytest.mark.parametrize("slug", SLUGS)
    def test_each_clause_has_its_place_and_leads_to_its_page(self, editor: Client, slug: str) -> None:
        response = editor.get(f"/documents/{slug}/")
        ids, found = ids_of(response), links(response)
        assert len(ids) == len(set(ids))
        for clause in Clause.objects.filter(document__slug=slug):
            assert anchor_of(clause.number) in ids
            assert clause_page(slug, clause.number) in found

    def test_what_was_made_of_a_clause_stands_beside_it(self, editor: Client) -> None:
        response = editor.get(DECISION)
        k = clause_page("43-2008-qd-ttg", "II.2.k")
        assert beside(response, "II.2.k") == {
            "II.2.k": k,
            "section": f"{k}#sections",
            "Task II.2.k": f"{k}#tasks",
        }
        assert "17 targets" in beside(response, "I.1.b")
        assert "Project A.18" in beside(response, "Phụ lục I, A.18")

    def test_a_line_that_is_named_again_stands_at_both_clauses(self, editor: Client) -> None:
        again = Project.objects.filter(plan__code="1605-qd-ttg", also_at="C.V").count()
        assert again == 3
        assert f"{again} projects" in beside(editor.get(LATER), "C.V")

    def test_what_our_copy_lacks_is_said_where_it_would_stand(self, editor: Client) -> None:
        response = editor.get(LATER)
        body = response.content.decode()
        assert body.index("File đính kèm") < body.index('class="passage missing" id="Phu-luc-I"')
        assert "Not in our copy." in said(response)
        assert "#Phu-luc-III" in links(response)

    def test_a_document_without_its_text_still_shows_what_was_made_of_it(self, editor: Client) -> None:
        response = editor.get("/documents/48-2009-qd-ttg/")
        assert "The text is not in our files" in said(response)
        assert "in force from 31/03/2009" in said(response)
        assert re.search(r"\d targets", said(response))

    def test_the_contents_are_the_upper_levels(self, editor: Client) -> None:
        response = editor.get(DECISION)
        entries = {entry.anchor: entry for entry in response.context["contents"]}
        assert entries["II"].label == "II. CÁC NHIỆM VỤ VÀ PHÂN CÔNG CÔNG VIỆC"
        assert "II.2.k" not in entries
        assert {entry.level for entry in entries.values()} == {1, 2}

    def test_words_are_found_in_the_text_without_a_script(self, editor: Client) -> None:
        response = editor.get(PROVINCIAL, {"q": "THU  dien tu"})
        found = response.context["found"]
        assert len(found) > 5
        assert all("thư điện tử" in view.block.text.lower() for view, _place in found)
        assert {f"#found-{nth}" for nth in range(1, len(found) + 1)} <= set(links(response))
        assert "<mark>thư điện tử</mark>" in response.content.decode()
        assert "stands in 0 places" in said(editor.get(PROVINCIAL, {"q": "khongcogi"}))

    def test_what_is_searched_for_is_text_and_no_markup(self, editor: Client) -> None:
        assert (
            "<script>alert" not in editor.get(DECISION, {"q": "<script>alert(1)</script>"}).content.decode()
        )

    def test_it_costs_the_same_however_long_it_is(self, client_for: ClientFor, cast: Cast) -> None:
        clients = [client_for(one) for one in (cast.editor, cast.reviewer, cast.admin)]
        costs = {slug: [cost(client, f"/documents/{slug}/") for client in clients] for slug in SLUGS}
        assert len({tuple(one) for one in costs.values()}) == 1, costs
        assert max(costs["605-qd-ubnd"]) <= 12, costs

    def test_an_unknown_document_is_not_there(self, editor: Client) -> None:
        assert editor.get("/documents/99-2008-qd-ttg/").status_code == 404
