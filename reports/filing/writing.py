"""Writing rows of a report whole or not at all, as a program does.

A person's form keeps what cannot be read, as typed; a program is refused with everything that is wrong.
"""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Membership
from core.findings import Finding, Place, Refused, WrongState, error
from reports.filing.actions import editing
from reports.filing.editing import Raw, RowName, SavedRows, put_rows, sections_of
from reports.filing.shapes import IndicatorLine
from reports.filing.sheet import FIELDS, Row, Sheet, unknown
from reports.models import Filing


class Overtaken(Refused, WrongState):
    """Somebody else saved rows since the versions that were named (409); the findings say which."""


def write_rows(filing: Filing, raw: Raw, *, actor: Membership, versions: Mapping[RowName, int]) -> SavedRows:
    """Save rows, every one or none.

    `raw` holds texts in the notation of the form, by row and field; a blank where nothing is asked is
    left out. Raises `Refused` with a finding for each value that cannot be taken, `Overtaken` when any row
    has another version than the one named (0: not stored yet) and other values.
    """
    with editing(filing, actor) as draft:
        sheet = Sheet(draft, sections_of(raw))
        findings = list(_not_asked(sheet, raw))
        refused = {one.place.path for one in findings}
        taken = {
            name: {
                field: text
                for field, text in texts.items()
                if _takes(sheet.row(name), field) and f"{name}/{field}" not in refused
            }
            for name, texts in raw.items()
            if name not in refused
        }
        saved = put_rows(sheet, taken, actor, versions)
        findings += [*_overtaken(saved), *_unreadable(sheet, saved)]
        if findings:
            raise _refusal(findings, saved)
        sheet.store()
    return saved


def _not_asked(sheet: Sheet, raw: Raw) -> Iterator[Finding]:
    """Lines that the report does not ask for, and values where a line asks for none."""
    for name, texts in raw.items():
        if name != "text" and name not in sheet.lines:
            yield error("unknown_path", str(unknown(name)), Place("filing", path=name), name)
            continue
        for field, text in texts.items():
            if text and not _takes(sheet.row(name), field):
                said = _("“%(path)s” is not asked here. Leave it out.") % {"path": field[:60]}
                yield error("not_asked", said, Place("filing", path=f"{name}/{field}"), text)


def _takes(row: Row, field: str) -> bool:
    if isinstance(row.line, IndicatorLine):
        answer = ("numerator", "denominator") if row.line.asks == "ratio" else ("value",)
        return field in (*answer, "text")
    return field in row.flows or field in FIELDS[row.section]


def _overtaken(saved: SavedRows) -> Iterator[Finding]:
    for name, conflict in saved.conflicts.items():
        yield error("conflict", str(conflict), Place("filing", path=name), str(conflict.row_version))


def _unreadable(sheet: Sheet, saved: SavedRows) -> Iterator[Finding]:
    for path, text in saved.invalid.items():
        kept = sheet.drafts[path]
        yield error(kept.finding_code, text, Place("filing", path=path), kept.raw)


def _refusal(findings: list[Finding], saved: SavedRows) -> Refused:
    if saved.conflicts:
        said = _("Somebody else saved what you would change. Read it again and repeat the change on that.")
        return Overtaken(said, findings, code="conflict")
    text = ngettext(
        "%(count)d value cannot be taken; nothing was saved.",
        "%(count)d values cannot be taken; nothing was saved.",
        len(findings),
    )
    return Refused(text % {"count": len(findings)}, findings, code="values")
