"""Saving what was typed into a report, field by field or the whole form.

A row is named `tasks/<line>`, `projects/<line>`, `indicators/<code>` or `text`; a field's path is the row's
name, "/", and the field's: `status`, `done_on`, `text`, `numerator`, `value`, for money `<source>/<kind>`.
Texts that do not parse are kept as draft values and bar submission; saving an old row version is a conflict.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from agencies.models import Membership
from core import clock
from core.findings import Conflict
from core.notation import NotationError
from reports.filing.actions import editing
from reports.filing.sheet import Row, Sheet
from reports.models import Filing

RowName = str
Raw = Mapping[RowName, Mapping[str, str]]


@dataclass
class SavedRow:
    """The new version of a row, and for each path kept as a draft value why it does not parse."""

    row_version: int
    invalid: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)


@dataclass
class SavedRows:
    """Every row that was saved, and for each that somebody else saved first both values."""

    rows: dict[RowName, SavedRow] = field(default_factory=dict)
    conflicts: dict[RowName, Conflict] = field(default_factory=dict)

    @property
    def invalid(self) -> dict[str, str]:
        return {path: text for row in self.rows.values() for path, text in row.invalid.items()}


def save_row(
    filing: Filing, row_name: RowName, raw: Mapping[str, str], *, actor: Membership, row_version: int
) -> SavedRow:
    """Save typed texts of one row; `raw` maps the names of its fields to texts.

    Raises `Conflict` when somebody else saved the row since `row_version`, unless all values agree.
    """
    saved = save_rows(filing, {row_name: raw}, actor=actor, versions={row_name: row_version})
    if row_name in saved.conflicts:
        raise saved.conflicts[row_name]
    return saved.rows[row_name]


def save_rows(
    filing: Filing, raw: Raw, *, actor: Membership, versions: Mapping[RowName, int] | None = None
) -> SavedRows:
    """Save several rows. Those that somebody else saved first come back as conflicts, the others are stored.

    Without `versions` nobody else is expected: what is typed stands.
    """
    with editing(filing, actor) as draft:
        sheet = Sheet(draft, sections_of(raw))
        saved = put_rows(sheet, raw, actor, versions)
        sheet.store()
    return saved


def sections_of(raw: Raw) -> set[str]:
    return {name.partition("/")[0] for name in raw}


def put_rows(
    sheet: Sheet, raw: Raw, actor: Membership, versions: Mapping[RowName, int] | None = None
) -> SavedRows:
    """The typed texts in the rows of a sheet, which is not stored yet."""
    saved = SavedRows()
    for name, texts in raw.items():
        row = sheet.row(name)
        typed = {field_name: as_kept(text) for field_name, text in texts.items()}
        conflict = None if versions is None else _conflict(row, typed, versions.get(name, 0))
        if conflict is not None:
            saved.conflicts[name] = conflict
            continue
        saved.rows[name] = _save(row, typed, actor)
    return saved


def as_kept(text: str) -> str:
    """What was typed as it would be shown again: a form sends line breaks as two characters."""
    return text.replace("\r\n", "\n").strip()


def _conflict(row: Row, typed: Mapping[str, str], version: int) -> Conflict | None:
    theirs = {name: row.shown(name) for name in typed}
    if row.version == version or all(theirs[name] == text for name, text in typed.items()):
        return None
    return Conflict(
        _("Somebody else changed this line while you were typing. Choose which value stays."),
        yours=dict(typed),
        theirs=theirs,
        row_version=row.version,
    )


def _save(row: Row, typed: Mapping[str, str], actor: Membership) -> SavedRow:
    changed = {name: text for name, text in typed.items() if text != row.shown(name)}
    invalid: dict[str, str] = {}
    for name, text in changed.items():
        try:
            row.put(name, text)
        except NotationError as problem:
            row.keep_raw(name, text, problem, actor.user, clock.now())
    if changed:
        row.touch()
    for name in typed:
        if (message := row.problem(name)) is not None:
            invalid[f"{row.name}/{name}"] = message
    return SavedRow(row.version, invalid, {name: row.shown(name) for name in row.shown_beside(typed)})
