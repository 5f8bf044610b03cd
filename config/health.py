"""Whether this process can do its work, for a load balancer or a service manager."""

from collections.abc import Callable

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _cache() -> None:
    cache.get("healthz")


PROBES: dict[str, Callable[[], None]] = {"database": _database, "cache": _cache}


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database and the cache answer, else 503 with the one that does not. Tells nothing else."""
    state = {}
    for name, probe in PROBES.items():
        try:
            probe()
        except DatabaseError:
            state[name] = "failed"
        else:
            state[name] = "ok"
    return JsonResponse(state, status=503 if "failed" in state.values() else 200)
