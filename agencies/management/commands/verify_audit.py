"""`manage.py verify_audit`: walk the chain of acts and say whether anybody changed it."""

import re
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies import audit

_REASONS: dict[str, Promise] = {
    "changed": gettext_lazy("Broken at entry %(entry)d: it, or its link to the entry before, was changed."),
    "missing": gettext_lazy("Broken at entry %(entry)d: it is missing."),
    "cut": gettext_lazy(
        "Broken at entry %(entry)d: after %(count)d entries the chain does not end as its head says; "
        "the tail was cut, or the head was changed."
    ),
    "unknown_head": gettext_lazy(
        "All %(count)d entries hold, but none has the hash %(expected)s: the document names another chain."
    ),
}


class Command(BaseCommand):
    help = "Verify the chain of acts. With --expect: also that a hash printed on an issued file stands in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--expect", default="", metavar="HASH", help="the head printed on an issued file")

    def handle(self, *args: Any, **options: Any) -> None:
        expected = options["expect"].strip().lower()
        if expected and not re.fullmatch("[0-9a-f]{64}", expected):
            raise CommandError(
                _("“%(hash)s” is not a hash: 64 digits 0-9 and letters a-f.") % {"hash": options["expect"]}
            )
        verdict = audit.verify(expected)
        if verdict.broken_at is not None:
            raise CommandError(
                _REASONS[verdict.reason]
                % {"entry": verdict.broken_at, "count": verdict.count, "expected": expected}
            )
        self.stdout.write(
            _("Intact: %(count)d entries, head %(head)s") % {"count": verdict.count, "head": verdict.head}
        )
