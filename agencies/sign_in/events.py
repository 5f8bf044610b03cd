"""Writing the log of sign-ins: who came in, who failed, who left. `agencies.apps` connects the signals."""

from typing import Any

from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as auth
from django.http import HttpRequest

from agencies.models import SignInEvent, SignInKind, User
from agencies.models.sign_in import EMAIL_LENGTH
from agencies.sign_in import sessions
from agencies.sign_in.visitor import address_of, agent_of, readable
from core import clock


def record(
    request: HttpRequest | None, kind: SignInKind, *, user: User | None = None, email: str = ""
) -> None:
    """One line. Without a request nobody stood at the door: a command or a script signed in."""
    if request is None or request.method is None:
        return
    typed = readable(email)[:EMAIL_LENGTH] or (user.email if user else "")
    SignInEvent.objects.create(
        at=clock.real_now(),
        kind=kind,
        email=typed,
        user=user,
        address=address_of(request),
        agent=agent_of(request),
    )


def whose(email: str) -> User | None:
    """The account that was meant, whether or not the password was right."""
    return User.objects.filter(email=readable(email).lower()[:EMAIL_LENGTH]).first()


def _signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    sessions.begin(request, user)
    record(request, SignInKind.OK, user=user)


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    email = str(credentials.get("email") or credentials.get("username") or "")
    record(request, SignInKind.FAILED, user=whose(email), email=email)


def _signed_out(request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user is None:
        return
    sessions.forget(request.session.session_key)
    record(request, getattr(request, "signed_out_by", SignInKind.SIGNED_OUT), user=user)


def _password_changed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Whoever knew the old password is signed out everywhere."""
    record(request, SignInKind.PASSWORD, user=user)
    mine = request.user == user
    sessions.end_all(user, keep=request.session.session_key if mine else None)
    if mine:
        sessions.seen(request, user)


def _password_reset(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Who could read the letter may sign in at once, whatever a stranger tried before."""
    get_adapter()._delete_login_attempts_cached_email(request, email=user.email)
    _password_changed(request, user)


def _wrong_code(request: HttpRequest, user: User, **kwargs: Any) -> None:
    record(request, SignInKind.MFA_FAILED, user=user)


def _authenticator(kind: SignInKind, of: str) -> Any:
    def note(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
        if authenticator.type == of:
            record(request, kind, user=user)

    return note


RECEIVERS = (
    (auth.user_logged_in, _signed_in),
    (auth.user_login_failed, _failed),
    (auth.user_logged_out, _signed_out),
    (account.password_changed, _password_changed),
    (account.password_set, _password_changed),
    (account.password_reset, _password_reset),
    (mfa.authentication_failed, _wrong_code),
    (mfa.authenticator_added, _authenticator(SignInKind.MFA_ON, Authenticator.Type.TOTP)),
    (mfa.authenticator_removed, _authenticator(SignInKind.MFA_OFF, Authenticator.Type.TOTP)),
    (mfa.authenticator_reset, _authenticator(SignInKind.CODES, Authenticator.Type.RECOVERY_CODES)),
)


def connect() -> None:
    for number, (signal, receiver) in enumerate(RECEIVERS):
        signal.connect(receiver, weak=False, dispatch_uid=f"agencies.sign_in.{number}")
