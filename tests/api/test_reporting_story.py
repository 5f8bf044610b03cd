"""One period through the API alone, from its opening to a verified copy, with the figures of the pages."""

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from core import clock
from core.notation import decimal_string, format_money, format_percent
from reports.models import Filing
from tests.api.calling import Caller, CallerFor, codes
from tests.cast import Cast
from tests.reading import ClientFor, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

CYCLE = "cycles/2008/2008-Q2"
REPORT = f"{CYCLE}/reports/p82"
FILING = f"{REPORT}/filings/1/"
LETTER = {"number": "12/BC-UBND", "on": "2008-07-10", "signer": "Nguyễn Văn Ký"}


@pytest.fixture(autouse=True)
def _in_july_2008() -> Iterator[None]:
    with clock.at("2008-07-10T09:00"):
        yield


def done(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def change_of(filing: dict[str, Any]) -> dict[str, Any]:
    """Something said of every line that the filing asks for."""
    tasks = [
        {"line": one["line"], "row_version": 0, "status": "done", "done_on": "2008-06-20", "text": "Đã xong."}
        for one in filing["tasks"]
    ]
    projects = []
    for one in filing["projects"]:
        planned = one["share"] or (one["sources"] and not one["group_line"] and one["sources"][0]["planned"])
        money = {"assigned": planned, "disbursed": half(planned)} if planned else {}
        sources = [{"source": one["sources"][0]["source"], **money}] if money else []
        projects.append({"line": one["line"], "row_version": 0, "status": "in_progress", "sources": sources})
    indicators = [
        {"indicator": one["indicator"], "row_version": 0, "numerator": "45", "denominator": "100"}
        if one["asks"] == "ratio"
        else {"indicator": one["indicator"], "row_version": 0, "value": "1"}
        for one in filing["indicators"]
    ]
    texts = {"row_version": filing["texts"]["row_version"], "summary": "Các đơn vị đã triển khai kế hoạch."}
    return {"texts": texts, "tasks": tasks, "projects": projects, "indicators": indicators}


def half(amount: str) -> str:
    return str(decimal_string(Decimal(amount) / 2))


def act(caller: Caller, name: str, body: Any = None, status: int = 200) -> Any:
    """The act on the filing as it stands, and what it is then."""
    tag = caller.get(FILING)["ETag"]
    return done(caller.post(f"{FILING}acts/{name}/", body, If_Match=tag), status)


def test_a_period_from_its_opening_to_a_verified_copy(
    api: CallerFor, cast: Cast, client_for: ClientFor
) -> None:
    editor, approver, reviewer = api(cast.editor), api(cast.approver), api(cast.reviewer)
    opened = api(cast.admin).post("cycles/acts/open/", {"programme": "2008", "code": "2008-Q2"})
    assert done(opened, 201)["total"]["obliged"] == 86
    assert opened["Location"] == f"http://testserver/api/v1/{CYCLE}/"

    # What is asked
    mine = done(editor.get(f"{REPORT}/"))
    assert [(one["name"], one["refused"]) for one in mine["acts"]] == [("begin", "")]
    assert (mine["due_on"], mine["timeliness"]) == ("2008-07-15", {"standing": "waiting", "days": 0})
    of_group = next(one for one in mine["asked"]["projects"] if one["label"] == "B.5")
    assert (of_group["national"], of_group["share"], mine["asked"]["money_unit"]) == (
        True,
        "1100",
        "triệu đồng",
    )

    # The report
    begun = editor.post(f"{REPORT}/filings/")
    assert done(begun, 201)["number"] == 1
    assert begun["Location"].endswith(FILING)
    draft = done(editor.get(FILING))
    assert [one["line"] for one in draft["tasks"]] == [one["line"] for one in mine["asked"]["tasks"]]
    written = done(editor.post(FILING, change_of(draft), "PATCH"))
    assert {one["status"] for one in written["tasks"]} == {"done"}
    assert {one["row_version"] for one in written["projects"]} == {1}
    assert [one["code"] for one in done(editor.get(f"{FILING}check/"))["findings"]] == []
    act(editor, "hand-over")
    submitted = act(approver, "submit", LETTER)
    assert (submitted["state"], submitted["letter_number"]) == ("submitted", "12/BC-UBND")
    assert submitted["sha256"] == Filing.objects.get().sha256
    assert act(reviewer, "accept")["state"] == "accepted"
    rows = done(reviewer.get(f"{CYCLE}/reports/", standing="on_time"))
    assert [(one["agency"], one["state"]) for one in rows["results"]] == [("p82", "accepted")]

    # The figures
    live = done(reviewer.get(f"{CYCLE}/compliance/"))
    compiled = reviewer.post(f"{CYCLE}/acts/compile/", Idempotency_Key="compile-1")
    frozen = done(compiled, 201)
    assert frozen["figures"] == live
    assert (frozen["intact"], frozen["differences"]) == (True, [])
    page = said(client_for(cast.reviewer).get(reverse("compilation_detail", args=[frozen["id"]])))
    assert_same(live, page.replace("\N{NO-BREAK SPACE}", " "))

    # The issued report
    address = f"compilations/{frozen['id']}/"
    paper = {"number": "05/BC-BTTTT", "issued_on": "2008-07-10", "signer": "Nguyễn Văn Ký"}
    assert codes(reviewer.post(f"{address}acts/issue/", paper)) == [("paper_incomplete", "/number")]
    issued = done(reviewer.post(f"{address}acts/issue/", {**paper, "signer_title": "Bộ trưởng"}))
    assert [one["format"] for one in issued["issued_files"]] == ["pdf", "xlsx"]
    stranger = api(cast.viewer, "read")
    assert done(stranger.get(address))["differences"] is None
    for file in issued["issued_files"]:
        told = done(stranger.get(f"issued-files/{file['id']}/"))
        assert told["audit_head"] == file["audit_head"] != ""
        copy = stranger.get(f"issued-files/{file['id']}/content/", headers={"Accept": "*/*"})
        given = client_for(cast.viewer).get(reverse("issued_file", args=[file["id"]]))
        assert (copy.content, copy["Content-Type"]) == (given.content, given["Content-Type"])
        assert copy["Content-Disposition"] == given["Content-Disposition"]
        assert hashlib.sha256(copy.content).hexdigest() == file["sha256"]
        assert done(stranger.get(f"verify/{file['sha256'].upper()}/"))["issued"] == told
    assert done(stranger.get(f"verify/{'0' * 64}/"))["issued"] is None
    assert (stranger.get("verify/05/").status_code, stranger.get(FILING).status_code) == (400, 200)


def assert_same(figures: dict[str, Any], page: str) -> None:
    """The figures of the answer stand on the page."""
    total = figures["total"]
    counts = [total[name] for name in ("obliged", "on_time", "late", "missing")]
    assert counts == [86, 1, 0, 0]
    assert " ".join(("Cộng", *map(str, counts))) in " ".join(page.split())
    assert format_percent(Decimal(total["on_time_share"])) in page
    assert figures["money_unit"] == "triệu đồng"
    for block in figures["money"]:
        for name in ("planned", "assigned", "disbursed"):
            assert format_money(Decimal(block["total"][name])) in page
    assert {one["programme"]: one["total"]["planned"] for one in figures["money"]} == {
        "2008": "220700",
        "2007-2010-tien-giang": "7995",
    }
    ratios = [one for one in figures["targets"] if one["value"] == "45"]
    assert ratios
    assert format_percent(45) in page
