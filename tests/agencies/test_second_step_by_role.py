"""Roles that need two-step sign-in, and what an administrator does when phone and codes are lost."""

import io

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pytest_django import Settings

from agencies.models import Agency, AuditEntry, Membership, Role, UserSession
from agencies.sign_in import second_step
from agencies.sign_in.actions import reset_second_step
from core.findings import NotAllowed, WrongState
from tests.agencies.signing_in import (
    ACTIVATE,
    CODE,
    DEACTIVATE,
    OVERVIEW,
    browser,
    code_of,
    give_password,
    kinds,
    set_up,
    signed_in,
)
from tests.browsing import form_with
from tests.cast import Cast, email_of
from tests.reading import ClientFor, in_english, links, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008", "fresh_limits")]

EMAIL = email_of("editor")


@pytest.fixture
def strict(settings: Settings) -> None:
    settings.MFA_ROLES = frozenset({"administrator", "reviewer"})


@pytest.mark.usefixtures("strict")
def test_a_role_that_needs_it_can_do_nothing_before(client_for: ClientFor, cast: Cast) -> None:
    client = in_english(client_for(cast.admin))
    for url in ("/", "/plans/", "/agencies/", "/sign-ins/", "/agencies/new/", "/search/?q=x"):
        answer = client.get(url)
        assert answer.status_code == 403
        words = said(answer)
        assert "Set up two-step sign-in first" in words
        assert "You are signed in as Administrator for Bộ Thông tin và Truyền thông." in words
        assert ACTIVATE in links(answer)
        assert "/plans/" not in links(answer)
    posted = client.post("/agencies/new/", {"name": "Ban Mới", "kind": "tinh", "confirmed": "1"})
    assert posted.status_code == 403
    assert not Agency.objects.filter(name="Ban Mới").exists()
    answer = client.post("/agencies/new/", {"name": "x"}, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["status"]) == (403, "second_step")


@pytest.mark.usefixtures("strict")
def test_account_and_set_up_are_open_meanwhile(client_for: ClientFor, cast: Cast) -> None:
    client = in_english(client_for(cast.admin))
    assert "Needed for your role: Administrator." in said(client.get("/account/"))
    assert "/sign-ins/" not in links(client.get("/account/"))
    assert "Your role Administrator needs it" in said(client.get(OVERVIEW))
    assert client.get("/accounts/password/change/").status_code == 200


@pytest.mark.usefixtures("strict")
def test_once_it_is_set_up_the_role_works(client_for: ClientFor, cast: Cast) -> None:
    client = client_for(cast.admin)
    set_up(cast.admin.user)
    assert client.get("/").status_code == 200
    assert client.get("/sign-ins/").status_code == 200


@pytest.mark.usefixtures("strict")
def test_another_role_is_worked_in_meanwhile(client_for: ClientFor, cast: Cast) -> None:
    own = Membership.objects.create(
        user=cast.reviewer.user, agency=cast.editor.agency, role=Role.EDITOR, valid_from="2008-01-01"
    )
    client = in_english(client_for(cast.reviewer))
    answer = client.get("/")
    assert answer.status_code == 403
    form = form_with(answer, "membership")
    assert form.buttons == [("membership", str(own.pk))]
    client.post("/act-as/", {"membership": own.pk})
    answer = client.get("/")
    assert (answer.status_code, answer.context["acting"]) == (200, own)
    client.post("/act-as/", {"membership": cast.reviewer.pk})
    assert client.get("/").status_code == 403


@pytest.mark.usefixtures("strict")
def test_other_roles_are_not_asked(client_for: ClientFor, cast: Cast) -> None:
    for who in (cast.editor, cast.approver, cast.co_reviewer, cast.viewer):
        assert client_for(who).get("/").status_code == 200


def test_it_costs_no_query_more(client_for: ClientFor, cast: Cast, settings: Settings) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/agencies/").status_code == 200
        return len(queries)

    set_up(cast.admin.user)
    client = client_for(cast.admin)
    client.get("/agencies/")
    before = statements()
    settings.MFA_ROLES = frozenset({"administrator"})
    assert statements() == before


@pytest.mark.usefixtures("strict")
def test_a_role_that_needs_it_keeps_it(cast: Cast) -> None:
    secret = set_up(cast.admin.user)
    client = in_english(browser())
    give_password(client, email_of("admin"))
    client.post(CODE, {"code": code_of(secret)})
    overview = client.get(OVERVIEW)
    assert DEACTIVATE not in links(overview)
    assert "only an administrator can reset it" in said(overview)
    for answer in (client.get(DEACTIVATE), client.post(DEACTIVATE)):
        assert "so it cannot be taken off" in said(answer)
    assert second_step.is_set_up(cast.admin.user)


# --- Phone and codes lost


def test_an_administrator_resets_it_and_the_chain_records_it(cast: Cast) -> None:
    secret = set_up(cast.editor.user)
    client = browser()
    give_password(client, EMAIL)
    client.post(CODE, {"code": code_of(secret)})
    reset_second_step(cast.editor.user, actor=cast.admin)
    assert not Authenticator.objects.filter(user=cast.editor.user).exists()
    assert not UserSession.objects.filter(user=cast.editor.user).exists()
    assert client.get("/").status_code == 302
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.verb, entry.object_label, entry.user) == (
        "reset_second_step",
        str(cast.editor.user),
        cast.admin.user,
    )
    give_password(client, EMAIL)
    assert signed_in(client)
    assert kinds()[-2:] == ["mfa_off", "ok"]


def test_nobody_else_resets_it(cast: Cast) -> None:
    set_up(cast.editor.user)
    for actor in (cast.editor, cast.approver, cast.reviewer, cast.viewer):
        with pytest.raises(NotAllowed):
            reset_second_step(cast.editor.user, actor=actor)
    assert second_step.is_set_up(cast.editor.user)


def test_what_is_not_set_up_is_not_reset(cast: Cast) -> None:
    with pytest.raises(WrongState):
        reset_second_step(cast.editor.user, actor=cast.admin)


def command(*arguments: str) -> str:
    out = io.StringIO()
    with translation.override("en"):
        call_command("reset_second_step", *arguments, stdout=out)
    return out.getvalue()


def test_the_last_administrator_is_helped_by_a_command(cast: Cast) -> None:
    set_up(cast.admin.user)
    assert "Đặng Văn Quản Trị" in command(email_of("admin").upper())
    assert not second_step.is_set_up(cast.admin.user)
    assert AuditEntry.objects.latest("sequence").role == "system"
    with pytest.raises(CommandError, match="nothing to reset"):
        command(email_of("admin"))
    with pytest.raises(CommandError, match="Nobody signs in as"):
        command("khong.co@vidu.example")
