"""How people sign in: accounts are made by administrators, never by sign-up; a second step guards them."""

import base64
import hashlib
import time
from io import BytesIO
from typing import Any

import qrcode
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from qrcode.image.svg import SvgPathFillImage

from agencies.models import SignInKind
from agencies.sign_in import events, second_step, waiting


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up is closed; system accounts never sign in; who tries too often is told until when to wait."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        if user.is_system:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as problem:
            email = str(credentials.get("email") or "")
            events.record(request, SignInKind.LOCKED, user=events.whose(email), email=email)
            key = self._get_login_attempts_cache_key(request, **credentials)
            raise ValidationError(waiting.refusal(request, "login_failed", key), code=problem.code) from None

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """The account alone: allauth adds the host as the request names it, and with it a port at will."""
        return f"sign-in:{str(credentials.get('email') or '').lower()}"

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not right after the sign-in itself, which asked for the same."""
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        request = context.request
        records = get_authentication_records(request, request.user)
        return not any(one["at"] > time.time() - app_settings.REAUTHENTICATION_TIMEOUT for one in records)


class SecondStepAdapter(DefaultMFAAdapter):
    """TOTP and recovery codes; their secrets lie encrypted in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "One of your roles needs two-step sign-in, so it cannot be taken off. With a new phone, ask an"
            " administrator to reset it."
        ),
    }

    def get_totp_issuer(self) -> str:
        """What the app on the phone shows beside the address."""
        return pgettext("brand", "IT plans")

    def build_totp_svg(self, url: str) -> str:
        """A QR code on white, so that a phone reads it from a dark page too."""
        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage, box_size=12, border=3).save(drawn)
        return drawn.getvalue().decode()

    def encrypt(self, text: str) -> str:
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; after a lost SECRET_KEY one that no code fits: an administrator has to reset it."""
        try:
            return _lock().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return generate_totp_secret()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not second_step.roles_that_need_it(authenticator.user)


def _lock() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (hashlib.sha256(f"agencies.second_step:{key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
