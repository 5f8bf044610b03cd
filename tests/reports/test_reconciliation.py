"""The documents held against themselves and each other: every sum, and targets that contradict."""

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from budgets.reconciliation import Reason, Verdict
from core import clock
from indicators.conflicts import TargetConflict
from reports.reconciliation.gathering import DocumentCheck, Reconciliation, gather
from tests.cast import Cast
from tests.reading import ClientFor, in_english, said

pytestmark = pytest.mark.django_db

QD43, QD605, NOTICE, QD1605 = "43-2008-qd-ttg", "605-qd-ubnd", "tb-28-12-2007", "1605-qd-ttg"
CV1594, QD48 = "1594-btttt-udcntt", "48-2009-qd-ttg"


@pytest.fixture
def found() -> Iterator[Reconciliation]:
    with clock.at("2008-08-05T09:00"):
        yield gather()


def check_of(found: Reconciliation, slug: str) -> DocumentCheck:
    return next(one for one in found.documents if one.document.slug == slug)


def test_all_printed_totals_of_605_agree(found: Reconciliation) -> None:
    """115 printed totals, and the total of each of its 28 projects."""
    counts = check_of(found, QD605).counts
    assert counts[Verdict.DIFFERENT] == 0
    totals, lines = check_of(found, QD605).sums
    assert (len(totals.equal), len(totals.open)) == (115, 0)
    assert (len(lines.equal), len(lines.open)) == (28, 0)


def test_the_shares_of_43_add_up(found: Reconciliation) -> None:
    shares = check_of(found, QD43).sums[-1]
    said = {
        (len(shares.views), view.comparison.stated.amount, view.comparison.lines) for view in shares.views
    }
    assert said == {(2, Decimal(19800), 18), (2, Decimal(53900), 49)}
    assert not shares.open


def test_no_sum_of_any_document_differs(found: Reconciliation) -> None:
    assert [check.document.slug for check in found.documents if check.differs] == []


def test_the_1700_billion_of_1605_cannot_be_compared(found: Reconciliation) -> None:
    [view] = check_of(found, QD1605).views
    assert view.comparison.stated.amount == Decimal(1_700_000)
    assert (view.comparison.verdict, view.comparison.reason) == (Verdict.NOT_COMPARABLE, Reason.APPROXIMATE)


def test_the_200_billion_announced_differ_by_20700_from_the_annexes(found: Reconciliation) -> None:
    [one] = found.across
    assert (one.document.slug, one.about.slug) == (NOTICE, QD43)
    assert one.view.comparison.computed == Decimal(220_700)
    assert one.view.comparison.difference == Decimal(-20_700)
    [inside] = check_of(found, NOTICE).views
    assert inside.comparison.reason is Reason.ELSEWHERE


def values(conflict: TargetConflict) -> dict[str, str]:
    return {side.document.slug: side.row.shown for side in conflict.sides}


def between(found: Reconciliation, *slugs: str) -> list[TargetConflict]:
    wanted = set(slugs)
    return [one for one in found.conflicts if wanted <= {side.document.slug for side in one.sides}]


def test_1594_and_43_contradict_on_document_software_of_central_cities(found: Reconciliation) -> None:
    said = [
        values(one)
        for one in between(found, CV1594, QD43)
        if one.year == 2008 and one.scope.agency_class == "central-cities"
    ]
    assert {QD43: "50", CV1594: "70"} in [
        {slug: shown.removeprefix("≥ ") for slug, shown in one.items()} for one in said
    ]


def test_1594_and_48_contradict_in_every_cell_that_48_lowered(found: Reconciliation) -> None:
    """Directives online 60 (30) for 90 (60); e-mail 80 for 90, 60 for 80, 30 for 50, each in 2010."""
    cells = {
        (one.year, tuple(sorted(shown.removeprefix("≥ ") for shown in values(one).values())))
        for one in between(found, CV1594, QD48)
    }
    assert {(2009, ("30", "60")), (2010, ("60", "90")), (2010, ("80", "90"))} <= cells
    assert {(2010, ("60", "80")), (2010, ("30", "50"))} <= cells


def test_605_contradicts_itself_where_facts_says(found: Reconciliation) -> None:
    sides = [{side.row.shown for side in one.sides} for one in check_of(found, QD605).conflicts]
    assert {"> 64", "≥ 64"} in sides
    assert {"≥ 5", "≥ 3"} in sides
    assert {"> 70", "> 80"} in sides


# Pages and workbook


def test_the_page_counts_every_document(client_for: ClientFor, cast: Cast) -> None:
    with clock.at("2008-08-05T09:00"):
        words = said(in_english(client_for(cast.viewer)).get(reverse("reconciliation")))
    assert "605/QĐ-UBND" in words
    assert "different by 20.700" in words


def test_one_document_has_its_own_page(client_for: ClientFor, cast: Cast) -> None:
    client = in_english(client_for(cast.viewer))
    words = said(client.get(reverse("document_reconciliation", args=[QD605])))
    assert "115 printed totals are equal to their sums" in words
    words = said(client.get(reverse("document_reconciliation", args=[QD1605])))
    assert "not comparable: printed as “about”" in words
    assert client.get(reverse("document_reconciliation", args=["no-such"])).status_code == 404


@pytest.mark.parametrize("name", ["reconciliation_export", "document_reconciliation_export"])
def test_it_leaves_as_a_workbook(client_for: ClientFor, cast: Cast, name: str) -> None:
    args = [QD605] if name.startswith("document") else []
    response = client_for(cast.viewer).get(reverse(name, args=args))
    sheets = load_workbook(BytesIO(response.content))
    assert len(sheets.sheetnames) == 3
    rows = [[cell.value for cell in row] for row in sheets.worksheets[0].rows]
    total = [row for row in rows if row[3] == 50141]
    assert total
    assert all(row[4] == 50141 and row[5] == 0 for row in total)


def test_it_costs_the_same_however_many_sums_there_are(
    client_for: ClientFor, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    client = client_for(cast.viewer)
    with django_assert_max_num_queries(35):
        client.get(reverse("reconciliation"))
