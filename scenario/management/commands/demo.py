"""`manage.py demo`: plays the story into an empty database and writes its files beside it."""

from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from agencies.models import Membership, User
from scenario.people import PASSWORD, ROLES_BESIDE
from scenario.story import HalfYear, Story, play, play_half_year


class Command(BaseCommand):
    help = "Plays the illustrative story of 2008 and 2011 into an empty database; prints accounts and files."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--out", type=Path, default=Path("out/demo"), help="directory for PDF and XLSX")
        parser.add_argument("--address", default="http://127.0.0.1:8000", help="where it will be served")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.INSECURE_LOOPBACK:
            raise CommandError("The demo plays on this machine alone; it needs INSECURE_LOOPBACK=1.")
        if User.objects.exists():
            raise CommandError("This database is in use. The demo wants an empty one: make demo sets it up.")
        call_command("load_sources", stdout=StringIO())
        story = play()
        files = self._write_files(story, play_half_year(story), options["out"])
        self._tell(files, options["address"])

    def _write_files(self, story: Story, half_year: HalfYear, out: Path) -> list[Path]:
        out.mkdir(parents=True, exist_ok=True)
        files = []
        for told in (story, half_year):
            for issued in told.issued:
                path = out / f"bao-cao-{told.cycle.code.lower()}.{issued.format}"
                path.write_bytes(issued.file.read())
                files.append(path)
        for file_format in ("pdf", "xlsx", "json"):
            path = out / f"{story.plan.code}.{file_format}"
            call_command("export_plan", story.plan.code, format=file_format, out=path, stdout=StringIO())
            files.append(path)
        return files

    def _tell(self, files: list[Path], address: str) -> None:
        say = self.stdout.write
        say("Tài khoản minh họa (mật khẩu chung: " + PASSWORD + ")")
        shown = [("p82", "editor"), ("p82", "approver"), *((key, str(role)) for key, role in ROLES_BESIDE)]
        for key, role in shown:
            one = Membership.objects.select_related("user", "agency").get(agency__key=key, role=role)
            say(f"  {one.user.email:<58} {one.user.full_name}")
        say("  Các cơ quan khác: bientap.<cơ quan>@minhhoa.example, lanhdao.<cơ quan>@minhhoa.example")
        say("Tệp:")
        for path in files:
            say(f"  {path}  ({path.stat().st_size:,} byte)".replace(",", "."))
        say(f"Địa chỉ: {address}")
