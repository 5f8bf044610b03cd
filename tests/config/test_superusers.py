"""The site for superusers: every row can be read, nothing is written, and nobody else finds it."""

import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.conf import settings as portal
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.db.models import Model
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from agencies.models import (
    Agency,
    ApiToken,
    AuditEntry,
    IdempotentAnswer,
    Membership,
    SignInEvent,
    User,
    UserSession,
)
from agencies.sign_in import second_step
from config.superusers import columns, tables
from config.superusers.hidden import FIELDS, TABLES, hidden_of
from config.superusers.site import APPS, site
from core import clock
from plans.models import Plan, Programme, Task
from reports.cycles.actions import open_cycle
from reports.filing.actions import begin_filing
from reports.models import BulkAct, Report, TaskResult
from tests.agencies.signing_in import just_signed_in, let_pass, set_up
from tests.cast import Cast
from tests.reading import ClientFor, in_english, links, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]

INDEX = "/superuser/"
READS_ONLY = "Only to be read"
MOST = 12
SECRET = "bi-mat-khong-duoc-lo"


@pytest.fixture
def person(cast: Cast) -> User:
    """A superuser who acts for nobody."""
    return User.objects.create_superuser("may.chu@cast.example", SECRET, full_name="Lý Văn Máy Chủ")


@pytest.fixture
def superuser(person: User) -> Client:
    client = in_english(Client())
    client.force_login(person)
    return just_signed_in(client)


def rows_with_secrets(cast: Cast, person: User) -> None:
    """A row in each table that holds a secret."""
    set_up(person)
    now = clock.now()
    programme = Programme.objects.get(code="2008")
    ApiToken.objects.bulk_create(
        [ApiToken(user=person, membership=cast.editor, name="x", token_key="portal_1", digest=SECRET + "a")]
    )
    IdempotentAnswer.objects.create(
        membership=cast.editor,
        key=SECRET + "b",
        request_hash=SECRET + "c",
        body=SECRET + "d",
        headers=[SECRET],
    )
    BulkAct.objects.create(programme=programme, name="remind", token=SECRET + "e", at=now, by=person)


def rows_of_reports(cast: Cast) -> None:
    """A period with its obligations, and two reports begun, so that each list has more than one row."""
    with clock.at("2008-07-01T08:00"):
        cycle = open_cycle(Programme.objects.get(code="2008"), "2008-Q2", actor=cast.admin)
        for editor in (cast.editor, cast.other_editor):
            report = Report.objects.get(cycle=cycle, agency=editor.agency)
            filing = begin_filing(report, actor=editor)
            task = Task.objects.filter(plan__code="43-2008-qd-ttg").first()
            assert task is not None
            TaskResult.objects.get_or_create(filing=filing, line=task.line, plan=task.plan)


