"""Keeping the catalogue of indicators: entering, changing, what stands fast, retiring, removing."""

import json
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from agencies import audit
from agencies.models import AuditEntry
from core.findings import Conflict, NotAllowed, Refused
from indicators.keeping.actions import (
    change_indicator,
    create_indicator,
    new_code,
    remove_indicator,
    retire_indicator,
    revive_indicator,
)
from indicators.keeping.shapes import IndicatorStated
from indicators.models import Indicator, OutlineIndicator
from plans.content.actions import create_plan
from plans.content.editing import add_line
from plans.models import Programme
from plans.parts import registry
from plans.parts.choices import Choices
from plans.review.checks import check_plan
from sources.actions import load_sources
from tests.api.calling import caller_for, codes
from tests.browsing import form_with
from tests.cast import Cast
from tests.reading import ClientFor, in_english, links, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]
LIST = "/administration/indicators/"
USED = "officials-using-email"
STATED = IndicatorStated("Số trạm thử", "count", unit="trạm")


def indicator(code: str) -> Indicator:
    return Indicator.objects.get(code=code)


def change(cast: Cast, code: str, basis: str = "", **changes: Any) -> Indicator:
    row = indicator(code)
    before = IndicatorStated.of(row)
    values = {name: getattr(before, name) for name in before.texts()}
    after = IndicatorStated(**{**values, **changes})
    return change_indicator(row, after, basis=basis, version=row.row_version, actor=cast.admin)


def refused(do: Any, *args: Any, **kwargs: Any) -> list[tuple[str, str]]:
    def everything() -> tuple[Any, ...]:
        return list(Indicator.objects.order_by("pk").values()), AuditEntry.objects.count()

    before = everything()
    with pytest.raises(Refused) as refusal:
        do(*args, **kwargs)
    assert everything() == before
    return [(one.code, one.place.path) for one in refusal.value.findings] or [(refusal.value.code, "")]


def test_a_new_one_gets_a_code_of_its_name_and_everything_wrong_is_said_at_once(cast: Cast) -> None:
    made = create_indicator(STATED, actor=cast.admin)
    assert (made.code, made.search_key) == ("so-tram-thu", "so tram thu")
    assert new_code(STATED.name) == "so-tram-thu-2"
    wrong = IndicatorStated("", "nonsense", direction="", unit="u" * 61, position=-1)
    assert refused(create_indicator, wrong, code="Á b", actor=cast.admin) == [
        ("code_malformed", "code"),
        ("name_missing", "name"),
        ("text_too_long", "unit"),
        ("kind_missing", "kind"),
        ("direction_missing", "direction"),
        ("position_out_of_range", "position"),
    ]
    for stated, found in (
        (STATED, [("name_taken", "name")]),
        (
            IndicatorStated("Tỷ lệ", "ratio"),
            [("numerator_missing", "numerator"), ("denominator_missing", "denominator")],
        ),
        (
            IndicatorStated("Đếm", "count", numerator="x", may_exceed_whole=True),
            [("numerator_superfluous", "numerator"), ("may_exceed_superfluous", "may_exceed_whole")],
        ),
    ):
        assert refused(create_indicator, stated, actor=cast.admin) == found
    assert refused(create_indicator, IndicatorStated("Khác", "count"), code=USED, actor=cast.admin) == [
        ("code_taken", "code")
    ]
    with pytest.raises(NotAllowed):
        create_indicator(STATED, actor=cast.reviewer)


def test_kind_direction_and_unit_stand_fast_once_targets_are_set(cast: Cast) -> None:
    assert refused(change, cast, USED, "x", kind="share_of_agencies", direction="down", unit="‰") == [
        ("kind_fast", "kind"),
        ("direction_fast", "direction"),
        ("unit_fast", "unit"),
    ]
    assert refused(change, cast, USED, name="Tên khác") == [("basis_missing", "basis")]
    assert change(cast, USED, position=3).row_version == 2
    assert change(cast, USED, "15/TT", name="Tên khác", may_exceed_whole=True).name == "Tên khác"
    assert refused(change, cast, USED, "x", may_exceed_whole=False) == [
        ("may_exceed_fast", "may_exceed_whole")
    ]
    data = json.loads(AuditEntry.objects.filter(verb="change_indicator").latest("sequence").data)
    assert (data["basis"], data["after"]) == ("15/TT", {"name": "Tên khác", "may_exceed_whole": "1"})
    with pytest.raises(Conflict) as conflict:
        change_indicator(indicator(USED), STATED, version=2, actor=cast.admin)
    assert conflict.value.theirs["name"] == "Tên khác"
    made = create_indicator(STATED, actor=cast.admin)
    free = change(cast, made.code, kind="ratio", unit="%", numerator="a", denominator="b", direction="down")
    assert (free.kind, free.unit) == ("ratio", "%")
    assert audit.verify().broken_at is None


def test_a_retired_one_is_offered_no_more_and_keeps_what_was_stated(cast: Cast) -> None:
    assert refused(retire_indicator, indicator(USED), None, basis="", version=1, actor=cast.admin) == [
        ("day_missing", "valid_to"),
        ("basis_missing", "basis"),
    ]
    programme = Programme.objects.get(code="2009-2010")
    asked = OutlineIndicator.objects.filter(programme=programme, classes=[]).first()
    assert asked is not None
    for row in (indicator(USED), asked.indicator):
        retire_indicator(row, date(2008, 12, 31), basis="15/TT", version=1, actor=cast.admin)
    plan = create_plan(programme, title="Kế hoạch", actor=cast.other_editor)
    column = registry.get("targets").columns_by_name["indicator"]

    def offered(current: str) -> set[Any]:
        return {option[0] for option in Choices(plan).options(column, current)}

    assert USED not in offered("")
    assert USED in offered(USED)  # what stands there stays
    assert not plan.baselines.filter(indicator=asked.indicator).exists()
    target = {"indicator": USED, "year": "2010", "comparator": ">=", "value": "80"}
    add_line(plan, "targets", target, actor=cast.other_editor)
    assert "indicator_retired" in {one.code for one in check_plan(plan) if not one.bars}
    assert revive_indicator(indicator(USED), version=2, actor=cast.admin).valid_to is None
    assert USED in offered("")


