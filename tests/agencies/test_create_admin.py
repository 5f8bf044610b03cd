"""`manage.py create_admin`: the first administrator."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import translation

from agencies.actions import create_account
from agencies.models import Agency, AuditEntry, Membership, Role, User
from core import clock
from core.findings import NotAllowed, Refused
from tests.cast import Cast, email_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]

EMAIL, NAME, PASSWORD = "quan.tri@vidu.example", "Nguyễn Văn Quản Trị", "mot-mat-khau-dai-2008"


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", PASSWORD)


def command(*arguments: str) -> str:
    out = io.StringIO()
    with translation.override("en"):
        call_command("create_admin", *arguments, stdout=out)
    return out.getvalue()


def refusal(*arguments: str) -> str:
    users = User.objects.count()
    with pytest.raises(CommandError) as refused:
        command(*arguments)
    assert refused.value.returncode == 1
    assert User.objects.count() == users
    return str(refused.value)


def test_the_administrator_signs_in_and_acts_for_the_ministry(client: Client) -> None:
    said = command("--email", EMAIL.upper(), "--name", NAME)
    membership = Membership.objects.get(user__email=EMAIL)
    assert (membership.agency.key, membership.role) == ("m-tttt", Role.ADMINISTRATOR)
    assert membership.user.full_name == NAME
    assert EMAIL in said
    assert "Bộ Thông tin và Truyền thông" in said
    assert PASSWORD not in said
    client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(membership.user_id)


def test_the_act_is_recorded_in_the_name_of_the_system() -> None:
    command("--email", EMAIL, "--name", NAME, "--agency", "p82")
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.verb, entry.role, entry.object_label) == ("create_account", "system", NAME)
    assert '"agency":"p82"' in entry.data
    assert PASSWORD not in entry.data


def test_what_is_not_given_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([EMAIL, NAME])
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    monkeypatch.delenv("ADMIN_PASSWORD")
    monkeypatch.setattr("agencies.management.commands.create_admin.getpass", lambda question: PASSWORD)
    command()
    assert User.objects.get(email=EMAIL).check_password(PASSWORD)


def test_two_passwords_that_differ_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([PASSWORD, PASSWORD + "x"])
    monkeypatch.delenv("ADMIN_PASSWORD")
    monkeypatch.setattr("agencies.management.commands.create_admin.getpass", lambda question: next(answers))
    assert "differ" in refusal("--email", EMAIL, "--name", NAME)


def test_with_nobody_to_ask_the_option_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(question: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    assert "--email" in refusal()
    assert "--name" in refusal("--email", EMAIL)
    monkeypatch.delenv("ADMIN_PASSWORD")
    monkeypatch.setattr("agencies.management.commands.create_admin.getpass", nobody)
    assert "ADMIN_PASSWORD" in refusal("--email", EMAIL, "--name", NAME)


def test_an_unknown_agency_is_named() -> None:
    assert "p99" in refusal("--email", EMAIL, "--name", NAME, "--agency", "p99")


def test_an_account_that_exists_is_named(cast: Cast) -> None:
    assert email_of("admin") in refusal("--email", email_of("admin"), "--name", NAME)


@pytest.mark.parametrize(
    ("email", "name", "password", "codes"),
    [
        ("quan.tri", NAME, PASSWORD, {"email_invalid"}),
        (EMAIL, " ", PASSWORD, {"name_missing"}),
        (EMAIL, "x" * 201, PASSWORD, {"name_too_long"}),
        (EMAIL, NAME, "12345", {"password_weak"}),
        ("x", "", "password", {"email_invalid", "name_missing", "password_weak"}),
    ],
)
def test_everything_that_is_wrong_is_said_at_once(
    cast: Cast, email: str, name: str, password: str, codes: set[str]
) -> None:
    users = User.objects.count()
    with pytest.raises(Refused) as refused:
        create_account(
            email, name, agency=cast.admin.agency, role=Role.EDITOR, password=password, actor=cast.admin
        )
    assert {finding.code for finding in refused.value.findings} == codes
    assert User.objects.count() == users


def test_only_who_manages_people_makes_accounts(cast: Cast) -> None:
    for actor in (cast.editor, cast.approver, cast.reviewer, cast.co_reviewer, cast.viewer):
        with pytest.raises(NotAllowed):
            create_account(EMAIL, NAME, agency=actor.agency, role=Role.EDITOR, password=PASSWORD, actor=actor)


def test_before_the_documents_are_loaded_it_says_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agencies.management.commands.create_admin.SYSTEM_AGENCY", "m-chua-co")
    assert "load_sources" in refusal("--email", EMAIL, "--name", NAME)
    assert Agency.objects.exists()


def test_without_an_agency_it_is_for_the_ministry_or_who_succeeded_it() -> None:
    with clock.at("2026-01-05T09:00"):
        command("--email", EMAIL, "--name", NAME)
        membership = Membership.objects.get(user__email=EMAIL)
        assert membership.agency.key == "m-khcn25"
        assert Agency.objects.get(key="m-tttt").pk in membership.agency_ids


def test_an_agency_that_has_ended_is_refused_with_its_successor() -> None:
    with clock.at("2026-01-05T09:00"):
        assert "Bộ Khoa học và Công nghệ" in refusal("--email", EMAIL, "--name", NAME, "--agency", "m-tttt")
