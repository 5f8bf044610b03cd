"""What hangs on a programme beside its outline: its reporting regimes, and what reviewers check."""

from agencies.models.agency import CLASSES
from plans.models import Cadence, ChecklistItem, LegalBasis, ReportingRegime
from sources.reading import Record


def read_regimes(record: Record, documents: dict[str, int]) -> list[ReportingRegime]:
    """`regimes` of a programme: at most one of them holds on a day."""
    regimes: list[ReportingRegime] = []
    for one in record.records("regimes"):
        regime = _regime(one, documents)
        before = regimes[-1] if regimes else None
        if before is not None and (before.valid_to is None or regime.valid_from <= before.valid_to):
            raise one.wrong("valid_from", f"“{before.name}” has not ended by then; give its last day before")
        regimes.append(regime)
    return regimes


def _regime(record: Record, documents: dict[str, int]) -> ReportingRegime:
    valid_from, valid_to = record.day("valid_from"), record.day("valid_to")
    if valid_from is None:
        raise record.wrong("valid_from", "is blank")
    if valid_to is not None and valid_to < valid_from:
        raise record.wrong("valid_to", f"{valid_to} is before {valid_from}")
    due_days = record.integer("due_days") if record.raw("due_days") is not None else None
    regime = ReportingRegime(
        name=record.text("name", required=True),
        content=record.long_text("content"),
        obliged_classes=classes(record, "obliged_classes"),
        reports_to=record.text("reports_to"),
        passed_on=record.text("passed_on"),
        means=record.text("means"),
        form=record.text("form"),
        cadence=record.optional_choice("cadence", Cadence.values),
        ad_hoc=record.flag("ad_hoc"),
        due_days=due_days,
        due_printed=record.text("due_printed"),
        first_cycle=record.text("first_cycle"),
        valid_from=valid_from,
        valid_to=valid_to,
        note=record.long_text("note"),
    )
    _rest_on(regime, record, documents)
    record.finish()
    record.fits(regime)
    return regime


def read_checklist(record: Record, documents: dict[str, int]) -> list[ChecklistItem]:
    """`checklist` of a programme: what its documents say a review looks at, in their words."""
    items = []
    for position, one in enumerate(record.records("checklist"), start=1):
        item = ChecklistItem(
            text=one.text("text", required=True), required=one.flag("required"), position=position
        )
        _rest_on(item, one, documents)
        one.finish()
        one.fits(item)
        items.append(item)
    return items


def _rest_on(row: LegalBasis, record: Record, documents: dict[str, int]) -> None:
    slug = record.key("document", set(documents), "document")
    row.document_id = documents[slug] if slug else None
    row.basis = record.text("basis")
    row.clause = record.text("clause")
    if slug and row.basis:
        raise record.wrong("basis", f"stands beside the document “{slug}”; give one of them")


def classes(record: Record, field: str) -> list[str]:
    """`class:provinces` as "provinces"."""
    names = [token.removeprefix("class:") for token in record.words(field)]
    if unknown := [name for name in names if name not in CLASSES]:
        raise record.wrong(field, f"there is no class “{unknown[0]}”")
    return names
