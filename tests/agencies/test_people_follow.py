"""The people of an agency that ends: they follow it, or their roles end with it."""

from datetime import date

import pytest

from agencies.acting import memberships_of
from agencies.actions import create_account
from agencies.changes.actions import change_agencies
from agencies.changes.shapes import Basis, End, Merge, MovePeople, NewAgency, Rename, Split
from agencies.models import Agency, Membership, Role
from core import clock
from core.findings import Refused
from tests.agencies.changes import BASIS, ON, agency, do, made
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]

LAST = date(2008, 7, 31)


def roles(cast: Cast, day: str) -> list[tuple[str, str]]:
    """For whom Nghệ An's editor acts on a day."""
    with clock.at(f"{day}T09:00"):
        return [(one.agency.name, one.role) for one in memberships_of(cast.other_editor.user)]


def test_after_a_renaming_they_act_under_the_new_name(cast: Cast) -> None:
    outcome = do(Rename(agency("p40"), "Tỉnh Lam Giang", "", BASIS), cast, with_people=True)
    assert outcome.moved == 2  # the editor and the approver
    assert roles(cast, "2008-07-31") == [("Tỉnh Nghệ An", "editor")]
    assert roles(cast, "2008-08-01") == [("Tỉnh Lam Giang", "editor")]
    new = Membership.objects.get(user=cast.other_editor.user, agency=outcome.agency)
    assert (new.valid_from, new.valid_to) == (ON, None)
    cast.other_editor.refresh_from_db()
    assert cast.other_editor.valid_to == LAST


def test_unless_they_are_left_their_roles_end_with_the_agency(cast: Cast) -> None:
    assert do(Rename(agency("p40"), "Tỉnh Lam Giang", "", BASIS), cast).moved == 0
    assert roles(cast, "2008-07-31") == [("Tỉnh Nghệ An", "editor")]
    assert roles(cast, "2008-08-01") == []
    cast.other_editor.refresh_from_db()
    assert cast.other_editor.valid_to is None


def test_who_has_the_role_there_already_gets_no_second_one(cast: Cast) -> None:
    into = agency("p04")
    there = Membership.objects.create(user=cast.other_editor.user, agency=into, role=Role.EDITOR)
    outcome = do(Merge([agency("p40")], into, BASIS), cast, with_people=True)
    assert outcome.moved == 1  # the approver alone
    assert list(into.memberships.filter(user=cast.other_editor.user)) == [there]


def test_a_role_there_that_had_ended_goes_on_again(cast: Cast) -> None:
    into = agency("p04")
    before = date(2007, 1, 1)
    there = Membership.objects.create(
        user=cast.other_editor.user, agency=into, role=Role.EDITOR, valid_from=before, valid_to=before
    )
    assert do(Merge([agency("p40")], into, BASIS), cast, with_people=True).moved == 2
    there.refresh_from_db()
    assert (there.valid_from, there.valid_to) == (before, None)


def test_a_role_that_ends_anyway_ends_there_too(cast: Cast) -> None:
    Membership.objects.filter(pk=cast.other_editor.pk).update(valid_to=date(2008, 12, 31))
    into = agency("p04")
    do(Merge([agency("p40")], into, BASIS), cast, with_people=True)
    new = Membership.objects.get(user=cast.other_editor.user, agency=into)
    assert (new.valid_from, new.valid_to) == (ON, date(2008, 12, 31))


def test_of_a_split_they_follow_the_principal_part(cast: Cast) -> None:
    parts = [NewAgency("Tỉnh Bắc", "", "tinh"), NewAgency("Tỉnh Nam", "", "tinh")]
    do(Split(agency("p40"), parts, 1, BASIS), cast, with_people=True)
    assert roles(cast, "2008-08-01") == [("Tỉnh Nam", "editor")]


def test_when_it_goes_on_they_stay(cast: Cast) -> None:
    part = NewAgency("Tỉnh Bắc", "", "tinh")
    change = Split(agency("p40"), [part], None, BASIS, continues=True)
    assert do(change, cast, with_people=True).moved == 0
    assert roles(cast, "2008-08-01") == [("Tỉnh Nghệ An", "editor")]


def test_they_can_be_moved_afterwards(cast: Cast) -> None:
    do(Rename(agency("p40"), "Tỉnh Lam Giang", "", BASIS), cast)
    with clock.at("2008-08-05T09:00"):
        assert do(MovePeople(agency("p40")), cast).moved == 2
        assert do(MovePeople(agency("p40")), cast).moved == 0
    assert roles(cast, "2008-08-05") == [("Tỉnh Lam Giang", "editor")]


def test_through_two_generations_they_come_to_who_stands_for_it_today(cast: Cast) -> None:
    second = do(Rename(agency("p40"), "Tỉnh Lam Giang", "", BASIS), cast).agency
    assert second is not None
    do(Rename(second, "Tỉnh Lam", "", Basis("2", date(2008, 9, 1))), cast)
    with clock.at("2008-10-01T09:00"):
        do(MovePeople(agency("p40")), cast)
    assert roles(cast, "2008-08-15") == []
    assert roles(cast, "2008-09-01") == [("Tỉnh Lam", "editor")]


def test_whoever_ends_his_own_agency_acts_for_his_others_from_then_on(cast: Cast) -> None:
    ministry = made(cast, "Bộ Một", kind="bo")
    Membership.objects.create(user=cast.admin.user, agency=ministry, role=Role.ADMINISTRATOR)
    change_agencies(End(ministry, agency("p40"), BASIS), actor=cast.admin)
    with clock.at("2008-08-01T09:00"):
        assert [one.agency.key for one in memberships_of(cast.admin.user)] == ["m-tttt"]


def test_nobody_gets_an_account_of_an_agency_that_has_ended(cast: Cast) -> None:
    with clock.at("2008-08-01T09:00"), pytest.raises(Refused, match="Hà Nội") as refusal:
        create_account(
            "a@vidu.example",
            "Nguyễn Văn A",
            agency=Agency.objects.get(key="p28"),
            role=Role.EDITOR,
            password="mot-mat-khau-dai-2008",
            actor=cast.admin,
        )
    assert [one.code for one in refusal.value.findings] == ["agency_ended"]
