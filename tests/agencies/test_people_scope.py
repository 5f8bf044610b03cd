"""A province's administrator keeps its own people and those of its units; who keeps the portal, everybody."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

import tests.budgets.test_rights
import tests.indicators.test_rights
from agencies.models import Agency, Membership, Role, SignInEvent, SignInKind, User
from agencies.people.accounts import correct_person, deactivate, reactivate, reset_second_step
from agencies.people.acts import ACTS, ACTS_OF_MEMBERSHIP, offered
from agencies.people.delegations import delegate
from agencies.people.history import history_of
from agencies.people.invitations import invite, send_again, withdraw_invitation
from agencies.people.keeping import Handing, hand_over_work, in_hand_of, put_in_charge
from agencies.people.lacking import lacking
from agencies.people.memberships import add_membership, remove_membership, stop_membership
from agencies.people.rules import Stated
from agencies.people.scope import accounts_kept, kept_agencies, people_kept
from agencies.tokens.actions import issue_token, revoke_token
from core import clock
from core.findings import NotAllowed
from plans.content.actions import create_plan
from plans.keeping import OPEN_PLANS
from plans.models import Programme
from tests.agencies.people import (
    PEOPLE,
    UNIT,
    acting_elsewhere,
    editor_of,
    person,
    province_admin,
    signing,
    unit_editor,
)
from tests.agencies.test_rights import TABLE
from tests.cast import Cast
from tests.reading import ClientFor, in_english, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]

WHY = "Chuyển công tác"
# Of the pages that only administrators have, those that only they have who keep the portal.
OF_THE_PORTAL = {
    *(name for name in TABLE if name.startswith(("group_", "letter_"))),
    *("agency_new", "agency_act"),
}


@pytest.fixture
def admin(cast: Cast) -> Membership:
    return province_admin(cast)


@pytest.fixture
def unit(cast: Cast) -> Membership:
    return unit_editor()


@pytest.fixture
def shared(cast: Cast) -> Membership:
    return acting_elsewhere(cast)


def refused(act: Callable[[], Any]) -> str:
    with translation.override("en"):
        with pytest.raises(NotAllowed) as refusal:
            act()
        return str(refusal.value)


def test_whom_they_keep(cast: Cast, admin: Membership, unit: Membership, shared: Membership) -> None:
    everybody = set(User.objects.filter(is_system=False))
    assert set(people_kept(cast.admin)) == set(accounts_kept(cast.admin)) == everybody
    own = {cast.editor.user, admin.user, unit.user}
    assert set(people_kept(admin)) == own | {cast.approver.user}
    assert set(accounts_kept(admin)) == own
    # The Sở's own administrator keeps the Sở alone; who is no administrator keeps nobody.
    below = Membership.objects.create(user=unit.user, agency=unit.agency, role=Role.ADMINISTRATOR)
    assert set(people_kept(below)) == {unit.user}
    assert not people_kept(cast.approver).exists()
    # Who went elsewhere is theirs; who acts for nobody any more stays with where he or she was last.
    Membership.objects.filter(pk=cast.approver.pk).update(valid_to="2008-06-19")
    Membership.objects.filter(pk=cast.editor.pk).update(stopped_at=clock.now())
    assert set(people_kept(admin)) == set(accounts_kept(admin)) == own
    # After a succession also those of who went before.
    with clock.at("2025-08-01T09:00"):
        heir = Agency.objects.get(key="p82n")
        after = Membership.objects.create(user=admin.user, agency=heir, role=Role.ADMINISTRATOR)
        assert set(kept_agencies(after)) > set(kept_agencies(admin))
        assert unit.user in people_kept(after)


def test_they_give_roles_in_their_own_agencies_alone(cast: Cast, admin: Membership, unit: Membership) -> None:
    for key in ("p82", UNIT):
        made = invite(f"moi@{key}.example", "Lê Văn Mới", "", [editor_of(key)], actor=admin)
        assert [one.agency.key for one in made.memberships] == [key]
    people = User.objects.count()
    for stated in ([editor_of("p40")], [editor_of(), editor_of("m-tttt")]):
        assert "of another agency" in refused(
            lambda stated=stated: invite("a@x.example", "A", "", stated, actor=admin)  # type: ignore[misc]
        )
    refused(lambda: add_membership(unit.user, Stated("p40", "viewer"), actor=admin))
    assert User.objects.count() == people
    # An address with an account elsewhere gets the role; the account does not become theirs.
    made = invite("viewer@cast.example", "", "", [Stated("p82", "viewer")], actor=admin)
    assert not made.is_new
    assert cast.viewer.user in people_kept(admin)
    refused(lambda: correct_person(cast.viewer.user, full_name="X", post="", email="x@x.vn", actor=admin))
    assert invite("b@x.example", "B", "", [editor_of("p40")], actor=cast.admin).is_new


def test_an_account_is_kept_as_a_whole_a_membership_by_its_agency(
    cast: Cast, admin: Membership, shared: Membership
) -> None:
    """Each act on an account that belongs to others too, and on one that is nobody's of the province."""
    waiting = invite("cho@x.example", "Chờ", "", [editor_of(), editor_of("p40")], actor=cast.admin).person
    for one in (cast.approver.user, cast.other_editor.user):
        for act in (
            lambda one=one: deactivate(one, reason=WHY, actor=admin),
            lambda one=one: reactivate(one, reason=WHY, actor=admin),
            lambda one=one: reset_second_step(one, reason=WHY, actor=admin),
            lambda one=one: correct_person(one, full_name="X", post="", email="x@x.vn", actor=admin),
        ):
            assert "acts for other agencies too" in refused(act)
    refused(lambda: send_again(waiting, actor=admin))
    refused(lambda: withdraw_invitation(waiting, actor=admin))
    with translation.override("en"):
        shut = {
            one.act.name for one in offered(cast.approver.user, admin) if "acts for other" in str(one.refused)
        }
    assert (
        shut
        == {"correct", "reset-second-step", "sign-out", "deactivate"}
        < {name for name, act in ACTS.items() if act.whole}
    )
    assert not any(one.refused for one in offered(cast.editor.user, admin) if one.act.name == "correct")
    refused(lambda: stop_membership(shared, reason=WHY, actor=admin))
    refused(lambda: remove_membership(cast.other_editor, actor=admin))
    stop_membership(cast.approver, reason=WHY, actor=admin)
    assert cast.approver.user not in people_kept(admin)
    correct_person(cast.editor.user, full_name="Nguyễn Thị Mới", post="", email="a@x.vn", actor=admin)
    deactivate(cast.editor.user, reason=WHY, actor=admin)
    reactivate(cast.editor.user, reason=WHY, actor=admin)


