"""`manage.py keep_portal KEY`: which agency keeps the portal, with all people, agencies and lists."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from agencies.answering import portal_keeper
from agencies.models import Agency
from agencies.portal import hand_over_portal
from agencies.system import system_actor
from core.findings import BusinessError


class Command(BaseCommand):
    help = "Say which agency keeps the portal; without a key, show which does. A successor needs no such act."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("agency", nargs="?", help="key of an agency that has an administrator")

    def handle(self, *args: Any, **options: Any) -> None:
        if key := options["agency"]:
            agency = Agency.objects.filter(key=key).first()
            if agency is None:
                raise CommandError(
                    _("There is no agency “%(key)s”; give a key of the agency list.") % {"key": key}
                )
            try:
                hand_over_portal(agency, actor=system_actor())
            except BusinessError as problem:
                raise CommandError(str(problem)) from None
        keeper = portal_keeper()
        if keeper is None:
            raise CommandError(_("No agency keeps the portal. Name one: `manage.py keep_portal KEY`."))
        self.stdout.write(_("%(agency)s keeps the portal.") % {"agency": keeper.name})
