"""Opening a period, extending a deadline, exempting, and recording when a paper was received."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import Agency, Membership
from agencies.permissions import require
from agencies.workflow import lock
from core import clock
from core.findings import Refused, WrongState
from core.notation import format_date
from core.vietnamese import clean
from plans.models import Programme, ReportingRegime
from plans.programmes.periods import Period, ad_hoc_period
from plans.programmes.regimes import regime_on
from reports.cycles.lines import fix_national_lines, obliged_agencies
from reports.cycles.proposals import find_period, regular_periods
from reports.models import Cycle, Report

# What the portal proposes where neither a document nor the administrator has set a deadline.
USUAL_DUE_DAYS = 15


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
    deadline is that day and the regime's days after it.
    """
    with audit.recording() as record:
        require(actor, "cycle.open", programme)
        found = find_period(programme, code)
        if found is None:
            raise Refused(_no_such_period(programme, code), code="cycle_code")
        span, regime = found.period, found.regime
        agencies = obliged_agencies(regime.obliged_classes, span.last)
        due = due_on or found.due_on
        if due is None:
            raise Refused(
                _("“%(regime)s” states no deadline; give the day by which the report is due.")
                % {"regime": regime.name},
                code="cycle_due",
            )
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
    """Open a period outside the cadence, for a chosen list of agencies, on a stated basis."""
    with audit.recording() as record:
        require(actor, "cycle.open", programme)
        if not basis.strip():
            raise Refused(
                _("Give the basis of the report: the document or request that asks for it."),
                code="basis_missing",
            )
        if not title.strip():
            raise Refused(_("Give the report a title."), code="title_missing")
        if first > last or first.year != last.year:
            raise Refused(
                _("The window from %(first)s to %(last)s must run forward and stay within one year.")
                % {"first": format_date(first), "last": format_date(last)},
                code="cycle_window",
            )
        number = programme.cycles.filter(ad_hoc=True, window_to__year=last.year).count() + 1
        span = ad_hoc_period(first, last, clean(title), number)
        chosen = [one for one in agencies if one.exists_on(last)]
        due = due_on or span.due_on(_usual_days(programme, last))
        cycle = _open(programme, span, chosen, due, basis, illustrative, actor)
        _audit(record, cycle, actor)
    return cycle


def _usual_days(programme: Programme, last: date) -> int:
    """Days to the deadline of a report outside any regime: the programme's of the day, else the portal's."""
    regime = regime_on(programme, last)
    return USUAL_DUE_DAYS if regime is None or regime.due_days is None else regime.due_days


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
    if span.last.year not in programme.years:
        raise Refused(
            _("%(title)s lies outside the programme (%(from)s-%(to)s).")
            % {"title": span.title, "from": programme.year_from, "to": programme.year_to},
            code="cycle_outside",
        )
    if due <= span.last:
        raise Refused(
            _("The deadline %(due)s is not after the period's last day, %(last)s.")
            % {"due": format_date(due), "last": format_date(span.last)},
            code="cycle_due",
        )
    if not agencies:
        raise Refused(_("No agency is obliged to report in this period."), code="cycle_empty")
    cycle = Cycle(
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
    try:
        with transaction.atomic():
            cycle.save()
    except IntegrityError:
        raise Refused(_("%(title)s is open already.") % {"title": span.title}, code="cycle_exists") from None
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


def extend(report: Report, to: date, *, actor: Membership, document: str) -> Report:
    """Gia hạn: a later due day for one agency, by a document."""
    with audit.recording() as record:
        row = lock(report)
        check_extension(row, to, actor)
        number = extension_number(document)
        row.extended_to, row.extension_document = to, number
        row.save()
        record.add("extend", row, actor=actor, to=to, document=number)
    return row


def check_extension(report: Report, to: date, actor: Membership) -> None:
    """What bars more time for one agency: the right, an exemption, a day that is no extension."""
    require(actor, "report.extend", report)
    _refuse_exempt(report)
    if to <= report.cycle.due_on:
        raise Refused(
            _("The extension to %(to)s must end after the period's due day, %(due)s.")
            % {"to": format_date(to), "due": format_date(report.cycle.due_on)},
            code="extension_date",
        )


def extension_number(document: str) -> str:
    return _numbered(document, _("Give the number of the document that grants the extension."))


def exempt(report: Report, *, actor: Membership, document: str) -> Report:
    """Miễn báo cáo for this period, by a document."""
    with audit.recording() as record:
        row = lock(report)
        check_exemption(row, actor)
        number = exemption_number(document)
        row.exempt, row.exemption_document = True, number
        row.save()
        record.add("exempt", row, actor=actor, document=number)
    return row


def check_exemption(report: Report, actor: Membership) -> None:
    """What bars an exemption: the right, or that there is one already."""
    require(actor, "report.extend", report)
    _refuse_exempt(report)


def exemption_number(document: str) -> str:
    return _numbered(document, _("Give the number of the document that grants the exemption."))


def _refuse_exempt(report: Report) -> None:
    if report.exempt:
        raise WrongState(
            _("%(agency)s is exempt from this report already.") % {"agency": report.agency.short_name},
            code="exempt",
        )


def record_receipt(report: Report, on: date, *, actor: Membership, document: str) -> Report:
    """Ghi nhận ngày nhận văn bản: the official receipt of a paper report, with its number."""
    with audit.recording() as record:
        row = lock(report)
        require(actor, "report.extend", row)
        number = _numbered(document, _("Give the number of the paper that was received."))
        if on > clock.today():
            raise Refused(_("A paper cannot have been received in the future."), code="receipt_date")
        if on <= row.cycle.window_from:
            raise Refused(
                _("A paper received on %(on)s cannot report on a period that began on %(first)s.")
                % {"on": format_date(on), "first": format_date(row.cycle.window_from)},
                code="receipt_date",
            )
        row.received_on, row.received_document = on, number
        row.save()
        record.add("record_receipt", row, actor=actor, on=on, document=number)
    return row


def _numbered(document: str, missing: str) -> str:
    number = clean(document)
    if not number:
        raise Refused(missing, code="document_missing")
    if len(number) > 100:
        raise Refused(
            _("The number of the document has %(length)d characters; at most 100 fit.")
            % {"length": len(number)},
            code="document_long",
        )
    return number
