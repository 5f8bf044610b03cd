"""`manage.py superuser ADDRESS`: who may read every row of the portal, for those who run its server."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.superusers import make_superuser, unmake_superuser
from agencies.system import system_actor
from core.findings import BusinessError


class Command(BaseCommand):
    help = "Let a person with an account read every row; with --remove no longer. Then list who may."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", nargs="?", help="the address that the person signs in with")
        parser.add_argument(
            "--remove", action="store_true", help="this person shall be a superuser no longer"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if email := (options["email"] or "").strip().lower():
            person = User.objects.filter(email=email).first()
            if person is None:
                raise CommandError(_("Nobody signs in as “%(email)s”.") % {"email": email})
            act = unmake_superuser if options["remove"] else make_superuser
            try:
                act(person, actor=system_actor())
            except BusinessError as problem:
                raise CommandError(str(problem)) from None
        found = User.objects.filter(is_superuser=True, is_active=True).order_by("email")
        names = [f"{one} <{one.email}>" for one in found]
        self.stdout.write("\n".join([_("Superusers: %(n)d") % {"n": len(names)}, *names]))
