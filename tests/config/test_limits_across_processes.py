"""Attempts are counted in the database's cache: another process, or another machine, counts the same ones."""

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]

# What a process of the portal does with a failed sign-in, without its pages.
PROGRAM = """
import json, sys
import django
django.setup()
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from agencies.accounts import AccountAdapter
from agencies.sign_in import waiting

request = RequestFactory().post("/accounts/login/", REMOTE_ADDR=sys.argv[2])
adapter, answers = AccountAdapter(), []
for _attempt in range(int(sys.argv[3])):
    try:
        super(AccountAdapter, adapter).pre_authenticate(request, email=sys.argv[1])
        answers.append("tried")
    except ValidationError as problem:
        answers.append(problem.code)
key = adapter._get_login_attempts_cache_key(request, email=sys.argv[1])
print(json.dumps([answers, waiting.seconds(request, "login_failed", key)]))
if "clear" in sys.argv:
    adapter._delete_login_attempts_cached_email(request, email=sys.argv[1])
"""


def address_of_the_database() -> str:
    """The tests' own database, so that a real one is never touched."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    user, password, host, port = (str(given[part] or "") for part in ("USER", "PASSWORD", "HOST", "PORT"))
    who = quote(user, safe="") + (f":{quote(password, safe='')}" if password else "")
    where = quote(host, safe="") + (f":{port}" if port else "")
    return f"postgres://{who}@{where}/{given['NAME']}"


def process(email: str, address: str, attempts: int, *more: str) -> tuple[list[str], int]:
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": address_of_the_database()}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, email, address, str(attempts), *more],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers, wait = json.loads(done.stdout)
    return answers, wait


@pytest.mark.usefixtures("django_db_setup")
def test_an_account_is_locked_in_every_process_once_it_is_in_one() -> None:
    email = f"{secrets.token_hex(8)}@vidu.example"
    answers, wait = process(email, "127.0.1.1", 3)
    assert (answers, wait) == (["tried"] * 3, 0)
    answers, wait = process(email, "127.0.1.2", 3)
    assert answers == ["tried", "tried", "too_many_login_attempts"]
    assert 0 < wait <= 300
    answers, wait = process(email, "127.0.1.3", 1, "clear")
    assert answers == ["too_many_login_attempts"]
    assert 0 < wait <= 300
    answers, wait = process(email, "127.0.1.4", 1, "clear")
    assert answers == ["tried"]