def test_signatures_tokens_and_drafts_are_their_agencys(
    cast: Cast, admin: Membership, unit: Membership, shared: Membership
) -> None:
    delegate(cast.approver, signing(cast), actor=admin)
    refused(lambda: delegate(cast.other_approver, signing(cast, cast.other_editor), actor=admin))
    tokens = [
        issue_token(name="x", scope="read", days=3, actor=one)[0] for one in (cast.approver, shared, unit)
    ]
    for token in (tokens[0], tokens[2]):
        assert revoke_token(token, actor=admin).revoked_at
    refused(lambda: revoke_token(tokens[1], actor=admin))
    # A draft of whose agency one keeps the people; whoever leads its programme is asked nothing.
    programme = Programme.objects.get(code="2009-2010")
    own, other = (create_plan(programme, actor=one) for one in (cast.editor, cast.other_editor))
    put_in_charge(OPEN_PLANS, own, cast.approver, actor=admin)
    refused(lambda: put_in_charge(OPEN_PLANS, other, None, actor=admin))
    refused(lambda: hand_over_work(cast.other_editor.user, [Handing(cast.other_editor, None)], actor=admin))
    also = Membership.objects.create(user=cast.approver.user, agency=other.agency, role=Role.EDITOR)
    put_in_charge(OPEN_PLANS, other, also, actor=cast.admin)
    assert [one.row for one in in_hand_of(cast.approver.user, admin)] == [own]
    assert len(in_hand_of(cast.approver.user, cast.admin)) == 2
    assert hand_over_work(cast.approver.user, [Handing(cast.approver, None)], actor=admin) == 1


def test_the_history_leaves_out_what_was_done_elsewhere(cast: Cast, admin: Membership) -> None:
    both = [editor_of(), editor_of("p40", date(2008, 7, 1))]
    one = invite("hai@x.example", "Hai Nơi", "", both, actor=cast.admin).person
    add_membership(one, Stated("p42", "viewer"), actor=cast.admin)
    add_membership(one, Stated("p82", "viewer"), actor=admin)
    whole, part = history_of(one, cast.admin), history_of(one, admin)
    assert (len(whole), len(part)) == (3, 2)
    assert "Nghệ An" in whole[-1]["note"]
    assert "Nghệ An" not in part[-1]["note"]


def statuses(client: Client, addresses: dict[str, list[Any]]) -> dict[str, int]:
    return {name: client.get(reverse(name, args=args)).status_code for name, args in addresses.items()}


