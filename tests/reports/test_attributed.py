"""Who reported, then and as of a day: lateness stays with the report, its class moves, totals agree."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from agencies.lineage import Attribution
from core import clock
from plans.models import Programme
from reports.cycles.actions import open_cycle
from reports.cycles.timeliness import Standing
from reports.figures.attributed import attributed
from reports.figures.compliance import live
from reports.figures.shapes import ComplianceFigures
from reports.models import Cycle
from tests.cast import Cast
from tests.reading import ClientFor, in_english, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(cast: Cast) -> Cycle:
    with clock.at("2008-07-01T08:00"):
        return open_cycle(Programme.objects.get(code="2008"), "2008-Q2", actor=cast.admin)


def counts(figures: ComplianceFigures) -> dict[str, int]:
    return {one.agency_class: one.obliged for one in figures.classes}


def test_as_it_was_then_nothing_changes(cycle: Cycle) -> None:
    with clock.at("2008-08-05T09:00"):
        figures = live(cycle, clock.now())
    assert attributed(figures, cycle, Attribution.then()) is figures


def test_as_of_the_merger_the_province_counts_among_the_cities_and_the_total_stays(cycle: Cycle) -> None:
    with clock.at("2008-08-05T09:00"):
        then = live(cycle, clock.now())
        now = attributed(then, cycle, Attribution.as_of(date(2008, 8, 2)))
    assert now.total == then.total
    assert now.total.obliged == 86
    assert counts(now)["central-cities"] == counts(then)["central-cities"] + 1
    assert counts(now)["provinces"] == counts(then)["provinces"] - 1


def test_what_hanoi_took_over_names_who_owed_it(cycle: Cycle) -> None:
    with clock.at("2008-08-05T09:00"):
        then = live(cycle, clock.now())
    late = tuple(
        replace(one, standing=Standing.LATE, days=5) if one.agency == "p28" else one
        for one in then.obligations
    )
    now = attributed(replace(then, obligations=late), cycle, Attribution.as_of(date(2008, 8, 2)))
    row = next(one for one in now.obligations if one.agency == "p28")
    assert "Thành phố Hà Nội" in row.name
    assert "Tỉnh Hà Tây" in row.name
    assert (row.standing, row.days) == (Standing.LATE, 5)


def test_the_page_shows_either(cycle: Cycle, client_for: ClientFor, cast: Cast) -> None:
    url = reverse("compliance", kwargs={"programme": "2008", "cycle": cycle.code})
    with clock.at("2008-08-05T09:00"):
        client = in_english(client_for(cast.reviewer))
        assert "(report of Tỉnh Hà Tây)" not in said(client.get(url))
        assert "(report of Tỉnh Hà Tây)" in said(client.get(url, {"agencies": "day", "on": "02/08/2008"}))


@pytest.mark.usefixtures("quick_pdf")
@pytest.mark.parametrize("extension", ["xlsx", "pdf"])
def test_the_files_leave_as_the_page_is_shown(
    cycle: Cycle, client_for: ClientFor, cast: Cast, extension: str
) -> None:
    arguments = {"programme": "2008", "cycle": cycle.code, "extension": extension}
    url = reverse("compliance_file", kwargs=arguments)
    with clock.at("2008-08-05T09:00"):
        client = in_english(client_for(cast.reviewer))
        page = client.get(
            reverse("compliance", kwargs={"programme": "2008", "cycle": cycle.code}),
            {"agencies": "day", "on": "02/08/2008"},
        )
        assert f"compliance.{extension}?agencies=day&amp;on=02%2F08%2F2008" in page.content.decode()
        then = words_of(client.get(url).content, extension)
        now = words_of(client.get(url, {"agencies": "day", "on": "02/08/2008"}).content, extension)
    assert "02/08/2008" in now
    assert "02/08/2008" not in then
    assert "(báo cáo của" in now
    assert "(báo cáo của" not in then


def words_of(file: bytes, extension: str) -> str:
    if extension == "pdf":
        return file.decode()
    sheets = load_workbook(BytesIO(file)).worksheets
    return " ".join(str(cell) for sheet in sheets for row in sheet.values for cell in row if cell is not None)
