"""Compiling the national report of a period, and issuing it as immutable files."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import Agency, AuditHead, Membership
from agencies.permissions import require
from agencies.workflow import lock
from core import clock
from core.findings import Refused, WrongState
from core.vietnamese import clean
from reports.figures.compliance import compute, frozen
from reports.figures.freezing import freeze
from reports.models import Compilation, Cycle, Filing, IssuedFile
from reports.output.compliance_pdf import compliance_pdf
from reports.output.compliance_xlsx import compliance_xlsx
from reports.output.official import Issue

# What is issued from illustrative figures says so in its very number.
ILLUSTRATIVE_NUMBER = re.compile(r"[0-9]+/(?:QĐ|BC)-MH")
RENDERERS = {IssuedFile.Format.PDF: compliance_pdf, IssuedFile.Format.XLSX: compliance_xlsx}


def compile_cycle(cycle: Cycle, *, actor: Membership, as_of: datetime | None = None) -> Compilation:
    """Tổng hợp: freeze the filings that count at a moment, the figures made of them, and their SHA-256."""
    with audit.recording() as record:
        row = lock(cycle)
        require(actor, "report.compile", row)
        moment = (as_of or clock.now()).astimezone(clock.HANOI)  # one moment, one text
        if moment > clock.now():
            raise Refused(_("Figures cannot be compiled as of a moment to come."), code="as_of_future")
        # Read once: what is submitted while the figures are computed counts in the next compilation.
        counted = list(Filing.objects.counting(row, moment).values_list("pk", flat=True))
        figures = compute(row, Filing.objects.filter(pk__in=counted), moment)
        if not counted:
            raise Refused(
                _("No report counts yet. Wait until the first agency has submitted."),
                code="nothing_to_compile",
            )
        text = freeze(figures)
        compilation = Compilation.objects.create(
            cycle=row,
            number=row.compilations.count() + 1,
            as_of=moment,
            figures=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            illustrative=figures.illustrative,
            at=clock.now(),
            by=actor.user,
        )
        compilation.filings.set(counted)
        record.add(
            "compile",
            compilation,
            actor=actor,
            filings=len(counted),
            as_of=moment.isoformat(),
            sha256=compilation.sha256,
        )
    return compilation


def issue_report(
    compilation: Compilation,
    *,
    actor: Membership,
    number: str,
    issued_on: date,
    signer: str,
    signer_title: str,
) -> list[IssuedFile]:
    """Ban hành: the frozen figures as PDF and XLSX with number, date and signer, stored for good.

    Both files carry the head of the audit chain at that moment. What is made of illustrative figures is
    numbered `.../QĐ-MH` or `.../BC-MH`, and nobody signs it.
    """
    with _no_orphans() as stored, audit.recording() as record:
        row = lock(compilation)
        require(actor, "report.issue", row)
        number, signer, signer_title = clean(number), clean(signer), clean(signer_title)
        _check_paper(row, number, issued_on, signer, signer_title)
        figures = frozen(row)
        head = AuditHead.objects.filter(pk=1).first() or AuditHead()
        issue = Issue(
            number=number,
            issued_on=issued_on,
            agency=figures.lead,
            parent=figures.lead_parent,
            place=figures.place,
            signer=signer,
            signer_title=signer_title,
            audit_count=head.count,
            audit_head=head.hash,
        )
        files = []
        for kind, render in RENDERERS.items():
            content = render(figures, issue)
            name = f"issued/{issued_on.year}/{figures.cycle}-{row.number}-{row.pk}.{kind}"
            stored.append(default_storage.save(name, ContentFile(content)))
            files.append(
                IssuedFile.objects.create(
                    compilation=row,
                    format=kind,
                    number=number,
                    issued_on=issued_on,
                    signer=signer,
                    signer_title=signer_title,
                    file=stored[-1],
                    size=len(content),
                    sha256=hashlib.sha256(content).hexdigest(),
                    audit_count=head.count,
                    audit_head=head.hash,
                    illustrative=row.illustrative,
                    at=clock.now(),
                    by=actor.user,
                )
            )
        record.add(
            "issue",
            row,
            actor=actor,
            number=number,
            issued_on=issued_on,
            files={one.format: one.sha256 for one in files},
        )
    return files


def _check_paper(
    compilation: Compilation, number: str, issued_on: date, signer: str, signer_title: str
) -> None:
    if compilation.issued_files.exists():
        raise WrongState(_("This compilation is issued already. Compile anew to issue again."), code="issued")
    if not number or len(number) > 100:
        raise Refused(_("Give the number of the report, as in 05/BC-BTTTT."), code="number_missing")
    if IssuedFile.objects.filter(number=number, issued_on__year=issued_on.year).exists():
        raise Refused(
            _("%(number)s of %(year)s is taken by another report. Give the next number.")
            % {"number": number, "year": issued_on.year},
            code="number_taken",
        )
    if issued_on < compilation.as_of.astimezone(clock.HANOI).date():
        raise Refused(_("The report cannot be dated before the figures it holds."), code="issued_before")
    if issued_on > clock.today():
        raise Refused(_("The date of the report lies in the future."), code="issued_future")
    marked = ILLUSTRATIVE_NUMBER.fullmatch(number) is not None
    if compilation.illustrative and not marked:
        raise Refused(
            _("The figures are illustrative: number the report …/BC-MH, for example 01/BC-MH."),
            code="number_illustrative",
        )
    if compilation.illustrative and signer:
        raise Refused(
            _("The figures are illustrative: nobody signs them. Leave the signer blank."),
            code="signer_illustrative",
        )
    if not compilation.illustrative and (number.endswith("-MH") or not signer or not signer_title):
        raise Refused(
            _("Give number, signer and the signer's post; numbers in -MH are for illustrative figures."),
            code="paper_incomplete",
        )


@contextmanager
def _no_orphans() -> Iterator[list[str]]:
    """Names of stored files; they are removed again when the act fails."""
    names: list[str] = []
    try:
        yield names
    except BaseException:
        for name in names:
            default_storage.delete(name)
        raise


@dataclass(frozen=True, slots=True)
class Difference:
    """What one agency's report would change in a compilation made now.

    `kind`: `arrived` (it counts now), `replaced` (another filing counts), `gone` (none counts any more:
    it was returned, or the agency is exempt).
    """

    kind: str
    filing: Filing

    @property
    def agency(self) -> Agency:
        return self.filing.report.agency


def differences(compilation: Compilation, now: datetime) -> list[Difference]:
    """What arrived or went since the filings were frozen, in the order of the agencies; two queries."""
    counting = Filing.objects.counting(compilation.cycle, now)
    then = {one.report_id: one for one in compilation.filings.select_related("report__agency")}
    today = {one.report_id: one for one in counting.select_related("report__agency")}
    found = [Difference("arrived", today[report]) for report in today.keys() - then.keys()]
    found += [Difference("gone", then[report]) for report in then.keys() - today.keys()]
    found += [
        Difference("replaced", today[report])
        for report in then.keys() & today.keys()
        if then[report].pk != today[report].pk
    ]
    return sorted(found, key=lambda one: (one.agency.position, one.agency.sort_key, one.agency.pk))
