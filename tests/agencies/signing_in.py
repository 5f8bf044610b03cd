"""Signing in as people do: over the pages, with password and code."""

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client

from agencies.models import SignInEvent, User
from agencies.sign_in import sessions
from tests.cast import PASSWORD

LOGIN = "/accounts/login/"
CODE = "/accounts/2fa/authenticate/"
OVERVIEW = "/accounts/2fa/"
ACTIVATE = "/accounts/2fa/totp/activate/"
DEACTIVATE = "/accounts/2fa/totp/deactivate/"
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0 Safari/537.36"
HERE = "127.0.0.9"  # without HTTPS only this machine is answered


def browser(agent: str = CHROME, address: str = HERE) -> Client:
    """A browser that names itself, at an address."""
    return Client(HTTP_USER_AGENT=agent, REMOTE_ADDR=address)


def give_password(client: Client, email: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post(LOGIN, {"login": email, "password": password, **more})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def just_signed_in(client: Client) -> Client:
    """The same person, as if the password had been given a moment ago: nothing asks for it again."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    return client


def set_up(user: User) -> str:
    """Two-step sign-in of a person whose phone holds the secret that comes back."""
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code_of(secret: str, *, periods: int = 0) -> str:
    """What the app shows now, or some periods earlier or later; never in the last moment of its period."""
    if (rest := 30 - time.time() % 30) < 2:
        time.sleep(rest)
    shown: str = format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods))
    return shown


def recovery_codes_of(user: User) -> list[str]:
    codes: list[str] = (
        Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    )
    return codes


def kinds() -> list[str]:
    """What the log of sign-ins holds, the oldest first."""
    return list(SignInEvent.objects.order_by("id").values_list("kind", flat=True))


def let_pass(client: Client, *, idle: int = 0, whole: int = 0) -> None:
    """Seconds that go by without activity, or since the sign-in."""
    session = client.session
    session[sessions.ACTIVE_AT] -= idle
    session[sessions.SIGNED_IN_AT] -= whole
    session.save()


def forget_attempts() -> None:
    """As if everybody had waited: the limits of attempts start anew."""
    cache.clear()
