"""What each act on the list of agencies does."""

import json
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from agencies import audit
from agencies.changes.actions import change_agencies
from agencies.changes.shapes import Basis, Create, Edit, End, Merge, NewAgency, Remove, Rename, Split
from agencies.models import Agency, AuditEntry, GroupMember, Succession
from core import clock
from core.findings import NotAllowed, Refused
from tests.agencies.changes import BASIS, DOCUMENT, ON, agency, do, made
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]

LAST = date(2008, 7, 31)
NGHE_AN = "p40"


def link(predecessor: str, successor: str) -> Succession:
    return Succession.objects.get(predecessor__key=predecessor, successor__key=successor)


def last_entry() -> AuditEntry:
    return AuditEntry.objects.latest("sequence")


class TestCreate:
    def test_it_exists_from_the_day_with_its_document(self, cast: Cast) -> None:
        above = agency(NGHE_AN)
        new = NewAgency(
            "  Sở Thông tin và  Truyền thông tỉnh Nghệ An ", "Sở TTTT Nghệ An", "so", above, place="Vinh"
        )
        outcome = do(Create(new, BASIS), cast)
        found = outcome.agency
        assert found is not None
        assert (found.key, found.name) == ("so-tttt-nghe-an", "Sở Thông tin và Truyền thông tỉnh Nghệ An")
        assert (found.parent, found.place) == (above, "Vinh")
        assert (found.valid_from, found.valid_to, found.basis) == (ON, None, DOCUMENT)
        assert not found.exists_on(LAST)

    def test_a_taken_key_gets_the_year_and_is_never_used_twice(self, cast: Cast) -> None:
        keys = [made(cast, f"Ban {n}", kind="don_vi", short_name="Ban A").key for n in range(3)]
        assert keys == ["ban-a", "ban-a-2008", "ban-a-2008-2"]

    def test_addresses_of_the_portal_are_no_keys(self, cast: Cast) -> None:
        assert made(cast, "New", kind="don_vi").key == "new-2008"

    def test_without_a_short_name_it_is_the_name(self, cast: Cast) -> None:
        assert made(cast, "Ban Cơ yếu", kind="don_vi").short_name == "Ban Cơ yếu"

    def test_it_stands_in_lists_behind_its_kind(self, cast: Cast) -> None:
        last = Agency.objects.filter(kind="bo").order_by("-position").values_list("position", flat=True)[0]
        assert made(cast, "Bộ Biển", kind="bo").position == last + 1
        assert made(cast, "Tỉnh Mới").position == agency(NGHE_AN).position

    def test_it_is_recorded_with_document_and_day(self, cast: Cast) -> None:
        found = made(cast, "Tỉnh Mới")
        entry = last_entry()
        assert (entry.verb, entry.user, entry.object_id) == ("create_agency", cast.admin.user, str(found.pk))
        assert json.loads(entry.data) == {"document": "01/NQ", "on": "2008-01-01", "made": ["tinh-moi"]}
        assert audit.verify().broken_at is None


class TestRename:
    def test_the_old_name_ends_and_the_new_one_takes_everything_over(self, cast: Cast) -> None:
        old = agency(NGHE_AN)
        new = do(Rename(old, "Thành phố Vinh Lam", "Vinh Lam", BASIS), cast).agency
        assert new is not None
        old.refresh_from_db()
        assert (old.valid_to, old.end_basis, old.name) == (LAST, DOCUMENT, "Tỉnh Nghệ An")
        for name in ("kind", "parent", "province_code", "region", "place", "position"):
            assert getattr(new, name) == getattr(old, name)
        assert (new.key, new.valid_from, new.valid_to, new.basis) == ("vinh-lam", ON, None, DOCUMENT)
        found = link(NGHE_AN, "vinh-lam")
        assert (found.kind, found.principal, found.on) == (Succession.Kind.RENAMED, True, ON)
        assert found.document_number == DOCUMENT
        new.refresh_from_db()
        assert new.answers_for_on(ON) == {new.pk, old.pk}
        assert new.answers_for_on(LAST) == {new.pk}

    def test_the_lists_that_name_it_are_history_and_stay(self, cast: Cast) -> None:
        before = list(GroupMember.objects.order_by("pk").values())
        do(Rename(agency(NGHE_AN), "Tỉnh Lam Giang", "", BASIS), cast)
        assert list(GroupMember.objects.order_by("pk").values()) == before

    def test_the_same_key_again_gets_the_year(self, cast: Cast) -> None:
        first = made(cast, "Ban Một", kind="don_vi")
        second = do(Rename(first, "Ban Hai", "", BASIS), cast).agency
        assert second is not None
        third = do(Rename(second, "Ban Một", "", Basis("3", date(2009, 1, 1))), cast).agency
        assert third is not None
        assert (second.key, third.key) == ("ban-hai", "ban-mot-2009")

    def test_its_units_stay_with_the_parent_on_record(self, cast: Cast) -> None:
        unit = made(cast, "Sở Một", kind="so", parent=agency(NGHE_AN))
        do(Rename(agency(NGHE_AN), "Tỉnh Lam Giang", "", BASIS), cast)
        unit.refresh_from_db()
        assert (unit.parent, unit.valid_to) == (agency(NGHE_AN), None)

    def test_a_unit_whose_parent_has_ended_is_renamed_like_others(self, cast: Cast) -> None:
        unit = made(cast, "Sở Một", kind="so", parent=agency(NGHE_AN))
        do(Rename(agency(NGHE_AN), "Tỉnh Lam Giang", "", BASIS), cast)
        after = Basis("4", date(2009, 1, 1))
        assert do(Rename(unit, "Sở Hai", "", after), cast).agency is not None


