"""The list of plans: who sees what, filters, search, order, paging, its sheet, and what it costs."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from agencies.models import Agency
from core import clock
from plans.models import Plan, PlanKind, Programme
from tests.cast import Cast
from tests.plans.moves import returned, submitted
from tests.reading import ClientFor, in_english, links, said

pytestmark = pytest.mark.django_db

LIST, SHEET = "/plans/", "/plans/export.xlsx"
NATIONAL = "Kế hoạch ứng dụng công nghệ thông tin trong hoạt động của cơ quan nhà nước năm 2008"


def listed(client_for: ClientFor, membership: object, **filters: str) -> list[str]:
    """Codes of the plans on the page, in its order."""
    response = client_for(membership).get(LIST, filters)  # type: ignore[arg-type]
    assert response.status_code == 200
    return [plan.code for plan, _look, _matches in response.context["rows"]]


def rows_of(body: bytes) -> list[dict[str, object]]:
    sheet = load_workbook(BytesIO(body)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(i for i, row in enumerate(rows) if len([cell for cell in row if cell]) > 5)
    return [dict(zip([str(one) for one in rows[head]], row, strict=True)) for row in rows[head + 1 :]]


def test_a_draft_is_listed_to_its_agency_alone(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    for membership in cast:
        own = membership.agency_id == draft.agency_id
        assert (draft.code in listed(client_for, membership)) is own, membership


def test_a_submitted_plan_is_listed_to_those_who_review_it(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    submitted(draft, cast)
    seen = {membership.pk for membership in cast if draft.code in listed(client_for, membership)}
    reviewing = (cast.reviewer, cast.reviewer2, cast.admin, cast.lead_editor, cast.lead_approver)
    expected = {
        one.pk for one in (cast.editor, cast.approver, *reviewing, cast.co_reviewer, cast.co_reviewer2)
    }
    assert seen == expected


@pytest.mark.parametrize(
    ("filters", "codes"),
    [
        ({"programme": "2008"}, {"43-2008-qd-ttg", "tb-28-12-2007"}),
        ({"kind": "national"}, {"43-2008-qd-ttg", "48-2009-qd-ttg", "1605-qd-ttg"}),
        ({"state": "draft"}, {"2009-2010-tien-giang"}),
        ({"agency_class": "provinces"}, {"605-qd-ubnd", "2009-2010-tien-giang"}),
        ({"programme": "2009-2010", "state": "approved"}, {"1594-btttt-udcntt", "48-2009-qd-ttg"}),
    ],
)
def test_filters_narrow_the_list(
    client_for: ClientFor, cast: Cast, draft: Plan, filters: dict[str, str], codes: set[str]
) -> None:
    assert set(listed(client_for, cast.editor, **filters)) == codes


@pytest.mark.parametrize("words", ["tien giang", "TIỀN GIANG", "Tiền  Giang", "tiên giang"])
def test_search_ignores_diacritics_case_and_blanks(
    client_for: ClientFor, cast: Cast, draft: Plan, words: str
) -> None:
    assert set(listed(client_for, cast.editor, q=words)) >= {"605-qd-ubnd", draft.code}


def test_search_reads_d_for_the_crossed_letter_too(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    by_d = listed(client_for, cast.editor, q="hoat dong cua co quan")
    assert by_d == listed(client_for, cast.editor, q="hoạt động của cơ quan")
    assert "43-2008-qd-ttg" in by_d
    assert listed(client_for, cast.editor, q="khong co gi nhu the") == []


@pytest.mark.parametrize("words", ["\0", "%", "_", "'", "x" * 5000, "\u00a0", "-"])
def test_any_words_can_be_searched_for(client_for: ClientFor, cast: Cast, words: str) -> None:
    assert client_for(cast.viewer).get(LIST, {"q": words, "page": "x"}).status_code == 200


def test_search_by_a_projects_name_leads_to_the_project(client_for: ClientFor, cast: Cast) -> None:
    response = client_for(cast.viewer).get(LIST, {"q": "cong thong tin dien tu tinh tien giang"})
    assert "Xây dựng Cổng thông tin điện tử tỉnh Tiền Giang" in said(response)
    assert any(link.startswith("/plans/605-qd-ubnd/1/projects/#at-") for link in links(response))


def test_search_by_clause_leads_to_the_task(client_for: ClientFor, cast: Cast) -> None:
    response = client_for(cast.viewer).get(LIST, {"q": "II.2.k"})
    assert [plan.code for plan, _look, _matches in response.context["rows"]] == ["43-2008-qd-ttg"]
    assert any(link.startswith("/plans/43-2008-qd-ttg/1/tasks/#at-") for link in links(response))


def make_plans(count: int, start: int = 0) -> None:
    """Registered plans of as many agencies of 2008, in a programme that none of them plans in yet."""
    programme = Programme.objects.get(code="2011-2015")
    agencies = Agency.objects.in_force(date(2008, 6, 20)).filter(kind__in=("tinh", "bo")).in_order()
    plans = [
        Plan(
            code=f"ke-hoach-{agency.key}",
            agency=agency,
            programme=programme,
            kind=PlanKind.AGENCY,
            title=f"Kế hoạch 2011 - 2015 của {agency.name}",
            state="approved",
            in_force_from=date(2008, 6, 1),
            created_at=clock.now(),
        )
        for agency in agencies[start : start + count]
    ]
    assert len(plans) == count
    for plan in plans:
        plan.save()


def test_plans_stand_in_vietnamese_order_of_their_agencies(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    make_plans(60)
    response = client_for(cast.viewer).get(LIST, {"programme": "2011-2015", "agency_class": "provinces"})
    names = [plan.agency.short_name for plan, _look, _matches in response.context["rows"]]
    wanted = [
        name
        for name in ("An Giang", "Bà Rịa - Vũng Tàu", "Bắc Kạn", "Bến Tre", "Đắk Lắk", "Hà Giang")
        if name in names
    ]
    assert len(wanted) >= 4
    assert [name for name in names if name in wanted] == wanted


def test_fifty_rows_stand_on_a_page_and_the_count_tells_all(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    make_plans(59)  # beside the national plan of the programme
    client = in_english(client_for(cast.viewer))
    first = client.get(LIST, {"programme": "2011-2015"})
    second = client.get(LIST, {"programme": "2011-2015", "page": "2"})
    assert len(first.context["rows"]) == 50
    assert len(second.context["rows"]) == 10
    assert "60 plans" in said(first)
    assert any("programme=2011-2015" in link and "page=2" in link for link in links(first))


def test_the_list_costs_at_most_twelve_queries_however_many_rows(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    returned(draft, cast)
    few: list[int] = []
    many: list[int] = []
    for counts, start, plans in ((few, 0, 2), (many, 2, 60)):
        make_plans(plans, start)
        for membership in cast:
            client = client_for(membership)
            for filters in ({}, {"q": "ke hoach", "programme": "2011-2015"}):
                with CaptureQueriesContext(connection) as queries:
                    client.get(LIST, filters)
                counts.append(len(queries))
    assert few == many
    assert max(many) <= 12


def test_the_sheet_holds_what_the_filters_leave(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    """In Vietnamese, as all files are, whatever the language of the page."""
    client = in_english(client_for(cast.editor))
    response = client.get(SHEET, {"agency_class": "provinces"})
    assert response["Content-Disposition"].startswith("attachment")
    rows = rows_of(response.content)
    assert [row["Mã"] for row in rows] == listed(client_for, cast.editor, agency_class="provinces")
    national = rows_of(client.get(SHEET, {"kind": "national", "programme": "2008"}).content)[0]
    assert national["Kế hoạch"] == NATIONAL
    assert national["Văn bản"] == "43/2008/QĐ-TTg"
    assert str(national["Có hiệu lực từ"])[:10] == "2008-03-24"


def test_a_formula_in_a_title_stays_text_in_the_sheet(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    Plan.objects.filter(pk=draft.pk).update(title="=1+1")
    body = client_for(cast.editor).get(SHEET, {"state": "draft"}).content
    sheet = load_workbook(BytesIO(body)).active
    assert sheet is not None
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1")
    assert cell.data_type == "s"


def test_a_list_without_a_match_says_what_to_take_out(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    response = in_english(client_for(cast.editor)).get(LIST, {"q": "khong co gi"})
    assert "No plan matches" in said(response)
    assert "0 plans" in said(response)
