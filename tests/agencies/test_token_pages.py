"""The pages of API tokens: one's own, and everybody's for administrators."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries, Settings

from agencies.models import ApiToken, Membership
from agencies.tokens.actions import issue_token, revoke_token
from tests.agencies.signing_in import HERE, just_signed_in
from tests.cast import PASSWORD, Cast
from tests.reading import ClientFor, in_english, links, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]

OWN, ALL = "/account/tokens/", "/tokens/"
NEW = {"name": "nightly export", "scope": "read", "days": "30"}


@pytest.fixture
def editor(client_for: ClientFor, cast: Cast) -> Client:
    return just_signed_in(in_english(client_for(cast.editor)))


@pytest.fixture
def admin(client_for: ClientFor, cast: Cast) -> Client:
    return in_english(client_for(cast.admin))


def token_of(membership: Membership, name: str = "export", scope: str = "read") -> ApiToken:
    return issue_token(name=name, scope=scope, days=30, actor=membership)[0]


def secret_on(page: Any) -> str:
    found = re.search(r'id="secret">(portal_[0-9a-f]{64})<', page.content.decode())
    assert found is not None
    return found[1]


def test_a_new_token_is_shown_once_and_opens_the_api(editor: Client) -> None:
    assert "No token yet" in said(editor.get(OWN))
    page = editor.post(OWN, NEW)
    secret = secret_on(page)
    assert "no-store" in page["Cache-Control"]
    answer = Client().get("/api/v1/me/", headers={"Authorization": f"Bearer {secret}"})
    assert answer.json()["membership"]["agency"]["key"] == "p82"
    again = editor.get(OWN)
    assert secret not in again.content.decode()
    words = said(again)
    assert "nightly export" in words
    assert "Usable" in words


def test_who_did_not_just_sign_in_gives_the_password_again(client_for: ClientFor, cast: Cast) -> None:
    client = in_english(client_for(cast.editor))
    client.defaults["REMOTE_ADDR"] = HERE
    assert client.post(OWN, {**NEW, "days": "x"}).status_code == 422  # not before the rest is right
    asked = client.post(OWN, NEW, follow=True)
    ((url, _status),) = asked.redirect_chain
    assert "Confirm that it is you" in said(asked)
    assert not ApiToken.objects.exists()
    assert client.post(url, {"password": "sai"}).status_code == 200
    assert not ApiToken.objects.exists()
    page = client.post(url, {"password": PASSWORD, "next": OWN})
    token = ApiToken.objects.get()
    assert (token.name, token.scope, token.membership) == (NEW["name"], "read", cast.editor)
    assert secret_on(page)
    assert "no-store" in page["Cache-Control"]
    # The same answer again makes no second one, and for some minutes nothing asks again.
    client.post(url, {"password": PASSWORD, "next": OWN})
    assert ApiToken.objects.count() == 1
    secret_on(client.post(OWN, {**NEW, "name": "another"}))


def test_the_menu_leads_to_it(editor: Client) -> None:
    assert OWN in links(editor.get("/"))


def test_the_token_is_for_whom_one_acts_for(client_for: ClientFor, cast: Cast) -> None:
    other = Membership.objects.create(user=cast.editor.user, agency=cast.other_editor.agency, role="editor")
    just_signed_in(client_for(other)).post(OWN, NEW)
    assert ApiToken.objects.get().membership == other


def test_what_is_wrong_stands_at_its_field(editor: Client, settings: Settings) -> None:
    settings.API_TOKEN_DAYS = 60
    page = editor.post(OWN, {"name": "", "scope": "all", "days": "61"})
    assert page.status_code == 422
    assert not ApiToken.objects.exists()
    words = said(editor.post(OWN, {**NEW, "days": "61"}))
    assert "A token lasts 1 to 60 days, not 61." in words
    assert "nightly export" in editor.post(OWN, {**NEW, "days": "x"}).content.decode()


def test_one_is_asked_before_a_token_is_revoked(editor: Client, cast: Cast) -> None:
    token = token_of(cast.editor)
    url = f"{OWN}{token.pk}/revoke/"
    assert url in links(editor.get(OWN))
    assert "Whatever uses it is refused at once" in said(editor.get(url))
    assert ApiToken.objects.get().revoked_at is None
    page = editor.post(url, follow=True)
    assert "“export” is revoked." in said(page)
    assert url not in links(page)
    assert ApiToken.objects.get().revoked_at is not None


def test_tokens_of_others_are_not_there(editor: Client, cast: Cast) -> None:
    token = token_of(cast.approver, "secret plans")
    assert "secret plans" not in said(editor.get(OWN))
    for method in (editor.get, editor.post):
        assert method(f"{OWN}{token.pk}/revoke/").status_code == 404
    assert editor.get(ALL).status_code == 403


def test_an_administrator_sees_and_revokes_everybodys(admin: Client, cast: Cast) -> None:
    token = token_of(cast.editor, "left behind")
    words = said(admin.get(ALL))
    assert "1 token" in words
    assert "Nguyễn Thị Biên Tập" in words
    page = admin.post(f"{OWN}{token.pk}/revoke/", follow=True)
    assert page.redirect_chain[0][0] == ALL
    assert "Revoked" in said(page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"one", "two", "three", "four"}),
        ("q=bien+tap", {"one", "two"}),
        ("q=nghe+an", {"three"}),
        ("q=FOUR", {"four"}),
        ("scope=write", {"two"}),
        ("state=usable", {"one", "four"}),
        ("state=expired", {"two"}),
        ("state=revoked", {"three"}),
        ("q=nobody", set()),
    ],
)
def test_the_list_is_narrowed(admin: Client, cast: Cast, query: str, found: set[str]) -> None:
    token_of(cast.editor, "one")
    token_of(cast.editor, "two", "write")
    revoke_token(token_of(cast.other_editor, "three"), actor=cast.admin)
    token_of(cast.viewer, "four")
    ApiToken.objects.filter(name="two").update(expiry=timezone.now() - timedelta(days=1))
    page = admin.get(f"{ALL}?{query}")
    shown = {one.name for one in page.context["page"].object_list}
    assert shown == found
    sheet = load_workbook(BytesIO(admin.get(f"{ALL}export.xlsx?{query}").content)).active
    assert sheet is not None
    cells = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert {name for name in ("one", "two", "three", "four") if f"{name} (" in cells} == found


def test_the_list_costs_the_same_for_many(
    admin: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for membership in cast:
        for n in range(5):
            token_of(membership, f"export {n}")
    with django_assert_max_num_queries(12):
        page = admin.get(ALL)
    assert "60 tokens" in said(page)
    assert len(page.context["page"].object_list) == 50
