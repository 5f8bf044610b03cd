"""The rows of one draft filing in memory: read in a fixed number of queries, written back in as few."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from agencies.models import User
from budgets.models import FundingSource
from core.findings import Refused
from core.notation import (
    NotationError,
    format_date,
    format_money,
    format_number,
    parse_date,
    parse_money,
    parse_number,
)
from core.vietnamese import clean
from reports.filing.content import read_filing
from reports.filing.shapes import FLOW_KINDS, IndicatorLine, ProjectLine, TaskLine
from reports.models import Filing, FilingDraftValue, FundFlow, IndicatorResult, ProjectResult, TaskResult

TEXT_LIMIT = 20_000
NUMBER_LIMIT = Decimal(10) ** 12
Line = TaskLine | ProjectLine | IndicatorLine


def _choice(choices: Collection[str]) -> Callable[[str], str]:
    def parse(raw: str) -> str:
        if raw and raw not in choices:
            raise NotationError(
                "unknown_choice",
                raw,
                _("“%(value)s” is not one of the choices.") % {"value": raw[:40]},
                _("Choose one of the list."),
            )
        return raw

    return parse


def _text(raw: str) -> str:
    text = clean(raw, multiline=True)
    if len(text) > TEXT_LIMIT:
        raise NotationError(
            "too_long",
            raw,
            _("The text has %(length)s characters; at most %(limit)s fit.")
            % {"length": format_number(len(text)), "limit": format_number(TEXT_LIMIT)},
            _("Shorten it."),
        )
    return text


def _number(raw: str) -> Decimal | None:
    number = parse_number(raw, minimum=0, maximum=NUMBER_LIMIT)
    if number is not None and number != round(number, 4):
        raise NotationError(
            "number_too_fine",
            raw,
            _("“%(value)s” has more than four decimals.") % {"value": raw[:40]},
            _("Round it."),
        )
    return number


def _whole(raw: str) -> Decimal | None:
    number = _number(raw)
    if number == 0:
        raise NotationError(
            "denominator_zero", raw, _("The whole cannot be 0."), _("Leave it blank if it is not known.")
        )
    return number


def _flag(raw: str) -> bool:
    return raw not in ("", "0", "false")


# Section -> field -> how it is read, and how it is written back as the text of the form.
FIELDS: Mapping[str, Mapping[str, tuple[Callable[[str], Any], Callable[[Any], str]]]] = {
    "tasks": {
        "status": (_choice(TaskResult.Status.values), str),
        "done_on": (parse_date, format_date),
        "text": (_text, str),
    },
    "projects": {"status": (_choice(ProjectResult.Status.values), str), "text": (_text, str)},
    "indicators": {
        "numerator": (_number, format_number),
        "denominator": (_whole, format_number),
        "value": (_number, format_number),
        "text": (_text, str),
    },
    "text": {
        "summary": (_text, str),
        "difficulties": (_text, str),
        "proposals": (_text, str),
        "nothing_to_report": (_flag, lambda value: "1" if value else ""),
    },
}
_MODELS: Mapping[str, Any] = {"tasks": TaskResult, "projects": ProjectResult, "indicators": IndicatorResult}


class Row:
    """One row: the stored record, its draft values, and for a project its money."""

    def __init__(self, sheet: "Sheet", name: str, line: Line | None, record: Any) -> None:
        self.sheet = sheet
        self.name = name
        self.section = name.partition("/")[0]
        self.line = line
        self.record = record
        self.changed = False
        self.flows: dict[str, Decimal | None] = {}
        if isinstance(line, ProjectLine):
            stored = {source.source: source.flows for source in line.sources}
            for code in [*stored, *(sheet.sources if line.takes_sources else ())]:
                for kind in FLOW_KINDS:
                    self.flows[f"{code}/{kind}"] = stored.get(code, {}).get(kind)

    @property
    def version(self) -> int:
        """0 for a row that is not stored yet."""
        return int(self.record.row_version)

    def shown(self, name: str) -> str:
        """The field as the form shows it: a kept draft value, else the stored one."""
        draft = self.sheet.drafts.get(f"{self.name}/{name}")
        if draft is not None:
            return draft.raw
        if name in self.flows:
            return format_money(self.flows[name])
        return self._field(name)[1](getattr(self.record, name))

    def problem(self, name: str) -> str | None:
        draft = self.sheet.drafts.get(f"{self.name}/{name}")
        return draft.message if draft is not None else None

    def _field(self, name: str) -> tuple[Callable[[str], Any], Callable[[Any], str]]:
        fields = FIELDS[self.section]
        if name not in fields:
            raise unknown(f"{self.name}/{name}")
        return fields[name]

    def put(self, name: str, typed: str) -> None:
        """Set a field from what was typed. Raises `NotationError`."""
        if name in self.flows:
            self.flows[name] = parse_money(typed)
            self.sheet.flows_changed.append((self, name))
        else:
            value = self._field(name)[0](typed)
            self._check(name, value, typed)
            setattr(self.record, name, value)
        self.sheet.forget(f"{self.name}/{name}")
        if self.section == "tasks" and name == "status":
            self._status_changed()

    def _check(self, name: str, value: Any, typed: str) -> None:
        if name == "done_on" and value is not None and self.record.status != TaskResult.Status.DONE:
            raise NotationError(
                "done_on_without_done",
                typed,
                _("A day of completion stands, but the status is not “done”."),
                _("Set the status to “done” or clear the day."),
            )
        yes_no = isinstance(self.line, IndicatorLine) and self.line.asks == "yes_no"
        if name == "value" and yes_no and value not in (None, 0, 1):
            raise NotationError(
                "unknown_choice",
                typed,
                _("“%(value)s” is not one of the choices.") % {"value": typed[:40]},
                _("Choose one of the list."),
            )

    def _status_changed(self) -> None:
        """A day goes with “done”: one typed before is taken up, one of a task taken back is dropped."""
        if self.record.status != TaskResult.Status.DONE:
            self.record.done_on = None
            return
        draft = self.sheet.drafts.get(f"{self.name}/done_on")
        if draft is not None and draft.finding_code == "done_on_without_done":
            self.put("done_on", draft.raw)

    def keep_raw(self, name: str, typed: str, problem: NotationError, by: User, at: datetime) -> None:
        """Keep what does not parse; the value stored before stays until it is mended."""
        path = f"{self.name}/{name}"
        draft = self.sheet.drafts.get(path) or FilingDraftValue(filing=self.sheet.filing, path=path)
        draft.raw, draft.finding_code, draft.message = typed, problem.code, str(problem)
        draft.by, draft.at = by, at
        self.sheet.drafts[path] = draft
        self.sheet.drafts_changed.add(path)

    def touch(self) -> None:
        self.record.row_version = self.version + 1
        self.changed = True

    def shown_beside(self, typed: Iterable[str]) -> list[str]:
        """The fields whose text a save of `typed` may change: themselves, and the day beside a status."""
        names = list(typed)
        return [*names, "done_on"] if self.section == "tasks" and "done_on" not in names else names


class Sheet:
    """The rows of one draft. Only the named sections are read."""

    def __init__(self, filing: Filing, sections: Collection[str]) -> None:
        self.filing = filing
        self.drafts = {one.path: one for one in FilingDraftValue.objects.filter(filing=filing)}
        content = read_filing(filing, sections).with_waiting(self.drafts)
        self.year = content.year
        self.sources = tuple(content.source_names)  # those that an agency may name where no document does
        lines: list[Line] = [*content.tasks, *content.projects, *content.indicators]
        self.lines = {line.name: line for line in lines}
        self.records: dict[tuple[str, Any], Any] = {}
        for section in _MODELS.keys() & set(sections):
            for record in _MODELS[section].objects.filter(filing=filing):
                key = record.indicator_id if section == "indicators" else record.line_id
                self.records[section, key] = record
        self.drafts_changed: set[str] = set()
        self.flows_changed: list[tuple[Row, str]] = []
        self.rows: dict[str, Row] = {}

    def row(self, name: str) -> Row:
        """The row of that name, stored or new; raises `Refused` for what the report does not ask for."""
        if name not in self.rows:
            self.rows[name] = Row(self, name, self.lines.get(name), self._record(name))
        return self.rows[name]

    def _record(self, name: str) -> Any:
        if name == "text":
            return self.filing
        line = self.lines.get(name)
        if line is None:
            raise unknown(name)
        if isinstance(line, IndicatorLine):
            key: Any = line.indicator.pk
            fresh: Any = IndicatorResult(filing=self.filing, indicator=line.indicator, row_version=0)
        else:
            key = line.row.line
            model = TaskResult if isinstance(line, TaskLine) else ProjectResult
            fresh = model(filing=self.filing, line_id=key, plan=line.plan, row_version=0)
        return self.records.get((name.partition("/")[0], key)) or fresh

    def forget(self, path: str) -> None:
        draft = self.drafts.pop(path, None)
        self.drafts_changed.discard(path)
        if draft is not None and draft.pk:
            draft.delete()

    def store(self) -> None:
        """Write what changed: one statement for the new rows of a section, one for each changed row."""
        fresh: dict[Any, list[Any]] = {}
        for row in self.rows.values():
            if not row.changed:
                continue
            if row.record.pk:
                row.record.save()
            else:
                fresh.setdefault(type(row.record), []).append(row.record)
        for model, records in fresh.items():
            model.objects.bulk_create(records)
        self._store_flows()
        for path in sorted(self.drafts_changed):
            self.drafts[path].save()

    def _store_flows(self) -> None:
        if not self.flows_changed:
            return
        sources = dict(FundingSource.objects.values_list("code", "pk"))
        kept = []
        for row, name in self.flows_changed:
            code, _slash, kind = name.partition("/")
            where: dict[str, Any] = {
                "filing": self.filing,
                "line_id": UUID(row.name.partition("/")[2]),
                "year": self.year,
                "source_id": sources[code],
                "kind": kind,
            }
            amount = row.flows[name]
            if amount is None:
                FundFlow.objects.filter(**where).delete()
            else:
                kept.append(FundFlow(**where, plan=row.record.plan, amount=amount))
        FundFlow.objects.bulk_create(
            kept,
            update_conflicts=True,
            unique_fields=["filing", "line", "year", "source", "kind"],
            update_fields=["amount", "plan"],
        )


def unknown(path: str) -> Refused:
    return Refused(_("“%(path)s” is not a line of this report.") % {"path": path[:200]}, code="unknown_path")
