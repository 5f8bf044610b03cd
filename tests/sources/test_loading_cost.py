"""Loading everything costs at most four times a plain bulk_create of the same rows, measured beside it."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

AT_MOST = 4
ROUNDS = (2, 10)
"""Rounds of a measurement; the longer one only where the shorter was disturbed, as on a busy machine."""


def measured(rounds: int) -> dict[str, Any]:
    """What `bench/loading_cost.py` finds, in a process and a database of its own of the tested kind."""
    environment = {name: value for name, value in os.environ.items() if name != "PORTAL_TEST_DIR"}
    if connection.vendor == "sqlite":
        environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "bench/loading_cost.py", "--rounds", str(rounds)],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.django_db
def test_loading_costs_at_most_four_times_a_plain_bulk_create() -> None:
    for rounds in ROUNDS:
        found = measured(rounds)
        assert found["database"] == connection.vendor
        assert found["rows"] > 1500
        if found["ratio"] <= AT_MOST:
            break
    assert found["ratio"] <= AT_MOST, found
