"""Loading a folder in a test, and everything that the database then holds."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from sources.reading import FIXTURES

Edit = Callable[[str], str]


def whole_database() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, ids and times included."""
    return {
        model._meta.db_table: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models(include_auto_created=True)
    }


def load(directory: Path = FIXTURES) -> str:
    out = io.StringIO()
    call_command("load_sources", "--fixtures", str(directory), stdout=out)
    return out.getvalue()


def copied(directory: Path) -> Path:
    """The fixtures to be edited; messages call them by the same names."""
    folder = directory / "fixtures"
    shutil.copytree(FIXTURES, folder)
    return folder


def edited(folder: Path, file: str, edit: Edit) -> None:
    path = folder / file
    path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8")


def replacing(old: str, new: str) -> Edit:
    def edit(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return edit


def appending(text: str) -> Edit:
    return lambda before: before.rstrip("\n") + "\n" + text


def line_of(folder: Path, file: str, words: str) -> int:
    """The line of a file on which the words first stand."""
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def refusal_of(folder: Path) -> list[str]:
    """What is said when the folder is refused. Fails when it is loaded, or when anything changed."""
    before = whole_database()
    with pytest.raises(CommandError) as refusal:
        load(folder)
    assert refusal.value.returncode == 1
    assert whole_database() == before
    *problems, last = str(refusal.value).splitlines()
    assert last == "Nothing was changed."
    return problems