class TestMerge:
    def test_several_become_one_that_exists(self, cast: Cast) -> None:
        one, two, into = (made(cast, f"Tỉnh {n}") for n in ("Một", "Hai", "Ba"))
        outcome = do(Merge([one, two], into, BASIS), cast)
        assert outcome.agency == into
        assert outcome.made == ()
        for old in (one, two):
            old.refresh_from_db()
            assert (old.valid_to, old.end_basis) == (LAST, DOCUMENT)
            assert link(old.key, into.key).kind == Succession.Kind.MERGED
        into.refresh_from_db()
        assert (into.valid_from, into.valid_to) == (date(2008, 1, 1), None)
        assert into.answers_for_on(ON) == {into.pk, one.pk, two.pk}
        assert json.loads(last_entry().data)["merged"] == [one.key, two.key]

    def test_several_become_a_new_one(self, cast: Cast) -> None:
        one, two = made(cast, "Tỉnh Một", province_code="7777"), made(cast, "Tỉnh Hai")
        new = NewAgency("Tỉnh Một", "", "tinh", province_code="7777")
        found = do(Merge([one, two], new, BASIS), cast).agency
        assert found is not None
        assert (found.key, found.valid_from, found.province_code) == ("tinh-mot-2008", ON, "7777")
        assert agency(found.key).answers_for_on(ON) == {found.pk, one.pk, two.pk}

    def test_one_alone_goes_into_one_that_exists(self, cast: Cast) -> None:
        one, into = made(cast, "Tỉnh Một"), made(cast, "Tỉnh Hai")
        assert do(Merge([one], into, BASIS), cast).agency == into


class TestSplit:
    def parts(self) -> list[NewAgency]:
        return [NewAgency("Tỉnh Bắc", "", "tinh"), NewAgency("Tỉnh Nam", "", "tinh")]

    def test_exactly_one_part_takes_the_whole(self, cast: Cast) -> None:
        old = made(cast, "Tỉnh Cả")
        outcome = do(Split(old, self.parts(), 1, BASIS), cast)
        north, south = outcome.made
        old.refresh_from_db()
        assert old.valid_to == LAST
        assert not link(old.key, north.key).principal
        assert link(old.key, south.key).principal
        assert link(old.key, south.key).kind == Succession.Kind.SPLIT
        assert agency(south.key).answers_for_on(ON) == {south.pk, old.pk}
        assert agency(north.key).answers_for_on(ON) == {north.pk}

    def test_one_that_goes_on_keeps_what_it_owed(self, cast: Cast) -> None:
        old = made(cast, "Tỉnh Cả")
        outcome = do(Split(old, self.parts()[:1], None, BASIS, continues=True), cast)
        old.refresh_from_db()
        assert (old.valid_to, old.end_basis) == (None, "")
        assert not link(old.key, outcome.made[0].key).principal
        assert agency(outcome.made[0].key).answers_for_on(ON) == {outcome.made[0].pk}

    def test_a_part_may_exist_already(self, cast: Cast) -> None:
        old, there = made(cast, "Tỉnh Cả"), made(cast, "Tỉnh Bên")
        outcome = do(Split(old, [there, self.parts()[0]], 0, BASIS), cast)
        assert link(old.key, there.key).principal
        assert len(outcome.made) == 1


