"""A client that is made from the schema alone, by a program that knows nothing of the portal, and works."""

import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from agencies.models import Agency, AuditEntry
from agencies.tokens.actions import issue_token
from budgets.models import Allocation
from config.api import rendered
from indicators.models import Target
from plans.models import Plan, PlanState
from tests.browser.portal import business_time
from tests.cast import Cast

pytestmark = [pytest.mark.concurrency, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

# What the generator does not know by itself: files are bytes, whatever is in them.
CONFIG = """
content_type_overrides:
  application/pdf: application/octet-stream
  image/jpeg: application/octet-stream
  image/png: application/octet-stream
  application/vnd.openxmlformats-officedocument.spreadsheetml.sheet: application/octet-stream
"""

READS_AND_ACTS = """
import datetime, os
from portal_client import AuthenticatedClient
from portal_client.api.agencies import agencies_acts_create, agencies_list, agencies_retrieve
from portal_client.api.documents import documents_list
from portal_client.api.me import me_retrieve
from portal_client.api.open_data import open_data_list, open_data_rows_retrieve
from portal_client.api.plans import plans_list
from portal_client.models import AgencyKindEnum, CreateInputRequest, PlansListKind, ProblemData

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
print("43-2008-qd-ttg" in {one.slug for one in documents_list.sync(client=client).results})
print(sorted(one.code for one in plans_list.sync(client=client, kind=PlansListKind.NATIONAL).results))
sets = {one.key: one.rows for one in open_data_list.sync(client=client).data_sets}
rows = open_data_rows_retrieve.sync(client=client, key="projects")
print(len(rows) == sets["projects"] > 0)
"""

ENTERS_A_PLAN = """
import datetime, os
from portal_client import AuthenticatedClient
from portal_client.api.plans import (
    plans_acts_hand_over, plans_acts_submit, plans_check_retrieve, plans_create, plans_parts_lines_bulk,
    plans_parts_lines_list, plans_retrieve,
)
from portal_client.models import (
    CoverLetterInputRequest, NewPlanInputRequest, PlansPartsLinesBulkPart, PlansPartsLinesListPart,
    ProjectRowsRequest, SectionRowsRequest, TargetRowsRequest,
)

portal = os.environ["PORTAL"]
editor, leader = (
    AuthenticatedClient(base_url=portal, token=os.environ[name]) for name in ("EDITOR", "LEADER")
)
body = NewPlanInputRequest.from_dict({"programme": "2009-2010", "route": "written"})
plan = plans_create.sync(client=editor, body=body, idempotency_key="plan-1")
where = (plan.code, plan.version)
print(plan.state, where)


def fill(part, rows_class, rows):
    sent = rows_class.from_dict({"rows": rows})
    done = plans_parts_lines_bulk.sync(*where, PlansPartsLinesBulkPart(part), client=editor, body=sent)
    print(part, done.added, done.changed) if hasattr(done, "added") else print(part, done.findings)


outline = plans_parts_lines_list.sync(
    *where, PlansPartsLinesListPart("sections"), client=editor, page_size=200
).results
fill("sections", SectionRowsRequest, [
    {"line": str(one.line), "row_version": one.row_version, "body": "Nội dung của mục."} for one in outline
])
fill("projects", ProjectRowsRequest, [
    {
        "group_code": "I", "group_name": "Hạ tầng", "number": str(number), "name": f"Dự án {number}",
        "lead_agency": "p82", "year_from": 2009, "year_to": 2010, "total_need": "4000.5",
        "allocations": {"2009": {"NSTW-HTDP": "1500.5", "NSDP-TT": "1000"}, "2010": {"NSDP-TT": "1500"}},
    }
    for number in (1, 2, 3)
])
fill("targets", TargetRowsRequest, [
    {"indicator": "officials-using-email", "year": year, "comparator": ">=", "value": value}
    for year, value in ((2009, "70"), (2010, "80"))
])
print(plans_check_retrieve.sync(*where, client=editor).errors)


def tag(client):
    return plans_retrieve.sync_detailed(*where, client=client).headers["ETag"]


print(plans_acts_hand_over.sync(*where, client=editor, if_match=tag(editor)).state)
letter = CoverLetterInputRequest(number="112/UBND-CNTT", on=datetime.date(2008, 6, 20), signer="Trần Văn A")
refused = plans_acts_submit.sync(*where, client=editor, body=letter, if_match=tag(editor))
print(refused.status, refused.code)
print(plans_acts_submit.sync(*where, client=leader, body=letter, if_match=tag(leader)).state)
"""


def run(command: list[str], **environment: str) -> str:
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    said = {**os.environ, "PATH": path, "NO_PROXY": "localhost", **environment}
    done = subprocess.run(command, env=said, capture_output=True, text=True, check=False, timeout=180)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory that holds the client, made without a doubt about the schema."""
    directory = tmp_path_factory.mktemp("client")
    (directory / "schema.json").write_bytes(rendered("en", "json"))
    (directory / "config.yaml").write_text(CONFIG, encoding="utf-8")
    said = run(
        [
            "openapi-python-client",
            "generate",
            *("--path", str(directory / "schema.json")),
            *("--output-path", str(directory / "portal_client")),
            *("--config", str(directory / "config.yaml")),
            *("--meta", "none"),
        ]
    )
    assert "warning" not in said.lower(), said
    return directory


def printed(script: str, package: Path, server: LiveServer, **tokens: str) -> list[str]:
    said = run([sys.executable, "-c", script], PORTAL=server.url, PYTHONPATH=str(package), **tokens)
    return said.splitlines()


def test_a_client_made_from_the_schema_reads_and_acts(
    cast: Cast, live_server: LiveServer, package: Path
) -> None:
    with business_time("2008-06-20T09:00"):
        _token, secret = issue_token(name="client", scope="write", days=1, actor=cast.admin)
        said = printed(READS_AND_ACTS, package, live_server, TOKEN=secret)
    assert said[:4] == ["m-tttt", "True True", "1/QĐ", "True name_taken /name"]
    assert said[4:] == ["True", "['1605-qd-ttg', '43-2008-qd-ttg', '48-2009-qd-ttg']", "True"]
    assert Agency.objects.filter(name="Ban Chỉ đạo mới").count() == 1


def test_it_enters_a_plan_and_submits_it(cast: Cast, live_server: LiveServer, package: Path) -> None:
    with business_time("2008-06-20T09:00"):
        secrets = {
            name: issue_token(name="client", scope="write", days=1, actor=actor)[1]
            for name, actor in (("EDITOR", cast.editor), ("LEADER", cast.approver))
        }
        said = printed(ENTERS_A_PLAN, package, live_server, **secrets)
    assert said[0] == "draft ('2009-2010-tien-giang', 1)"
    assert said[1].startswith("sections 0 ")
    assert said[2:] == ["projects 3 0", "targets 2 0", "0", "draft", "403 not_allowed", "submitted"]
    plan = Plan.objects.get(code="2009-2010-tien-giang")
    assert (plan.state, plan.projects.count()) == (PlanState.SUBMITTED, 3)
    assert sum(one.amount for one in Allocation.objects.filter(plan=plan)) == Decimal("12001.5")
    assert set(Target.objects.filter(plan=plan).values_list("agency__key", "year")) == {
        ("p82", 2009),
        ("p82", 2010),
    }
    assert AuditEntry.objects.filter(verb="submit", user=cast.approver.user).count() == 1
