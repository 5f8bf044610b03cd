"""Opening a period: a regular one by its regime, or one ad hoc for a chosen list of agencies."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from agencies import audit
from agencies.keeping.findings import at, refuse
from agencies.models import Agency, Membership
from agencies.permissions import require
from agencies.workflow import lock
from core import clock
from core.findings import Finding
from core.notation import format_date
from core.vietnamese import clean
from plans.models import Programme, ReportingRegime
from plans.programmes.periods import USUAL_DUE_DAYS, Period, ad_hoc_period
from plans.programmes.regimes import regime_on
from reports.cycles.lines import fix_national_lines, obliged_agencies
from reports.cycles.proposals import find_period, regular_periods
from reports.models import Cycle, Report


def open_cycle(
    programme: Programme,
    code: str,
    *,
    actor: Membership,
    due_on: date | None = None,
    basis: str = "",
    illustrative: bool = False,
) -> Cycle:
    """Open a regular period: one obligation for each agency of the classes that its regime obliges.

    `code` is one of the regime that holds on the period's last day, such as `2008-Q2`. Without `due_on` the
    deadline is that day and the regime's days after it. Raises `Refused` with everything that is wrong.
    """
    with audit.recording() as record:
        programme = lock(programme)  # nobody changes its regimes now
        require(actor, "cycle.open", programme)
        found = find_period(programme, code)
        if found is None:
            _refuse([at("code", "cycle_code", _no_such_period(programme, code), code)])
        assert found is not None
        span, regime, due = found.period, found.regime, due_on or found.due_on
        findings = [*_span_findings(programme, span, "code"), *_due_findings(span, due)]
        if due is None:
            text = _("“%(regime)s” states no deadline; give the day by which the report is due.")
            findings.append(at("due_on", "cycle_due", text % {"regime": regime.name}))
        agencies = obliged_agencies(regime.obliged_classes, span.last)
        if not agencies:
            text = _("No agency is obliged to report in this period.")
            findings.append(at("agencies", "cycle_empty", text))
        _refuse(findings)
        assert due is not None
        cycle = _open(programme, span, agencies, due, basis, illustrative, actor, regime)
        _audit(record, cycle, actor)
    return cycle


def _no_such_period(programme: Programme, code: str) -> str:
    """Why a code names no period, with some that do."""
    known = [one.code for one in regular_periods(programme, programme.regimes.all())][:4]
    if not known:
        return _(
            "“%(programme)s” has no regular periods; open one ad hoc, or state its reporting regime."
        ) % {"programme": programme.short_name}
    return _("“%(code)s” is not a period of this programme. Use, for example: %(known)s.") % {
        "code": code,
        "known": ", ".join(known),
    }


def open_ad_hoc(
    programme: Programme,
    *,
    title: str,
    first: date,
    last: date,
    agencies: Iterable[Agency],
    basis: str,
    actor: Membership,
    due_on: date | None = None,
    illustrative: bool = False,
) -> Cycle:
    """Open a period outside the cadence, for a chosen list of agencies, on a stated basis.

    Raises `Refused` with everything that is wrong.
    """
    with audit.recording() as record:
        programme = lock(programme)
        require(actor, "cycle.open", programme)
        chosen = list(agencies)
        span = ad_hoc_period(first, last, clean(title), _next_number(programme, last.year))
        due = due_on or span.due_on(_usual_days(programme, last))
        findings = []
        if not clean(basis):
            text = _("Give the basis of the report: the document or request that asks for it.")
            findings.append(at("basis", "basis_missing", text))
        if not span.title:
            findings.append(at("title", "title_missing", _("Give the report a title.")))
        if first > last or first.year != last.year:
            text = _("The window from %(first)s to %(last)s must run forward and stay within one year.")
            days = {"first": format_date(first), "last": format_date(last)}
            findings.append(at("last", "cycle_window", text % days, format_date(last)))
        else:
            findings += [*_span_findings(programme, span, "last"), *_due_findings(span, due)]
        findings += _chosen_findings(chosen, last)
        _refuse(findings)
        cycle = _open(programme, span, chosen, due, basis, illustrative, actor)
        _audit(record, cycle, actor)
    return cycle


def _next_number(programme: Programme, year: int) -> int:
    """The number after the last of the year's periods ad hoc: one between them may have been removed."""
    codes = programme.cycles.filter(ad_hoc=True, code__startswith=f"{year}-A").values_list("code", flat=True)
    return max((int(code.rpartition("A")[2]) for code in codes), default=0) + 1


def _usual_days(programme: Programme, last: date) -> int:
    """Days to the deadline of a report outside any regime: the programme's of the day, else the portal's."""
    regime = regime_on(programme, last)
    return USUAL_DUE_DAYS if regime is None or regime.due_days is None else regime.due_days


def _span_findings(programme: Programme, span: Period, path: str) -> Iterator[Finding]:
    """Whether it lies within the programme, and is not open already."""
    if span.last.year not in programme.years:
        text = _("%(title)s lies outside the programme (%(from)s-%(to)s).")
        said = {"title": span.title, "from": programme.year_from, "to": programme.year_to}
        yield at(path, "cycle_outside", text % said)
    elif programme.cycles.filter(code=span.code).exists():
        yield at(path, "cycle_exists", _("%(title)s is open already.") % {"title": span.title}, span.code)


def _due_findings(span: Period, due: date | None) -> Iterator[Finding]:
    if due is not None and due <= span.last:
        text = _("The deadline %(due)s is not after the period's last day, %(last)s.")
        days = {"due": format_date(due), "last": format_date(span.last)}
        yield at("due_on", "cycle_due", text % days, format_date(due))


def _chosen_findings(chosen: list[Agency], last: date) -> Iterator[Finding]:
    """Whom a report ad hoc is asked of: agencies that exist on its last day."""
    if not chosen:
        yield at("agencies", "cycle_empty", _("Choose at least one agency."))
    for number, one in enumerate(chosen):
        if not one.exists_on(last):
            yield agency_ended(f"agencies/{number}", one, last)


def agency_ended(path: str, agency: Agency, last: date) -> Finding:
    text = _("%(agency)s does not exist on %(day)s, the period's last day.")
    return at(path, "agency_ended", text % {"agency": agency.name, "day": format_date(last)}, agency.key)


def _refuse(findings: list[Finding]) -> None:
    if findings:
        refuse(findings, findings[0].code)


def _open(
    programme: Programme,
    span: Period,
    agencies: list[Agency],
    due: date,
    basis: str,
    illustrative: bool,
    actor: Membership,
    regime: ReportingRegime | None = None,
) -> Cycle:
    """The cycle, its obligations, and its national lines fixed from the groups of that day.

    Without a regime it is one ad hoc.
    """
    cycle = Cycle.objects.create(
        programme=programme,
        code=span.code,
        title=span.title,
        regime=regime,
        cadence=span.cadence,
        window_from=span.first,
        window_to=span.last,
        due_on=due,
        ad_hoc=regime is None,
        basis=clean(basis),
        illustrative=illustrative,
        opened_at=clock.now(),
        opened_by=actor.user,
    )
    reports = Report.objects.bulk_create(Report(cycle=cycle, agency=agency) for agency in agencies)
    fix_national_lines(cycle, {report.agency_id: report for report in reports})
    return cycle


def _audit(record: audit.Recording, cycle: Cycle, actor: Membership) -> None:
    record.add(
        "open_cycle",
        cycle,
        actor=actor,
        obligations=cycle.reports.count(),
        due_on=cycle.due_on,
        **({"basis": cycle.basis} if cycle.basis else {}),
    )
