"""Programmes with their outlines, regimes and checklists, and where text moves between outlines.

What hangs on a programme is made with it, and afterwards left to people.
"""

from itertools import chain
from pathlib import Path
from typing import Any

from agencies.models import Agency
from indicators.models import Indicator, OutlineIndicator
from plans.models import (
    ChecklistItem,
    CoReviewer,
    DecidedBy,
    LegalDocument,
    OutlineItem,
    OutlineMapping,
    Programme,
    ReportingRegime,
)
from sources import reading
from sources.reading import Record
from sources.regimes import classes, read_checklist, read_regimes


def load_programmes(directory: Path) -> int:
    """programmes.yaml with outlines and mappings; links between programmes are made once all stand."""
    agencies = dict(Agency.objects.values_list("key", "pk"))
    documents = dict(LegalDocument.objects.values_list("slug", "pk"))
    programmes = {one.code: one for one in Programme.objects.all()}
    listed = reading.records(directory / "programmes/programmes.yaml", "code", unique=True)
    codes = {record.text("code", required=True) for record in listed} | set(programmes)
    links: list[tuple[Programme, str, list[str]]] = []
    for position, record in enumerate(listed, start=1):
        programme = _programme(record, position, agencies, documents)
        parent = record.key("parent", codes, "programme")
        together = record.words("reports_with")
        if unknown := [code for code in together if code not in codes]:
            raise record.wrong("reports_with", f"there is no programme “{unknown[0]}”")
        reviewers = [_co_reviewer(one, agencies) for one in record.records("co_reviewers")]
        outline, asked = record.text("outline"), record.text("outline_indicators")
        items = _outline(directory / "programmes" / outline) if outline else []
        figures = _outline_indicators(directory / "programmes" / asked, items) if asked else []
        regimes, checklist = read_regimes(record, documents), read_checklist(record, documents)
        record.finish()
        record.fits(programme)
        if programme.code in programmes:
            continue
        programme.save()
        programmes[programme.code] = programme
        links.append((programme, parent, together))
        hanging: tuple[Any, ...] = (reviewers, items, figures, regimes, checklist)
        for one in chain.from_iterable(hanging):
            one.programme = programme
        CoReviewer.objects.bulk_create(reviewers)
        OutlineItem.objects.bulk_create(items)
        OutlineIndicator.objects.bulk_create(figures)
        ReportingRegime.objects.bulk_create(regimes)
        ChecklistItem.objects.bulk_create(checklist)
    for programme, parent, together in links:
        if parent:
            programme.parent = programmes[parent]
            programme.save(update_fields=["parent"])
        programme.reports_with.add(*(programmes[code] for code in together))
    _load_mappings(directory, programmes, {programme.code for programme, _parent, _codes in links})
    return len(links)


def _programme(
    record: Record, position: int, agencies: dict[str, int], documents: dict[str, int]
) -> Programme:
    lead = record.key("lead", set(agencies), "agency")
    document = record.key("document", set(documents), "document")
    year_from, year_to = record.year("year_from"), record.year("year_to")
    if not lead or year_from is None or year_to is None:
        raise record.wrong("lead, year_from, year_to", "one of them is blank")
    record.runs_forward("year_from", "year_to", year_from, year_to)
    return Programme(
        code=record.text("code", required=True),
        name=record.text("name", required=True),
        short_name=record.text("short_name", required=True),
        document_id=documents[document] if document else None,
        year_from=year_from,
        year_to=year_to,
        lead_id=agencies[lead],
        decided_by=record.choice("decided_by", DecidedBy.values),
        deciding_body=record.text("deciding_body"),
        plan_deadline=record.day("plan_deadline"),
        planning_classes=classes(record, "planning_classes"),
        asks_route=record.flag("asks_route"),
        note=record.long_text("note"),
        position=position,
    )


def _co_reviewer(record: Record, agencies: dict[str, int]) -> CoReviewer:
    agency = record.key("agency", set(agencies), "agency")
    if not agency:
        raise record.wrong("agency", "is blank")
    scope = record.choice("scope", CoReviewer.Scope.values)
    record.finish()
    return CoReviewer(agency_id=agencies[agency], scope=scope)


def _outline(path: Path) -> list[OutlineItem]:
    items = []
    for position, record in enumerate(reading.records(path, "number", unique=True), start=1):
        item = OutlineItem(
            number=record.text("number", required=True),
            heading=record.text("heading", required=True),
            guidance=record.long_text("guidance"),
            position=position,
        )
        if record.integer("level") != item.number.count(".") + 1:
            raise record.wrong("level", f"does not fit the number “{item.number}”")
        record.finish()
        record.fits(item)
        items.append(item)
    return items


def _outline_indicators(path: Path, items: list[OutlineItem]) -> list[OutlineIndicator]:
    """The status figures that headings of the outline ask for; no classes means all."""
    indicators = dict(Indicator.objects.values_list("code", "pk"))
    numbers = {item.number for item in items}
    found = []
    records = reading.records(path, "indicator", "number", unique=True)
    for position, record in enumerate(records, start=1):
        indicator = record.key("indicator", indicators, "indicator")
        number = record.key("number", numbers, "heading of the outline")
        if not indicator or not number:
            raise record.wrong("number, indicator", "one of them is blank")
        found.append(
            OutlineIndicator(
                number=number,
                indicator_id=indicators[indicator],
                classes=classes(record, "classes"),
                guidance=record.long_text("guidance"),
                position=position,
            )
        )
        record.finish()
    return found


def _load_mappings(directory: Path, programmes: dict[str, Programme], new: set[str]) -> None:
    """Mappings come with the programme to whose outline they lead."""
    for path in sorted(directory.glob("programmes/mapping-*.yaml")):
        for record in reading.records(path, "programme"):
            target = record.key("programme", set(programmes), "programme")
            source = record.key("source", set(programmes), "programme")
            headings = record.raw("headings")
            record.finish()
            if not isinstance(headings, dict):
                raise record.wrong("headings", "is not a table of headings")
            numbers = set(
                OutlineItem.objects.filter(programme=programmes[target]).values_list("number", flat=True)
            )
            if target in new:
                if unknown := [number for number in headings.values() if number not in numbers]:
                    raise record.wrong("headings", f"the outline of {target} has no heading {unknown[0]}")
                OutlineMapping.objects.bulk_create(
                    OutlineMapping(
                        programme=programmes[target],
                        source=programmes[source],
                        from_number=from_number,
                        to_number=to_number,
                    )
                    for from_number, to_number in headings.items()
                )
