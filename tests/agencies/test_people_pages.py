"""The pages of people: the list with its filters and workbook, one person, the acts."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from agencies.models import Invitation, Membership, Role, User
from agencies.people.accounts import deactivate
from agencies.people.acts import ACTS, ACTS_OF_MEMBERSHIP
from agencies.people.delegations import delegate
from agencies.people.history import DONE
from agencies.people.invitations import invite
from agencies.people.memberships import add_membership
from agencies.tokens.actions import issue_token
from core import clock
from tests.agencies.people import NEW, PEOPLE, editor_of, person, signing
from tests.agencies.signing_in import set_up
from tests.cast import Cast
from tests.reading import ClientFor, in_english, links, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]


@pytest.fixture
def admin(client_for: ClientFor, cast: Cast) -> Client:
    return in_english(client_for(cast.admin))


def test_the_list_is_narrowed_and_counted_and_its_file_holds_the_same(admin: Client, cast: Cast) -> None:
    invite(NEW, "Lê Văn Mới", "", [editor_of()], actor=cast.admin)
    old = invite("cu@x.vn", "Lê Thị Cũ", "", [editor_of("p40")], actor=cast.admin)
    Invitation.objects.filter(user=old.person).update(expires_at=clock.real_now())
    deactivate(cast.viewer.user, reason="Nghỉ hưu", actor=cast.admin)
    set_up(cast.reviewer.user)
    delegate(cast.approver, signing(cast), actor=cast.approver)
    people = User.objects.filter(is_system=False).count()
    cases: list[tuple[str, int]] = [
        ("", people),
        ("q=bien+tap", 1),
        ("q=editor@cast", 3),
        ("q=tien+giang", 3),
        ("q=khong+ai+ca", 0),
        ("role=reviewer", 2),
        ("role=delegated", 1),
        ("role=approver&q=tien+giang", 2),
        ("state=active", people - 3),
        ("state=invited", 1),
        ("state=expired", 1),
        ("state=deactivated", 1),
        ("second_step=yes", 1),
        ("second_step=no&role=reviewer", 1),
        ("state=x", people),
        ("q=%00&page=999", people),  # what cannot be read narrows nothing
    ]
    for query, count in cases:
        answer = admin.get(f"{PEOPLE}?{query}")
        assert answer.context["page"].paginator.count == count, query
        sheet = load_workbook(BytesIO(admin.get(f"{PEOPLE}export.xlsx?{query}").content)).worksheets[0]
        rows = [row for row in sheet.iter_rows(values_only=True) if "@" in str(row[2])]
        assert len(rows) == count, query
    names = [one.full_name for one, _look, _word in admin.get(f"{PEOPLE}?q=nguyen").context["rows"]]
    assert names == sorted(names, key=lambda name: name.split()[-1])


def test_the_list_costs_the_same_however_long(admin: Client, cast: Cast) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            admin.get(f"{PEOPLE}?state=active")
        return len(queries)

    few = cost()
    users = User.objects.bulk_create(
        User(email=f"n{n}@x.vn", full_name=f"Nguyễn Văn {n}", last_login=clock.real_now()) for n in range(60)
    )
    Membership.objects.bulk_create(
        Membership(user=one, agency=cast.editor.agency, role=role)
        for one in users
        for role in ("editor", "viewer")
    )
    assert cost() == few <= 12


def test_a_persons_page_shows_everything_at_the_same_cost(admin: Client, cast: Cast) -> None:
    issue_token(name="nightly export", scope="read", days=30, actor=cast.editor)
    delegate(cast.approver, signing(cast), actor=cast.approver)
    with CaptureQueriesContext(connection) as queries:
        words = said(admin.get(person(cast.editor.user)))
    assert len(queries) <= 26
    for part in (
        "Nguyễn Thị Biên Tập",
        "editor@cast.example",
        "Tỉnh Tiền Giang Editor",
        "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH",
        "12/QĐ-UBND",
        "nightly export",
        "0 sessions",
        "Signature delegated to this person",
    ):
        assert part in words, part
    assert "/sign-ins/?q=editor%40cast.example" in links(admin.get(person(cast.editor.user)))


def test_buttons_that_are_shut_say_why(admin: Client, cast: Cast) -> None:
    words = said(admin.get(person(cast.admin.user)))
    assert "Deactivate : Ask another administrator: this is your own account." in words
    assert "End at once : This is your own role of administrator." in words
    assert "Reset two-step sign-in : This person has no two-step sign-in" in words


def test_each_act_is_asked_and_done_on_its_page(admin: Client, cast: Cast) -> None:
    page, pk = person(cast.other_editor.user), cast.other_editor.pk
    User.objects.filter(pk=cast.other_editor.user_id).update(last_login=clock.real_now())

    def act(name: str, done: str, **stated: str) -> None:
        assert admin.get(f"{page}{name}/").status_code == 200, name
        answer = admin.post(f"{page}{name}/", stated, follow=True)
        assert done in said(answer), name

    act(
        "acts/correct",
        "The account is corrected.",
        full_name="Lê Thị Nghệ An",
        post="Phó phòng",
        email="nghe@x.vn",
    )
    act(
        "acts/add-membership",
        "The membership is added.",
        agency="p42",
        role="viewer",
        first="01/07/2008",
        last="",
    )
    added = Membership.objects.get(user=cast.other_editor.user, agency__key="p42")
    act(f"memberships/{added.pk}/acts/change", "The days are changed.", first="02/07/2008", last="31/12/2008")
    added.refresh_from_db()
    assert (added.valid_from, added.valid_to) == (date(2008, 7, 2), date(2008, 12, 31))
    act(f"memberships/{added.pk}/acts/remove", "The membership is taken out.")
    act(f"memberships/{pk}/acts/stop", "The membership has ended.", reason="Chuyển công tác")
    act("acts/deactivate", "The account is deactivated.", reason="Nghỉ hưu")
    act("acts/reactivate", "The account is open again.", reason="Trở lại")
    set_up(cast.other_editor.user)
    act("acts/reset-second-step", "Two-step sign-in is taken off.", reason="Mất điện thoại")
    words = said(admin.get(page))
    for entry in (
        "Reactivated",
        "Nghỉ hưu",
        "Membership ended at once",
        "full name: “Lê Thị Nghệ” → “Lê Thị Nghệ An”",
    ):
        assert entry in words, entry
    waits = invite(NEW, "Lê Văn Mới", "", [editor_of()], actor=cast.admin).person
    sent = admin.post(f"{person(waits)}acts/invite-again/", {})
    assert "The invitation is on its way" in said(sent)
    page = person(waits)
    act("acts/withdraw-invitation", "The invitation is withdrawn.")
    assert admin.get(f"{page}acts/withdraw-invitation/").status_code == 409


def test_what_is_wrong_is_said_beside_the_field_and_writes_nothing(admin: Client, cast: Cast) -> None:
    page = person(cast.editor.user)
    answer = admin.post(
        f"{page}acts/add-membership/",
        {"agency": "p82", "role": "editor", "first": "31/02/2009", "last": "1/1/2008"},
    )
    assert answer.status_code == 422
    words = said(answer)
    assert "31/02/2009" in words
    assert "01/01/2008 is over" in words
    assert admin.post(f"{page}acts/correct/", {"email": "APPROVER@cast.example"}).status_code == 422
    assert Membership.objects.filter(user=cast.editor.user).count() == 1


def test_everybody_sees_the_own_memberships_with_their_days(client_for: ClientFor, cast: Cast) -> None:
    add_membership(cast.viewer.user, editor_of("p40", date(2008, 7, 1)), actor=cast.admin)
    Membership.objects.filter(pk=cast.viewer.pk).update(valid_from="2008-01-01", valid_to="2008-12-31")
    words = said(in_english(client_for(cast.viewer)).get("/account/"))
    assert "Viewer · now · from 01/01/2008 on · until 31/12/2008" in words
    assert "To come Tỉnh Nghệ An Editor · from 01/07/2008 on" in words


def test_addresses_that_are_nobodys_are_404(admin: Client, cast: Cast) -> None:
    page = person(cast.editor.user)
    system = User.objects.get(is_system=True)
    for path in (
        person(0),
        person(system),
        f"{page}acts/steal/",
        f"{page}memberships/{cast.approver.pk}/acts/stop/",
        f"{page}memberships/{cast.editor.pk}/acts/steal/",
    ):
        assert admin.get(path).status_code == 404, path


def test_only_who_manages_people_sees_and_acts(client_for: ClientFor, cast: Cast) -> None:
    page = person(cast.viewer.user)
    client = client_for(cast.approver)  # what the others get stands in test_rights.py
    for name in ACTS:
        assert client.get(f"{page}acts/{name}/").status_code == 403, name
    for name in ACTS_OF_MEMBERSHIP:
        path = f"{page}memberships/{cast.viewer.pk}/acts/{name}/"
        assert client.post(path, {"reason": "x"}).status_code == 403, name


def test_an_agencys_page_shows_its_people_to_administrators(
    client_for: ClientFor, admin: Client, cast: Cast
) -> None:
    shown = admin.get("/agencies/p82/")
    assert person(cast.editor.user) in links(shown)
    assert f"{PEOPLE}invite/?agency=p82" in links(shown)
    assert person(cast.editor.user) not in links(client_for(cast.reviewer).get("/agencies/p82/"))
    assert "Nobody acts for this agency." in said(admin.get("/agencies/p20/"))


def test_every_act_has_a_name_in_the_history() -> None:
    assert {role.value for role in Role} & set(DONE) == set()
    assert {"invite", "deactivate", "delegate", "stop_membership", "hand_over_work"} <= set(DONE)
