"""Pages of the lists of agencies: search, paste out of Excel, the question, refusals; the API."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from agencies.groups.actions import create_group, member_keys
from agencies.groups.matching import Directory
from agencies.groups.shapes import GroupStated
from agencies.models import Agency, AgencyGroup
from tests.api.calling import Caller, caller_for, codes
from tests.browsing import form_with
from tests.cast import Cast
from tests.reading import ClientFor, in_english, links, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]
LIST = "/administration/groups/"
PAGE = f"{LIST}pilot-2008/"


@pytest.fixture
def made(cast: Cast) -> AgencyGroup:
    stated = GroupStated("Các tỉnh làm thử", date(2008, 6, 1), "12/QĐ-BTTTT")
    return create_group(stated, ["p82"], key="lam-thu", actor=cast.admin)


def test_a_pasted_line_is_read_as_it_comes_out_of_excel_or_a_document(cast: Cast) -> None:
    directory = Directory(Agency.objects.in_order(), date(2008, 6, 1))
    for line, key in (
        ("p82", "p82"),
        ("P40", "p40"),
        ("Tỉnh Tiền Giang", "p82"),
        ("tien giang", "p82"),
        ("UBND tỉnh Nghệ An", "p40"),
        ("TP. Hồ Chí Minh", "p79"),
        ("Thành phố Đà Nẵng", "p48"),
        ("3.\tBộ Tài chính\t28 Trần Hưng Đạo", "m-tc"),
        ("12) Bộ Giáo dục và Đào tạo", "m-gddt"),
        ("- Bộ Tư pháp", "m-tp"),
        ("82", "p82"),
        ("1\tTỉnh Lào Cai\t10", "p10"),
        ("\u00a0Bộ  Tư\u00a0pháp ", "m-tp"),
    ):
        [found] = directory.read(line)
        assert found.agency is not None, (line, found.finding)
        assert found.agency.key == key, line
    Agency.objects.filter(key="p28").update(valid_to="2008-05-31")
    Agency.objects.create(key="two", name="Tỉnh Tiền Giang", short_name="Hai", kind="don_vi")
    directory = Directory(Agency.objects.in_order(), date(2008, 6, 1))
    lines = directory.read("Bộ Không Có\n\nTỉnh Hà Tây\r\nTiền Giang\n00")
    faults = [(one.number, one.finding.code if one.finding else "") for one in lines]
    assert faults == [
        (1, "agency_unknown"),
        (3, "agency_not_in_force"),
        (4, "agency_ambiguous"),
        (5, "agency_unknown"),
    ]
    assert all(one.finding and one.text in str(one.finding.text) for one in lines)


def test_the_list_is_searched_counted_and_exported_at_few_queries(client_for: ClientFor, cast: Cast) -> None:
    client = in_english(client_for(cast.admin))
    words = said(client.get(LIST))
    assert "Các Bộ, tỉnh, thành phố triển khai mô hình điểm" in words
    assert "1 list As XLSX" in said(client.get(f"{LIST}?q=phu luc iii"))
    assert "2 lists" in said(client.get(f"{LIST}?agency=p10&q=diem"))
    assert "Nothing matches" in said(client.get(f"{LIST}?q=khongcogi"))
    AgencyGroup.objects.bulk_create(
        AgencyGroup(key=f"g-{n}", name=f"Nhóm {n}", valid_on="2008-01-01", note="x") for n in range(60)
    )
    with CaptureQueriesContext(connection) as queries:
        assert "67 lists" in said(client.get(LIST))
    assert len(queries) <= 12
    lists, members = load_workbook(BytesIO(client.get(f"{LIST}export.xlsx?q=phu luc iii").content)).worksheets
    assert 49 in [row[6] for row in lists.values]
    assert len([row for row in members.values if row[3] == "p82"]) == 1


def test_a_list_is_entered_and_filled_by_search_and_paste(client_for: ClientFor, cast: Cast) -> None:
    client = in_english(client_for(cast.admin))
    wrong = client.post(f"{LIST}new/", {"name": "", "valid_on": "32/1/2008"})
    assert wrong.status_code == 422
    assert "Name the list, as documents call it." in said(wrong)
    stated = {"name": "Danh sách mới", "valid_on": "01/06/2008", "document_number": "1/QĐ"}
    assert client.post(f"{LIST}new/", stated)["Location"] == f"{LIST}danh-sach-moi/members/"
    page = f"{LIST}danh-sach-moi/members/"
    searched = client.post(page, {"q": "tien giang", "pasted": "Nghệ An", "search": "1", "row_version": "1"})
    shown = searched.content.decode()
    assert 'name="add" value="p82"' in shown
    assert "Nghệ An</textarea>" in shown  # nothing typed is lost
    typed = {"add": ["p82"], "pasted": "Nghệ An\nBộ Không Có", "mode": "add", "row_version": "1"}
    refused = client.post(page, typed)
    assert refused.status_code == 422
    assert "Line 2 “Bộ Không Có”" in said(refused)
    assert "Bộ Không Có</textarea>" in refused.content.decode()
    question = client.post(page, {**typed, "pasted": "Nghệ An\nTiền Giang"})
    assert "Put on 2: Tỉnh Tiền Giang; Tỉnh Nghệ An" in said(question)
    assert not member_keys(AgencyGroup.objects.get(key="danh-sach-moi"))
    form = form_with(question, "pasted")
    assert client.post(page, form.post(confirmed="1"))["Location"] == f"{LIST}danh-sach-moi/"
    assert member_keys(AgencyGroup.objects.get(key="danh-sach-moi")) == ["p82", "p40"]
    again = {"pasted": "Nghệ An\np10\nTiền Giang", "mode": "replace", "row_version": "2", "confirmed": "1"}
    assert client.post(page, again).status_code == 302
    assert member_keys(AgencyGroup.objects.get(key="danh-sach-moi")) == ["p40", "p10", "p82"]
    off = {"remove": ["p10"], "mode": "add", "row_version": "3", "confirmed": "1"}
    assert client.post(page, {**off, "row_version": "2"}).status_code == 422  # somebody was first
    assert client.post(page, off).status_code == 302
    assert member_keys(AgencyGroup.objects.get(key="danh-sach-moi")) == ["p40", "p82"]


def test_what_rests_on_a_list_is_shown_before_it_changes(client_for: ClientFor, cast: Cast) -> None:
    client = in_english(client_for(cast.admin))
    shown = client.get(PAGE)
    words = said(shown)
    assert "43/2008/QĐ-TTg, version 1:" in words
    assert "cannot be removed: something refers to it" in words
    assert f"{PAGE}remove/" not in links(shown)
    barred = client.get(f"{PAGE}remove/")
    assert (barred.status_code, "cannot be removed" in said(barred)) == (422, True)
    stated = {"name": "Tên mới", "valid_on": "24/03/2008", "document_number": "43", "row_version": "1"}
    assert "Give the basis" in said(client.post(f"{PAGE}edit/", stated))
    question = said(client.post(f"{PAGE}edit/", {**stated, "basis": "15/QĐ"}))
    assert "→ Tên mới" in question
    assert "Report lines of periods that are open already stay as they were fixed" in question
    assert client.post(f"{PAGE}edit/", {**stated, "basis": "15/QĐ", "confirmed": "1"}).status_code == 302
    assert AgencyGroup.objects.get(key="pilot-2008").name == "Tên mới"
    conflict = client.post(f"{PAGE}edit/", {**stated, "name": "Tên khác", "basis": "15/QĐ"})
    assert conflict.status_code == 409
    assert "Tên mới" in said(conflict)


def test_a_list_nothing_refers_to_is_removed(client_for: ClientFor, cast: Cast, made: AgencyGroup) -> None:
    client = in_english(client_for(cast.admin))
    assert f"{LIST}lam-thu/remove/" in links(client.get(f"{LIST}lam-thu/"))
    assert "Remove “Các tỉnh làm thử”?" in said(client.get(f"{LIST}lam-thu/remove/"))
    assert client.post(f"{LIST}lam-thu/remove/")["Location"] == LIST
    assert client.get(f"{LIST}lam-thu/").status_code == 404


@pytest.fixture
def api(cast: Cast) -> Caller:
    return caller_for(cast.admin)


def test_a_program_enters_changes_and_removes_a_list(api: Caller, cast: Cast) -> None:
    new = {"name": "Làm thử", "valid_on": "2008-06-01", "document_number": "1/QĐ", "members": ["p82", "p40"]}
    first = api.post("groups/", new, Idempotency_Key="one")
    assert (first.status_code, first.json()["key"]) == (201, "lam-thu")
    assert first["Location"].endswith("/api/v1/groups/lam-thu/")
    assert api.post("groups/", new, Idempotency_Key="one").json() == first.json()
    bad = api.post("groups/", {**new, "members": ["p82", "p999"], "document_number": "", "odd": 1})
    assert codes(bad) == [("unknown_field", "/odd")]
    bad = api.post("groups/", {**new, "members": ["p82", "p999"], "document_number": ""})
    assert sorted(codes(bad)) == [("agency_unknown", "/members/1"), ("document_missing", "/document_number")]
    tag = api.get("groups/lam-thu/")["ETag"]
    assert tag == first["ETag"]
    assert api.post("groups/lam-thu/", {"members": ["p10"]}, "PATCH").status_code == 428
    changed = api.post("groups/lam-thu/", {"members": ["p10"]}, "PATCH", If_Match=tag)
    assert [one["agency"]["key"] for one in changed.json()["members"]] == ["p10"]
    assert api.post("groups/lam-thu/", {"name": "y"}, "PATCH", If_Match=tag).status_code == 412
    pilots = api.get("groups/pilot-2008/")["ETag"]
    bare = api.post("groups/pilot-2008/", {"name": "y"}, "PATCH", If_Match=pilots)
    assert codes(bare) == [("basis_missing", "/basis")]
    assert api.post("groups/pilot-2008/", {}, "DELETE", If_Match=pilots).status_code == 422
    assert api.post("groups/lam-thu/", {}, "DELETE", If_Match=changed["ETag"]).status_code == 204
    assert api.get("groups/lam-thu/").status_code == 404
    assert api.get("groups/", q="phu luc iii").json()["count"] == 1
