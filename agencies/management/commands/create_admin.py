"""`manage.py create_admin`: the first administrator, who makes all other accounts.

As long as no agency keeps the portal, that of the administrator does from then on.
"""

import os
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from agencies import audit
from agencies.actions import create_account
from agencies.answering import answering, portal_keeper
from agencies.models import Agency, Role
from agencies.portal import hand_over_portal
from agencies.system import SYSTEM_AGENCY, system_actor
from core.findings import BusinessError

PASSWORD_VARIABLE = "ADMIN_PASSWORD"  # noqa: S105 - the name of the variable, not a password


class Command(BaseCommand):
    help = f"Create an administrator. The password is asked for, or taken from {PASSWORD_VARIABLE}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", help="the address to sign in with; asked for when not given")
        parser.add_argument("--name", help="the full name; asked for when not given")
        parser.add_argument("--agency", help=f"key of the agency ({SYSTEM_AGENCY}, or who succeeded it)")

    def handle(self, *args: Any, **options: Any) -> None:
        key = options["agency"] or SYSTEM_AGENCY
        agencies = {agency.key: agency for agency in Agency.objects.filter(key__in=(key, SYSTEM_AGENCY))}
        if SYSTEM_AGENCY not in agencies:
            raise CommandError(_("There are no agencies yet; run `manage.py load_sources` first."))
        if key not in agencies:
            raise CommandError(
                _("There is no agency “%(key)s”; give a key of the agency list.") % {"key": key}
            )
        agency = agencies[key] if options["agency"] else answering(agencies[key]).bearer
        email = options["email"] or self._ask(_("E-mail address: "), "--email")
        name = options["name"] or self._ask(_("Full name: "), "--name")
        password = self._password()
        try:
            with audit.recording():
                membership = create_account(
                    email,
                    name,
                    agency=agency,
                    role=Role.ADMINISTRATOR,
                    password=password,
                    actor=system_actor(),
                )
                if portal_keeper() is None:
                    hand_over_portal(agency, actor=system_actor())
        except BusinessError as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(
            _("%(name)s is administrator of %(agency)s and signs in as %(email)s.")
            % {
                "name": membership.user.full_name,
                "agency": membership.agency.name,
                "email": membership.user.email,
            }
        )

    def _password(self) -> str:
        if PASSWORD_VARIABLE in os.environ:
            return os.environ[PASSWORD_VARIABLE]
        try:
            password, again = getpass(_("Password: ")), getpass(_("Password again: "))
        except EOFError:
            raise CommandError(
                _("There is nobody to ask for the password; set %(name)s.") % {"name": PASSWORD_VARIABLE}
            ) from None
        if password != again:
            raise CommandError(_("The two passwords differ; nothing was changed."))
        return password

    @staticmethod
    def _ask(question: str, option: str) -> str:
        try:
            return input(question)
        except EOFError:
            raise CommandError(_("There is nobody to ask; give %(option)s.") % {"option": option}) from None
