"""What many lines of a plan cost through the API: 1,000 projects with six allocations each, in one request.

    .venv/bin/python bench/bulk_lines.py [--rows N]

Adds them to a draft, tries the same without keeping anything, changes every project and one amount of each,
and sends the same again. For each: seconds, those of them on the processor, statements and the size of the
body, the test client included, in a database of its own (SQLite, or PostgreSQL through DATABASE_URL). Prints
one JSON object.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import (
    CaptureQueriesContext,
    setup_databases,
    setup_test_environment,
    teardown_databases,
)

django.setup()

from agencies.tokens.actions import issue_token  # noqa: E402 - all of these need the settings
from core import clock  # noqa: E402
from plans.content.actions import create_plan  # noqa: E402
from plans.models import Programme  # noqa: E402
from tests.cast import find_cast, make_world  # noqa: E402

SOURCES = ("NSTW-HTDP", "NSDP-TT", "NSDP-SN")


def project(number: int) -> dict[str, Any]:
    """A project as a system would send it."""
    money = {str(year): dict.fromkeys(SOURCES, f"{100 + number}.5") for year in (2009, 2010)}
    return {
        "group_code": ("I", "II", "III", "IV")[number % 4],
        "number": str(number),
        "name": f"Xây dựng hệ thống thông tin quản lý chuyên ngành số {number}",
        "objective": "Nâng cao hiệu lực quản lý, chỉ đạo, điều hành của chính quyền các cấp",
        "lead_agency": "p82",
        "year_from": 2009,
        "year_to": 2010,
        "total_need": str(6 * (100 + number) + 3),
        "allocations": money,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Many lines of a plan in one request.")
    parser.add_argument("--rows", type=int, default=1000)
    count = parser.parse_args().rows
    settings.API_REQUESTS_PER_MINUTE, settings.API_BULK_ROWS = 10_000_000, count
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        with clock.at("2008-06-20T09:00"):
            said = _measured(count)
    finally:
        teardown_databases(databases, verbosity=0)
    print(json.dumps({"database": connection.vendor, "rows": count, **said}))


def _measured(count: int) -> dict[str, Any]:
    make_world()
    cast = find_cast()
    assert cast is not None
    plan = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)
    _token, secret = issue_token(name="bench", scope="write", days=1, actor=cast.editor)
    headers = {"Authorization": f"Bearer {secret}", "Accept-Language": "en"}
    url = f"/api/v1/plans/{plan.code}/{plan.version}/parts/projects/lines/bulk/"
    client = Client()

    def send(rows: list[dict[str, Any]], **more: Any) -> tuple[dict[str, Any], Any]:
        body = json.dumps({"rows": rows, **more}, ensure_ascii=False).encode()
        started, worked = time.perf_counter(), time.process_time()
        answer = client.post(url, body, "application/json", headers=headers)
        taken = {
            "seconds": round(time.perf_counter() - started, 2),
            "of_processor": round(time.process_time() - worked, 2),
        }
        assert answer.status_code == 200, answer.content[:2000]
        return {**taken, "kilobytes": len(body) // 1024}, answer.json()

    def counted(rows: list[dict[str, Any]], **more: Any) -> tuple[dict[str, Any], Any]:
        with CaptureQueriesContext(connection) as queries:
            figures, answer = send(rows, **more)
        return {**figures, "statements": len(queries)}, answer

    rows = [project(number) for number in range(count)]
    send(rows[:1], dry_run=True)  # what a process does once
    tried, _answer = send(rows, dry_run=True)
    added, answer = counted(rows)
    lines = answer["lines"]
    changes: list[dict[str, Any]] = [
        {
            "line": one["line"],
            "row_version": one["row_version"],
            "note": "theo quyết định mới",
            "allocations": {"2010": {"NSDP-TT": "77"}},
        }
        for one in lines
    ]
    changed, answer = counted(changes)
    for row, one in zip(changes, answer["lines"], strict=True):
        row["row_version"] = one["row_version"]
    again, _answer = counted(changes)
    return {"dry_run": tried, "added": added, "changed": changed, "unchanged": again}


if __name__ == "__main__":
    main()
