"""The list and the page of programmes: who sees them, what they cost, and what is said to be missing."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from agencies.administration import missing_for
from agencies.models import Membership, Succession
from core import clock
from plans.models import Plan, Programme
from plans.programmes.missing import missing_of_programmes
from tests.cast import Cast
from tests.reading import ClientFor, in_english, links, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]


def test_the_list_narrows_counts_and_leaves_as_a_workbook(client_for: ClientFor, cast: Cast) -> None:
    client = in_english(client_for(cast.admin))
    url = reverse("programme_list")
    narrowed = {"": 4, "?q=tien giang": 1, "?lead=m-tttt": 3, "?year=2010": 2, "?q=zzqx": 0}
    found = {query: client.get(url + query).context["page"].paginator.count for query in narrowed}
    assert found == narrowed
    assert "Nothing matches" in said(client.get(url + "?q=zzqx"))
    book = load_workbook(BytesIO(client.get(reverse("programme_list_export") + "?year=2008").content))
    assert [sheet.title for sheet in book] == ["Chương trình", *[sheet.title for sheet in book][1:]]
    codes = {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
    assert {"2008", "2007-2010-tien-giang"} <= codes
    assert "2011-2015" not in codes


def test_list_and_page_cost_the_same_for_many(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    client = client_for(cast.admin)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("programme_list")).status_code == 200
        return len(queries)

    few = cost()
    like = Programme.objects.get(code="2008")
    Programme.objects.bulk_create(
        Programme(
            code=f"c-{n}",
            name="Chương trình",
            short_name=f"CT {n}",
            year_from=2008,
            year_to=2008,
            lead=like.lead,
            decided_by="lead",
        )
        for n in range(40)
    )
    assert cost() <= few <= 12
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("programme_detail", args=["2009-2010"]))
    assert len(queries) <= 32


def test_a_foreign_programme_is_read_and_says_why_it_is_not_changed(
    client_for: ClientFor, cast: Cast
) -> None:
    client = in_english(client_for(cast.admin))
    page = client.get(reverse("programme_detail", args=["2007-2010-tien-giang"]))
    assert "it belongs to another agency or programme" in said(page)
    changing = [one for one in links(page) if "/edit/" in one or "/regimes/" in one or "/outline/" in one]
    assert changing == []
    assert "none stated; reports are asked for ad hoc" in said(page)


def test_what_is_missing_is_named_with_where_it_is_mended(cast: Cast) -> None:
    def texts(membership: Membership) -> list[str]:
        return [str(one.url) for one in missing_of_programmes(membership)]

    assert texts(cast.admin) == [reverse("regime_new", args=["2009-2010"])]
    assert texts(cast.reviewer) == texts(cast.editor) == []
    Programme.objects.filter(code="2009-2010").update(plan_deadline=None)
    Programme.objects.get(code="2009-2010").outline.all().delete()
    Programme.objects.get(code="2008").regimes.update(due_days=None)
    regime = Programme.objects.get(code="2008").regimes.get()
    Membership.objects.filter(agency__key="m-tttt", role="reviewer").update(valid_to="2008-06-01")
    assert set(texts(cast.admin)) == {
        reverse("regime_edit", args=["2008", regime.pk]),
        reverse("programme_detail", args=["2008"]),
        reverse("programme_edit", args=["2009-2010"]),
        reverse("programme_outline", args=["2009-2010"]),
        reverse("regime_new", args=["2009-2010"]),
        reverse("programme_detail", args=["2009-2010"]),
    }
    assert {one.url for one in missing_for(cast.admin)} >= set(texts(cast.admin))
    Programme.objects.get(code="2008").reports_with.add(Programme.objects.get(code="2009-2010"))
    assert reverse("regime_new", args=["2009-2010"]) not in texts(cast.admin)  # reported on in those of 2008
    with clock.at("2011-01-10T09:00"):  # what is over lacks nothing any more
        assert not [one for one in texts(cast.admin) if "2008" in one or "2009" in one]


def test_the_successor_of_a_lead_that_ended_is_told_to_take_it_over(cast: Cast) -> None:
    merged = Succession.objects.select_related("successor").get(predecessor__key="m-tttt", principal=True)
    Programme.objects.filter(code="2011-2015").update(year_to=merged.on.year)
    with clock.at(f"{merged.on}T09:00"):
        heir, reviewer = (
            Membership.objects.create(user=one.user, agency=merged.successor, role=one.role)
            for one in (cast.admin, cast.reviewer)
        )
        found = {str(one.url): str(one.text) for one in missing_of_programmes(heir)}
        assert "28/02/2025" in found[reverse("programme_lead", args=["2011-2015"])]
        assert (
            reverse("programme_detail", args=["2011-2015"]) not in found
        )  # who answers for the lead reviews
        reviewer.delete()
        assert reverse("programme_detail", args=["2011-2015"]) in {
            one.url for one in missing_of_programmes(heir)
        }
