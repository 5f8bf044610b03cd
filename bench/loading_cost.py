"""What loading the printed documents costs beside a plain bulk_create of the very rows that it makes.

    .venv/bin/python bench/loading_cost.py [--rounds N]

Both write into the same empty database of their own (SQLite, or PostgreSQL through DATABASE_URL), in turns,
each in a transaction that is rolled back. "Plain" is `bulk_create` of ready-made instances, one call a model,
and nothing else: no file is read, nothing checked, no key looked up, no revision made. The best round counts
on each side: what disturbs a measurement only ever makes it longer. Prints one JSON object.
"""

import argparse
import gc
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django
from django.apps import apps
from django.db import connection, models, transaction
from django.test.utils import setup_databases, teardown_databases

django.setup()

from plans.models import Clause  # noqa: E402 - models need the settings
from sources.actions import load_sources  # noqa: E402 - the same

DATABASE = f"bench_loading_cost_{os.getpid()}"


class RollBack(Exception):
    """Ends a measurement: what it wrote is not kept."""


def timed(write: Callable[[], Any], then: Callable[[], None] | None = None) -> float:
    """Seconds that `write` takes; `then` may look at what it wrote before that is gone."""
    gc.collect()
    try:
        with transaction.atomic():
            begun = time.perf_counter()
            write()
            elapsed = time.perf_counter() - begun
            if then is not None:
                then()
            raise RollBack
    except RollBack:
        return elapsed


def all_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def keys() -> dict[type[models.Model], set[Any]]:
    return {model: set(model._base_manager.values_list("pk", flat=True)) for model in all_models()}


def rows_beside(before: dict[type[models.Model], set[Any]]) -> dict[type[models.Model], list[models.Model]]:
    """The rows that were not there before, as instances that have never been saved."""
    found = {}
    for model, known in before.items():
        query = model._base_manager.all()
        if model is Clause:
            query = query.select_related("document")  # its search key is made of the document's text
        fresh = [row for row in query if row.pk not in known]
        for row in fresh:
            row._state.adding = True
        if fresh:
            found[model] = fresh
    return found


def measure(rounds: int) -> dict[str, Any]:
    before = keys()
    made: dict[type[models.Model], list[models.Model]] = {}

    def create() -> None:
        for model, rows in made.items():
            model._base_manager.bulk_create(rows)

    timed(load_sources)  # once, so that neither side pays for imports and first statements
    loads, plains = [], []
    for _round in range(rounds):
        loads.append(timed(load_sources, then=lambda: made.update(rows_beside(before))))
        plains.append(timed(create))
    return {
        "database": connection.vendor,
        "rows": sum(map(len, made.values())),
        "models": len(made),
        "load": round(min(loads), 4),
        "plain": round(min(plains), 4),
        "ratio": round(min(loads) / min(plains), 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    if connection.vendor != "sqlite":
        connection.settings_dict["TEST"]["NAME"] = DATABASE
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        figures = measure(rounds)
    finally:
        teardown_databases(databases, verbosity=0)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
