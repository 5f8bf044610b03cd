"""The forms that take a code: as allauth's, but they say how long to wait, and no code counts twice."""

from collections.abc import Callable
from typing import Any

from allauth.core import context
from allauth.mfa import app_settings
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agencies.models import SignInKind
from agencies.sign_in import events, waiting

_CODE_WIDGET = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short", "autofocus": True}


class _Code:
    """What the forms have in common; stands before allauth's class."""

    fields: dict[str, Any]
    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs = dict(_CODE_WIDGET)

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError as problem:
            if problem.code not in ("too_many_login_attempts", "rate_limited"):
                raise
            events.record(context.request, SignInKind.LOCKED, user=self.user)
            key = f"mfa-auth-user-{self.user.pk}"
            text = waiting.refusal(context.request, "login_failed", key)
            raise ValidationError(text, code=problem.code) from None
        return code


class _SignInCode(_Code):
    """A code of the app or a recovery code."""

    authenticator: Authenticator
    _emit_authentication_failed: Callable[[Authenticator], None]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")
        self.fields["code"].help_text = _(
            "The six digits that the app shows now, or one of your recovery codes."
        )

    def clean_code(self) -> str:
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not self._is_first_use(code):
            self._emit_authentication_failed(self.authenticator)
            raise ValidationError(_("This code was used already. Wait for the next one."), code="used_code")
        return code

    def _is_first_use(self, code: str) -> bool:
        """With MFA_TOTP_TOLERANCE a code is good for several periods; allauth remembers it for one."""
        digits = "".join(letter for letter in code if letter.isdigit())
        periods = 2 * app_settings.TOTP_TOLERANCE + 1
        key = f"sign-in:used-code:{self.user.pk}:{digits}"
        return cache.add(key, 1, timeout=periods * app_settings.TOTP_PERIOD)


class AuthenticateForm(_SignInCode, base.AuthenticateForm):
    """The second step of a sign-in."""


class ReauthenticateForm(_SignInCode, base.ReauthenticateForm):
    """The second step once more, before something that matters."""


class ActivateTOTPForm(_Code, totp.ActivateTOTPForm):
    """The first code of the app, which shows that it holds the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code that the app shows")