def shown_of(client: Client, url: str) -> str:
    """A page of the site, which costs little at any size, says that it only reads, and changes nothing."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    assert answer.status_code == 200, url
    assert len(queries) <= MOST, (url, [one["sql"][:120] for one in queries])
    assert READS_ONLY in said(answer), url
    found: str = answer.content.decode()
    return found


def secrets_of(model: type[Model]) -> Iterable[str]:
    names = [name for name, _why in hidden_of(model)]
    for row in model._default_manager.values_list(*names) if names else ():
        yield from (str(value) for value in row if value not in (None, ""))


def test_every_table_and_a_row_of_each_can_be_read_and_no_secret_with_it(
    superuser: Client, person: User, cast: Cast
) -> None:
    rows_with_secrets(cast, person)
    rows_of_reports(cast)
    index = shown_of(superuser, INDEX)
    assert {model._meta.app_label for model in site._registry} <= set(APPS)
    seen = set()
    for model in site._registry:
        assert f"<code>{model._meta.label}</code>" in index
        page = shown_of(superuser, columns.list_address_of(model))
        if row := model._default_manager.order_by("pk").first():
            page += shown_of(superuser, columns.address_of(row))
            seen.add(model._meta.label)
        for name, _why in hidden_of(model):
            assert f">{name}<" in page or row is None  # it is named, and why it is not shown
        assert not [one for one in secrets_of(model) if one in page], model
    assert {name.rpartition(".")[0] for name in FIELDS} <= seen
    assert {"reports.TaskResult", "reports.ReportLine", "plans.PlanRevision"} <= seen
    assert not LogEntry.objects.exists()


def test_nothing_is_written(superuser: Client, person: User, cast: Cast) -> None:
    plan = Plan.objects.get(code="43-2008-qd-ttg")
    row, listed = columns.address_of(plan), columns.list_address_of(Plan)
    before = (AuditEntry.objects.count(), User.objects.count(), Plan.objects.count())
    for url in (INDEX, listed, row, f"{row}delete/", f"{listed}add/"):
        for method in (superuser.post, superuser.put, superuser.patch, superuser.delete):
            assert method(url, {"title": "x", "action": "delete_selected"}).status_code == 405, url
    for url in (f"{row}delete/", f"{row}history/", f"{listed}add/", f"{INDEX}logout/", f"{INDEX}login/"):
        assert superuser.get(url).status_code == 404, url
    assert superuser.get(listed[:-1]).status_code == 404
    request = RequestFactory().get(listed)
    request.user = person
    table = site._registry[Plan]
    assert table.has_view_permission(request)
    assert not table.has_add_permission(request)
    assert not table.has_change_permission(request, plan)
    assert not table.has_delete_permission(request, plan)
    assert not table.get_actions(request)
    assert before == (AuditEntry.objects.count(), User.objects.count(), Plan.objects.count())
    assert not LogEntry.objects.exists()


def test_nobody_else_finds_it(client_for: ClientFor, cast: Cast, person: User) -> None:
    User.objects.filter(pk=cast.viewer.user_id).update(is_staff=True)  # of no meaning here
    row = columns.address_of(cast.editor.agency)
    members = (cast.viewer, cast.editor, cast.reviewer, cast.admin)
    clients = [Client(enforce_csrf_checks=True), *(client_for(who) for who in members)]
    for client in clients:
        for url in (INDEX, columns.list_address_of(Agency), row, f"{INDEX}nowhere/"):
            assert client.get(url).status_code == client.post(url).status_code == 404
        assert INDEX not in links(client.get("/account/", follow=True))
    gone = in_english(Client())
    gone.force_login(person)
    assert gone.get(INDEX).status_code == 200
    let_pass(gone, idle=portal.SESSION_IDLE_MINUTES * 60 + 1)
    assert gone.get(INDEX).status_code == 404
    gone.force_login(person)
    person.is_superuser = False
    person.save()
    assert gone.get(INDEX).status_code == 404


def test_who_acts_for_nobody_finds_the_way_from_every_page(superuser: Client) -> None:
    home = superuser.get("/")
    assert home.status_code == 403
    assert links(home).count(INDEX) == 2  # in the menu, and on the page that says there is nothing else
    for url in ("/account/", "/accounts/2fa/", "/accounts/password/change/"):
        answer = superuser.get(url)
        assert (answer.status_code, links(answer).count(INDEX)) == (200, 1), url


def test_the_second_step_is_needed_where_any_role_needs_it(
    superuser: Client, person: User, settings: Settings
) -> None:
    assert second_step.roles_that_need_it(person) == []
    settings.MFA_ROLES = frozenset({"administrator"})
    for url in (INDEX, columns.list_address_of(User), columns.address_of(person)):
        answer = superuser.get(url)
        assert answer.status_code == 403
        assert "A superuser reads every row" in said(answer)
        assert reverse("mfa_activate_totp") in links(answer)
        assert person.email not in said(answer)
    assert "Needed for your role: Superuser." in said(superuser.get("/account/"))
    set_up(person)
    assert superuser.get(INDEX).status_code == 200
    assert "so it cannot be taken off" in said(superuser.get(reverse("mfa_deactivate_totp")))


def test_what_may_be_a_secret_has_been_decided() -> None:
    """A new column that sounds like one is put on the list of the hidden, or here."""
    told = {
        "agencies.AuditEntry": {"hash", "previous_hash", "data"},  # the chain of acts is there to be compared
        "agencies.AuditHead": {"hash"},
        "agencies.Agency": {"key"},
        "agencies.AgencyGroup": {"key"},
        "agencies.ApiToken": {"token_key"},  # its first letters, by which pages call it too
        "agencies.LetterText": {"key", "body"},
        "plans.Section": {"body"},
        "reports.IssuedFile": {"audit_head"},
        "reports.Reminder": {"body"},
    }
    doubtful = re.compile("passw|secret|token|hash|digest|session|(^|_)key$|data|^body$|headers|head$|code$")
    derived = ("search_key", "sort_key", "number_key", "clause_key")
    plain = {"code", "group_code", "finding_code", "province_code"}
    for model in site._registry:
        names = {field.name for field in columns.shown(model)} - {*derived, *plain}
        found = {name for name in names if doubtful.search(name)}
        assert found <= told.get(model._meta.label, set()), f"{model._meta.label}: {found}"
    known = {f"{model._meta.label}.{field.name}" for model in site._registry for field in model._meta.fields}
    assert set(FIELDS) <= known
    assert not set(TABLES) & {model._meta.label for model in site._registry}


def found_by(client: Client, model: type[Model], query: str) -> set[Any]:
    answer = client.get(f"{columns.list_address_of(model)}?{query}")
    assert answer.status_code == 200, query
    return {int(one) for one in re.findall(r'<th scope="row"><a [^>]*>(\d+)<', answer.content.decode())}


def test_rows_are_found_and_no_secret_can_be_guessed(superuser: Client, person: User, cast: Cast) -> None:
    editor, agency = cast.editor.user, cast.editor.agency
    assert found_by(superuser, User, "q=nguyen thi bien tap") == {editor.pk}
    assert found_by(superuser, User, "q=EDITOR@cast") == {editor.pk}
    assert found_by(superuser, User, f"q=%23{editor.pk}") == {editor.pk}
    assert found_by(superuser, Membership, f"agency__exact={agency.pk}") == {
        cast.editor.pk,
        cast.approver.pk,
    }
    assert found_by(superuser, Membership, f"agency__exact={agency.pk}&role__exact=editor") == {
        cast.editor.pk
    }
    assert found_by(superuser, Membership, "agency__exact=9999999999999999999999") == set()
    assert found_by(superuser, User, f"q={SECRET}") == set()
    assert found_by(superuser, User, "q=%00") != set()  # nothing that could be searched
    for query in ("password__startswith=md5", "password__exact=x", "memberships__role=editor", "email=x"):
        assert superuser.get(f"{columns.list_address_of(User)}?{query}").status_code == 400, query
    key = UserSession.objects.get(user=person).key
    assert superuser.get(f"{columns.list_address_of(UserSession)}?key__exact={key}").status_code == 400
    assert str(person.pk) not in found_by(superuser, UserSession, f"q={key}")
    for pk in ("0", "abc", "9999999999999999999999", "1 or 1=1"):
        assert superuser.get(f"{columns.list_address_of(User)}{pk}/").status_code == 404
    page = superuser.get(columns.address_of(agency))
    assert f"{columns.list_address_of(Membership)}?agency__exact={agency.pk}" in links(page)


def test_long_tables_are_counted_up_to_a_limit(
    superuser: Client, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    SignInEvent.objects.bulk_create(
        SignInEvent(at=clock.now(), kind="ok", email=f"n{n}@vidu.example") for n in range(120)
    )
    url = columns.list_address_of(SignInEvent)
    assert "121 rows" in said(superuser.get(url)) or "120 rows" in said(superuser.get(url))
    monkeypatch.setattr(tables, "MOST_COUNTED", 100)
    page = said(superuser.get(f"{url}?p=2"))
    assert "more than 100 rows" in page
    assert "51–100 of 100" in page
    assert superuser.get(f"{url}?p=3")["Location"] == url
    assert "n0@vidu.example" in said(superuser.get(f"{url}?q=n0@"))


def test_it_speaks_vietnamese(superuser: Client, cast: Cast) -> None:
    superuser.cookies["django_language"] = "vi"
    page = superuser.get(f"{columns.list_address_of(Membership)}?role__exact=editor").content.decode()
    assert ">Tất cả<" in page
    assert not re.search(r">\s*(All|Yes|No|Unknown|By [a-z ]+|None)\s*<", page)
    row = superuser.get(columns.address_of(cast.editor.user)).content.decode()
    assert ">có<" in row.lower()
    assert not re.search(r">\s*(True|False|yes|no)\s*<", row)
