from django.apps import AppConfig, apps
from django.core.management import call_command
from django.db.models.signals import post_migrate


def make_cache_table(using: str, **kwargs: object) -> None:
    """`migrate` leaves nothing to remember: the table of the database cache comes with it."""
    call_command("createcachetable", database=using, verbosity=0)


class PortalConfig(AppConfig):
    """The top of the portal: settings, addresses, start-up checks."""

    name = "config"

    def ready(self) -> None:
        from config import checks  # noqa: F401 - registers them

        # The signal comes once for each app that has tables; the sessions' stands for all.
        sessions = apps.get_app_config("sessions")
        post_migrate.connect(make_cache_table, sender=sessions, dispatch_uid="config.make_cache_table")
