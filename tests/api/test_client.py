"""A client that is made from the schema alone, by a program that knows nothing of the portal, and works."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from agencies.models import Agency
from agencies.tokens.actions import issue_token
from config.api import rendered
from tests.browser.portal import business_time
from tests.cast import Cast

pytestmark = [pytest.mark.concurrency, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

SCRIPT = """
import datetime, os
from portal_client import AuthenticatedClient
from portal_client.api.agencies import agencies_acts_create, agencies_list, agencies_retrieve
from portal_client.api.me import me_retrieve
from portal_client.models import AgencyKindEnum, CreateInputRequest, ProblemData

client = AuthenticatedClient(base_url=os.environ["PORTAL"], token=os.environ["TOKEN"])
print(me_retrieve.sync(client=client).membership.agency.key)
page = agencies_list.sync(client=client, page_size=200, on=datetime.date(2008, 7, 31))
print(page.count == len(page.results), "p28" in {one.key for one in page.results})
new = CreateInputRequest(
    name="Ban Chỉ đạo mới", kind=AgencyKindEnum.DON_VI, document="1/QĐ", on=datetime.date(2008, 7, 1)
)
made = agencies_acts_create.sync(client=client, body=new, idempotency_key="client-1").agency.key
print(agencies_retrieve.sync(client=client, key=made).basis)
again = agencies_acts_create.sync(client=client, body=new)
print(isinstance(again, ProblemData), again.findings[0].code, again.findings[0].pointer)
"""


def run(command: list[str], **environment: str) -> str:
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    said = {**os.environ, "PATH": path, "NO_PROXY": "localhost", **environment}
    done = subprocess.run(command, env=said, capture_output=True, text=True, check=False, timeout=180)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def test_a_client_made_from_the_schema_reads_and_acts(
    cast: Cast, live_server: LiveServer, tmp_path: Path
) -> None:
    (tmp_path / "schema.json").write_bytes(rendered("en", "json"))
    said = run(
        [
            "openapi-python-client",
            "generate",
            *("--path", str(tmp_path / "schema.json")),
            *("--output-path", str(tmp_path / "portal_client")),
            *("--meta", "none"),
        ]
    )
    assert "Warning" not in said, said
    with business_time("2008-06-20T09:00"):
        _token, secret = issue_token(name="client", scope="write", days=1, actor=cast.admin)
        printed = run(
            [sys.executable, "-c", SCRIPT], PORTAL=live_server.url, TOKEN=secret, PYTHONPATH=str(tmp_path)
        )
    assert printed.splitlines() == ["m-tttt", "True True", "1/QĐ", "True name_taken /name"]
    assert Agency.objects.filter(name="Ban Chỉ đạo mới").count() == 1
