"""The acts on the list of agencies through the API: the same action, the same rules, the same record."""

from typing import Any

import pytest

from agencies.models import Agency, AuditEntry, Membership, Succession
from tests.agencies.changes import agency, snapshot
from tests.api.calling import Caller, CallerFor, codes, problem
from tests.cast import Cast

pytestmark = pytest.mark.django_db

BASIS: dict[str, Any] = {"document": "15/2008/QH12", "on": "2008-08-01"}


@pytest.fixture
def caller(api: CallerFor, cast: Cast) -> Caller:
    return api(cast.admin)


def do(caller: Caller, act: str, status: int = 200, **body: Any) -> Any:
    answer = caller.post(f"agencies/acts/{act}/", body)
    assert answer.status_code == status, answer.content.decode()
    return answer


def refused(caller: Caller, act: str, status: int = 422, **body: Any) -> list[tuple[str, str]]:
    """The findings of a refusal, which has written nothing."""
    before = snapshot()
    answer = do(caller, act, status, **body)
    assert snapshot() == before
    return codes(answer)


def test_a_new_agency_is_entered_with_its_document(caller: Caller) -> None:
    answer = do(caller, "create", 201, **BASIS, name="Ban Chỉ đạo mới", kind="don_vi", parent="p40")
    made = agency(answer.json()["agency"]["key"])
    assert answer["Location"] == f"http://testserver/api/v1/agencies/{made.key}/"
    assert (made.name, made.basis, str(made.valid_from)) == ("Ban Chỉ đạo mới", "15/2008/QH12", "2008-08-01")
    assert made.parent == agency("p40")
    assert caller.get(f"agencies/{made.key}/").json()["parent"]["key"] == "p40"
    entry = AuditEntry.objects.order_by("-sequence")[0]
    assert (entry.verb, entry.role, entry.object_id) == ("create_agency", "administrator", str(made.pk))


def test_a_renaming_takes_everything_over(caller: Caller, cast: Cast) -> None:
    said = do(caller, "rename", **BASIS, agency="p40", name="Tỉnh Nghệ Tĩnh", short_name="Nghệ Tĩnh").json()
    made = agency(said["made"][0]["key"])
    assert (said["agency"]["key"], said["moved"]) == (made.key, 2)
    assert (made.province_code, made.kind) == (agency("p40").province_code, "tinh")
    assert Succession.objects.get(predecessor__key="p40").kind == "renamed"
    assert Membership.objects.filter(agency=made).count() == 2


def test_two_become_a_new_one_or_one_of_the_list(caller: Caller) -> None:
    new = {"name": "Tỉnh Nghệ Tĩnh", "kind": "tinh", "province_code": "40"}
    said = do(caller, "merge", **BASIS, agencies=["p40", "p42"], new=new).json()
    assert [one["name"] for one in said["made"]] == ["Tỉnh Nghệ Tĩnh"]
    said = do(caller, "merge", **BASIS, agencies=["p04"], into="p20", with_people=False).json()
    assert (said["agency"]["key"], said["made"]) == ("p20", [])


def test_one_becomes_several_and_one_part_takes_the_whole(caller: Caller) -> None:
    parts = [
        {"new": {"name": "Tỉnh Bắc Nghệ", "kind": "tinh"}},
        {"new": {"name": "Tỉnh Nam Nghệ", "kind": "tinh"}},
        {"existing": "p42"},
    ]
    do(caller, "split", **BASIS, agency="p40", parts=parts, principal=1)
    principal = Succession.objects.get(predecessor__key="p40", principal=True).successor
    assert principal.name == "Tỉnh Nam Nghệ"
    assert Succession.objects.filter(predecessor__key="p40").count() == 3


def test_an_agency_may_go_on_beside_what_is_split_off(caller: Caller) -> None:
    new = {"name": "Tỉnh Vinh", "kind": "tinh"}
    do(caller, "split", **BASIS, agency="p40", parts=[{"new": new}], continues=True)
    assert agency("p40").valid_to is None
    assert not Succession.objects.filter(predecessor__key="p40", principal=True).exists()


