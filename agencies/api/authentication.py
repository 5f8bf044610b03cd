"""Who calls: a person by token, in the membership that the token is for."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.crypto import hash_token
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from agencies.models import ApiToken, User
from agencies.sign_in import second_step

SCHEME = "Bearer"


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer <token>`: one query.

    knox makes and hashes tokens, but its own reader deletes those that expired and tells them from unknown
    ones no more; here the caller hears which it is.
    """

    def authenticate_header(self, request: Request) -> str:
        return SCHEME

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The person and the token, or None without one. Raises 401 with the reason."""
        said = get_authorization_header(request).split()
        if not said or said[0].lower() != SCHEME.lower().encode():
            return None
        if len(said) != 2:
            raise AuthenticationFailed(
                _("Send the token as “Authorization: Bearer <token>”, without blanks in it."),
                "token_malformed",
            )
        token = _find(said[1])
        if token is None:
            raise AuthenticationFailed(
                _("There is no such token. Make one under “API tokens”."), "token_unknown"
            )
        if token.revoked_at is not None:
            raise AuthenticationFailed(_("The token was revoked. Make a new one."), "token_revoked")
        if token.has_expired:
            raise AuthenticationFailed(_("The token has expired. Make a new one."), "token_expired")
        if not token.acts:
            text = _("The person that the token belongs to no longer acts for this agency.")
            raise AuthenticationFailed(text, "membership_ended")
        if second_step.missing(token.membership):
            text = _("Your role needs two-step sign-in. Set it up under “My account”.")
            raise AuthenticationFailed(text, "second_step_missing")
        return token.membership.user, token


def _find(said: bytes) -> ApiToken | None:
    if not said.isascii():
        return None
    found = ApiToken.objects.with_people().filter(digest=hash_token(said.decode())).order_by()
    return next(iter(found), None)


class BearerTokenScheme(OpenApiAuthenticationExtension):
    target_class = BearerToken
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
