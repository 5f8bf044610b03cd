"""Legal documents with their text and clauses. What hangs on a document is made with it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plans.models import Clause, LegalDocument
from sources import reading
from sources.clauses import read_clauses
from sources.reading import Record
from sources.rows import LINE_FILES

_KINDS = {
    "quyet_dinh": "Quyết định",
    "cong_van": "Công văn",
    "thong_bao": "Thông báo",
}
_DAY_IN_WORDS = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})")


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """A document as its folder has it; `clauses` is None while nobody has listed them."""

    document: LegalDocument
    clauses: list[Clause] | None
    record: Record

    @property
    def numbers(self) -> set[str] | None:
        return None if self.clauses is None else {clause.number for clause in self.clauses}

    def undated(self) -> Iterator[str]:
        """What is wrong when a plan is registered from it: it could not be in force from any day."""
        if known_from(self.document) is None:
            yield self.record.said(
                "issued_on",
                "is blank, and the title names no day such as “ngày 28 tháng 12 năm 2007”; write one of them",
            )


def known_from(document: LegalDocument) -> date | None:
    """The day from which a document holds: its own, or where it bears none the day that its title names.

    The notice has neither number nor date in our copy; it is known from its meeting of 28/12/2007.
    """
    if document.issued_on is not None:
        return document.issued_on
    named = _DAY_IN_WORDS.search(document.title)
    return date(int(named[3]), int(named[2]), int(named[1])) if named else None


def read_documents(directory: Path) -> dict[str, PrintedDocument]:
    """Every folder of `documents/` by slug. Raises `SourceError`."""
    return {
        folder.name: _read(folder)
        for folder in sorted((directory / "documents").iterdir())
        if folder.is_dir() and any(folder.iterdir())
    }


def _read(folder: Path) -> PrintedDocument:
    if not (folder / "document.yaml").exists():
        _refuse_lines_without_document(folder)
    text_file = folder / "text.txt"
    text = reading.text(text_file) if text_file.exists() else ""
    record = reading.record(folder / "document.yaml")
    return PrintedDocument(
        _document(record, folder, text), read_clauses(folder / "clauses.yaml", text), record
    )


def _refuse_lines_without_document(folder: Path) -> None:
    for name in LINE_FILES:
        for record in reading.records_if_any(folder / f"{name}.yaml", "clause", "number", "name"):
            problem = (
                f"{record.file}, line {record.line}: {record.label}: rests on no document: "
                f"{reading.shown(folder / 'document.yaml')} is not there; write slug, title, kind and issuer "
                "into it, or take the folder away"
            )
            raise reading.SourceError([problem])


def _document(record: Record, folder: Path, text: str) -> LegalDocument:
    document = LegalDocument(
        slug=record.choice("slug", [folder.name]),
        number=record.text("number"),
        title=record.text("title", required=True),
        kind=_KINDS[record.choice("kind", list(_KINDS))],
        issuer=record.text("issuer", required=True),
        issued_on=record.day("issued_on"),
        signer=record.text("signer"),
        signer_title=record.text("signer_title"),
        effective_on=record.day("effective_on"),
        effective_note=record.text("effective_note"),
        text=text,
        corrections=[_correction(one) for one in record.records("corrections")],
        note=record.long_text("note"),
    )
    record.finish()
    record.fits(document)
    if not text and not document.note:
        raise record.wrong("note", "is blank and there is no text.txt; say that the text is not in our copy")
    return document


def _correction(record: Record) -> dict[str, str]:
    """What our copy has and what is read instead; its characters stay as they are, even unprintable ones."""
    said = {name: str(record.raw(name) or "") for name in ("printed", "read", "where")}
    record.finish()
    return said


def create_missing(printed: Mapping[str, PrintedDocument]) -> tuple[int, int]:
    """Documents that are not there yet, and clauses of those that have none: how many of each.

    A document that stood here before its clauses were listed gets them, as long as its text is the same.
    """
    present = {one.slug: one for one in LegalDocument.objects.all()}
    made = [one.document for slug, one in printed.items() if slug not in present]
    LegalDocument.objects.bulk_create(made)
    present.update({document.slug: document for document in made})
    with_clauses = set(Clause.objects.values_list("document__slug", flat=True).distinct())
    clauses = []
    for slug, one in printed.items():
        if slug in with_clauses or present[slug].text != one.document.text:
            continue
        for clause in one.clauses or []:
            clause.document = present[slug]
            clauses.append(clause)
    Clause.objects.bulk_create(clauses)
    return len(made), len(clauses)
