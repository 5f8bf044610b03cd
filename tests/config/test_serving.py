"""Who may reach the portal, over what, and what it says about its own health."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from config import checks

ROOT = Path(__file__).resolve().parents[2]

SAFE = {
    "SECRET_KEY": "only-for-this-test-" + "0123456789" * 5,
    "DATABASE_URL": "sqlite:////nonexistent/portal.sqlite3",
    "ALLOWED_HOSTS": "portal.example",
}
LOOPBACK = {**SAFE, "ALLOWED_HOSTS": "", "INSECURE_LOOPBACK": "1"}


def run(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """A command of the portal in an environment that holds these settings and no others."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_health_is_told_without_signing_in(client: Client, db: None) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "cache": "ok"}


def test_a_broken_cache_is_told_and_nothing_else(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise OperationalError("password of the database in a message")

    monkeypatch.setattr(cache, "get", broken)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "cache": "failed"}


def test_pages_go_to_https_but_health_is_answered_over_http(
    client: Client, db: None, settings: Settings
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200
    answer = client.get("/accounts/login/")
    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/accounts/login/")


def test_without_https_only_this_machine_is_answered(client: Client, db: None) -> None:
    assert client.get("/healthz", REMOTE_ADDR="127.0.0.1").status_code == 200
    assert client.get("/healthz", REMOTE_ADDR="::1").status_code == 200
    answer = client.get("/healthz", REMOTE_ADDR="10.0.0.7")
    assert answer.status_code == 400
    assert b"without HTTPS" in answer.content


def test_the_content_security_policy_allows_nothing_inline(client: Client, db: None) -> None:
    policy = client.get("/healthz")["Content-Security-Policy"]
    assert "unsafe" not in policy
    for part in ("frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'self'"):
        assert part in policy


@pytest.mark.parametrize(
    "address", ["0.0.0.0:8000", "10.1.2.3:8000", "[::]:8000", "unix:/tmp/p.sock", ":8000"]
)
def test_gunicorn_without_https_refuses_other_addresses(address: str) -> None:
    done = run(["-m", "gunicorn", "--bind", address], LOOPBACK)
    assert done.returncode != 0
    assert "Refused to serve on" in done.stderr
    assert "Listening" not in done.stderr


def test_runserver_without_https_refuses_other_addresses() -> None:
    done = run(["manage.py", "runserver", "--noreload", "0.0.0.0:8000"], LOOPBACK)
    assert done.returncode != 0
    assert "Refused to serve on 0.0.0.0" in done.stderr


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"DATABASE_URL": ""}, "DATABASE_URL is not set"),
        ({"INSECURE_LOOPBACK": "1"}, "ALLOWED_HOSTS names portal.example"),
        ({"ILLUSTRATIVE_NOW": "2008-07-25"}, "ILLUSTRATIVE_NOW=2008-07-25T00:00:00+07:00"),
        ({"MFA_ROLES": "administrator,leader"}, "MFA_ROLES names leader, which is no role"),
        ({"MFA_ROLES": "system"}, "MFA_ROLES names system, which is no role"),
        ({"SESSION_IDLE_MINUTES": "0"}, "SESSION_IDLE_MINUTES='0' is too small"),
    ],
)
def test_the_process_refuses_settings_that_must_not_meet(changes: dict[str, str], said: str) -> None:
    done = run(["-c", "import config.wsgi"], {**SAFE, **changes})
    assert done.returncode != 0
    assert said in done.stderr


def test_the_settings_of_a_real_installation_start() -> None:
    done = run(["-c", "import config.wsgi"], SAFE)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("environment", "roles"),
    [
        (SAFE, ["administrator", "reviewer"]),
        (LOOPBACK, []),
        ({**SAFE, "MFA_ROLES": "none"}, []),
        ({**LOOPBACK, "MFA_ROLES": "approver, editor"}, ["approver", "editor"]),
    ],
)
def test_who_decides_for_many_needs_a_second_step_unless_it_is_a_demonstration(
    environment: dict[str, str], roles: list[str]
) -> None:
    done = run(["-c", "from config.settings import MFA_ROLES; print(sorted(MFA_ROLES))"], environment)
    assert done.stdout.strip() == str(roles), done.stderr


def test_psycopg_three_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.psycopg_three_is_absent(None) == []
    monkeypatch.setattr(checks, "find_spec", lambda _name: object())
    assert [message.id for message in checks.psycopg_three_is_absent(None)] == ["config.E003"]


def test_pages_are_vietnamese_until_english_is_chosen(client: Client, db: None) -> None:
    def language() -> str:
        return client.get("/accounts/login/", headers={"accept-language": "en-US,en"})["Content-Language"]

    assert language() == "vi"
    client.post("/i18n/setlang/", {"language": "en"})
    assert language() == "en"
    client.cookies["django_language"] = "xx"
    assert language() == "vi"


def test_migrate_makes_the_cache_table_once(tmp_path: Path) -> None:
    database = tmp_path / "portal.sqlite3"
    for _ in range(2):
        done = run(["manage.py", "migrate", "sessions"], {**SAFE, "DATABASE_URL": f"sqlite:///{database}"})
        assert done.returncode == 0, done.stderr
    assert sqlite3.connect(database).execute("SELECT count(*) FROM portal_cache").fetchone() == (0,)
