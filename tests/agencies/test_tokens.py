"""Making and revoking API tokens."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from agencies.audit import verify
from agencies.models import ApiToken, AuditEntry, Membership
from agencies.system import system_actor
from agencies.tokens.actions import MOST_TOKENS, issue_token, revoke_token
from core.findings import NotAllowed, Refused
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]


def make(actor: Membership, **said: Any) -> tuple[ApiToken, str]:
    usual: dict[str, Any] = {"name": "nightly export", "scope": "read", "days": 30}
    return issue_token(**{**usual, **said}, actor=actor)


def last_act() -> AuditEntry:
    return AuditEntry.objects.order_by("-sequence")[0]


def test_a_token_is_the_makers_own_and_its_secret_is_shown_once(cast: Cast) -> None:
    token, secret = make(cast.editor, name="  nightly   export ", scope="write", days=7)
    assert (token.user, token.membership) == (cast.editor.user, cast.editor)
    assert (token.name, token.scope) == ("nightly export", "write")
    assert secret.startswith("portal_")
    assert len(secret) == len("portal_") + 64
    assert token.expiry is not None
    assert timedelta(0) <= timezone.now() + timedelta(days=7) - token.expiry < timedelta(minutes=1)
    assert secret not in str(ApiToken.objects.values().get(pk=token.pk))


def test_both_acts_stand_in_the_record_without_the_secret(cast: Cast) -> None:
    token, secret = make(cast.editor)
    issued = last_act()
    assert (issued.verb, issued.user, issued.object_id) == ("issue_token", cast.editor.user, str(token.pk))
    assert issued.object_label == f"nightly export ({secret[:15]}…)"
    revoke_token(token, actor=cast.admin)
    revoked = last_act()
    assert (revoked.verb, revoked.user) == ("revoke_token", cast.admin.user)
    assert '"agency":"p82"' in revoked.data
    assert secret not in "".join(AuditEntry.objects.values_list("data", flat=True))
    assert verify().broken_at is None


def test_everything_that_is_wrong_is_said_at_once(cast: Cast, settings: Settings) -> None:
    settings.API_TOKEN_DAYS = 90
    with pytest.raises(Refused) as refusal:
        make(cast.editor, name=" ", scope="all", days=91)
    assert [one.code for one in refusal.value.findings] == [
        "name_missing",
        "scope_unknown",
        "days_out_of_range",
    ]
    assert [one.place.path for one in refusal.value.findings] == ["name", "scope", "days"]
    for days in (0, -1):
        with pytest.raises(Refused):
            make(cast.editor, days=days)
    make(cast.editor, days=90, name="x" * 100)
    with pytest.raises(Refused):
        make(cast.editor, name="x" * 101)


def test_a_membership_has_a_limited_number_of_usable_tokens(cast: Cast) -> None:
    tokens = [make(cast.editor)[0] for _ in range(MOST_TOKENS)]
    with pytest.raises(Refused) as refusal:
        make(cast.editor)
    assert [one.code for one in refusal.value.findings] == ["tokens_too_many"]
    make(cast.approver)
    revoke_token(tokens[0], actor=cast.editor)
    make(cast.editor)


def test_the_portals_own_account_has_none(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        make(system_actor())


def test_one_revokes_ones_own_and_an_administrator_everybodys(cast: Cast) -> None:
    token, _secret = make(cast.editor)
    for actor in (cast.approver, cast.other_editor, cast.reviewer, cast.viewer):
        with pytest.raises(NotAllowed):
            revoke_token(token, actor=actor)
    other = Membership.objects.create(user=cast.editor.user, agency=cast.other_editor.agency, role="editor")
    assert revoke_token(token, actor=other).revoked_at is not None
    token, _secret = make(cast.editor)
    assert revoke_token(token, actor=cast.admin).revoked_at is not None


def test_revoking_again_changes_nothing(cast: Cast) -> None:
    token, _secret = make(cast.editor)
    first = revoke_token(token, actor=cast.editor)
    acts = AuditEntry.objects.count()
    assert revoke_token(token, actor=cast.admin).revoked_at == first.revoked_at
    assert AuditEntry.objects.count() == acts
