"""Targets, and the status that a document describes."""

from decimal import Decimal
from pathlib import Path
from uuid import uuid4

from indicators.models import Comparator
from indicators.rows import BaselineRow, TargetRow
from sources import reading
from sources.reading import Record
from sources.rows.known import Known, Pairs


def read_targets(path: Path, known: Known, *, guidance: bool) -> Pairs[TargetRow]:
    rows = []
    for position, record in enumerate(reading.records_if_any(path, "clause", "indicator", "year"), start=1):
        unit, indicator = record.text("unit"), _indicator(record, known)
        if unit and unit != known.indicators[indicator]:
            raise record.wrong("unit", f"“{unit}” is not the unit of {indicator}")
        scope = known.party(record, "scope", record.text("scope", required=True))
        year, due_on = record.year("year"), record.day("on")
        if year is None or due_on is None:
            raise record.wrong("year, on", "one of them is blank")
        record.raw("roadmap")  # says from which table the target comes, as the clause does
        row = TargetRow(
            line=uuid4(),
            position=position,
            indicator=indicator,
            agency_class=scope.value if scope.kind == "class" else "",
            group=scope.value if scope.kind == "group" else "",
            agency=scope.value if scope.kind == "agency" else "",
            year=year,
            due_on=due_on,
            comparator=record.choice("comparator", Comparator.values),
            value=record.number("value"),
            value_to=record.number("value_to"),
            words=record.text("text"),
            printed=record.text("printed"),
            guidance=guidance,
            clause=record.text("clause", required=True),
            note=record.long_text("note"),
        )
        record.finish()
        _refuse_odd_value(record, row.comparator, row.value, row.value_to, row.words or row.printed)
        rows.append((row, record))
    return rows


def read_baselines(path: Path, known: Known) -> Pairs[BaselineRow]:
    """The status: "as of" a day, in words, or not at all; the value as a number, a pair or in words."""
    rows = []
    for position, record in enumerate(reading.records_if_any(path, "clause", "indicator"), start=1):
        row = BaselineRow(
            line=uuid4(),
            position=position,
            indicator=_indicator(record, known),
            as_of=record.day("as_of"),
            as_of_words=record.text("as_of_words"),
            comparator=record.optional_choice("comparator", Comparator.values) or Comparator.EQUAL.value,
            numerator=record.number("numerator"),
            denominator=record.number("denominator"),
            value=record.number("value"),
            words=record.text("text"),
            printed=record.text("printed", required=True),
            converted=record.flag("converted"),
            clause=record.text("clause", required=True),
            note=record.long_text("note"),
        )
        record.finish()
        if row.stated is None and row.numerator is None and not row.words:
            raise record.wrong("value", "is blank; give the number, numerator and denominator, or the words")
        if row.denominator == 0:
            raise record.wrong("denominator", "0 divides nothing; leave it blank where it is not printed")
        rows.append((row, record))
    return rows


def _indicator(record: Record, known: Known) -> str:
    indicator = record.key("indicator", known.indicators, "indicator")
    if not indicator:
        raise record.wrong("indicator", "is blank; name the code of one in indicators.yaml")
    return indicator


def _refuse_odd_value(
    record: Record, comparator: str, value: Decimal | None, value_to: Decimal | None, words: str
) -> None:
    """A range has two ends that run upwards, a text has words, everything else one number."""
    if comparator == Comparator.RANGE:
        if value is None or value_to is None:
            raise record.wrong("value, value_to", "one end of the range is blank")
        record.runs_forward("value", "value_to", value, value_to)
    elif value_to is not None:
        raise record.wrong("value_to", f"a target “{comparator}” has one value; only a range has two")
    elif value is None and (comparator not in (Comparator.TEXT, Comparator.APPROXIMATE) or not words):
        raise record.wrong("value", "is blank; give the number, or the words with the comparator “text”")
