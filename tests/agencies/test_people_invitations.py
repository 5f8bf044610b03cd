"""Inviting people: from the invitation to the first sign-in, and everything that goes wrong on the way."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client, RequestFactory
from pytest_django import Settings

from agencies.acting import memberships_of
from agencies.api.people.acts import invited_data
from agencies.audit import verify
from agencies.models import AuditEntry, Invitation, Membership, SignInEvent, User
from agencies.people.accounts import correct_person, deactivate
from agencies.people.filters import people_of
from agencies.people.invitations import by_key, invite, send_again, withdraw_invitation
from agencies.people.rules import Stated
from agencies.people.states import AccountState, in_state, state_of
from core.findings import NotAllowed, Refused, WrongState
from tests.agencies.people import NEW, PASSWORD, PEOPLE, editor_of, last_entry, link_in_letter
from tests.agencies.signing_in import browser, give_password, signed_in
from tests.browsing import form_with
from tests.cast import Cast
from tests.reading import ClientFor, in_english, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]

OnCommit = Callable[..., Any]
FORM = {
    "email": NEW,
    "full_name": "Lê Văn Mới",
    "post": "Chuyên viên",
    "count": "1",
    "memberships-0-agency": "p82",
    "memberships-0-role": "editor",
}


def invited(cast: Cast, email: str = NEW, **stated: Any) -> User:
    memberships = stated.pop("memberships", [editor_of()])
    return invite(email, "Lê Văn Mới", "Chuyên viên", memberships, actor=cast.admin).person


def test_from_the_invitation_to_the_first_work_list(
    client_for: ClientFor, cast: Cast, django_capture_on_commit_callbacks: OnCommit
) -> None:
    admin = in_english(client_for(cast.admin))
    form = form_with(admin.get(f"{PEOPLE}invite/?agency=p82&role=editor"), "email")
    assert form.fields["memberships-0-agency"] == "p82"
    with django_capture_on_commit_callbacks(execute=True):
        answer = admin.post(f"{PEOPLE}invite/", form.post(**FORM))
    words = said(answer)
    assert "Lê Văn Mới is invited" in words
    assert f"goes to {NEW}" in words
    path = link_in_letter()
    assert path not in answer.content.decode()  # only who reads the letter has it
    letter = mail.outbox[0]
    assert letter.to == [NEW]
    assert "Mời sử dụng" in letter.subject
    assert "- Biên tập, Tỉnh Tiền Giang" in str(letter.body)
    person = User.objects.get(email=NEW)
    assert (person.is_active, person.has_usable_password(), memberships_of(person)) == (False, False, [])

    visitor = in_english(browser())
    shown = said(visitor.get(path))
    assert "Welcome, Lê Văn Mới" in shown
    assert "Editor, Tỉnh Tiền Giang" in shown
    weak = visitor.post(path, {"password1": "12345678", "password2": "12345678"})
    assert weak.status_code == 422
    unlike = visitor.post(path, {"password1": PASSWORD, "password2": PASSWORD + "x"})
    assert unlike.status_code == 422
    assert not User.objects.get(email=NEW).is_active
    assert "Your account is open" in said(visitor.post(path, {"password1": PASSWORD, "password2": PASSWORD}))
    give_password(visitor, NEW, PASSWORD)
    assert signed_in(visitor)
    assert "Tiền Giang" in said(visitor.get("/"))
    assert visitor.get(path).status_code == 410  # the link has done its work

    verbs = list(AuditEntry.objects.order_by("-sequence").values_list("verb", flat=True)[:2])
    assert verbs == ["accept_invitation", "invite"]
    assert verify().broken_at is None
    assert list(SignInEvent.objects.values_list("kind", flat=True)) == ["password", "ok"]


def test_without_a_mail_server_the_link_is_shown_once(
    client_for: ClientFor, cast: Cast, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    admin = in_english(client_for(cast.admin))
    answer = admin.post(f"{PEOPLE}invite/", FORM)
    person = User.objects.get(email=NEW)
    link = answer.context["link"]
    assert link in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert link not in admin.get(f"{PEOPLE}{person.pk}/").content.decode()
    assert Client().get(link.removeprefix("http://testserver")).status_code == 200


def test_a_letter_that_is_not_delivered_shows_the_link_instead(
    client_for: ClientFor, cast: Cast, settings: Settings, django_capture_on_commit_callbacks: OnCommit
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    with django_capture_on_commit_callbacks(execute=True):
        done = invite(NEW, "Lê Văn Mới", "", [editor_of()], actor=cast.admin)
    person = people_of(cast.admin).get(pk=done.person.pk)
    told = invited_data(RequestFactory().get("/"), person, done.link, cast.admin)
    assert (told["letter_sent"], told["link"]) == (False, f"http://testserver{done.link}")
    assert told["person"]["invitation"]["undelivered_at"] is not None
    admin = in_english(client_for(cast.admin))
    page = said(admin.get(f"{PEOPLE}{person.pk}/"))
    assert "not delivered" in page
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with django_capture_on_commit_callbacks(execute=True):
        send_again(person, actor=cast.admin)
    assert "not delivered" not in said(admin.get(f"{PEOPLE}{person.pk}/"))


def test_an_address_that_exists_gets_the_membership_instead(
    client_for: ClientFor, cast: Cast, django_capture_on_commit_callbacks: OnCommit
) -> None:
    before = cast.other_editor.user
    with django_capture_on_commit_callbacks(execute=True):
        answer = in_english(client_for(cast.admin)).post(
            f"{PEOPLE}invite/", {**FORM, "email": before.email.upper()}, follow=True
        )
    assert "has an account under other-editor@cast.example already: 1 membership was added" in said(answer)
    (letter,) = mail.outbox
    assert (letter.to, "Tỉnh Tiền Giang" in letter.body) == ([before.email], True)
    assert Membership.objects.filter(user=before, agency__key="p82", role="editor").exists()
    before.refresh_from_db()
    assert before.full_name == "Lê Thị Nghệ"
    assert last_entry()[0] == "add_membership"


def test_sent_again_and_withdrawn_links_are_void(cast: Cast) -> None:
    first = invite(NEW, "Lê Văn Mới", "", [editor_of()], actor=cast.admin)
    again = send_again(first.person, actor=cast.admin)
    old, new = (link.split("/")[-2] for link in (first.link, again))
    with pytest.raises(Refused) as refusal:
        by_key(old)
    assert refusal.value.code == "link_unknown"
    assert by_key(new).user == first.person
    withdraw_invitation(first.person, actor=cast.admin)
    with pytest.raises(Refused) as refusal:
        by_key(new)
    assert refusal.value.code == "link_withdrawn"
    assert state_of(User.objects.get(email=NEW)) is AccountState.DEACTIVATED
    with pytest.raises(WrongState):
        withdraw_invitation(first.person, actor=cast.admin)
    third = send_again(first.person, actor=cast.admin).split("/")[-2]
    assert by_key(third).is_open
    assert last_entry() == ("invite_again", {"email": NEW})


def test_a_link_lasts_as_many_days_as_the_setting_says(cast: Cast, settings: Settings) -> None:
    settings.INVITATION_DAYS = 2
    made = invite(NEW, "Lê Văn Mới", "", [editor_of()], actor=cast.admin)
    invitation = Invitation.objects.get(user=made.person)
    assert invitation.expires_at - invitation.sent_at == timedelta(days=2)
    Invitation.objects.update(expires_at=invitation.sent_at - timedelta(seconds=1))
    answer = in_english(Client()).get(made.link)
    assert answer.status_code == 410
    assert "Ask Đặng Văn Quản Trị to send it again" in said(answer)
    fresh = User.objects.get(email=NEW)
    assert state_of(fresh) is AccountState.EXPIRED
    assert list(in_state(User.objects.all(), "expired")) == [fresh]


def test_a_made_up_link_opens_nothing(cast: Cast) -> None:
    made = invite(NEW, "Lê Văn Mới", "", [editor_of()], actor=cast.admin)
    key = made.link.split("/")[-2]
    for wrong in ("x", key[:-1], key.replace(".1.", ".2."), f"{key}x", "1.1." + "a" * 43, "%00", "x" * 3000):
        assert Client().get(f"/accounts/invitation/{wrong}/").status_code == 410, wrong


def test_who_was_invited_cannot_come_in_by_another_door(
    cast: Cast, django_capture_on_commit_callbacks: OnCommit
) -> None:
    invited(cast)
    with django_capture_on_commit_callbacks(execute=True):
        Client().post("/accounts/password/reset/", {"email": NEW})
    assert not [one for one in mail.outbox if "/accounts/password/reset/" in str(one.body)]


# Everything that is wrong is said at once, each at its field.
WRONG: list[tuple[dict[str, Any], set[tuple[str, str]]]] = [
    (
        {"email": "", "full_name": " ", "memberships": []},
        {("email", "email_missing"), ("full_name", "name_missing"), ("memberships", "membership_missing")},
    ),
    ({"email": "khong phai dia chi"}, {("email", "email_invalid")}),
    ({"email": "a@b"}, {("email", "email_invalid")}),
    ({"email": "a" * 250 + "@x.vn"}, {("email", "email_invalid")}),
    ({"full_name": "A" * 201, "post": "B" * 201}, {("full_name", "too_long"), ("post", "too_long")}),
    ({"email": "he-thong@portal.invalid"}, {("email", "email_of_portal")}),
    (
        {"memberships": [Stated("p999", "king"), Stated("", "")]},
        {
            ("memberships-0-agency", "agency_unknown"),
            ("memberships-0-role", "role_unknown"),
            ("memberships-1-agency", "agency_missing"),
            ("memberships-1-role", "role_unknown"),
        },
    ),
    ({"memberships": [Stated("p82", "system")]}, {("memberships-0-role", "role_unknown")}),
    (
        {"memberships": [editor_of("p82", date(2008, 9, 1), date(2008, 8, 1))]},
        {("memberships-0-last", "period_backwards")},
    ),
    (
        {"memberships": [editor_of("p82", None, date(2008, 6, 19))]},
        {("memberships-0-last", "period_over")},
    ),
    (
        {"memberships": [editor_of(), editor_of("p82", date(2009, 1, 1))]},
        {("memberships-1-first", "periods_overlap")},
    ),
    (
        {"email": "Editor@CAST.example", "memberships": [editor_of("p82", date(2009, 1, 1))]},
        {("memberships-0-first", "periods_overlap")},
    ),
]


def test_everything_that_is_wrong_is_said_at_once(cast: Cast) -> None:
    before = User.objects.count(), Membership.objects.count(), AuditEntry.objects.count()
    for stated, found in WRONG:
        full = {
            "email": NEW,
            "full_name": "Lê Văn Mới",
            "post": "",
            "memberships": [editor_of()],
            **stated,
        }
        with pytest.raises(Refused) as refusal:
            invite(**full, actor=cast.admin)
        assert {(one.place.path, one.code) for one in refusal.value.findings} == found, stated
    assert before == (User.objects.count(), Membership.objects.count(), AuditEntry.objects.count())


def test_two_periods_apart_are_two_memberships(cast: Cast) -> None:
    periods = [editor_of("p82", None, date(2008, 12, 31)), editor_of("p82", date(2009, 3, 1))]
    assert invited(cast, memberships=periods).memberships.count() == 2


def test_a_deactivated_account_is_not_invited(cast: Cast) -> None:
    deactivate(cast.viewer.user, reason="Nghỉ hưu", actor=cast.admin)
    with pytest.raises(Refused) as refusal:
        invited(cast, email=cast.viewer.user.email)
    assert [one.code for one in refusal.value.findings] == ["email_deactivated"]


def test_only_administrators_invite(cast: Cast) -> None:
    for actor in cast:
        if actor != cast.admin:
            with pytest.raises(NotAllowed):
                invite(NEW, "Lê Văn Mới", "", [editor_of()], actor=actor)


def test_a_new_address_of_who_has_not_come_gets_a_new_letter(
    cast: Cast, django_capture_on_commit_callbacks: OnCommit
) -> None:
    made = invite(NEW, "Lê Văn Mới", "", [editor_of()], actor=cast.admin)
    with django_capture_on_commit_callbacks(execute=True):
        link = correct_person(
            made.person, full_name="Lê Văn Mới", post="", email="MOI@tiengiang.example", actor=cast.admin
        )
    assert mail.outbox[-1].to == ["moi@tiengiang.example"]
    assert link_in_letter() == link != made.link
    with pytest.raises(Refused):
        by_key(made.link.split("/")[-2])


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(client_for: ClientFor, cast: Cast) -> None:
    admin = in_english(client_for(cast.admin))
    more = admin.post(f"{PEOPLE}invite/", {**FORM, "more": "1"})
    assert form_with(more, "email").fields["count"] == "2"
    typed = {
        **FORM,
        "email": "khong",
        "count": "2",
        "memberships-1-role": "viewer",
        "memberships-0-last": "31/2",
    }
    answer = admin.post(f"{PEOPLE}invite/", typed)
    assert answer.status_code == 422
    words = said(answer)
    assert "“khong” is not an e-mail address" in words
    assert "31/2" in words  # the day that cannot be read
    assert "Choose the agency." in words  # of the second membership
    form = form_with(answer, "email")
    assert (form.fields["email"], form.fields["memberships-0-agency"]) == ("khong", "p82")
    assert not User.objects.filter(email="khong").exists()