def test_pages_of_the_portal_are_shut_and_those_of_people_narrowed(
    client_for: ClientFor, cast: Cast, admin: Membership, unit: Membership, shared: Membership
) -> None:
    client = in_english(client_for(admin))
    # Every address that administrators alone have: another answer than theirs where it is of the portal.
    of_administrators = {name: row for name, row in TABLE.items() if row[2]["editor"] != row[2]["admin"]}
    wanted = {
        name: 403 if name in OF_THE_PORTAL else row[2]["admin"] for name, row in of_administrators.items()
    }
    assert statuses(client, {name: row[1] for name, row in of_administrators.items()}) == wanted
    for table in (tests.budgets.test_rights.TABLE, tests.indicators.test_rights.TABLE):
        assert set(statuses(client, {name: args for name, (args, _status) in table.items()}).values()) == {
            403
        }
    kept = in_english(client_for(cast.admin)).get("/administration/").context["subjects"]
    shown = client.get("/administration/").context
    left_out = {one.url_name for one, _count in kept} - {one.url_name for one, _count in shown["subjects"]}
    assert left_out == {"agency_list", "group_list", "letter_list", "source_list", "kept_indicator_list"}
    assert {one.url_name: count for one, count in shown["subjects"]}["people_list"] == 4

    # Somebody else's is a 404, an own one that belongs to others too says who may.
    other, own = cast.other_editor, cast.approver
    for name in ACTS:
        assert client.get(f"{person(other.user)}acts/{name}/").status_code == 404, name
        status = client.get(f"{person(own.user)}acts/{name}/").status_code
        assert status == (403 if ACTS[name].whole else 409 if name == "hand-over" else 200), name
    for name in ACTS_OF_MEMBERSHIP:
        path = f"memberships/{{}}/acts/{name}/"
        assert client.get(person(other.user) + path.format(other.pk)).status_code == 404
        assert client.get(person(own.user) + path.format(shared.pk)).status_code == 404
        assert client.get(person(own.user) + path.format(own.pk)).status_code == 200
    for path in (person(other.user), f"/delegations/new/{cast.other_approver.pk}/"):
        assert client.get(path).status_code == 404
    assert client.get(f"/delegations/new/{own.pk}/").status_code == 200

    page = client.get(person(own.user))
    assert "Nghệ An" not in said(page)
    assert "acts for other agencies too" in said(page)
    listed = client.get(PEOPLE)
    assert {one.pk for one, _look, _word in listed.context["rows"]} == set(
        people_kept(admin).values_list("pk", flat=True)
    )
    assert not client.get(f"{PEOPLE}?q=nghe+an").context["rows"]
    assert [one for one, _look, _word in client.get(f"{PEOPLE}?role=viewer").context["rows"]] == []
    with CaptureQueriesContext(connection) as queries:
        client.get(PEOPLE)
    assert len(queries) <= 12
    form = client.get(f"{PEOPLE}invite/").content.decode()
    assert f'value="{UNIT}"' in form
    assert 'value="p40"' not in form
    answer = client.post(
        f"{PEOPLE}invite/",
        {"email": "a@x.vn", "full_name": "A", "memberships-0-agency": "p40", "memberships-0-role": "editor"},
    )
    assert (answer.status_code, User.objects.filter(email="a@x.vn").exists()) == (422, False)
    # A membership that ends takes the person out of sight: the way back is the list.
    done = client.post(f"{person(own.user)}memberships/{own.pk}/acts/stop/", {"reason": WHY})
    assert done["Location"] == PEOPLE
    # An agency's page shows its people and its acts to whom they are.
    for key, people_shown in (("p82", True), (UNIT, True), ("p40", False)):
        words = client.get(f"/agencies/{key}/").content.decode()
        assert (f"{PEOPLE}invite/?agency={key}" in words, "/acts/" in words) == (people_shown, False)


def test_logs_tokens_and_what_is_missing_are_narrowed(
    client_for: ClientFor, cast: Cast, admin: Membership, shared: Membership
) -> None:
    for one in (cast.editor.user, cast.approver.user, cast.other_editor.user, None):
        email = one.email if one else "la@x.example"
        SignInEvent.objects.create(at=clock.real_now(), kind=SignInKind.FAILED, email=email, user=one)
    client = client_for(admin)
    SignInEvent.objects.filter(kind=SignInKind.OK).delete()
    # A sign-in is of the account, which is theirs as a whole or not.
    events = client.get("/sign-ins/").context["page"].object_list
    assert [one.email for one in events] == ["editor@cast.example"]
    assert len(client_for(cast.admin).get("/sign-ins/?kind=failures").context["page"].object_list) == 4
    for holder in (cast.editor, cast.other_editor, shared):
        issue_token(name=holder.agency.key, scope="read", days=3, actor=holder)
    tokens = client.get(reverse("people_tokens")).context["page"].object_list
    assert [one.name for one in tokens] == ["p82"]
    other = cast.other_editor.user.auth_token_set.get()
    assert client.get(reverse("token_revoke", args=[other.pk])).status_code == 404
    assert {one.parent_id for one in lacking(admin)} == {admin.agency_id}
    Membership.objects.filter(pk=cast.approver.pk).update(valid_to="2008-06-19")
    assert [one.key for one in lacking(admin) if one.parent_id is None] == ["p82"]
    assert lacking(cast.admin).filter(parent=None).count() > 50
