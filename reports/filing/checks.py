"""What is wrong or doubtful in a filing; the same rules run at any time and at submission."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.findings import Finding, Place, error, warning
from core.notation import format_date, format_money
from reports.filing.content import read_filing
from reports.filing.shapes import FLOW_KINDS, FilingContent, ProjectLine, TaskLine
from reports.models import Filing, FilingDraftValue, FilingState, FundFlow, TaskResult

NAMED = 12  # lines that one remark names


def check_filing(filing: Filing, content: FilingContent | None = None) -> list[Finding]:
    """All findings, errors first; each names its field by the path under which it is saved."""
    content = content or read_filing(filing)
    drafts = list(filing.draft_values.order_by("id"))
    last = last_filing(filing)
    before = read_filing(last) if last else None
    findings = [*_drafts(drafts), *_nothing(filing, content)]
    if not filing.nothing_to_report:
        findings += [
            *_tasks(filing, content, {one.path for one in drafts}),
            *_projects(content),
            *_indicators(content),
        ]
        if before is not None:
            findings += [*_against_last(content, before), *_repeated(filing, content, last, before)]
    return sorted(findings, key=lambda finding: not finding.bars)


def last_filing(filing: Filing) -> Filing | None:
    """The filing that counted in the agency's last period of the same programme, under whatever name.

    Amounts count from the start of the year, so the last period is one whose window ended before this one's.
    """
    return (
        Filing.objects.filter(
            report__agency__in=filing.report.agency.names_on(filing.report.cycle.window_to),
            report__cycle__programme=filing.report.cycle.programme_id,
            report__cycle__window_to__lt=filing.report.cycle.window_to,
            state__in=(FilingState.SUBMITTED, FilingState.ACCEPTED),
        )
        .select_related("report__cycle__programme", "report__agency")
        .order_by("-report__cycle__window_to", "-number")
        .first()
    )


def _drafts(drafts: Iterable[FilingDraftValue]) -> Iterator[Finding]:
    for draft in drafts:
        yield error(draft.finding_code, draft.message, Place("filing", path=draft.path), draft.raw)


def _nothing(filing: Filing, content: FilingContent) -> Iterator[Finding]:
    if filing.nothing_to_report and not content.is_blank:
        yield error(
            "nothing_but_values",
            _("“Nothing to report” is ticked, but values are filled in. Untick it or clear the values."),
            Place("filing", path="nothing_to_report"),
        )
    says_nothing = not (filing.summary or filing.difficulties or filing.proposals)
    if not filing.nothing_to_report and content.is_blank and (content.asks_anything or says_nothing):
        yield error(
            "filing_empty",
            _("Nothing is filled in. Report on the lines, or tick “Nothing to report in this period”."),
            Place("filing", path="nothing_to_report"),
        )


def _tasks(filing: Filing, content: FilingContent, unread: set[str]) -> Iterator[Finding]:
    silent = [line for line in content.tasks if not line.status]
    if silent:
        yield warning(
            "task_without_status",
            ngettext(
                "%(n)d task has no status: %(which)s.", "%(n)d tasks have no status: %(which)s.", len(silent)
            )
            % {"n": len(silent), "which": _listed(line.row.clause for line in silent)},
            Place("filing", path=f"{silent[0].name}/status"),
        )
    for line in content.tasks:
        path = line.name
        undated = line.done_on is None and f"{path}/done_on" not in unread
        if line.status == TaskResult.Status.DONE and undated:
            yield error(
                "done_without_date",
                _("Task %(title)s is done; say on which day.") % {"title": line.row.title[:80]},
                Place("filing", path=f"{path}/done_on"),
            )
        if line.done_on and line.done_on > filing.report.cycle.window_to:
            yield warning(
                "done_after_window",
                _("Task %(title)s: done on %(day)s, after the period.")
                % {"title": line.row.title[:80], "day": format_date(line.done_on)},
                Place("filing", path=f"{path}/done_on"),
            )


def _listed(names: Iterable[str]) -> str:
    """The first names, and that there are more."""
    found = list(names)
    return ", ".join(found[:NAMED]) + (" …" if len(found) > NAMED else "")


def _projects(content: FilingContent) -> Iterator[Finding]:
    silent = [line for line in content.projects if not line.status]
    if silent:
        yield warning(
            "project_without_status",
            ngettext(
                "%(n)d project has no status: %(which)s.",
                "%(n)d projects have no status: %(which)s.",
                len(silent),
            )
            % {"n": len(silent), "which": _listed(line.row.label for line in silent)},
            Place("filing", path=f"{silent[0].name}/status"),
        )
    for line in content.projects:
        path = line.name
        yield from _flow_order(line, path)
        disbursed = line.total(FundFlow.Kind.DISBURSED)
        planned = line.own_planned
        if disbursed is not None and planned is not None and disbursed > planned:
            yield warning(
                "above_plan",
                _("Project %(title)s: %(value)s disbursed is more than the %(planned)s planned.")
                % {
                    "title": line.row.title[:80],
                    "value": format_money(disbursed),
                    "planned": format_money(planned),
                },
                Place("filing", path=path),
            )


def _flow_order(line: ProjectLine, path: str) -> Iterator[Finding]:
    """Released does not pass assigned, nor disbursed released, nor settled disbursed."""
    labels = dict(FundFlow.Kind.choices)
    for source in line.sources:
        stated = [(kind, source.flows[kind]) for kind in FLOW_KINDS if kind in source.flows]
        for (kind, amount), (later, more) in pairwise(stated):
            if more > amount:
                yield error(
                    "flow_order",
                    _("Project %(title)s: %(later)s %(more)s is more than %(kind)s %(amount)s.")
                    % {
                        "title": line.row.title[:80],
                        "later": labels[later],
                        "more": format_money(more),
                        "kind": labels[kind],
                        "amount": format_money(amount),
                    },
                    Place("filing", path=f"{path}/{source.source}/{later}"),
                    format_money(more),
                )


def _indicators(content: FilingContent) -> Iterator[Finding]:
    for line in content.indicators:
        path = line.name
        if (line.numerator is None) != (line.denominator is None):
            yield error(
                "ratio_half",
                _("“%(name)s”: a ratio needs both numbers.") % {"name": line.indicator.name},
                Place("filing", path=f"{path}/numerator"),
            )
        part, whole = line.numerator, line.denominator
        if line.indicator.is_share and part is not None and whole is not None and part > whole:
            yield error(
                "ratio_above_one",
                _("“%(name)s”: the part is larger than the whole.") % {"name": line.indicator.name},
                Place("filing", path=f"{path}/numerator"),
            )
    silent = [line for line in content.indicators if not line.is_answered]
    if silent:
        first = "numerator" if silent[0].asks == "ratio" else "value"
        yield warning(
            "indicator_blank",
            ngettext(
                "%(n)d indicator is not filled in, “%(first)s”.",
                "%(n)d indicators are not filled in, the first “%(first)s”.",
                len(silent),
            )
            % {"n": len(silent), "first": silent[0].indicator.name},
            Place("filing", path=f"{silent[0].name}/{first}"),
        )


def _against_last(content: FilingContent, before: FilingContent) -> Iterator[Finding]:
    """Cumulative figures of one budget year never fall."""
    if content.year != before.year:
        return
    labels = dict(FundFlow.Kind.choices)
    old = {
        (line.row.line, source.source, kind): amount
        for line in before.projects
        for source in line.sources
        for kind, amount in source.flows.items()
    }
    for line in content.projects:
        for source in line.sources:
            for kind, amount in source.flows.items():
                last = old.get((line.row.line, source.source, kind))
                if last is not None and amount < last:
                    yield error(
                        "cumulative_fell",
                        _("Project %(title)s: %(kind)s %(amount)s is less than last period's %(last)s.")
                        % {
                            "title": line.row.title[:80],
                            "kind": labels[kind],
                            "amount": format_money(amount),
                            "last": format_money(last),
                        },
                        Place("filing", path=f"{line.name}/{source.source}/{kind}"),
                        format_money(amount),
                    )


def _repeated(
    filing: Filing, content: FilingContent, last: Filing | None, before: FilingContent
) -> Iterator[Finding]:
    """Text that only repeats the last report."""
    earlier: list[TaskLine | ProjectLine] = [*before.tasks, *before.projects]
    old_texts = {line.row.line: line.text for line in earlier}
    lines: list[TaskLine | ProjectLine] = [*content.tasks, *content.projects]
    for line in lines:
        if line.text and line.text == old_texts.get(line.row.line):
            yield warning(
                "text_repeats",
                _("%(title)s: the text only repeats the last report.") % {"title": line.row.title[:80]},
                Place("filing", path=f"{line.name}/text"),
            )
    if last and filing.summary and filing.summary == last.summary:
        yield warning(
            "text_repeats",
            _("The summary only repeats the last report."),
            Place("filing", path="text/summary"),
        )
