"""`manage.py superuser`: who may read every row, said from the server's shell alone."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from agencies.models import AuditEntry, User
from agencies.people.accounts import correct_person
from agencies.people.accounts import reset_second_step as reset_with_reason
from agencies.people.history import DONE
from agencies.sign_in import second_step
from agencies.sign_in.actions import reset_second_step
from agencies.superusers import make_superuser, unmake_superuser
from agencies.system import SYSTEM_EMAIL, system_actor
from core.findings import BusinessError, NotAllowed
from tests.agencies.signing_in import set_up
from tests.cast import Cast, email_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]


def command(*arguments: str) -> str:
    out = io.StringIO()
    with translation.override("en"):
        call_command("superuser", *arguments, stdout=out)
    return out.getvalue()


def test_the_shell_says_who_is_one_and_the_chain_records_it(cast: Cast) -> None:
    email = email_of("viewer")
    assert "Superusers: 0" in command()
    assert f"Dương Thị Văn Phòng <{email}>" in command(email.upper())
    assert User.objects.get(email=email).is_superuser
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.verb, entry.role, entry.object_label) == ("make_superuser", "system", "Dương Thị Văn Phòng")
    assert "Superusers: 1" in command()
    assert "Superusers: 0" in command(email, "--remove")
    assert AuditEntry.objects.latest("sequence").verb == "unmake_superuser"
    with pytest.raises(CommandError, match="superuser ADDRESS"):
        call_command("createsuperuser")
    assert {"make_superuser", "unmake_superuser"} <= set(DONE)  # the page of the person tells of both


def test_what_makes_no_sense_is_refused(cast: Cast) -> None:
    User.objects.filter(pk=cast.viewer.user_id).update(is_active=False)
    User.objects.filter(pk=cast.editor.user_id).update(is_superuser=True)
    system_actor()
    before = AuditEntry.objects.count()
    for arguments, reason in (
        (["khong.co@vidu.example"], "Nobody signs in as"),
        ([SYSTEM_EMAIL], "not open"),
        ([email_of("viewer")], "not open"),
        ([email_of("editor")], "already"),
        ([email_of("approver"), "--remove"], "no superuser"),
    ):
        with pytest.raises(CommandError, match=reason):
            command(*arguments)
    assert AuditEntry.objects.count() == before


def test_nobody_in_the_portal_makes_one(cast: Cast) -> None:
    for actor in cast:
        for act in (make_superuser, unmake_superuser):
            with pytest.raises(NotAllowed):
                act(cast.viewer.user, actor=actor)


def test_nobody_in_the_portal_takes_the_account_of_one_over(cast: Cast) -> None:
    person = cast.viewer.user
    set_up(person)
    make_superuser(person, actor=system_actor())
    same = {"full_name": person.full_name, "post": person.post}
    for attempt in (
        lambda: correct_person(person, **same, email="khac@vidu.example", actor=cast.admin),
        lambda: reset_second_step(person, actor=cast.admin),
        lambda: reset_with_reason(person, reason="mất máy", actor=cast.admin),
    ):
        with pytest.raises(BusinessError) as refused:
            attempt()
        assert refused.value.code == "superuser"
    correct_person(person, full_name="Dương Thị Vân", post="", email=person.email, actor=cast.admin)
    person.refresh_from_db()
    assert (person.full_name, person.email) == ("Dương Thị Vân", email_of("viewer"))
    reset_second_step(person, actor=system_actor())
    assert not second_step.is_set_up(person)
