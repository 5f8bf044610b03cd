"""Django's command of this name would make an account outside the record of acts: it is not offered."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _


class Command(BaseCommand):
    help = "Not offered: accounts come by invitation or create_admin; superuser ADDRESS appoints one."

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError(
            _(
                "Invite the person, or use `manage.py create_admin`; then `manage.py superuser ADDRESS` lets"
                " an account read every row, and records it."
            )
        )
