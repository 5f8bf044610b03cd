"""`manage.py prune_sign_ins`, once a day: removes what the log of sign-ins has kept long enough."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from agencies.models import SignInEvent
from agencies.sign_in import sessions
from core import clock


class Command(BaseCommand):
    help = "Remove entries of the log of sign-ins that are older than SIGN_IN_DAYS, and ended sessions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=settings.SIGN_IN_DAYS, help="instead of SIGN_IN_DAYS")

    def handle(self, *args: Any, **options: Any) -> None:
        days = options["days"]
        if days < 1:
            raise CommandError(_("--days must be 1 or more."))
        oldest = clock.real_now() - timedelta(days=days)
        events, _by_model = SignInEvent.objects.filter(at__lt=oldest).delete()
        ended = sessions.clear_dead()
        call_command("clearsessions")
        self.stdout.write(
            _("Removed: %(events)d entries older than %(days)d days, %(sessions)d ended sessions.")
            % {"events": events, "days": days, "sessions": ended}
        )
