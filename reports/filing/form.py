"""Building the form of a report: fields with draft values, last period's beside them, lines in groups."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.findings import Finding, Text
from core.notation import format_date, format_money, format_number, format_percent
from indicators.attainment import Goal, judge, most_specific, reach
from indicators.models import Target
from indicators.parts import TargetRow
from plans.parts import registry
from plans.parts.reading import above
from reports.figures.names import not_due_words
from reports.filing.pageshapes import Field, FilingForm, Group, Line, Section, ShownTarget
from reports.filing.posting import NOTHING_POSTED, Posted
from reports.filing.shapes import FLOW_KINDS, FilingContent, FlowLine, IndicatorLine, ProjectLine, TaskLine
from reports.models import Filing, FundFlow, ProjectResult, TaskResult

Choices = tuple[tuple[str, Text], ...]
YES_NO: Choices = (("", "–"), ("1", gettext_lazy("yes")), ("0", gettext_lazy("no")))
OPEN_AT_ONCE = 12  # lines; a longer section shows only the groups in which something is left to do


@dataclass
class Builder:
    """Makes fields; knows the draft values, last period's lines, and what was typed and not stored."""

    drafts: Mapping[str, Any]
    before: Mapping[str, Any] = field(default_factory=dict)
    posted: Posted = NOTHING_POSTED
    sources: Mapping[str, str] = field(default_factory=dict)

    def make(self, path: str, label: Text, kind: str, stored: str, **more: Any) -> Field:
        if path in self.posted.texts:
            return Field(path, label, kind, self.posted.texts[path], unsaved=True, **more)
        draft = self.drafts.get(path)
        if draft is None:
            return Field(path, label, kind, stored, **more)
        return Field(path, label, kind, draft.raw, draft.message, **more)

    def version(self, name: str, stored: int) -> int:
        """The version that a save names: of what was typed before, the one on which it was typed."""
        return self.posted.versions.get(name, stored)

    def task(self, line: TaskLine) -> Line:
        choices: Choices = (("", "–"), *TaskResult.Status.choices)
        fields = {
            "status": self.make(f"{line.name}/status", _("Status"), "select", line.status, choices=choices),
            "done_on": self.make(f"{line.name}/done_on", _("Done on"), "day", format_date(line.done_on)),
            "text": self.make(f"{line.name}/text", _("What was done"), "text", line.text),
        }
        return Line(
            line,
            line.name,
            self.version(line.name, line.row_version),
            fields,
            last=self._last_work(line, TaskResult),
            status_word=dict(choices)[line.status],
            under=line.whole.title if line.whole else "",
        )

    def project(self, line: ProjectLine) -> Line:
        choices: Choices = (("", "–"), *ProjectResult.Status.choices)
        fields = {
            "status": self.make(f"{line.name}/status", _("Status"), "select", line.status, choices=choices),
            "text": self.make(f"{line.name}/text", _("What was done"), "text", line.text),
        }
        before = self.before.get(line.name)
        earlier = {source.source: source.flows for source in before.sources} if before else {}
        money = tuple(
            (source, tuple(self._flows(line, source, earlier.get(source.source, {}))))
            for source in line.sources
        )
        return Line(
            line,
            line.name,
            self.version(line.name, line.row_version),
            fields,
            money,
            last=self._last_work(line, ProjectResult),
            status_word=dict(choices)[line.status],
            more_sources=self._more_sources(line),
        )

    def _more_sources(self, line: ProjectLine) -> tuple[tuple[str, str], ...]:
        named = {source.source for source in line.sources}
        offered = self.sources.items() if line.takes_sources else ()
        return tuple((code, name) for code, name in offered if code not in named)

    def _flows(self, line: ProjectLine, source: FlowLine, earlier: Mapping[str, Decimal]) -> Iterable[Field]:
        labels = dict(FundFlow.Kind.choices)
        for kind in FLOW_KINDS:
            yield self.make(
                f"{line.name}/{source.source}/{kind}",
                f"{line.row.label} {source.source_name}: {labels[kind]}",
                "money",
                format_money(source.flows.get(kind)),
                last=format_money(earlier.get(kind)),
                head=labels[kind],
            )

    def _last_work(self, line: TaskLine | ProjectLine, model: Any) -> str:
        """What was said of the line last period, on one row."""
        before = self.before.get(line.name)
        if before is None:
            return ""
        said = [str(dict(model.Status.choices).get(before.status, ""))]
        if isinstance(before, TaskLine) and before.done_on:
            said.append(format_date(before.done_on))
        return " · ".join(filter(None, [*said, before.text]))

    def indicator(self, line: IndicatorLine, on: date) -> Line:
        fields: dict[str, Field] = {}
        if line.asks == "ratio":
            for name in ("numerator", "denominator"):
                label = getattr(line.indicator, name) or (
                    _("Numerator") if name == "numerator" else _("Denominator")
                )
                stored = format_number(getattr(line, name))
                fields[name] = self.make(f"{line.name}/{name}", label, "number", stored)
        elif line.asks == "yes_no":
            stored = format_number(line.value)
            fields["value"] = self.make(f"{line.name}/value", _("Reached"), "select", stored, choices=YES_NO)
        else:
            label = _("Value")
            fields["value"] = self.make(f"{line.name}/value", label, "number", format_number(line.value))
        fields["text"] = self.make(f"{line.name}/text", _("Remark"), "text", line.text)
        before = self.before.get(line.name)
        return Line(
            line,
            line.name,
            self.version(line.name, line.row_version),
            fields,
            last=said_value(before) if before is not None else "",
            said=said_value(line),
            targets=tuple(_target(one, line, on) for one in line.targets),
            goal=_goal(line),
        )