class TestEnd:
    def test_with_a_successor_the_whole_passes_on(self, cast: Cast) -> None:
        old, there = made(cast, "Ban Một", kind="don_vi"), made(cast, "Ban Hai", kind="don_vi")
        do(End(old, there, BASIS), cast)
        old.refresh_from_db()
        assert (old.valid_to, old.end_basis) == (LAST, DOCUMENT)
        assert link(old.key, there.key).principal

    def test_without_one_it_simply_ends(self, cast: Cast) -> None:
        old = made(cast, "Ban Một", kind="don_vi")
        do(End(old, None, BASIS), cast)
        assert not Succession.objects.filter(predecessor=old).exists()
        assert not Agency.objects.get(pk=old.pk).exists_on(ON)


class TestEdit:
    def test_place_and_note_change_with_a_reason(self, cast: Cast) -> None:
        do(Edit(agency(NGHE_AN), " Vinh ", "một\nhai", "in sai"), cast)
        found = agency(NGHE_AN)
        assert (found.place, found.note) == ("Vinh", "một\nhai")
        said = json.loads(last_entry().data)
        assert said["reason"] == "in sai"
        assert set(said["before"]) == {"place", "note"}


class TestRemove:
    def test_a_wrong_entry_of_today_goes(self, cast: Cast) -> None:
        wrong = made(cast, "Ban Nhầm", kind="don_vi")
        key = wrong.key
        do(Remove(wrong, "nhập nhầm"), cast)
        assert not Agency.objects.filter(key=key).exists()
        entry = last_entry()
        assert (entry.verb, entry.object_id, entry.object_label) == (
            "delete_agency",
            str(wrong.pk),
            "Ban Nhầm",
        )
        assert audit.verify().broken_at is None

    def test_its_key_is_never_used_again(self, cast: Cast) -> None:
        wrong = made(cast, "Ban Nhầm", kind="don_vi")
        do(Remove(wrong, "nhập nhầm"), cast)
        assert made(cast, "Ban Nhầm", kind="don_vi").key == "ban-nham-2008"

    def test_what_was_entered_yesterday_stays(self, cast: Cast) -> None:
        with clock.at("2008-06-19T09:00"):
            wrong = made(cast, "Ban Nhầm", kind="don_vi")
        with pytest.raises(Refused, match="Ban Nhầm") as refusal:
            do(Remove(wrong, "nhập nhầm"), cast)
        assert refusal.value.code == "not_of_today"

    def test_what_the_documents_brought_stays(self, cast: Cast) -> None:
        with pytest.raises(Refused) as refusal:
            do(Remove(agency(NGHE_AN), "nhập nhầm"), cast)
        assert refusal.value.code == "not_of_today"

    def test_what_something_refers_to_stays(self, cast: Cast) -> None:
        wrong = made(cast, "Tỉnh Nhầm")
        made(cast, "Sở Nhầm", kind="so", parent=wrong)
        with pytest.raises(Refused) as refusal:
            do(Remove(wrong, "nhập nhầm"), cast)
        assert refusal.value.code == "referred_to"
        assert Agency.objects.filter(pk=wrong.pk).exists()
        assert last_entry().verb == "create_agency"


def test_only_an_administrator_changes_the_list(cast: Cast) -> None:
    change = Create(NewAgency("Tỉnh Mới", "", "tinh"), BASIS)
    for actor in set(cast) - {cast.admin}:
        with pytest.raises(NotAllowed):
            change_agencies(change, actor=actor)
    assert not Agency.objects.filter(name="Tỉnh Mới").exists()


@pytest.mark.parametrize(
    ("key", "period"),
    [("mot-cu", {"valid_to": ON}), ("mot-moi", {"valid_from": LAST}), ("mot-moi", {"valid_from": None})],
)
def test_the_database_itself_keeps_periods_of_a_code_apart(key: str, period: dict[str, date | None]) -> None:
    """Even where something goes past the acts: a province code has one agency at a time."""
    said = {"short_name": "Một", "kind": "tinh", "province_code": "7777"}
    Agency.objects.create(key="mot-cu", name="Tỉnh Một", valid_to=LAST, **said)
    Agency.objects.create(key="mot-moi", name="Tỉnh Mới", valid_from=ON, **said)
    with pytest.raises(DatabaseError), transaction.atomic():
        Agency.objects.filter(key=key).update(**period)
    with pytest.raises(DatabaseError), transaction.atomic():
        Agency.objects.create(key="mot-nua", name="Tỉnh Nữa", valid_from=date(2030, 1, 1), **said)
