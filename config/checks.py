"""Settings that must not meet. Commands run these, and config.wsgi runs them before the first request."""

from collections.abc import Sequence
from importlib.util import find_spec

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from agencies.models import Role
from config.loopback import is_loopback


@register()
def loopback_serves_this_machine_only(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    foreign = [host for host in settings.ALLOWED_HOSTS if not is_loopback(host)]
    if not settings.INSECURE_LOOPBACK or not foreign:
        return []
    return [
        Error(
            f"INSECURE_LOOPBACK is on, but ALLOWED_HOSTS names {', '.join(foreign)}.",
            hint="Unset INSECURE_LOOPBACK to serve others (over HTTPS), or keep ALLOWED_HOSTS to localhost.",
            id="config.E001",
        )
    ]


@register()
def illustrative_time_stays_at_home(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    if settings.ILLUSTRATIVE_NOW is None or settings.INSECURE_LOOPBACK:
        return []
    return [
        Error(
            f"ILLUSTRATIVE_NOW={settings.ILLUSTRATIVE_NOW.isoformat()} would date real work.",
            hint="Unset ILLUSTRATIVE_NOW. It is for demonstrations, together with INSECURE_LOOPBACK=1.",
            id="config.E002",
        )
    ]


@register()
def psycopg_three_is_absent(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    if find_spec("psycopg") is None:
        return []
    return [
        Error(
            "psycopg 3 is installed: Django would silently prefer it to psycopg2, at 1.25 times the cost.",
            hint="Run: pip uninstall psycopg",
            id="config.E003",
        )
    ]


@register()
def roles_of_the_second_step_exist(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    known = {role.value for role in Role} - {Role.SYSTEM.value}
    wrong = sorted(settings.MFA_ROLES - known)
    if not wrong:
        return []
    return [
        Error(
            f"MFA_ROLES names {', '.join(wrong)}, which is no role.",
            hint=f"Write some of {', '.join(sorted(known))}, separated by commas, or none.",
            id="config.E010",
        )
    ]
