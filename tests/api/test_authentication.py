"""Who may call: the ways in which a token fails, each with its code, and the one in which it does not."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from agencies.models import Agency, ApiToken, Membership, User
from agencies.tokens.actions import issue_token, revoke_token
from tests.api.calling import ROOT, Caller, CallerFor, caller_for, problem
from tests.cast import Cast

pytestmark = pytest.mark.django_db

Period = tuple[str | None, str | None]
PERIODS: list[Period] = [
    (None, None),
    ("2008-06-20", None),
    ("2008-06-21", None),
    (None, "2008-06-20"),
    (None, "2008-06-19"),
    ("2008-06-20", "2008-06-20"),
]


def refused(answer: Any) -> str:
    """The code of a 401, which also names the scheme to use."""
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    code: str = problem(answer)["code"]
    return code


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, "not_authenticated"),
        ("Token abc", "not_authenticated"),
        ("Basic YTpi", "not_authenticated"),
        ("Bearer", "token_malformed"),
        ("Bearer one two", "token_malformed"),
        ("Bearer portal_unknown", "token_unknown"),
        ("Bearer t\u00f4i", "token_unknown"),
        ("bearer portal_unknown", "token_unknown"),
    ],
)
def test_a_header_without_a_known_token_is_refused(header: str | None, code: str) -> None:
    headers = {"Authorization": header} if header else {}
    assert refused(Client().get(f"{ROOT}/me/", headers=headers)) == code


def test_a_token_opens_the_door_in_one_query(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    caller = caller_for(cast.editor)
    with django_assert_num_queries(2):  # and the count of the minute
        answer = caller.get("me/")
    assert answer.json()["membership"]["agency"]["key"] == "p82"


def test_me_says_who_calls_and_what_the_role_may_do(cast: Cast) -> None:
    said = caller_for(cast.approver, "read").get("me/").json()
    assert said["person"] == {
        "email": "approver@cast.example",
        "full_name": "Trần Văn Lãnh Đạo",
        "post": "",
    }
    assert said["token"]["scope"] == "read"
    rights = {one["permission"]: one["relations"] for one in said["rights"]}
    assert rights["plan.submit"] == ["own"]
    assert "plan.edit" not in rights


def test_an_expired_token_says_so(cast: Cast) -> None:
    caller = caller_for(cast.editor)
    ApiToken.objects.update(expiry=timezone.now() - timedelta(seconds=1))
    assert refused(caller.get("me/")) == "token_expired"


def test_a_revoked_token_says_so(cast: Cast) -> None:
    caller = caller_for(cast.editor)
    revoke_token(ApiToken.objects.get(), actor=cast.editor)
    assert refused(caller.get("me/")) == "token_revoked"


def test_a_token_ends_with_the_membership(cast: Cast) -> None:
    caller = caller_for(cast.editor)
    Membership.objects.filter(pk=cast.editor.pk).update(valid_to="2008-06-20")
    assert caller.get("me/").status_code == 200
    Membership.objects.filter(pk=cast.editor.pk).update(valid_to="2008-06-19")
    assert refused(caller.get("me/")) == "membership_ended"
    Membership.objects.filter(pk=cast.editor.pk).update(valid_to=None, valid_from="2008-06-21")
    assert refused(caller.get("me/")) == "membership_ended"


def test_a_token_ends_with_the_agency(cast: Cast) -> None:
    caller = caller_for(cast.editor)
    Agency.objects.filter(key="p82").update(valid_to="2008-06-19")
    assert refused(caller.get("me/")) == "membership_ended"


def test_a_token_ends_with_the_account(cast: Cast) -> None:
    caller = caller_for(cast.editor)
    User.objects.filter(pk=cast.editor.user_id).update(is_active=False)
    assert refused(caller.get("me/")) == "membership_ended"


@pytest.mark.parametrize("own", PERIODS, ids=str)
@pytest.mark.parametrize("agency", PERIODS, ids=str)
@pytest.mark.parametrize("is_active", [True, False])
def test_a_row_and_the_question_to_the_database_agree_on_who_acts(
    cast: Cast, own: Period, agency: Period, is_active: bool
) -> None:
    day = date(2008, 6, 20)
    Membership.objects.filter(pk=cast.viewer.pk).update(valid_from=own[0], valid_to=own[1])
    Agency.objects.filter(key="m-vpcp").update(valid_from=agency[0], valid_to=agency[1])
    User.objects.filter(pk=cast.viewer.user_id).update(is_active=is_active)
    row = Membership.objects.get(pk=cast.viewer.pk)
    assert row.acts_on(day) == Membership.objects.active(day).filter(pk=row.pk).exists()


def test_a_role_that_needs_a_second_step_needs_it_here_too(cast: Cast, settings: Settings) -> None:
    caller = caller_for(cast.admin)
    settings.MFA_ROLES = frozenset({"administrator"})
    assert refused(caller.get("me/")) == "second_step_missing"
    assert caller_for(cast.editor).get("me/").status_code == 200


def test_another_membership_of_the_same_person_needs_its_own_token(cast: Cast) -> None:
    other = Membership.objects.create(user=cast.editor.user, agency=cast.admin.agency, role="administrator")
    act = {"document": "1/QĐ", "on": "2008-08-01", "name": "Ban mới", "kind": "don_vi"}
    assert caller_for(cast.editor).post("agencies/acts/create/", act).status_code == 403
    assert caller_for(other).post("agencies/acts/create/", act).status_code == 201


def test_signing_in_with_a_browser_opens_no_endpoint(cast: Cast, client: Client) -> None:
    client.force_login(cast.admin.user)
    assert refused(client.get(f"{ROOT}/me/")) == "not_authenticated"


def test_the_day_of_the_last_use_is_noted(cast: Cast) -> None:
    caller_for(cast.editor).get("me/")
    assert ApiToken.objects.get().last_used_on == timezone.localdate()


def test_what_is_stored_opens_nothing(cast: Cast) -> None:
    token, secret = issue_token(name="test", scope="read", days=1, actor=cast.editor)
    assert secret not in str(ApiToken.objects.values().get())
    assert secret.startswith(token.token_key)
    for stored in (token.digest, token.token_key):
        assert refused(Caller(stored).get("me/")) == "token_unknown"


def test_the_token_is_in_no_query(api: CallerFor, cast: Cast) -> None:
    _token, secret = issue_token(name="test", scope="read", days=1, actor=cast.editor)
    with CaptureQueriesContext(connection) as queries:
        Caller(secret).get("me/")
    assert not any(secret in query["sql"] for query in queries)
