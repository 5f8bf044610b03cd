"""What lists of the API cost beside bare lists of Django REST framework with the same columns.

    .venv/bin/python bench/api_list.py [--rounds N] [--requests N] [--profile NAME]

Each pair answers `page_size=50` of the same rows from one process and one database of their own (SQLite, or
PostgreSQL through DATABASE_URL), through the same middleware, in turns: agencies, plans, and the projects of
one plan with their money. "Bare" is a ListAPIView with ModelSerializers, select_related, prefetch_related
and page numbers: no token, no count of requests, no filter, nobody from whom rows are hidden, no parent as of
a day, no entity tags, no values that cannot be read. The best round counts on each side: what disturbs a
measurement only ever makes it slower. Prints one JSON object a pair; `--profile` what one side does instead.
"""

import argparse
import cProfile
import gc
import json
import os
import pstats
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
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

django.setup()

from django.db.models import Prefetch  # noqa: E402 - all of these need the settings
from django.urls import include, path  # noqa: E402
from rest_framework.generics import ListAPIView  # noqa: E402
from rest_framework.pagination import PageNumberPagination  # noqa: E402
from rest_framework.serializers import ModelSerializer, SlugRelatedField  # noqa: E402

from agencies.api.shapes import AgencyRow  # noqa: E402
from agencies.models import Agency, Role  # noqa: E402
from agencies.tokens.actions import issue_token  # noqa: E402
from budgets.models import Allocation  # noqa: E402
from core import clock  # noqa: E402
from plans.api.shapes import PlanRow  # noqa: E402
from plans.models import Plan, PlanState, Programme, Project  # noqa: E402
from plans.parts import registry  # noqa: E402
from tests.api.many_lines import projects as many_projects  # noqa: E402
from tests.cast import find_cast, make_world  # noqa: E402

PLAN = "605-qd-ubnd"
MANY_PLANS = 1000
LISTS = {
    "agencies": ("/bare/agencies/", "/api/v1/agencies/"),
    "plans": ("/bare/plans/", "/api/v1/plans/"),
    "projects": ("/bare/projects/", f"/api/v1/plans/{PLAN}/1/parts/projects/lines/"),
}


class BareRef(ModelSerializer[Agency]):
    class Meta:
        model = Agency
        fields = ["key", "name", "short_name"]


class BareAgency(ModelSerializer[Agency]):
    """The parent as it was entered."""

    parent = BareRef()

    class Meta:
        model = Agency
        fields = AgencyRow.Meta.fields


class BarePlan(ModelSerializer[Plan]):
    agency = BareRef()
    programme: Any = SlugRelatedField("code", read_only=True)
    document: Any = SlugRelatedField("slug", read_only=True)

    class Meta:
        model = Plan
        fields = PlanRow.Meta.fields


class BareAllocation(ModelSerializer[Allocation]):
    source: Any = SlugRelatedField("code", read_only=True)

    class Meta:
        model = Allocation
        fields = ["year", "source", "amount"]


class BareProject(ModelSerializer[Project]):
    lead_agency: Any = SlugRelatedField("key", read_only=True)
    lead_group: Any = SlugRelatedField("key", read_only=True)
    allocations = BareAllocation(source="line.allocations", many=True)

    class Meta:
        model = Project
        fields = [
            *(column.name for column in registry.get("projects").columns),
            *("line", "position", "row_version", "allocations"),
        ]


class BarePages(PageNumberPagination):
    page_size_query_param = "page_size"


class BareList(ListAPIView[Any]):
    """What one would write in a quarter of an hour."""

    authentication_classes = ()
    permission_classes = ()
    filter_backends = ()
    pagination_class = BarePages


class Agencies(BareList):
    serializer_class = BareAgency

    def get_queryset(self) -> Any:
        return Agency.objects.select_related("parent").in_force(clock.today()).in_order()


class Plans(BareList):
    serializer_class = BarePlan

    def get_queryset(self) -> Any:
        plans = Plan.objects.select_related("agency", "programme", "document").in_order()
        return plans.defer("document__text", "document__corrections")


class Projects(BareList):
    serializer_class = BareProject

    def get_queryset(self) -> Any:
        money = Allocation.objects.filter(plan__code=PLAN).select_related("source")
        rows = Project.objects.filter(plan__code=PLAN).select_related("line", "lead_agency", "lead_group")
        return rows.prefetch_related(Prefetch("line__allocations", money)).order_by("position", "id")


urlpatterns = [
    path("bare/agencies/", Agencies.as_view()),
    path("bare/plans/", Plans.as_view()),
    path("bare/projects/", Projects.as_view()),
    path("", include("config.urls")),
]


def make_many() -> None:
    """A thousand plans of agencies, approved, and sixty projects more in one."""
    agencies = list(Agency.objects.filter(kind="tinh").order_by("id"))
    programme = Programme.objects.get(code="2009-2010")
    Plan.objects.bulk_create(
        Plan(
            code=f"ke-hoach-{n}",
            agency=agencies[n % len(agencies)],
            programme=programme,
            kind="agency",
            title=f"Kế hoạch ứng dụng công nghệ thông tin {n}",
            state=PlanState.SUPERSEDED,
            decision_number=f"{n}/QĐ-UBND",
            decision_issuer="Ủy ban nhân dân tỉnh",
            in_force_from="2008-01-01",
            in_force_to="2008-02-01",
            created_at=clock.now(),
        )
        for n in range(MANY_PLANS)
    )
    many_projects()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure(client: Client, url: str, headers: dict[str, str], count: int) -> float:
    """Requests in a second."""
    gc.collect()
    started = time.perf_counter()
    for _ in range(count):
        answer = client.get(url, {"page_size": 50}, headers=headers)
    taken = time.perf_counter() - started
    assert answer.status_code == 200, answer.content
    assert len(answer.json()["results"]) == 50
    return count / taken


def compare(name: str, headers: dict[str, str], rounds: int, requests: int) -> None:
    bare, portal = LISTS[name]
    best = {bare: 0.0, portal: 0.0}
    for url in best:
        measure(Client(), url, headers, 10)
    for _ in range(rounds):
        for url, so_far in best.items():
            best[url] = max(so_far, measure(Client(), url, headers, requests))
    said = {"bare": round(best[bare], 1), "portal": round(best[portal], 1)}
    ratio = round(best[portal] / best[bare], 2)
    print(json.dumps({"list": name, "database": connection.vendor, **said, "ratio": ratio}), flush=True)


def profile(name: str, headers: dict[str, str], requests: int) -> None:
    for url in LISTS[name]:
        measure(Client(), url, headers, 10)
        with cProfile.Profile() as profiler:
            measure(Client(), url, headers, requests)
        print(url)
        pstats.Stats(profiler).sort_stats("cumulative").print_stats(45)


def main() -> None:
    parser = argparse.ArgumentParser(description="Lists of the API beside bare ones.")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--requests", type=int, default=60)
    parser.add_argument("--profile", choices=LISTS)
    asked = parser.parse_args()
    settings.ROOT_URLCONF, settings.API_REQUESTS_PER_MINUTE = __name__, 10_000_000
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        with clock.at("2008-06-20T09:00"):
            make_world()
            make_many()
            cast = find_cast()
            assert cast is not None
            assert cast.viewer.role == Role.VIEWER
            _token, secret = issue_token(name="bench", scope="read", days=1, actor=cast.viewer)
            headers = {"Authorization": f"Bearer {secret}", "Accept-Language": "en"}
            if asked.profile:
                profile(asked.profile, headers, asked.requests)
            else:
                for name in LISTS:
                    compare(name, headers, asked.rounds, asked.requests)
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
