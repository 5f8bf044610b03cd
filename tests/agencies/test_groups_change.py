"""Lists of agencies: entering, changing, removing; what rests on a list makes it history."""

import json
from datetime import date
from typing import Any

import pytest

from agencies import audit
from agencies.groups.actions import change_group, create_group, member_keys, new_key, remove_group
from agencies.groups.shapes import GroupStated
from agencies.groups.uses import USES
from agencies.models import Agency, AgencyGroup, AuditEntry
from core.findings import Conflict, NotAllowed, Refused
from sources.actions import load_sources
from tests.agencies.changes import codes
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]
STATED = GroupStated("Các tỉnh làm thử", date(2008, 6, 1), "12/QĐ-BTTTT")


def group(key: str) -> AgencyGroup:
    return AgencyGroup.objects.get(key=key)


def snapshot() -> tuple[Any, ...]:
    rows = list(AgencyGroup.objects.order_by("pk").values())
    return rows, [member_keys(one) for one in AgencyGroup.objects.order_by("pk")], AuditEntry.objects.count()


def refused(do: Any, *args: Any, **kwargs: Any) -> Refused:
    before = snapshot()
    with pytest.raises(Refused) as refusal:
        do(*args, **kwargs)
    assert snapshot() == before
    return refusal.value


def test_a_new_list_has_its_members_in_order_and_a_key_of_its_name(cast: Cast) -> None:
    made = create_group(STATED, ["p82", "p40", "p82"], actor=cast.admin)
    assert (made.key, member_keys(made)) == ("cac-tinh-lam-thu", ["p82", "p40"])
    assert [one.position for one in made.memberships.all()] == [1, 2]
    assert new_key(STATED.name) == "cac-tinh-lam-thu-2"
    assert audit.verify().broken_at is None


def test_everything_that_is_wrong_with_a_new_list_is_said_at_once(cast: Cast) -> None:
    gone = Agency.objects.get(key="p28")  # Hà Tây
    Agency.objects.filter(pk=gone.pk).update(valid_to="2008-05-31")
    stated = GroupStated("", date(2008, 6, 1))
    refusal = refused(create_group, stated, ["p82", "p999", gone.key], key="Á", actor=cast.admin)
    found = [(one.code, one.place.path) for one in refusal.findings]
    assert found == [
        ("name_missing", "name"),
        ("document_missing", "document_number"),
        ("agency_unknown", "members/1"),
        ("key_malformed", "key"),
        ("agency_not_in_force", "members"),
    ]
    for stated, code in (
        (GroupStated("x", None, "1"), "day_missing"),
        (GroupStated("x" * 501, date(2008, 6, 1), "1"), "text_too_long"),
    ):
        assert codes(refused(create_group, stated, actor=cast.admin)) == {code}
    assert codes(refused(create_group, STATED, key="pilot-2008", actor=cast.admin)) == {"key_taken"}
    with pytest.raises(NotAllowed):
        create_group(STATED, actor=cast.reviewer)


def test_what_rests_on_a_list_is_named_and_asks_for_a_basis(cast: Cast) -> None:
    pilots = group("pilot-2008")
    words = [str(use.text) for use in USES.of(pilots)]
    assert any("43/2008/QĐ-TTg" in one for one in words)
    stated = GroupStated("Tên khác", pilots.valid_on, pilots.document_number)
    version = pilots.row_version
    said: dict[str, Any] = {"version": version, "actor": cast.admin}
    assert codes(refused(change_group, pilots, stated=stated, **said)) == {"basis_missing"}
    members = [*member_keys(pilots)[1:], "p82"]
    changed = change_group(pilots, stated=stated, members=members, basis="15/QĐ-TTg", **said)
    assert (changed.name, changed.row_version, member_keys(changed)) == ("Tên khác", version + 1, members)
    entry = AuditEntry.objects.filter(verb="change_group").latest("sequence")
    data = json.loads(entry.data)
    assert (data["basis"], data["added"], data["removed"]) == ("15/QĐ-TTg", ["p82"], ["m-tttt"])
    assert data["before"]["name"].startswith("Các Bộ, tỉnh")
    assert not USES.of(create_group(STATED, actor=cast.admin))


def test_a_list_without_uses_is_changed_freely_and_a_note_beside_a_name_stays(cast: Cast) -> None:
    made = create_group(STATED, ["p82", "p40"], actor=cast.admin)
    made.memberships.filter(agency__key="p40").update(note="theo mục 3")
    changed = change_group(made, members=["p40", "p10"], version=1, actor=cast.admin)
    notes = list(changed.memberships.values_list("agency__key", "note"))
    assert notes == [("p40", "theo mục 3"), ("p10", "")]
    assert change_group(made, members=["p40", "p10"], version=2, actor=cast.admin).row_version == 2
    moved = GroupStated(STATED.name, date(1970, 1, 1), STATED.document_number)
    Agency.objects.filter(key="p10").update(valid_from="1980-01-01")
    refusal = refused(change_group, made, stated=moved, version=2, actor=cast.admin)
    assert "agency_not_in_force" in codes(refusal)


def test_of_two_changes_on_one_version_the_second_is_a_conflict(cast: Cast) -> None:
    made = create_group(STATED, ["p82"], actor=cast.admin)
    change_group(made, members=["p82", "p40"], version=1, actor=cast.admin)
    with pytest.raises(Conflict) as conflict:
        change_group(made, members=["p82", "p10"], version=1, actor=cast.admin)
    assert conflict.value.theirs == {"members": "p82\np40"}
    # Both said the same: nothing to choose, nothing to write.
    assert change_group(made, members=["p82", "p40"], version=1, actor=cast.admin).row_version == 2


def test_only_what_nothing_refers_to_is_removed_and_loading_does_not_bring_it_back(cast: Cast) -> None:
    for key in ("pilot-2008", "supported-provinces-2008"):
        refusal = refused(remove_group, group(key), actor=cast.admin)
        assert refusal.code == "referred_to"
        assert "43/2008/QĐ-TTg" in str(refusal)
    with pytest.raises(NotAllowed):
        remove_group(group("pilot-2008"), actor=cast.reviewer)
    made = create_group(STATED, ["p82"], actor=cast.admin)
    remove_group(made, actor=cast.admin)
    assert not AgencyGroup.objects.filter(key=made.key).exists()
    assert codes(refused(create_group, STATED, key="cac-tinh-lam-thu", actor=cast.admin)) == {"key_taken"}
    assert new_key(STATED.name) == "cac-tinh-lam-thu-2"
    # One that the documents bring, changed and another one removed: the next load leaves both as they are.
    open_list = group("government-agencies")
    if not USES.of(open_list):
        remove_group(open_list, actor=cast.admin)
    pilots = group("pilot-2008")
    change_group(pilots, members=["p82"], basis="thử", version=pilots.row_version, actor=cast.admin)
    before = snapshot()
    assert not load_sources().anything
    assert snapshot() == before
