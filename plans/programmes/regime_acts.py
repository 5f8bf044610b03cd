"""Setting up, changing and removing a reporting regime."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies import audit
from agencies.keeping.findings import at, reason_findings, refuse, too_long
from agencies.models import Membership
from agencies.models.agency import CLASSES
from agencies.permissions import require
from agencies.workflow import lock
from core.findings import Finding, Text
from core.notation import format_date
from core.vietnamese import clean
from plans.models import Cadence, LegalDocument, Programme, ReportingRegime
from plans.programmes.periods import period
from plans.programmes.shapes import changes_between, cleaned, said
from plans.programmes.uses import RegimeUse, uses_of_regimes
from plans.programmes.versions import refuse_stale

LENGTHS: Mapping[str, int] = MappingProxyType(
    {
        "name": 300,
        "content": 10_000,
        "reports_to": 300,
        "passed_on": 300,
        "means": 300,
        "form": 300,
        "due_printed": 200,
        "first_cycle": 20,
        "basis": 200,
        "clause": 120,
        "note": 10_000,
    }
)
MOST_DAYS = 366
LAST_CUTOFF = 28
# Cut-off days came with NĐ 09/2019/NĐ-CP; before it the calendar's period is the window.
CUTOFFS_FROM = date(2019, 3, 12)
LOCKED_WITH_PERIODS = ("cadence", "cutoff_day", "first_cycle", "valid_from")
LONG = ("content", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegimeData:
    """What is stated of a regime: its columns, as plain values."""

    name: str
    content: str = ""
    document: LegalDocument | None = None
    basis: str = ""
    clause: str = ""
    obliged_classes: tuple[str, ...] = ()
    reports_to: str = ""
    passed_on: str = ""
    means: str = ""
    form: str = ""
    cadence: str = ""
    ad_hoc: bool = False
    cutoff_day: int | None = None
    due_days: int | None = None
    due_printed: str = ""
    first_cycle: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""


COLUMNS = tuple(field.name for field in fields(RegimeData))


def regime_data_of(regime: ReportingRegime) -> RegimeData:
    own = {name: getattr(regime, name) for name in COLUMNS}
    return RegimeData(**own | {"obliged_classes": tuple(regime.obliged_classes)})


def locked_fields(use: RegimeUse | None) -> dict[str, Text]:
    """Field -> why it stays as it is: periods were opened by it."""
    if use is None or not use.count:
        return {}
    text = ngettext("%(n)d period was opened by it.", "%(n)d periods were opened by it.", use.count)
    return dict.fromkeys(LOCKED_WITH_PERIODS, text % {"n": use.count})


# --- What bars it


def findings_of(
    data: RegimeData,
    programme: Programme,
    regime: ReportingRegime | None = None,
    use: RegimeUse | None = None,
    changed: Collection[str] = (),
) -> list[Finding]:
    """Everything that bars the regime, each at the field of its form; `data` is cleaned."""
    locks = locked_fields(use)
    return [
        *_words(data),
        *_rhythm(data, programme),
        *_validity(data, programme, regime, use),
        *(
            at(name, "locked", _("It stays as it is: %(why)s") % {"why": locks[name]})
            for name in locks
            if name in changed
        ),
    ]


def _words(data: RegimeData) -> Iterator[Finding]:
    if not data.name:
        yield at("name", "blank", _("This is needed."))
    for name, most in LENGTHS.items():
        yield from too_long(name, getattr(data, name), most)
    if data.document is not None and data.basis:
        text = _("Choose a document of the portal or write the number of another one, not both.")
        yield at("basis", "two_documents", text, data.basis[:60])
    if not data.obliged_classes:
        yield at("obliged_classes", "blank", _("Say who reports: at least one class of agencies."))
    if unknown := [name for name in data.obliged_classes if not CLASSES.get(name)]:
        text = _("There is no class “%(name)s”.") % {"name": unknown[0]}
        yield at("obliged_classes", "no_class", text, unknown[0])


def _rhythm(data: RegimeData, programme: Programme) -> Iterator[Finding]:
    """How often, by when, from which period on."""
    if data.cadence not in ("", *Cadence.values):
        yield at("cadence", "no_choice", _("Say how often the report is due."), data.cadence)
        return
    if not data.cadence and not data.ad_hoc:
        text = _("Nothing is ever due by it. State the frequency, or that reports are asked for ad hoc.")
        yield at("cadence", "never_due", text)
    if data.due_days is not None and not 1 <= data.due_days <= MOST_DAYS:
        text = _("%(n)d: give a number of days between 1 and %(most)d, or leave it blank.")
        yield at("due_days", "no_days", text % {"n": data.due_days, "most": MOST_DAYS}, data.due_days)
    yield from _cutoff(data)
    first = data.first_cycle
    if not first:
        return
    try:
        span = period(first, data.cadence, data.cutoff_day)
    except ValueError:
        text = _("“%(code)s” is not a period of this frequency; use one such as 2008-Q2, 2011-H1 or 2013.")
        yield at("first_cycle", "no_period", text % {"code": first[:30]}, first[:30])
        return
    if span.last.year not in programme.years:
        text = _("“%(code)s” lies outside the programme (%(from)s-%(to)s).")
        names = {"code": first, "from": programme.year_from, "to": programme.year_to}
        yield at("first_cycle", "period_outside", text % names, first)
    elif data.valid_from and not data.valid_from <= span.last <= (data.valid_to or span.last):
        text = _("“%(code)s” ends on %(day)s, when the regime is not valid; name one that ends while it is.")
        said = {"code": first, "day": format_date(span.last)}
        yield at("first_cycle", "period_not_valid", text % said, first)


def _cutoff(data: RegimeData) -> Iterator[Finding]:
    day = data.cutoff_day
    if day is None:
        return
    if not 1 <= day <= LAST_CUTOFF:
        text = _("%(n)d: give a day between 1 and %(most)d, or leave it blank for the month's last day.")
        yield at("cutoff_day", "no_day", text % {"n": day, "most": LAST_CUTOFF}, day)
    elif not data.cadence:
        yield at("cutoff_day", "no_cadence", _("Without a frequency there is no window to close."), day)
    elif data.valid_from is not None and data.valid_from < CUTOFFS_FROM:
        text = _(
            "Cut-off days came with 09/2019/NĐ-CP on %(day)s; for a regime of before leave it blank: the "
            "calendar's period is the window."
        )
        yield at("cutoff_day", "cutoff_early", text % {"day": format_date(CUTOFFS_FROM)}, day)


def _validity(
    data: RegimeData, programme: Programme, regime: ReportingRegime | None, use: RegimeUse | None
) -> Iterator[Finding]:
    """From when to when: forward, beside no other regime, and not before its own periods end."""
    first, last = data.valid_from, data.valid_to
    if first is None:
        yield at("valid_from", "blank", _("Give the first day on which it is valid."))
        return
    if last is not None and last < first:
        text = _("The last day, %(last)s, is before the first, %(first)s.")
        days = {"first": format_date(first), "last": format_date(last)}
        yield at("valid_to", "runs_backward", text % days, format_date(last))
        return
    if use is not None and use.last is not None and last is not None and last < use.last:
        text = _("A period that was opened by it ends on %(day)s; it is valid until then at least.")
        yield at("valid_to", "ends_early", text % {"day": format_date(use.last)}, format_date(last))
    for other in programme.regimes.all():
        if other == regime:
            continue
        if (other.valid_to is None or first <= other.valid_to) and (last is None or other.valid_from <= last):
            text = _("“%(other)s” is valid from %(first)s to %(last)s: end it first, one holds at a time.")
            names = {
                "other": other.name,
                "first": format_date(other.valid_from),
                "last": format_date(other.valid_to) or "…",
            }
            yield at("valid_from", "regimes_meet", text % names, format_date(first))


# --- The acts


def create_regime(programme: Programme, data: RegimeData, *, actor: Membership) -> ReportingRegime:
    """A further regime of the programme."""
    with audit.recording() as record:
        row = lock(programme)
        require(actor, "programme.manage", row)
        data = cleaned(data, LONG)
        refuse(findings_of(data, row), "regime")
        regime = ReportingRegime(programme=row)
        _write(regime, data)
        record.add("create_regime", regime, actor=actor, said=said(data))
    return regime


def change_regime(
    regime: ReportingRegime, data: RegimeData, *, actor: Membership, version: int | None = None
) -> ReportingRegime:
    """Another figure or word of a regime. What it says of deadlines counts for periods opened from now on."""
    with audit.recording() as record:
        programme = lock(regime.programme)
        require(actor, "programme.manage", programme)
        row = lock(regime)
        row.programme = programme
        refuse_stale(row.row_version, version)
        data = cleaned(data, LONG)
        changed = changes_between(regime_data_of(row), data)
        use = uses_of_regimes([row]).get(row.pk)
        refuse(findings_of(data, programme, row, use, changed), "regime")
        if changed:
            row.row_version += 1
            _write(row, data)
            record.add("change_regime", row, actor=actor, changed=changed)
    return row


def _write(regime: ReportingRegime, data: RegimeData) -> None:
    for name in COLUMNS:
        value = getattr(data, name)
        setattr(regime, name, list(value) if isinstance(value, tuple) else value)
    regime.save()


def why_not_removed(use: RegimeUse | None) -> Text:
    """Why a regime stays, or ""."""
    if use is None or not use.count:
        return ""
    text = ngettext(
        "%(n)d period was opened by it. End it by its last day instead.",
        "%(n)d periods were opened by it. End it by its last day instead.",
        use.count,
    )
    return text % {"n": use.count}


def remove_regime(regime: ReportingRegime, *, reason: str, actor: Membership) -> None:
    """Take a wrong entry out, as long as no period was opened by it."""
    with audit.recording() as record:
        programme = lock(regime.programme)
        require(actor, "programme.manage", programme)
        row = lock(regime)
        why = why_not_removed(uses_of_regimes([row]).get(row.pk))
        in_use = [at("", "regime_in_use", why)] if why else []
        refuse([*in_use, *reason_findings(reason)], "regime")
        record.add(
            "remove_regime",
            programme,
            actor=actor,
            regime=row.name,
            said=said(regime_data_of(row)),
            reason=clean(reason, multiline=True),
        )
        row.delete()
