"""Funding sources: the tree, who may use which in which years, retiring, what has money cannot be removed."""

import json
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from agencies import audit
from agencies.administration import missing_for
from agencies.models import AuditEntry
from budgets.models import FundingSource, SourceUse
from budgets.sources.actions import change_source, create_source, remove_source
from budgets.sources.retiring import retire_source
from budgets.sources.shapes import SourceStated, UseStated
from core.findings import Conflict, NotAllowed, Refused
from plans.models import Programme
from sources.actions import load_sources
from tests.api.calling import caller_for, codes
from tests.browsing import form_with
from tests.budgets.source_changes import change, source, stated
from tests.cast import Cast
from tests.reading import ClientFor, in_english, links, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]
LIST = "/administration/sources/"
EVERYBODY = (UseStated(),)
STATED = SourceStated("Quỹ thử", "other", uses=EVERYBODY)


def refused(do: Any, *args: Any, **kwargs: Any) -> list[tuple[str, str]]:
    def everything() -> list[Any]:
        rows: list[Any] = list(FundingSource.objects.order_by("pk").values())
        return [*rows, *SourceUse.objects.order_by("pk").values(), AuditEntry.objects.count()]

    before = everything()
    with pytest.raises(Refused) as refusal:
        do(*args, **kwargs)
    assert everything() == before
    return [(one.code, one.place.path) for one in refusal.value.findings] or [(refusal.value.code, "")]


def test_everything_that_is_wrong_is_said_at_once(cast: Cast) -> None:
    backwards = SourceStated(
        "", "nonsense", parent="NOWHERE", position=40_000,
        valid_from=date(2010, 1, 1), valid_to=date(2009, 1, 1),
        uses=(UseStated("no-such"), UseStated("", "nobody"), UseStated(), UseStated()),
    )  # fmt: skip
    assert refused(create_source, "bad code", backwards, actor=cast.admin) == [
        ("code_malformed", "code"),
        ("name_missing", "name"),
        ("tier_missing", "tier"),
        ("position_out_of_range", "position"),
        ("period_backwards", "valid_to"),
        ("parent_unknown", "parent"),
        ("programme_unknown", "uses/0/programme"),
        ("programme_unknown", "uses/1/programme"),
        ("class_unknown", "uses/1/agency_class"),
        ("use_twice", "uses/2/programme"),
        ("use_twice", "uses/3/programme"),
    ]
    assert refused(create_source, "ODA", STATED, actor=cast.admin) == [("code_taken", "code")]
    with pytest.raises(NotAllowed):
        create_source("QUY", STATED, actor=cast.reviewer)


def test_the_tree_keeps_its_shape(cast: Cast) -> None:
    under_money = SourceStated("Con", "local", parent="NSDP-TT", uses=EVERYBODY)
    assert refused(create_source, "CON", under_money, actor=cast.admin) == [("parent_with_money", "parent")]
    other_tier = SourceStated("Con", "other", parent="NSDP", uses=EVERYBODY)
    assert refused(create_source, "CON", other_tier, actor=cast.admin) == [("tier_of_parent", "tier")]
    assert refused(change, cast, "NSTW", basis="x", parent="NSTW-DP") == [("parent_circle", "parent")]
    assert refused(change, cast, "NSTW", basis="x", tier="local") == [("tier_of_children", "tier")]
    assert refused(change, cast, "NSTW", uses=EVERYBODY) == [("uses_of_parent", "uses")]
    create_source("QUY", STATED, actor=cast.admin)
    child = create_source(
        "QUY-A", SourceStated("Quỹ A", "other", parent="QUY", uses=EVERYBODY), actor=cast.admin
    )
    assert not source("QUY").uses.exists()  # it sums up from now on
    moved = change(cast, "QUY-A", parent="", position=5)
    assert (moved.parent, moved.position, moved.pk) == (None, 5, child.pk)


def test_what_money_means_is_changed_on_a_basis_only(cast: Cast) -> None:
    assert refused(change, cast, "NSDP-TT", name="Tên khác") == [("basis_missing", "basis")]
    assert change(cast, "NSDP-TT", short_name="ĐP TT", note="x").row_version == 2
    assert change(cast, "NSDP-TT", basis="15/TT-BTC", name="Tên khác").name == "Tên khác"
    data = json.loads(AuditEntry.objects.filter(verb="change_source").latest("sequence").data)
    assert (data["after"], data["basis"]) == ({"name": "Tên khác"}, "15/TT-BTC")
    row = source("NSDP-TT")
    with pytest.raises(Conflict) as conflict:
        change_source(row, stated("NSDP-TT", note="y"), version=1, actor=cast.admin)
    assert conflict.value.theirs == {"note": "x"}
    assert audit.verify().broken_at is None


def test_retiring_ends_what_stands_under_it_and_removing_needs_that_nothing_refers(cast: Cast) -> None:
    assert refused(retire_source, source("NSDP"), None, basis="", version=1, actor=cast.admin) == [
        ("day_missing", "valid_to")
    ]
    retire_source(source("NSDP"), date(2010, 12, 31), basis="Luật NSNN", version=1, actor=cast.admin)
    assert {source(code).valid_to for code in ("NSDP", "NSDP-TT", "NSDP-SN")} == {date(2010, 12, 31)}
    assert source("NSTW-SN").valid_to is None
    for code in ("NSDP", "NSDP-TT", "NSTW-DP"):
        assert refused(remove_source, source(code), actor=cast.admin) == [("referred_to", "")]
    remove_source(source("PPP"), actor=cast.admin)
    assert refused(create_source, "PPP", STATED, actor=cast.admin) == [("code_taken", "code")]
    before = list(FundingSource.objects.order_by("pk").values()), SourceUse.objects.count()
    assert not load_sources().anything  # neither brings back what was removed nor changes what was edited
    assert (list(FundingSource.objects.order_by("pk").values()), SourceUse.objects.count()) == before


