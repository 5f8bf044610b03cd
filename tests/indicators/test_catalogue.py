"""The catalogue of indicators: list, filters, sheet, the page of one indicator, and what they cost."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern
from openpyxl import load_workbook

from core import clock
from indicators.models import Baseline, Indicator, Target
from indicators.rules import rules
from indicators.urls import urlpatterns
from plans.content.editing import save_line
from plans.documents.clauses import url_of
from plans.models import Clause, Plan, PlanLine, Programme
from plans.parts import registry
from tests.cast import Cast
from tests.reading import ClientFor, in_english, links, said

pytestmark = pytest.mark.django_db

LIST, SHEET = "/indicators/", "/indicators/export.xlsx"
EMAIL, SOFTWARE = "officials-using-email", "document-software-offices"


@pytest.fixture
def reader(client_for: ClientFor, cast: Cast, june_2008: object) -> Client:
    return in_english(client_for(cast.viewer))


def page(code: str) -> str:
    return f"/indicators/{code}/"


def listed(client: Client, **filters: str) -> list[str]:
    response = client.get(LIST, filters)
    assert response.status_code == 200
    return [entry.indicator.code for entry in response.context["entries"]]


def test_every_indicator_is_listed_in_the_order_of_the_documents(reader: Client) -> None:
    codes = list(Indicator.objects.values_list("code", flat=True))
    assert listed(reader) == codes[:50]
    assert f"{len(codes)} indicators" in said(reader.get(LIST))


def test_the_navigation_leads_there(reader: Client) -> None:
    assert LIST in links(reader.get("/plans/"))


@pytest.mark.parametrize(
    ("filters", "there", "not_there"),
    [
        ({"q": "thu dien tu"}, EMAIL, SOFTWARE),
        ({"q": "THƯ  ĐIỆN TỬ"}, EMAIL, SOFTWARE),
        ({"q": "document-software"}, SOFTWARE, EMAIL),
        ({"kind": "milestone"}, "online-meetings-with-units", EMAIL),
        ({"document": "605-qd-ubnd"}, "link-communes-kbps", SOFTWARE),
        ({"document": "43-2008-qd-ttg"}, SOFTWARE, "link-communes-kbps"),
        ({"year": "2008"}, SOFTWARE, "level-3-services"),
        ({"agency_class": "districts"}, SOFTWARE, EMAIL),
        ({"agency_class": "provinces"}, "link-communes-kbps", "nothing"),
        ({"document": "605-qd-ubnd", "year": "2008"}, "link-communes-kbps", "level-3-services"),
        ({"document": "1594-btttt-udcntt", "agency_class": "districts"}, SOFTWARE, EMAIL),
        ({"year": "1999"}, EMAIL, "nothing"),  # no choice of the list: it filters nothing
    ],
)
def test_filters_narrow_the_list(reader: Client, filters: dict[str, str], there: str, not_there: str) -> None:
    codes = listed(reader, **filters)
    assert there in codes
    assert not_there not in codes


def test_document_year_and_class_are_asked_of_one_target(reader: Client) -> None:
    """QĐ 605 sets targets of 2009, and CV 1594 some for districts: together they set none."""
    assert listed(reader, document="605-qd-ubnd", agency_class="districts") == []
    assert "No indicator matches" in said(
        reader.get(LIST, {"document": "605-qd-ubnd", "agency_class": "districts"})
    )


def test_a_row_says_who_sets_it_for_whom_and_when(reader: Client) -> None:
    entry = next(one for one in reader.get(LIST).context["entries"] if one.indicator.code == SOFTWARE)
    assert list(entry.documents)[:2] == ["43/2008/QĐ-TTg", "1594/BTTTT-UDCNTT"]
    assert {str(one) for one in entry.scopes} >= {"Districts", "Provinces"}
    assert entry.span == "2008 - 2010"
    assert entry.targets == Target.objects.filter(indicator__code=SOFTWARE).count()
    assert entry.contradictions >= 1


def test_the_sheet_holds_what_the_filters_leave(reader: Client) -> None:
    book = load_workbook(BytesIO(reader.get(SHEET, {"document": "605-qd-ubnd", "year": "2008"}).content))
    first, second = book.worksheets
    names = {row[0].value for row in first.iter_rows()}
    assert Indicator.objects.get(code="link-communes-kbps").name in names
    assert Indicator.objects.get(code=SOFTWARE).name not in names
    targets = [[cell.value for cell in row] for row in second.iter_rows()]
    speed = next(row for row in targets if row[7] == 2010 and row[2] == "605/QĐ-UBND" and row[10] == 64)
    assert str(speed[8]).startswith("2010-12-31")
    assert speed[9] in ("≥", ">")


@pytest.mark.parametrize("url", [LIST, f"{LIST}?q=thu&document=605-qd-ubnd&year=2010", page(EMAIL)])
def test_a_page_costs_at_most_twelve_queries(reader: Client, url: str) -> None:
    reader.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(url).status_code == 200
    assert len(queries) <= 12, "\n".join(one["sql"][:150] for one in queries)


def test_more_targets_cost_no_more_queries(
    reader: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    with CaptureQueriesContext(connection) as before:
        reader.get(LIST), reader.get(page(EMAIL))
    plan = Plan.objects.get(code="1594-btttt-udcntt")
    for indicator in Indicator.objects.all()[:10]:
        for year in (2008, 2009, 2010):
            line = PlanLine.objects.create(kind="target", agency=plan.agency, programme=plan.programme)
            Target.objects.create(
                plan=plan,
                line=line,
                indicator=indicator,
                agency_class="ministries",
                year=year,
                due_on=date(year, 12, 31),
                comparator=">=",
                value=7,
            )
    with django_assert_max_num_queries(len(before)):
        reader.get(LIST), reader.get(page(EMAIL))


# --- One indicator


def test_it_says_what_is_measured(reader: Client) -> None:
    indicator = Indicator.objects.get(code=EMAIL)
    words = said(reader.get(page(EMAIL)))
    for text in (
        indicator.name,
        indicator.numerator,
        indicator.denominator,
        "the higher the better",
        "ratio",
    ):
        assert text in words


def test_targets_stand_by_document_class_and_year_adopted_apart_from_guidance(reader: Client) -> None:
    table = reader.get(page(EMAIL)).context["table"]
    assert table.years[:3] == [2008, 2009, 2010]
    assert {one.label for one in table.guidance} == {"1594/BTTTT-UDCNTT"}
    adopted = [one.label for one in table.adopted]
    assert adopted[0] == "43/2008/QĐ-TTg"  # national plans before those of agencies
    assert adopted[-1] == "605/QĐ-UBND"
    values = {
        (one.label, str(scope), year): value.row.shown
        for one in (*table.adopted, *table.guidance)
        for line in one.lines
        for scope in line.scopes
        for year, cell in zip(table.years, line.cells, strict=True)
        for value in cell
    }
    assert values["43/2008/QĐ-TTg", "Provinces", 2008] == "30"
    assert values["1594/BTTTT-UDCNTT", "Provinces", 2010] == "80"
    assert values["605/QĐ-UBND", "Tiền Giang", 2009] == "> 45"
    assert len(values) == Target.objects.filter(indicator__code=EMAIL).count()


def test_contradictions_stand_side_by_side(reader: Client) -> None:
    response = reader.get(page("level-3-services"))
    words = said(response)
    assert "Contradictions" in words
    assert "inside one document" in words
    assert words.index("Targets") < words.index("Contradictions") < words.index("How it is judged")


def test_each_value_leads_to_its_clause(reader: Client) -> None:
    found = links(reader.get(page(SOFTWARE)))
    for slug, number in (("43-2008-qd-ttg", "I.1.b"), ("1594-btttt-udcntt", "Phụ lục I, II.1")):
        clause = Clause.objects.get(document__slug=slug, number=number)
        assert url_of(clause) in found


def test_a_value_of_a_plan_without_document_leads_to_its_line(reader: Client, cast: Cast) -> None:
    plan = Plan.objects.get(code="605-qd-ubnd")
    Plan.objects.filter(pk=plan.pk).update(document=None)
    line = Target.objects.filter(plan=plan, indicator__code=EMAIL)[0].line_id
    assert f"/plans/605-qd-ubnd/1/targets/#at-{line}" in links(reader.get(page(EMAIL)))


def test_what_is_not_in_force_yet_says_so(reader: Client) -> None:
    with clock.at("2008-03-01T09:00"):
        assert "in force only from 24/03/2008" in said(reader.get(page(EMAIL)))


def test_the_rules_stand_in_words_with_computed_examples(reader: Client) -> None:
    words = said(reader.get(page(EMAIL)))
    for rule in rules():
        assert str(rule.title) in words or rule.key
    assert "never a mean of percentages" in words
    assert "At least 80 % of the way" in words
    assert "target ≥ 50, value 45, baseline" not in words  # the order is target, baseline, value
    assert "target ≥ 50, baseline 0, value 45 → : near" in words


def test_an_indicator_without_targets_says_so(reader: Client) -> None:
    Indicator.objects.create(code="bare", name="Chỉ tiêu chưa có mục tiêu", kind="count", unit="cái")
    words = said(reader.get(page("bare")))
    assert "No document sets a target" in words
    assert "No target binds anybody" in words


def test_an_unknown_one_is_not_found(reader: Client) -> None:
    assert reader.get(page("nothing")).status_code == 404


def test_who_is_asked_for_the_status_is_said(reader: Client, outline: Programme) -> None:
    words = said(reader.get(page("t-lans")))
    assert "Asked as status in II.1.b" in words
    assert "Provinces; Centrally-run cities" in words
    assert "every agency that plans" in said(reader.get(page("t-computers")))


# --- Where agencies started


def test_a_draft_baseline_is_seen_by_its_agency_alone(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    row = next(one for one in registry.get("baselines").read(draft) if one.indicator == "t-computers")
    typed = {"numerator": "40", "denominator": "102"}
    assert row.line
    save_line(draft, "baselines", row.line, typed, actor=cast.editor, row_version=row.row_version)
    own = said(in_english(client_for(cast.editor)).get(page("t-computers")))
    assert "39,22" in own
    assert "40 / 102" in own
    for other in (cast.other_editor, cast.reviewer):
        assert "39,22" not in said(in_english(client_for(other)).get(page("t-computers")))


def test_a_converted_baseline_of_a_registered_plan_is_marked(reader: Client) -> None:
    plan = Plan.objects.get(code="605-qd-ubnd")
    line = PlanLine.objects.create(kind="baseline", agency=plan.agency, programme=plan.programme)
    Baseline.objects.create(
        plan=plan,
        line=line,
        indicator=Indicator.objects.get(code="networked-computers"),
        value="39.2",
        printed="2,55 người/máy thử",
        converted=True,
        clause="II.1.b",
    )
    words = said(reader.get(page("networked-computers")))
    assert "39,2 % ⇄ converted" in words
    assert "2,55 người/máy thử" in words


# --- Rights


def test_every_address_stands_here() -> None:
    assert {pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern)} == {
        "indicator_list",
        "indicator_list_export",
        "indicator_detail",
    }


@pytest.mark.parametrize("url", [LIST, SHEET, page(EMAIL)])
def test_everyone_who_is_signed_in_reads_it(
    client_for: ClientFor, cast: Cast, june_2008: object, url: str
) -> None:
    assert {client_for(membership).get(url).status_code for membership in cast} == {200}


@pytest.mark.parametrize("url", [LIST, SHEET, page(EMAIL)])
def test_a_visitor_signs_in_first(client: Client, cast: Cast, url: str) -> None:
    response = client.get(url)
    assert (response.status_code, response["Location"].startswith("/accounts/login/")) == (302, True)
