"""`manage.py load_sources`: load the printed documents; a second run changes nothing."""

from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sources.actions import load_sources
from sources.reading import FIXTURES, SourceError


class Command(BaseCommand):
    help = "Load agencies, programmes and printed plans from the fixtures: creates what is missing, no more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--fixtures",
            type=Path,
            default=FIXTURES,
            metavar="DIR",
            help="another folder laid out like fixtures/",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_sources(options["fixtures"])
        except SourceError as problem:
            raise CommandError(f"{problem}\nNothing was changed.") from None
        if not loaded.anything:
            self.stdout.write("Everything is there already; nothing was changed.")
            return
        made = (f"{count} {name.replace('_', ' ')}" for name, count in asdict(loaded).items())
        self.stdout.write("Loaded: " + ", ".join(made) + ".")