def test_sources_nobody_may_use_are_missing(cast: Cast) -> None:
    def missing() -> str:
        return " ".join(str(one.text) for one in missing_for(cast.admin))

    assert "Quỹ thử" not in missing()
    create_source("QUY", SourceStated("Quỹ thử", "other"), actor=cast.admin)
    assert "Quỹ thử" in missing()
    assert not [one for one in missing_for(cast.reviewer) if "Quỹ thử" in str(one.text)]
    retire_source(source("QUY"), date(2008, 1, 1), basis="x", version=1, actor=cast.admin)
    assert "Quỹ thử" not in missing()  # nobody is to use it any more
    SourceUse.objects.all().delete()
    assert Programme.objects.get(code="2009-2010").short_name in missing()


def test_the_pages_list_enter_change_and_retire(client_for: ClientFor, cast: Cast) -> None:
    client = in_english(client_for(cast.admin))
    with CaptureQueriesContext(connection) as queries:
        words = said(client.get(LIST))
    assert len(queries) <= 12
    assert "13 sources" in words
    assert "everybody, programme 2008" in words
    assert "2 sources" in said(client.get(f"{LIST}?q=du phong&tier=central&state=valid&programme=2008"))
    assert "Nothing matches" in said(client.get(f"{LIST}?state=idle"))
    book = load_workbook(BytesIO(client.get(f"{LIST}export.xlsx?q=oda").content)).worksheets[0]
    assert "ODA" in [row[1] for row in book.values]
    new = {"code": "QUY", "name": "Quỹ", "tier": "other", "position": "200", "use-0-programme": "*"}
    assert "Name the source" in said(client.post(f"{LIST}new/", {**new, "name": ""}))
    assert client.post(f"{LIST}new/", new)["Location"] == LIST
    assert source("QUY").uses.count() == 1
    page = f"{LIST}NSDP-TT/"
    shown = client.get(page)
    assert "cannot be removed" in said(shown)
    assert f"{page}remove/" not in links(shown)
    form = form_with(shown, "short_name")
    typed = form.post(name="Tên khác", basis="15/TT-BTC")
    question = client.post(page, typed)
    assert "→ Tên khác" in said(question)
    assert "605/QĐ-UBND" in said(question)
    assert client.post(page, form_with(question, "name").post(confirmed="1"))["Location"] == LIST
    assert source("NSDP-TT").name == "Tên khác"
    stale = client.post(page, {**typed, "name": "Tên thứ ba"})
    assert (stale.status_code, "Saved first" in said(stale)) == (409, True)
    ending = client.post(f"{page}retire/", {"valid_to": "31/12/2008", "basis": "x", "row_version": "2"})
    assert "Keeps it in its figures" in said(ending)
    done = client.post(f"{page}retire/", form_with(ending, "valid_to").post(confirmed="1"))
    assert done["Location"] == LIST
    assert client.post(f"{LIST}QUY/remove/")["Location"] == LIST
    assert client_for(cast.reviewer).get(LIST).status_code == 403


def test_a_program_enters_changes_retires_and_removes(cast: Cast) -> None:
    api = caller_for(cast.admin)
    new = {
        "code": "QUY",
        "name": "Quỹ",
        "tier": "other",
        "uses": [{"agency_class": "provinces", "opens": True}],
    }
    first = api.post("funding-sources/", new)
    assert (first.status_code, first.json()["uses"]) == (
        201,
        [{"programme": None, "agency_class": "provinces", "opens": True}],
    )
    wrong = {**new, "code": "QUY-2", "uses": [{"programme": "no-such"}], "parent": "ODA"}
    assert codes(api.post("funding-sources/", wrong)) == [
        ("tier_of_parent", "/tier"),
        ("programme_unknown", "/uses/0/programme"),
    ]
    tag = api.get("funding-sources/QUY/")["ETag"]
    assert api.post("funding-sources/QUY/", {"note": "x"}, "PATCH").status_code == 428
    changed = api.post("funding-sources/QUY/", {"note": "x", "parent": None}, "PATCH", If_Match=tag)
    assert (changed.status_code, changed.json()["note"], len(changed.json()["uses"])) == (200, "x", 1)
    assert api.post("funding-sources/QUY/", {"note": "y"}, "PATCH", If_Match=tag).status_code == 412
    end = {"valid_to": "2010-12-31", "basis": "x"}
    ended = api.post("funding-sources/QUY/retire/", end, If_Match=changed["ETag"])
    assert ended.json()["valid_to"] == "2010-12-31"
    money = api.get("funding-sources/NSDP-TT/")["ETag"]
    bare = api.post("funding-sources/NSDP-TT/", {"name": "x"}, "PATCH", If_Match=money)
    assert codes(bare) == [("basis_missing", "/basis")]
    assert api.post("funding-sources/NSDP-TT/", {}, "DELETE", If_Match=money).status_code == 422
    assert api.post("funding-sources/QUY/", {}, "DELETE", If_Match=ended["ETag"]).status_code == 204
    assert api.get("funding-sources/", state="ended").json()["count"] == 0
