"""What a stream costs on 20,000 projects: memory and queries of a chunk, time near that of a bare writer."""

import csv
import io
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from time import perf_counter
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.models import Plan, PlanLine, Project, Task, TaskParty
from plans.open_data.datasets import CHUNK, TableData, get
from plans.open_data.selection import nothing_asked
from plans.open_data.streams import FORMATS
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]

PROJECTS = 20_000
RUNS = 2
TIMES = 2.5
"""The bare writer guards no formula and writes no decimals of its own; on a busy machine both are slow."""
MEMORY = 12 * 1024 * 1024


def make_projects(plan: Plan, count: int) -> None:
    """So many copies of a plan's first project, by the database itself."""
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
    uuid = "lpad(to_hex(i), 32, '0')::uuid" if connection.vendor == "postgresql" else "printf('%%032x', i)"
    like = Project.objects.filter(plan=plan).order_by("position").values_list("pk", flat=True)[0]
    own = {"line_id": uuid, "position": "i"}
    columns = [str(field.column) for field in Project._meta.concrete_fields if not field.primary_key]
    copied = ", ".join(own.get(column, f"p.{column}") for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO plans_planline (uuid, kind, agency_id, programme_id)"
            f" {numbers} SELECT {uuid}, 'project', %s, %s FROM n",
            [plan.agency_id, plan.programme_id],
        )
        cursor.execute(
            f"INSERT INTO plans_project ({', '.join(columns)})"
            f" {numbers} SELECT {copied} FROM n, plans_project p WHERE p.id = %s",
            [like],
        )


def stream(form: str, key: str = "projects") -> Iterator[bytes]:
    data_set = get(key)
    assert data_set is not None
    return FORMATS[form][1](data_set, nothing_asked())


class Sent:
    """Where a stream goes that keeps nothing."""

    def __init__(self) -> None:
        self.size = 0

    def write(self, text: str) -> None:
        self.size += len(text.encode())


def bare() -> int:
    """The plain writer over the same rows."""
    data_set = get("projects")
    assert isinstance(data_set, TableData)
    paths = [field.path for field in data_set.fields]
    rows = data_set.queryset(nothing_asked()).order_by(*data_set.ordering).values_list(*paths)
    sent = Sent()
    csv.writer(sent).writerows(rows.iterator(chunk_size=CHUNK))
    return sent.size


def size_of(chunks: Iterable[bytes]) -> int:
    return sum(map(len, chunks))


def best(*asked: Callable[[], Any]) -> list[float]:
    """The shortest time of each, in seconds; they take turns, so that all meet the same neighbours."""

    def seconds(one: Callable[[], Any]) -> float:
        start = perf_counter()
        one()
        return perf_counter() - start

    times = [[seconds(one) for one in asked] for _run in range(RUNS)]
    return [min(column) for column in zip(*times, strict=True)]


def test_twenty_thousand_rows_are_streamed_in_the_memory_of_a_chunk(cast: Cast) -> None:
    make_projects(Plan.objects.get(code="605-qd-ubnd", version=1), PROJECTS)
    # The first bytes come before anything is read.
    with CaptureQueriesContext(connection) as queries:
        first = next(stream("csv"))
    assert (first.startswith(b"\xef\xbb\xbfplan_code,"), len(queries)) == (True, 0)
    with CaptureQueriesContext(connection) as queries:
        rows = list(csv.reader(io.StringIO(b"".join(stream("csv")).decode(), newline="")))
    assert (len(rows) > PROJECTS, len(queries)) == (True, 1)
    size = len(rows[1]) * len(rows)
    del rows
    tracemalloc.start()
    written = size_of(stream("csv"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert written > size
    assert peak < MEMORY
    alone, *streamed = best(bare, lambda: size_of(stream("csv")), lambda: size_of(stream("json")))
    rates = zip(("bare", "csv", "json"), (PROJECTS / took for took in (alone, *streamed)), strict=True)
    said = ", ".join(f"{form} {rate:,.0f} rows/s" for form, rate in rates)
    print(
        f"{said}; csv takes {streamed[0] / alone:.2f}x of bare; {written / 1e6:.1f} MB in {peak / 1e6:.1f} MB"
    )
    assert streamed[0] <= TIMES * alone


def test_what_rows_need_besides_is_asked_once_for_a_chunk(cast: Cast) -> None:
    plan = Plan.objects.get(code="43-2008-qd-ttg")

    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            lines = b"".join(stream("jsonl", "tasks")).count(b"\n")
        return lines, len(queries)

    few, cost = asked()
    lines = PlanLine.objects.bulk_create(
        PlanLine(kind="task", agency=plan.agency, programme=plan.programme) for _nth in range(CHUNK)
    )
    made = Task.objects.bulk_create(
        Task(plan=plan, line=one, position=1000 + nth, name="Việc") for nth, one in enumerate(lines)
    )
    TaskParty.objects.bulk_create(TaskParty(task=one, role="lead", agency=plan.agency) for one in made)
    many, cost_of_many = asked()
    assert (cost, many) == (2, few + CHUNK)
    assert cost_of_many == 1 + -(-many // CHUNK)
