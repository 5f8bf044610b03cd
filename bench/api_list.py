"""What a list of the API costs beside a bare list of Django REST framework with the same columns.

    .venv/bin/python bench/api_list.py [--rounds N] [--requests N]

Both answer `page_size=50` of the agencies from one process and one database of their own (SQLite, or
PostgreSQL through DATABASE_URL), through the same middleware, in turns. "Bare" is a ListAPIView with a
ModelSerializer, select_related and page numbers: no token, no count of requests, no filter, no parent as of
a day. The best round counts on each side: what disturbs a measurement only ever makes it slower. Prints one
JSON object.
"""

import argparse
import gc
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
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

django.setup()

from django.urls import include, path  # noqa: E402 - all of these need the settings
from rest_framework.generics import ListAPIView  # noqa: E402
from rest_framework.pagination import PageNumberPagination  # noqa: E402
from rest_framework.serializers import ModelSerializer  # noqa: E402

from agencies.api.shapes import AgencyRef, AgencyRow  # noqa: E402
from agencies.models import Agency, Role  # noqa: E402
from agencies.tokens.actions import issue_token  # noqa: E402
from core import clock  # noqa: E402
from tests.cast import find_cast, make_world  # noqa: E402

LISTS = {"bare": "/bare/", "portal": "/api/v1/agencies/"}


class BareRow(ModelSerializer[Agency]):
    """The same columns, the parent as it was entered."""

    parent = AgencyRef()

    class Meta:
        model = Agency
        fields = AgencyRow.Meta.fields


class BarePages(PageNumberPagination):
    page_size_query_param = "page_size"


class BareList(ListAPIView[Agency]):
    """What one would write in a quarter of an hour."""

    authentication_classes = ()
    permission_classes = ()
    filter_backends = ()
    pagination_class = BarePages
    serializer_class = BareRow

    def get_queryset(self) -> Any:
        return Agency.objects.select_related("parent").in_force(clock.today()).in_order()


urlpatterns = [path("bare/", BareList.as_view()), path("", include("config.urls"))]


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


def main() -> None:
    parser = argparse.ArgumentParser(description="A list of the API beside a bare one.")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--requests", type=int, default=60)
    asked = parser.parse_args()
    settings.ROOT_URLCONF, settings.API_REQUESTS_PER_MINUTE = __name__, 10_000_000
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        with clock.at("2008-06-20T09:00"):
            make_world()
            cast = find_cast()
            assert cast is not None
            assert cast.viewer.role == Role.VIEWER
            _token, secret = issue_token(name="bench", scope="read", days=1, actor=cast.viewer)
            headers = {"Authorization": f"Bearer {secret}", "Accept-Language": "en"}
            best = dict.fromkeys(LISTS, 0.0)
            for url in LISTS.values():
                measure(Client(), url, headers, 10)
            for _ in range(asked.rounds):
                for name, url in LISTS.items():
                    best[name] = max(best[name], measure(Client(), url, headers, asked.requests))
    finally:
        teardown_databases(databases, verbosity=0)
    ratio = best["portal"] / best["bare"]
    said = {name: round(value, 1) for name, value in best.items()}
    print(json.dumps({"database": connection.vendor, **said, "ratio": round(ratio, 2)}))


if __name__ == "__main__":
    main()
