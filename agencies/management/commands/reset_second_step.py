"""`manage.py reset_second_step`: for an administrator who has lost phone and codes and can ask no other."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.sign_in.actions import reset_second_step
from agencies.system import system_actor
from core.findings import BusinessError


class Command(BaseCommand):
    help = "Take two-step sign-in off a person who has lost phone and recovery codes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address that the person signs in with")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        person = User.objects.filter(email=email).first()
        if person is None:
            raise CommandError(_("Nobody signs in as “%(email)s”.") % {"email": email})
        try:
            reset_second_step(person, actor=system_actor())
        except BusinessError as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(
            _("%(name)s signs in with the password alone now, and is signed out everywhere.")
            % {"name": person}
        )
