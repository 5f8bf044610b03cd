"""What the site never shows, not even to a superuser, each with its reason.

Who knew one of these values could come in as somebody else, or answer in another's name. The values are not
read from the database at all, and nothing is searched, filtered or sorted by them.
"""

from collections.abc import Mapping

from django.db.models import Field, Model
from django.utils.translation import gettext_lazy as _

from core.findings import Text

TABLES: Mapping[str, Text] = {
    "sessions.Session": _("holds the sign-ins that last; their keys would let anybody in"),
    "account.EmailConfirmation": _("holds keys of letters; nobody confirms an address here"),
    "auth.Group": _("is not used: rights follow from memberships"),
    "auth.Permission": _("is not used: rights follow from memberships"),
    "contenttypes.ContentType": _("holds the names of the tables, nothing else"),
    "admin.LogEntry": _("stays empty: nothing is written here"),
}

FIELDS: Mapping[str, Text] = {
    "agencies.User.password": _("the hash of the password"),
    "agencies.UserSession.key": _("the key of the session, by which it could be taken over"),
    "agencies.ApiToken.digest": _("the hash of the token"),
    "agencies.IdempotentAnswer.key": _("by which an answer can be asked for again"),
    "agencies.IdempotentAnswer.request_hash": _("would tell a guessed request from a wrong one"),
    "agencies.IdempotentAnswer.body": _("an answer to somebody else, with all that it told"),
    "agencies.IdempotentAnswer.headers": _("an answer to somebody else, with all that it told"),
    "mfa.Authenticator.data": _("the secret of the second step, or the recovery codes"),
    "reports.BulkAct.token": _("the one-time token of somebody's form"),
}


def is_hidden(field: Field) -> bool:
    return f"{field.model._meta.label}.{field.name}" in FIELDS


def hidden_of(model: type[Model]) -> list[tuple[str, Text]]:
    """The columns of a table that are not shown, with the reasons."""
    label = f"{model._meta.label}."
    return [(name.removeprefix(label), why) for name, why in FIELDS.items() if name.startswith(label)]
