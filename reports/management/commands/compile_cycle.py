"""`manage.py compile_cycle PROGRAMME CYCLE --format pdf,xlsx --out DIR`: a period's report as it stands."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import clock
from core.notation import format_datetime
from plans.models import Programme
from reports.exports import COMPLIANCE_FORMATS, write_file
from reports.figures.compliance import live
from reports.models import Cycle


class Command(BaseCommand):
    help = "Write the compliance report of a period from what counts now, as a draft; nothing is frozen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("programme", metavar="PROGRAMME", help="code of the programme, such as 2008")
        parser.add_argument("cycle", metavar="CYCLE", help="code of the period, such as 2008-Q2")
        parser.add_argument("--format", default="pdf,xlsx", metavar="FORMATS", help="pdf, xlsx or pdf,xlsx")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        formats = options["format"].split(",")
        if unknown := [name for name in formats if name not in COMPLIANCE_FORMATS]:
            raise CommandError(f"No format “{unknown[0]}”. Known: {', '.join(COMPLIANCE_FORMATS)}.")
        cycle = find_cycle(options["programme"], options["cycle"])
        figures = live(cycle, clock.now())
        # All made before any is written: a failure leaves no half of a pair.
        made = {name: COMPLIANCE_FORMATS[name](figures, None) for name in formats}
        for name, body in made.items():
            path = Path(options["out"]) / f"{cycle.programme.code}-{cycle.code}.{name}"
            write_file(path, body)
            if options["verbosity"]:
                self.stdout.write(f"{path}: as of {format_datetime(figures.as_of)}, {len(body)} bytes")


def find_cycle(programme: str, code: str) -> Cycle:
    """The period; a refusal names the programmes or the periods that there are."""
    if not Programme.objects.filter(code=programme).exists():
        known = ", ".join(Programme.objects.values_list("code", flat=True))
        raise CommandError(f"No programme “{programme}”. Known: {known or 'none'}.")
    cycles = Cycle.objects.filter(programme__code=programme).select_related(
        "programme__lead__parent", "programme__document"
    )
    found = cycles.filter(code=code).first()
    if found is None:
        known = ", ".join(cycles.order_by("window_from", "id").values_list("code", flat=True))
        raise CommandError(f"No period “{code}” is open in “{programme}”. Known: {known or 'none'}.")
    return found
