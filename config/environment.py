"""Environment variables, typed. A refusal names the variable, the value at fault and what would do."""

import os
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = ("1", "true", "yes", "on")
FALSE_WORDS = ("0", "false", "no", "off", "")

MAIL_BACKENDS = {
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "console": "django.core.mail.backends.console.EmailBackend",
}


def text(name: str, default: str | None = None) -> str:
    """The variable, or the default; without a default the variable is required."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is not set. Set it in the environment; see docs/operations.md.")
    return default


def flag(name: str) -> bool:
    """Off unless set to 1, true, yes or on."""
    value = os.environ.get(name, "").strip().lower()
    if value in TRUE_WORDS:
        return True
    if value in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither on nor off. Write 1 or 0.")


def integer(name: str, default: int, *, least: int = 0) -> int:
    """A whole number of `least` or more."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(
            f"{name}={value!r} is not a whole number. Write digits only, such as {default}."
        )
    if int(value) < least:
        raise ImproperlyConfigured(
            f"{name}={value!r} is too small. Write {least} or more, such as {default}."
        )
    return int(value)


def share(name: str, default: str) -> Decimal:
    """A share above 0 and up to 1, such as 0.8."""
    value = text(name, default)
    try:
        found = Decimal(value)
    except InvalidOperation:
        found = Decimal("NaN")
    if not (found.is_finite() and 0 < found <= 1):
        raise ImproperlyConfigured(f"{name}={value!r} is not a share of 1. Write one such as {default}.")
    return found


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list without empty parts."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def moment(name: str, zone: str) -> datetime | None:
    """An ISO date and time, aware; one without an offset is taken in `zone`."""
    value = os.environ.get(name, "").strip()
    if not value:
        return None
    try:
        parsed = datetime.fromisoformat(value)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name}={value!r} is not an ISO date and time. Write one such as 2008-07-25T09:00."
        ) from error
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=ZoneInfo(zone))


def database(name: str, base: Path) -> dict[str, Any]:
    """One SQLite file (a relative path counts from `base`) or one PostgreSQL database, tuned."""
    if not os.environ.get(name, "").strip():
        raise ImproperlyConfigured(
            f"{name} is not set. Give the database's address, such as"
            " postgres://portal:PASSWORD@localhost/portal or sqlite:////var/lib/portal/portal.sqlite3."
        )
    try:
        parsed: dict[str, Any] = dict(dj_database_url.parse(text(name)))
    except (ValueError, dj_database_url.UnknownSchemeError) as error:
        raise ImproperlyConfigured(f"{name} is not a database address: {error}") from error
    options = parsed.setdefault("OPTIONS", {})
    if parsed["ENGINE"] == "django.db.backends.sqlite3":
        if parsed["NAME"] in ("", ":memory:"):
            raise ImproperlyConfigured(f"{name} names no file. Write sqlite:///path/to/portal.sqlite3.")
        parsed["NAME"] = str(base / parsed["NAME"])
        # Writers queue up from their first statement on, instead of failing in the middle of a transaction.
        options["transaction_mode"] = "IMMEDIATE"
        options["timeout"] = 20
        options["init_command"] = (
            "PRAGMA busy_timeout = 20000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
        )
    elif parsed["ENGINE"] == "django.db.backends.postgresql":
        # Opening a connection for each request costs 3.4 times as much on light pages.
        parsed["CONN_MAX_AGE"] = 60
        parsed["CONN_HEALTH_CHECKS"] = True
    else:
        raise ImproperlyConfigured(
            f"{name} names {parsed['ENGINE']}. The portal runs on PostgreSQL or SQLite only."
        )
    return parsed


def origin(name: str, default: str) -> str:
    """The address of a host such as https://portal.example, without path and without a slash at the end."""
    value = text(name, default).rstrip("/")
    try:
        url = urlsplit(value)
        whole = bool(url.scheme in ("http", "https") and url.hostname) and url.port != 0
    except ValueError:
        whole = False
    if not whole or value != f"{url.scheme}://{url.netloc}" or "@" in url.netloc:
        raise ImproperlyConfigured(
            f"{name}={value!r} is not the address of a host. Write one such as https://portal.example."
        )
    return value


def mail(name: str, default: str) -> dict[str, Any]:
    """Django's e-mail settings from `smtp://user:password@host:587/?tls=true`, `?ssl=true`, or `console:`."""
    value = text(name, default)
    try:
        url = urlsplit(value)
        port = url.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not an address: {error}") from error
    if url.scheme not in MAIL_BACKENDS:
        known = ", ".join(f"{scheme}:" for scheme in MAIL_BACKENDS)
        raise ImproperlyConfigured(f"{name} starts with {url.scheme!r}. It must start with one of {known}")
    query = parse_qs(url.query)
    tls = query.get("tls", ["false"])[0].lower() in TRUE_WORDS
    ssl = query.get("ssl", ["false"])[0].lower() in TRUE_WORDS
    if tls and ssl:
        raise ImproperlyConfigured(
            f"{name} asks for both tls and ssl. Keep one: tls for port 587, ssl for port 465."
        )
    return {
        "EMAIL_BACKEND": MAIL_BACKENDS[url.scheme],
        "EMAIL_HOST": url.hostname or "localhost",
        "EMAIL_PORT": port or 25,
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_TLS": tls,
        "EMAIL_USE_SSL": ssl,
        "EMAIL_TIMEOUT": 20,
    }