def _target(one: Target, line: IndicatorLine, on: date) -> ShownTarget:
    row = TargetRow(
        comparator=one.comparator,
        value=one.value,
        value_to=one.value_to,
        words=one.words,
        printed=one.printed,
    )
    unit = one.indicator.unit if one.value is not None else ""
    words = f"{row.shown} {unit}".strip()
    return ShownTarget(words, _document(one.plan), one.clause, _not_due_yet(one, line, on))


def _not_due_yet(one: Target, line: IndicatorLine, on: date) -> Text:
    """Of a target that is judged later, when, and how far the agency has still to go."""
    assert one.due_on is not None
    if one.due_on <= on:
        return ""
    goal = Goal(one.comparator, one.value, one.value_to, one.due_on, line.indicator.direction == "up")
    judged = judge(goal, line.result, on=on)
    distance = None if line.asks == "yes_no" else judged.distance
    return not_due_words(one.due_on, distance, line.indicator.unit)


def _goal(line: IndicatorLine) -> Decimal | None:
    """The value to hold the result against: of the nearest year's national targets, or else the own, the most
    specific.
    """
    first = line.targets[0]
    same = [
        one
        for one in line.targets
        if (one.plan_id, one.year) == (first.plan_id, first.year) and one.value is not None
    ]
    closest = most_specific(same, lambda one: reach(_key(one.group_id), _key(one.agency_id)))
    return closest[0].value if closest else None


def _key(related: int | None) -> str:
    return "" if related is None else str(related)


def said_value(line: IndicatorLine) -> str:
    """What an agency says of an indicator: "32,3 % (420/1.300)", "yes", "12", or its remark alone."""
    if line.result is None:
        return line.text
    if line.asks == "yes_no":
        return _("yes") if line.result else _("no")
    if line.asks == "ratio":
        part, whole = format_number(line.numerator), format_number(line.denominator)
        return f"{format_percent(line.result)} ({part}/{whole})"
    return f"{format_number(line.result)} {line.indicator.unit}".strip()


def build_form(
    filing: Filing,
    content: FilingContent,
    before: FilingContent | None = None,
    findings: Sequence[Finding] = (),
    posted: Posted = NOTHING_POSTED,
) -> FilingForm:
    """The form of a draft; `before` is what counted last period, `posted` stands over what is stored."""
    drafts = {one.path: one for one in filing.draft_values.all()}
    content = content.with_waiting(drafts)
    lines: list[Any] = [*before.tasks, *before.projects, *before.indicators] if before else []
    earlier = {line.name: line for line in lines}
    builder = Builder(drafts, earlier, posted, content.source_names)
    at_fault = {one.place.path for one in findings if one.bars} | set(posted.texts)
    headings = _headings(content)
    sections = (
        Section(
            "tasks",
            _("Tasks"),
            _grouped(content.tasks, lambda line: _task_group(line, headings), builder.task, at_fault),
        ),
        Section(
            "projects",
            _("Projects and money"),
            _grouped(content.projects, _project_group, builder.project, at_fault),
        ),
        Section(
            "indicators",
            _("Indicators"),
            _grouped(
                content.indicators,
                _indicator_group,
                lambda line: builder.indicator(line, content.on),
                at_fault,
            ),
        ),
    )
    version = builder.version("text", filing.row_version)
    return FilingForm(filing, sections, _texts(filing, builder), version, findings)


def _texts(filing: Filing, builder: Builder) -> dict[str, Field]:
    nothing = "1" if filing.nothing_to_report else ""
    return {
        "nothing_to_report": builder.make(
            "text/nothing_to_report", _("Nothing to report in this period"), "flag", nothing
        ),
        "summary": builder.make("text/summary", _("Summary"), "text", filing.summary),
        "difficulties": builder.make("text/difficulties", _("Difficulties"), "text", filing.difficulties),
        "proposals": builder.make("text/proposals", _("Proposals"), "text", filing.proposals),
    }


def _grouped(
    lines: Sequence[Any],
    group_of: Callable[[Any], tuple[str, str]],
    build: Callable[[Any], Line],
    at_fault: set[str],
) -> tuple[Group, ...]:
    """Lines under one heading after another; a long section opens only where something is wrong or next."""
    groups = []
    following = len(lines) > OPEN_AT_ONCE
    for (document, heading), members in groupby(lines, group_of):
        built = tuple(build(line) for line in members)
        faulty = any(path.startswith(line.name) for line in built for path in at_fault)
        left = any(not line.is_answered for line in built)
        groups.append(
            Group(heading, document, built, len(lines) <= OPEN_AT_ONCE or faulty or (following and left))
        )
        following = following and not left
    return tuple(groups)


def _document(plan: Any) -> str:
    return str(plan.document.number or plan.document) if plan.document else plan.title


def _headings(content: FilingContent) -> dict[tuple[int, str], str]:
    """Headings of the documents' sections, by plan and number."""
    plans = {line.plan.pk: line.plan for line in content.tasks}
    rows = registry.get("sections").read_many(plans.values()) if plans else {}
    return {(plan, row.number): row.heading for plan, found in rows.items() for row in found}


def _task_group(line: TaskLine, headings: Mapping[tuple[int, str], str]) -> tuple[str, str]:
    number = above((line.whole or line.row).clause)
    heading = headings.get((line.plan.pk, number), "")
    return _document(line.plan), f"{number}. {heading}".strip(". ") if number else ""


def _project_group(line: ProjectLine) -> tuple[str, str]:
    heading = f"{line.row.group_code}. {line.row.group_name}".strip(". ")
    return _document(line.plan), ": ".join(filter(None, (heading, line.row.subgroup)))


def _indicator_group(line: IndicatorLine) -> tuple[str, str]:
    return _document(line.targets[0].plan), ""
