"""Correcting, deactivating, reactivating; and that nobody shuts out the last administrator."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from agencies.acting import memberships_of
from agencies.audit import verify
from agencies.models import ApiToken, Membership, Role, User, UserSession
from agencies.people.accounts import (
    correct_person,
    deactivate,
    reactivate,
    reset_second_step,
    sign_out_everywhere,
)
from agencies.people.delegations import delegate
from agencies.people.memberships import (
    add_membership,
    change_membership,
    remove_membership,
    stop_membership,
)
from agencies.people.rules import Stated
from agencies.people.states import AccountState, state_of
from agencies.sign_in import second_step
from agencies.tokens.actions import issue_token
from core import clock
from core.findings import NotAllowed, Refused, WrongState
from tests.agencies.people import editor_of, last_entry, signing
from tests.agencies.signing_in import browser, give_password, set_up, signed_in
from tests.api.calling import Caller
from tests.cast import Cast
from tests.reading import ClientFor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]

TODAY = date(2008, 6, 20)
WHY = "Chuyển công tác theo quyết định 12/QĐ-UBND"


def fresh(membership: Membership) -> Membership:
    return Membership.objects.select_related("user", "agency").get(pk=membership.pk)


def test_a_deactivated_persons_session_and_token_end_at_once(
    client_for: ClientFor, cast: Cast, fresh_limits: None
) -> None:
    here = browser()
    give_password(here, cast.editor.user.email)
    assert here.get("/").status_code == 200
    _token, secret = issue_token(name="export", scope="read", days=30, actor=cast.editor)
    program = Caller(secret)
    assert program.get("me/").status_code == 200
    delegate(cast.approver, signing(cast), actor=cast.approver)

    done = deactivate(cast.editor.user, reason=WHY, actor=cast.admin)
    assert (done.sessions, done.tokens, done.delegations) == (1, 1, 1)
    assert here.get("/")["Location"].startswith("/accounts/login/")
    assert not signed_in(here)
    assert program.get("me/").json()["code"] == "token_revoked"
    assert not UserSession.objects.filter(user=cast.editor.user).exists()
    give_password(here, cast.editor.user.email)
    assert not signed_in(here)
    verb, said = last_entry()
    assert (verb, said["reason"], said["tokens_revoked"]) == ("deactivate", WHY, 1)
    with pytest.raises(WrongState):
        deactivate(cast.editor.user, reason=WHY, actor=cast.admin)

    reactivate(cast.editor.user, reason="Trở lại", actor=cast.admin)
    give_password(here, cast.editor.user.email)
    assert signed_in(here)
    assert [one.role for one in memberships_of(cast.editor.user)] == ["editor"]  # nothing delegated any more
    assert ApiToken.objects.get().revoked_at is not None
    assert verify().broken_at is None


def test_no_act_shuts_out_the_last_administrator_or_oneself(cast: Cast) -> None:
    own = cast.admin
    for act in (
        lambda: deactivate(own.user, reason=WHY, actor=own),
        lambda: stop_membership(own, reason=WHY, actor=own),
        lambda: remove_membership(own, actor=own),
        lambda: change_membership(own, first=None, last=TODAY, actor=own),
        lambda: reset_second_step(own.user, reason=WHY, actor=own),
    ):
        with pytest.raises((NotAllowed, Refused)) as refusal:
            act()
        assert refusal.value.code in ("own_account", "own_administration"), act
    # Another administrator, who is the only one left once the first is gone.
    second = add_membership(cast.viewer.user, Stated("m-tttt", "administrator"), actor=own)
    User.objects.filter(pk=cast.viewer.user_id).update(last_login=clock.real_now())
    for act in (
        lambda: deactivate(own.user, reason=WHY, actor=second),
        lambda: stop_membership(own, reason=WHY, actor=second),
        lambda: change_membership(own, first=None, last=date(2008, 12, 31), actor=second),
    ):
        act()
        Membership.objects.filter(pk=own.pk).update(stopped_at=None, valid_to=None)
        User.objects.filter(pk=own.user_id).update(is_active=True)
    # The second one's role ends with the year, and then the first's may not end that day too.
    change_membership(second, first=None, last=date(2008, 12, 31), actor=own)
    for last in (date(2008, 12, 31), date(2009, 6, 30)):
        with pytest.raises(Refused) as refusal:
            change_membership(own, first=None, last=last, actor=second)
        assert refusal.value.code == "last_administrator"
    assert memberships_of(own.user)


def test_who_was_only_invited_is_no_administrator_yet(cast: Cast) -> None:
    coming = User.objects.create_user("moi@bttt.example", full_name="Người Mới", is_active=False)
    add_membership(coming, Stated("m-tttt", "administrator"), actor=cast.admin)
    second = add_membership(cast.viewer.user, Stated("m-tttt", "administrator"), actor=cast.admin)
    deactivate(cast.admin.user, reason=WHY, actor=second)
    with pytest.raises((NotAllowed, Refused)):
        deactivate(second.user, reason=WHY, actor=cast.admin)


def test_a_correction_is_recorded_with_before_and_after(cast: Cast) -> None:
    person = cast.editor.user
    correct_person(
        person, full_name=" Nguyễn  Thị Mới ", post="Chuyên viên", email="MOI@x.vn", actor=cast.admin
    )
    person.refresh_from_db()
    assert (person.full_name, person.email, person.search_key) == (
        "Nguyễn Thị Mới",
        "moi@x.vn",
        "nguyen thi moi",
    )
    verb, said = last_entry()
    assert verb == "correct_person"
    assert said["email"] == {"before": "editor@cast.example", "after": "moi@x.vn"}
    wrong = {"full_name": "", "post": "x" * 201, "email": "APPROVER@cast.example"}
    with pytest.raises(Refused) as refusal:
        correct_person(person, **wrong, actor=cast.admin)
    found = {(one.place.path, one.code) for one in refusal.value.findings}
    assert found == {("full_name", "name_missing"), ("post", "too_long"), ("email", "email_taken")}


def test_a_membership_is_added_dated_and_ended_but_never_removed_once_used(cast: Cast) -> None:
    person, admin = cast.editor.user, cast.admin
    User.objects.filter(pk=person.pk).update(last_login=clock.real_now())
    later = add_membership(person, editor_of("p40", date(2008, 7, 1)), actor=admin)
    assert last_entry() == (
        "add_membership",
        {"agency": "p40", "role": "editor", "from": "2008-07-01", "to": ""},
    )
    assert len(memberships_of(person)) == 1
    with clock.at("2008-07-01T09:00"):
        assert len(memberships_of(person)) == 2
        day = date(2008, 7, 1)
        assert change_membership(fresh(later), first=day, last=day, actor=admin).valid_to == day
        with pytest.raises(WrongState) as used:
            remove_membership(fresh(later), actor=admin)
        assert used.value.code == "membership_used"
    with clock.at("2008-07-02T09:00"):
        assert len(memberships_of(person)) == 1
        with pytest.raises(WrongState):
            change_membership(fresh(later), first=date(2008, 7, 1), last=None, actor=admin)
        add_membership(person, editor_of("p40", date(2008, 7, 2)), actor=admin)  # comes again
    unused = add_membership(person, Stated("p42", "viewer", date(2008, 9, 1)), actor=admin)
    remove_membership(fresh(unused), actor=admin)
    assert last_entry()[0] == "remove_membership"
    assert not Membership.objects.filter(pk=unused.pk).exists()


def test_a_stopped_membership_and_its_tokens_end_at_this_moment(client_for: ClientFor, cast: Cast) -> None:
    second = add_membership(cast.editor.user, Stated("p40", "viewer"), actor=cast.admin)
    secrets = [
        issue_token(name="export", scope="read", days=30, actor=fresh(one))[1]
        for one in (cast.editor, second)
    ]
    client = client_for(cast.editor)
    assert client.get("/plans/new/").status_code == 200
    stop_membership(fresh(cast.editor), reason=WHY, actor=cast.admin)
    assert client.get("/plans/new/").status_code == 403  # acts for the other agency now
    assert [Caller(secret).get("me/").status_code for secret in secrets] == [401, 200]
    verb, said = last_entry()
    assert (verb, said["tokens_revoked"], said["reason"]) == ("stop_membership", 1, WHY)
    with pytest.raises(WrongState):
        stop_membership(fresh(cast.editor), reason=WHY, actor=cast.admin)


def test_days_that_cannot_be_are_refused(cast: Cast) -> None:
    User.objects.filter(pk=cast.editor.user_id).update(last_login=clock.real_now())
    add_membership(cast.editor.user, Stated("p40", "editor", date(2008, 9, 1)), actor=cast.admin)
    other = add_membership(
        cast.editor.user, Stated("p40", "editor", None, date(2008, 8, 1)), actor=cast.admin
    )
    cases: list[tuple[Membership, date | None, date | None, str]] = [
        (cast.editor, None, date(2008, 6, 18), "end_in_past"),
        (cast.editor, date(2008, 7, 1), None, "begun"),
        (cast.editor, date(2008, 7, 1), date(2008, 6, 30), "period_backwards"),
        (other, None, date(2008, 9, 1), "periods_overlap"),
        (other, None, None, "periods_overlap"),
    ]
    for membership, first, last, code in cases:
        with pytest.raises(Refused) as refusal:
            change_membership(fresh(membership), first=first, last=last, actor=cast.admin)
        assert code in {one.code for one in refusal.value.findings}, code
    change_membership(fresh(cast.editor), first=None, last=date(2008, 6, 19), actor=cast.admin)
    assert "p82" not in {one.agency.key for one in memberships_of(cast.editor.user)}


def test_the_second_step_is_reset_with_a_reason(cast: Cast) -> None:
    set_up(cast.editor.user)
    with pytest.raises(Refused):
        reset_second_step(cast.editor.user, reason=" ", actor=cast.admin)
    reset_second_step(cast.editor.user, reason="Mất điện thoại", actor=cast.admin)
    assert not second_step.is_set_up(cast.editor.user)
    verb, said = last_entry()
    assert (verb, said["reason"]) == ("reset_second_step", "Mất điện thoại")


def test_somebody_is_signed_out_everywhere_with_a_reason(cast: Cast) -> None:
    person = cast.editor.user
    with pytest.raises(WrongState):
        sign_out_everywhere(person, reason=WHY, actor=cast.admin)
    client = browser()
    give_password(client, person.email)
    with pytest.raises(Refused):
        sign_out_everywhere(person, reason=" ", actor=cast.admin)
    with pytest.raises(NotAllowed):
        sign_out_everywhere(cast.admin.user, reason=WHY, actor=cast.admin)
    sign_out_everywhere(person, reason=WHY, actor=cast.admin)
    assert not UserSession.objects.filter(user=person).exists()
    assert client.get("/").status_code == 302
    person.refresh_from_db()
    assert state_of(person) is AccountState.ACTIVE
    verb, said = last_entry()
    assert (verb, said["reason"], said["sessions_ended"]) == ("sign_out_everywhere", WHY, 1)


def test_every_act_asks_the_right(cast: Cast) -> None:
    person = cast.viewer.user
    acts: list[Any] = [
        lambda actor: correct_person(person, full_name="X", post="", email="x@x.vn", actor=actor),
        lambda actor: deactivate(person, reason=WHY, actor=actor),
        lambda actor: reactivate(person, reason=WHY, actor=actor),
        lambda actor: reset_second_step(person, reason=WHY, actor=actor),
        lambda actor: sign_out_everywhere(person, reason=WHY, actor=actor),
        lambda actor: add_membership(person, editor_of(), actor=actor),
        lambda actor: change_membership(cast.viewer, first=None, last=None, actor=actor),
        lambda actor: stop_membership(cast.viewer, reason=WHY, actor=actor),
        lambda actor: remove_membership(cast.viewer, actor=actor),
    ]
    for actor in cast:
        if actor.role != Role.ADMINISTRATOR:
            for act in acts:
                with pytest.raises(NotAllowed):
                    act(actor)
    person.refresh_from_db()
    assert state_of(person) is AccountState.ACTIVE


def test_the_database_refuses_periods_that_overlap(cast: Cast) -> None:
    def make(first: date | None, last: date | None, **more: Any) -> Membership:
        with transaction.atomic():
            return Membership.objects.create(
                user=cast.editor.user,
                agency=cast.editor.agency,
                role="viewer",
                valid_from=first,
                valid_to=last,
                **more,
            )

    kept = make(date(2008, 1, 1), date(2008, 6, 30))
    for first, last in ((None, None), (date(2008, 6, 30), None), (None, date(2008, 1, 1))):
        with pytest.raises(IntegrityError):
            make(first, last)
    make(date(2008, 7, 1), None)
    make(date(2008, 2, 1), date(2008, 3, 1), stopped_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=kept.pk).update(valid_to=date(2008, 7, 1))


def test_a_visitor_sees_nothing(cast: Cast) -> None:
    for path in ("", "invite/", "lacking/", f"{cast.editor.user_id}/"):
        assert Client().get(f"/administration/people/{path}").status_code == 302
