"""The log of sign-ins: for administrators as a page and a workbook, kept for as long as the setting says."""

import io
from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from openpyxl import load_workbook
from pytest_django import Settings

from agencies.models import SignInEvent, SignInKind, User, UserSession
from tests.agencies.signing_in import CHROME
from tests.cast import Cast, email_of
from tests.reading import ClientFor, in_english, links, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]

LOG = "/sign-ins/"
FILE = "/sign-ins/export.xlsx"
FORMULA = "=1+1@ngoai.example"


@pytest.fixture
def log(cast: Cast) -> None:
    """Five lines of three people and of nobody, on two days in Hà Nội."""
    lines = [
        ("2026-10-01T16:59Z", "ok", cast.editor.user, "127.0.0.1"),  # 23:59 of the first
        ("2026-10-01T17:01Z", "failed", cast.editor.user, "127.0.0.1"),  # 00:01 of the second
        ("2026-10-02T03:00Z", "locked", cast.approver.user, "2001:db8::1"),
        ("2026-10-02T03:01Z", "mfa_failed", cast.admin.user, "127.0.0.1"),
    ]
    for at, kind, user, address in lines:
        SignInEvent.objects.create(
            at=at, kind=kind, user=user, email=user.email, address=address, agent=CHROME
        )
    SignInEvent.objects.create(at="2026-10-02T03:02Z", kind="failed", email=FORMULA, agent=CHROME)


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({}, 5),
        ({"kind": "failures"}, 4),
        ({"kind": "failed"}, 2),
        ({"q": "bien tap"}, 2),
        ({"q": "ngoai.example"}, 1),
        ({"q": "khong ai ca"}, 0),
        ({"address": "127.0.0.1"}, 3),
        ({"address": "2001:db8"}, 1),
        ({"first": "02/10/2026"}, 4),
        ({"last": "01/10/2026"}, 1),
        ({"first": "01/10/2026", "last": "01/10/2026", "kind": "ok"}, 1),
    ],
)
def test_the_log_is_narrowed_and_counted_and_its_file_holds_the_same(
    client_for: ClientFor, cast: Cast, filters: dict[str, str], count: int
) -> None:
    client = in_english(client_for(cast.admin))
    answer = client.get(LOG, filters)
    assert len(answer.context["rows"]) == count
    assert f"{count} entr" in said(answer) or count == 0
    sheet = load_workbook(BytesIO(client.get(FILE, filters).content)).worksheets[0]
    addresses = [row[3] for row in sheet.iter_rows(values_only=True) if row[3] and "@" in str(row[3])]
    assert len(addresses) == count


@pytest.mark.usefixtures("log")
def test_a_line_says_who_what_when_and_from_where(client_for: ClientFor, cast: Cast) -> None:
    words = said(in_english(client_for(cast.admin)).get(LOG))
    assert "02/10/2026 10:01 ▲ Wrong code Đặng Văn Quản Trị admin@cast.example 127.0.0.1" in words
    assert f"{FORMULA} no such account" in words
    assert "Chrome, Windows" in words


@pytest.mark.usefixtures("log")
def test_a_strangers_formula_is_text_in_the_workbook(client_for: ClientFor, cast: Cast) -> None:
    sheet = load_workbook(BytesIO(client_for(cast.admin).get(FILE).content)).worksheets[0]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == FORMULA)
    assert cell.data_type == "s"


def test_a_name_with_markup_stays_text_on_the_page(client_for: ClientFor, cast: Cast) -> None:
    SignInEvent.objects.create(
        at=timezone.now(), kind="failed", email="<b>x</b>@y.example", agent="<script>alert(1)</script>"
    )
    page = client_for(cast.admin).get(LOG).content.decode()
    assert "<b>x</b>" not in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("address", [LOG, FILE])
def test_only_who_manages_people_sees_it(client_for: ClientFor, cast: Cast, address: str) -> None:
    for who in cast:
        status = client_for(who).get(address).status_code
        assert status == (200 if who == cast.admin else 403), who
    assert "may not manage people and rights" in said(in_english(client_for(cast.viewer)).get(address))


@pytest.mark.parametrize("filters", [{"first": "2026-10-01"}, {"kind": "x"}, {"page": "9999"}, {"q": "\x00"}])
def test_a_filter_that_cannot_be_read_breaks_nothing(
    client_for: ClientFor, cast: Cast, filters: dict[str, str]
) -> None:
    assert client_for(cast.admin).get(LOG, filters).status_code == 200
    assert client_for(cast.admin).get(FILE, filters).status_code == 200


def test_it_pages_by_fifty_at_the_same_cost_however_long(client_for: ClientFor, cast: Cast) -> None:
    def statements() -> int:
        client = in_english(client_for(cast.admin))
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(LOG, {"kind": "ok"})
        if total > 50:
            assert f"{total} entries" in said(answer)
            assert any("kind=ok" in link and "page=2" in link for link in links(answer))
        return len(queries)

    total = 1
    SignInEvent.objects.create(at=timezone.now(), kind="ok", user=cast.editor.user, email="a@b.vn")
    few = statements()
    SignInEvent.objects.bulk_create(
        SignInEvent(at=timezone.now(), kind="ok", user=who.user, email=who.user.email)
        for who in cast
        for _n in range(20)
    )
    total += len(list(cast)) * 20
    assert statements() == few <= 12


# --- How long it is kept


def command(*arguments: str) -> str:
    out = io.StringIO()
    with translation.override("en"):
        call_command("prune_sign_ins", *arguments, stdout=out)
    return out.getvalue()


def test_what_is_older_than_the_setting_is_removed(cast: Cast, settings: Settings) -> None:
    now = timezone.now()
    for days in (0, 29, 31, 400):
        SignInEvent.objects.create(at=now - timedelta(days=days), kind=SignInKind.OK, email=f"{days}@x.vn")
    assert "Removed: 1 entries older than 365 days" in command()
    assert "Removed: 1 entries older than 30 days" in command("--days", "30")
    assert set(SignInEvent.objects.values_list("email", flat=True)) == {"0@x.vn", "29@x.vn"}
    with pytest.raises(CommandError):
        command("--days", "0")


def test_sessions_that_have_ended_are_removed_with_it(client_for: ClientFor, cast: Cast) -> None:
    for who in (cast.editor, cast.approver, cast.viewer):
        client_for(who)
    UserSession.objects.filter(user=cast.editor.user).update(seen=timezone.now() - timedelta(hours=1))
    gone = UserSession.objects.get(user=cast.approver.user)
    Session.objects.filter(session_key=gone.key).delete()
    assert "2 ended sessions" in command()
    assert set(UserSession.objects.values_list("user", flat=True)) == {cast.viewer.user_id}
    assert Session.objects.count() == 1


def test_an_account_that_is_removed_leaves_its_lines(cast: Cast) -> None:
    person = User.objects.create_user("tam@vidu.example", full_name="Tạm")
    SignInEvent.objects.create(at=timezone.now(), kind="ok", user=person, email=email_of("editor"))
    person.delete()
    assert SignInEvent.objects.get().user is None
