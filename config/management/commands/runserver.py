from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from whitenoise.runserver_nostatic.management.commands.runserver import Command as RunserverCommand

from config.loopback import is_loopback, refusal


class Command(RunserverCommand):
    """Django's development server, which without HTTPS binds to this machine only."""

    def run(self, **options: Any) -> None:
        if settings.INSECURE_LOOPBACK and not is_loopback(self.addr):
            raise CommandError(refusal(self.addr))
        super().run(**options)