def test_an_end_an_edit_and_a_removal(caller: Caller) -> None:
    do(caller, "end", **BASIS, agency="p40", successor="p42", with_people=True)
    assert (str(agency("p40").valid_to), agency("p40").end_basis) == ("2008-07-31", "15/2008/QH12")
    do(caller, "edit", agency="p42", place="Thị xã Hà Tĩnh", note="", reason="theo công văn")
    assert agency("p42").place == "Thị xã Hà Tĩnh"
    made = do(caller, "create", 201, **BASIS, name="Ban nhầm", kind="don_vi").json()["agency"]["key"]
    assert do(caller, "remove", agency=made, reason="nhập nhầm").json()["agency"] is None
    assert not Agency.objects.filter(key=made).exists()


@pytest.mark.parametrize(
    ("act", "body", "found"),
    [
        ("rename", {"agency": "p999", "name": "X"}, [("agency_unknown", "/agency")]),
        ("rename", {"agency": "p40", "name": "Tỉnh Nghệ An"}, [("name_same", "/name")]),
        ("merge", {"agencies": ["p999"], "into": "p40"}, [("agency_unknown", "/agencies")]),
        ("merge", {"agencies": ["p40", "p42"], "into": "p40"}, [("successor_among", "/into")]),
        ("merge", {"agencies": ["p40", "m-khdt"], "into": "p42"}, [("invalid_choice", "/agencies")]),
        ("merge", {"agencies": ["p40"], "into": "m-khdt"}, [("invalid_choice", "/into")]),
        (
            "merge",
            {"agencies": ["p40", "p42"], "new": {"name": "Tỉnh Quảng Ninh", "kind": "tinh"}},
            [("name_taken", "/new/name")],
        ),
        ("end", {"agency": "p40", "successor": "p40"}, [("invalid_choice", "/successor")]),
        (
            "split",
            {"agency": "p40", "principal": 5, "parts": [{"existing": "p42"}, {"existing": "m-khdt"}]},
            [("invalid_choice", "/principal"), ("invalid_choice", "/parts/1/existing")],
        ),
        (
            "split",
            {"agency": "p40", "principal": 0, "parts": [{"existing": "p42"}]},
            [("split_of_few", "/parts")],
        ),
    ],
)
def test_what_bars_an_act_is_said_with_its_place(
    caller: Caller, act: str, body: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    said = refused(caller, act, **BASIS, **body)
    assert [one for one in found if one in said] == found, said


def test_a_day_outside_of_history_is_refused(caller: Caller) -> None:
    for day in ("0001-01-01", "9999-12-31", "2008-13-01", "01/08/2008", 20080801):
        body = {"agency": "p40", "name": "X", "document": "1", "on": day}
        assert refused(caller, "rename", 400, **body) == [("day", "/on")]


@pytest.mark.parametrize(
    ("act", "body", "pointer"),
    [
        ("merge", {"agencies": ["p40"]}, ""),
        ("merge", {"agencies": ["p40"], "into": "p42", "new": {"name": "X", "kind": "tinh"}}, ""),
        ("split", {"agency": "p40", "parts": [{"existing": "p42"}], "principal": 0, "continues": True}, ""),
        ("split", {"agency": "p40", "parts": [{"existing": "p42"}]}, ""),
        ("split", {"agency": "p40", "parts": [{}], "principal": 0}, "/parts/0"),
    ],
)
def test_of_two_ways_one_is_taken(caller: Caller, act: str, body: dict[str, Any], pointer: str) -> None:
    assert refused(caller, act, 400, **BASIS, **body) == [("one_of", pointer)]


def test_lists_have_an_end(caller: Caller) -> None:
    many = ["p40"] * 50_000
    assert refused(caller, "merge", 400, **BASIS, agencies=many, into="p42") == [("max_length", "/agencies")]
    parts = [{"existing": "p42"}] * 13
    found = refused(caller, "split", 400, **BASIS, agency="p40", parts=parts, principal=0)
    assert found == [("max_length", "/parts")]


def test_an_act_that_is_not_possible_now_is_a_conflict(caller: Caller) -> None:
    answer = do(caller, "rename", 409, **BASIS, agency="p82", name="Tỉnh Mỹ Tho")
    assert problem(answer)["code"] == "wrong_state"
    assert "Its end is recorded: 30/06/2025" in problem(answer)["detail"]
