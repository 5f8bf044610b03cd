"""docs/api.md is true: its calls are made, by curl and by Python, and answer what it says."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from pytest_django.live_server_helper import LiveServer

from agencies.tokens.actions import issue_token
from tests.browser.portal import business_time
from tests.cast import Cast

pytestmark = [pytest.mark.concurrency, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

GUIDE = (settings.BASE_DIR / "docs" / "api.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Call:
    """A block of commands and what the guide says that it answers, as JSON or as printed text."""

    kind: str
    code: str
    answer: str


def calls() -> list[Call]:
    """The blocks of the guide in order, but for the one that only names the variables."""
    blocks = [(found[1], found[2]) for found in _BLOCK.finditer(GUIDE)]
    assert blocks[0][1].startswith("export PORTAL=")
    return [
        Call(kind, code, answer)
        for (kind, code), (_kind, answer) in zip(blocks[1::2], blocks[2::2], strict=True)
    ]


@pytest.fixture
def environment(cast: Cast, live_server: LiveServer) -> Iterator[dict[str, str]]:
    """Where the portal is, and tokens of an administrator, of an editor and of the approver of a province."""
    people = {"TOKEN": cast.admin, "EDITOR_TOKEN": cast.editor, "LEADER_TOKEN": cast.approver}
    with business_time("2008-06-20T09:00"):
        tokens = {
            name: issue_token(name="guide", scope="write", days=1, actor=actor)[1]
            for name, actor in people.items()
        }
        yield {**os.environ, **tokens, "PORTAL": live_server.url, "NO_PROXY": "localhost"}


def run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def holds(said: Any, wanted: Any) -> bool:
    """Whether an answer has everything that the guide shows of it."""
    if isinstance(wanted, dict):
        return all(key in said and holds(said[key], value) for key, value in wanted.items())
    if isinstance(wanted, list):
        return all(holds(one, other) for one, other in zip(said, wanted, strict=False))
    return bool(said == wanted)


def test_every_call_of_the_guide_answers_what_it_says(environment: dict[str, str]) -> None:
    shown = calls()
    assert {call.kind for call in shown} == {"sh", "python"}
    script = ""
    printed = ""
    for call in shown:
        if call.kind == "sh":
            said = json.loads(run(["bash", "-c", call.code], environment))
            assert holds(said, json.loads(call.answer)), json.dumps(said, ensure_ascii=False)
        else:
            script += call.code
            printed += call.answer
    assert run([sys.executable, "-c", script], environment) == printed
