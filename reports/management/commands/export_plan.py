"""`manage.py export_plan CODE --format json|pdf|xlsx --out FILE`: one version of a plan as a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from core.notation import format_date
from plans.models import Plan
from plans.parts import registry
from reports.exports import PLAN_FORMATS, export_plan_bytes, write_file


class Command(BaseCommand):
    help = "Write a plan to a file: the version in force today, or the one that --version names."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """`--version` is the plan's here; Django's own gives way."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE", help="code of the plan, such as 605-qd-ubnd")
        parser.add_argument(
            "--version", type=int, dest="number", metavar="N", help="else the version in force today"
        )
        parser.add_argument("--format", choices=sorted(PLAN_FORMATS), required=True)
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = find_plan(options["code"], options["number"])
        body, _type, _name = export_plan_bytes(plan, registry.read_content(plan), options["format"])
        path = Path(options["out"])
        write_file(path, body)
        if options["verbosity"]:
            self.stdout.write(f"{path}: {plan.code}, version {plan.version}, {len(body)} bytes")


def find_plan(code: str, number: int | None) -> Plan:
    """The version asked for, else the one in force; a refusal names what there is."""
    versions = Plan.objects.for_pages().filter(code=code).order_by("version")
    if not versions:
        known = ", ".join(Plan.objects.order_by("code").values_list("code", flat=True).distinct())
        raise CommandError(f"No plan “{code}”. Known: {known or 'none'}.")
    known = ", ".join(str(plan.version) for plan in versions)
    if number is not None:
        found = versions.filter(version=number).first()
        if found is None:
            raise CommandError(f"Plan “{code}” has no version {number}. Known: {known}.")
        return found
    today = clock.today()
    in_force = versions.in_force(today).first()
    if in_force is None:
        raise CommandError(
            f"No version of “{code}” is in force on {format_date(today)}; name one with --version: {known}."
        )
    return in_force