def test_only_what_nothing_refers_to_is_removed_and_loading_leaves_all_as_it_is(cast: Cast) -> None:
    assert refused(remove_indicator, indicator(USED), actor=cast.admin) == [("referred_to", "")]
    made = create_indicator(STATED, code="try-out", actor=cast.admin)
    remove_indicator(made, actor=cast.admin)
    assert refused(create_indicator, STATED, code="try-out", actor=cast.admin) == [("code_taken", "code")]
    change(cast, USED, "15/TT", name="Tên khác")
    before = list(Indicator.objects.order_by("pk").values())
    assert not load_sources().anything
    assert list(Indicator.objects.order_by("pk").values()) == before


def test_the_pages_list_enter_change_retire_and_remove(client_for: ClientFor, cast: Cast) -> None:
    client = in_english(client_for(cast.admin))
    with CaptureQueriesContext(connection) as queries:
        words = said(client.get(LIST))
    assert len(queries) <= 12
    assert "82 indicators" in words
    assert "1 indicator " in said(client.get(f"{LIST}?q={USED}&kind=ratio&state=valid"))
    assert "Nothing matches" in said(client.get(f"{LIST}?state=ended"))
    book = load_workbook(BytesIO(client.get(f"{LIST}export.xlsx?q={USED}").content)).worksheets[0]
    assert USED in [row[1] for row in book.values]
    new = {"name": "Số trạm thử", "kind": "count", "direction": "up", "unit": "trạm", "position": "1"}
    assert client.post(f"{LIST}new/", {**new, "name": ""}).status_code == 422
    assert client.post(f"{LIST}new/", new)["Location"] == f"{LIST}so-tram-thu/"
    page = f"{LIST}{USED}/"
    shown = client.get(page)
    assert "Locked: targets or figures are stated for it already." in said(shown)
    assert shown.content.decode().count(" disabled") >= 3
    assert f"{page}remove/" not in links(shown)
    typed = form_with(shown, "definition").post(name="Tên khác", basis="15/TT")
    question = client.post(page, typed)
    assert "→ Tên khác" in said(question)
    assert client.post(page, form_with(question, "name").post(confirmed="1"))["Location"] == LIST
    assert client.post(page, {**typed, "name": "Tên ba"}).status_code == 409
    ending = client.post(f"{page}retire/", {"valid_to": "31/12/2007", "basis": "x", "row_version": "2"})
    done = client.post(f"{page}retire/", form_with(ending, "valid_to").post(confirmed="1"))
    assert done["Location"] == LIST
    catalogue = client.get(f"/indicators/{USED}/")
    assert "retired, last day 31/12/2007" in said(catalogue)
    assert page in links(catalogue)
    assert page not in links(client_for(cast.reviewer).get(f"/indicators/{USED}/"))
    assert client.post(f"{page}revive/", {"row_version": "3"})["Location"] == page
    assert client.post(f"{LIST}so-tram-thu/remove/")["Location"] == LIST
    assert client_for(cast.reviewer).get(LIST).status_code == 403


def test_a_program_enters_changes_retires_and_removes(cast: Cast) -> None:
    api = caller_for(cast.admin)
    new = {"name": "Số trạm thử", "kind": "count", "unit": "trạm"}
    first = api.post("indicators/", new)
    assert (first.status_code, first.json()["code"], first.json()["direction"]) == (201, "so-tram-thu", "up")
    assert codes(api.post("indicators/", {**new, "kind": "ratio"})) == [
        ("name_taken", "/name"),
        ("numerator_missing", "/numerator"),
        ("denominator_missing", "/denominator"),
    ]
    tag = api.get("indicators/so-tram-thu/")["ETag"]
    assert tag == first["ETag"]
    assert api.post("indicators/so-tram-thu/", {"unit": "x"}, "PATCH").status_code == 428
    changed = api.post("indicators/so-tram-thu/", {"unit": "x"}, "PATCH", If_Match=tag)
    assert changed.json()["unit"] == "x"
    assert api.post("indicators/so-tram-thu/", {"unit": "y"}, "PATCH", If_Match=tag).status_code == 412
    used = api.get(f"indicators/{USED}/")["ETag"]
    fast = api.post(f"indicators/{USED}/", {"unit": "x", "basis": "x"}, "PATCH", If_Match=used)
    assert codes(fast) == [("unit_fast", "/unit")]
    end = {"valid_to": "2010-12-31", "basis": "x"}
    ended = api.post("indicators/so-tram-thu/retire/", end, If_Match=changed["ETag"])
    assert ended.json()["valid_to"] == "2010-12-31"
    again = api.post("indicators/so-tram-thu/revive/", {}, If_Match=ended["ETag"])
    assert again.json()["valid_to"] is None
    assert api.post(f"indicators/{USED}/", {}, "DELETE", If_Match=used).status_code == 422
    assert api.post("indicators/so-tram-thu/", {}, "DELETE", If_Match=again["ETag"]).status_code == 204
