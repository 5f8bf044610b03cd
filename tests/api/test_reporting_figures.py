"""Lists and figures of reporting for programs: the filters, the rows and the sums of the pages."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from agencies.models import Agency
from core.notation import format_money
from plans.models import Programme
from reports.cycles.actions import open_ad_hoc
from reports.models import Cycle, IssuedFile
from reports.reconciliation.gathering import gather
from tests.api.calling import CallerFor, codes, problem
from tests.api.tables.reports import issued, underway
from tests.cast import Cast
from tests.reading import ClientFor, in_english, said

pytestmark = pytest.mark.django_db

CYCLE = "cycles/2008/2008-A1/"


def ok(answer: Any) -> Any:
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def test_periods_say_how_the_own_agency_stands(api: CallerFor, cast: Cast) -> None:
    underway(cast)
    reviewer, editor, stranger = api(cast.reviewer), api(cast.editor), api(cast.viewer)
    (row,) = ok(editor.get("cycles/", programme="2008"))["results"]
    assert (row["stage"], row["obliged"], row["filed"]) == ("compiled", 2, None)
    assert [(one["agency"]["key"], one["timeliness"]) for one in row["own"]] == [
        ("p82", {"standing": "missing", "days": 10})
    ]
    assert ok(reviewer.get("cycles/"))["results"][0]["filed"] == 1
    assert ok(stranger.get("cycles/"))["results"][0]["own"] == []
    assert ok(reviewer.get("cycles/", programme="2009-2010"))["count"] == 0
    assert codes(reviewer.get("cycles/", programme="1999")) == [("invalid_choice", "programme")]
    one = ok(reviewer.get(CYCLE))
    assert [(kind["agency_class"], kind["missing"]) for kind in one["classes"]] == [("provinces", 1)]
    assert [compilation["number"] for compilation in one["compilations"]] == [1]
    assert (ok(editor.get(CYCLE))["classes"], ok(editor.get(CYCLE))["compilations"]) == (None, [])


def test_obligations_are_narrowed_as_on_the_page(api: CallerFor, cast: Cast, client_for: ClientFor) -> None:
    underway(cast)
    reviewer, reader = api(cast.reviewer), in_english(client_for(cast.reviewer))
    asked: list[dict[str, Any]] = [{"q": "nghe an"}, {"standing": "missing"}, {"state": "nothing"}, {}]
    for ask in asked:
        count = ok(reviewer.get(f"{CYCLE}reports/", **ask))["count"]
        page = said(reader.get("/reports/2008/2008-A1/", ask))
        assert (f"{count} of 2 agencies" if ask else "2 agencies") in page
    assert ok(api(cast.editor).get(f"{CYCLE}reports/"))["count"] == 1
    assert codes(reviewer.get(f"{CYCLE}reports/", standing="x", agency_class="", colour="red")) == [
        ("unknown_parameter", "colour")
    ]
    assert codes(reviewer.get(f"{CYCLE}reports/", agency_class="")) == [("blank", "agency_class")]
    assert codes(reviewer.get(f"{CYCLE}reports/", standing="x", q="a\0b")) == [
        ("null_characters_not_allowed", "q"),
        ("invalid_choice", "standing"),
    ]


def opened(cast: Cast, *keys: str) -> Cycle:
    return open_ad_hoc(
        Programme.objects.get(code="2008"),
        title="Báo cáo đột xuất",
        first=date(2008, 4, 1),
        last=date(2008, 5, 31),
        agencies=Agency.objects.filter(key__in=keys),
        basis="15/BTTTT",
        actor=cast.admin,
    )


def test_figures_stand_under_the_agencies_of_then_or_of_a_day(api: CallerFor, cast: Cast) -> None:
    opened(cast, "p28", "p82")
    reviewer = api(cast.reviewer)
    then, later = (
        ok(reviewer.get(f"{CYCLE}compliance/")),
        ok(reviewer.get(f"{CYCLE}compliance/", on="2008-08-02")),
    )
    assert (then["agencies_on"], later["agencies_on"]) == (None, "2008-08-02")
    assert {one["agency_class"]: one["obliged"] for one in then["classes"]} == {"provinces": 2}
    assert {one["agency_class"]: one["obliged"] for one in later["classes"]} == {
        "central-cities": 1,
        "provinces": 1,
    }
    assert then["total"] == later["total"]
    assert {one["name"] for one in later["obligations"]} == {
        "Thành phố Hà Nội (report of Tỉnh Hà Tây)",
        "Tỉnh Tiền Giang",
    }
    assert codes(reviewer.get(f"{CYCLE}compliance/", on="02/08/2008", agencies="day")) == [
        ("unknown_parameter", "agencies")
    ]


def test_an_end_outside_of_the_programme_or_a_stranger_among_the_asked_is_refused(
    api: CallerFor, cast: Cast
) -> None:
    admin = api(cast.admin)
    body = {"programme": "2008", "title": "X", "first": "2008-04-01", "last": "2008-05-31", "basis": "1"}
    path = "cycles/acts/open-ad-hoc/"
    found = codes(admin.post(path, {**body, "agencies": ["p82", "s-bcvt-82", "p999"]}))
    assert found == [("agency_unknown", "/agencies/1"), ("agency_unknown", "/agencies/2")]
    asked = {**body, "agencies": ["p82"]}
    assert codes(admin.post(path, {**asked, "programme": "1999"})) == [("programme_unknown", "/programme")]
    assert codes(admin.post(path, {**asked, "due_on": "2008-05-31"})) == [("cycle_due", "/due_on")]
    assert codes(admin.post(path, {**asked, "last": "2009-01-31"})) == [("cycle_window", "/last")]
    assert codes(admin.post(path, {**asked, "basis": " "})) == [("blank", "/basis")]
    local = {"programme": "2007-2010-tien-giang", "code": "2008-Q1"}
    assert admin.post("cycles/acts/open/", local).status_code == 403  # another agency leads it


def test_money_by_agency_is_that_of_the_page(api: CallerFor, cast: Cast, client_for: ClientFor) -> None:
    found = ok(api(cast.viewer).get("programmes/2008/money/"))
    page = said(client_for(cast.viewer).get(reverse("programme_money", args=["2008"])))
    assert (found["national"], found["agencies_on"]) == ("220700", None)
    for row in found["rows"]:
        assert row["name"] in page
        for amount in filter(None, row["amounts"].values()):
            assert format_money(Decimal(amount)) in page
    later = ok(api(cast.viewer).get("programmes/2008/money/", on="2009-01-01"))
    assert later["total"] == found["total"]
    (city,) = [row for row in later["rows"] if row["agency"] == "p01"]
    assert [one["name"] for one in city["includes"]] == ["Tỉnh Hà Tây"]


def test_the_documents_are_held_against_themselves(api: CallerFor, cast: Cast) -> None:
    viewer = api(cast.viewer)
    found = ok(viewer.get("reconciliation/"))
    verdicts = {
        one["document"]: [row["verdict"] for sums in one["sums"] for row in sums["comparisons"]]
        for one in found["documents"]
    }
    assert verdicts == {
        one.document.slug: [view.comparison.verdict.value for view in one.views] for one in gather().documents
    }
    of_one = ok(viewer.get("reconciliation/605-qd-ubnd/"))
    (document,) = of_one["documents"]
    assert document == next(one for one in found["documents"] if one["document"] == "605-qd-ubnd")
    different = [
        row for sums in document["sums"] for row in sums["comparisons"] if row["verdict"] == "different"
    ]
    assert all(
        Decimal(row["printed"]) - Decimal(row["computed"]) == Decimal(row["difference"]) for row in different
    )
    assert found["contradictions"]


def test_a_file_that_is_no_longer_the_issued_one_is_not_given(api: CallerFor, cast: Cast) -> None:
    file = IssuedFile.objects.get(pk=issued(cast)["file"])
    viewer, path = api(cast.viewer, "read"), f"issued-files/{file.pk}/content/"
    first = viewer.get(path, headers={"Accept": "application/pdf"})
    assert (first.content, first["Content-Disposition"]) == (
        b"PK as issued",
        'attachment; filename="2008-A1-04-BC-BTTTT.xlsx"',
    )
    assert viewer.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    Path(file.file.path).write_bytes(b"PK as changed")
    changed = viewer.get(path)
    assert (changed.status_code, problem(changed)["code"]) == (409, "file_changed")
