"""Setting up a programme, changing its facts, and handing its lead to another agency."""

from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies import audit
from agencies.keeping.findings import at, document_findings, reason_findings, refuse
from agencies.models import Agency, Membership, Role
from agencies.permissions import require
from agencies.workflow import lock
from core import clock
from core.findings import Finding, Refused
from core.notation import format_date
from core.vietnamese import clean
from plans.models import CoReviewer, DecidedBy, Programme
from plans.programmes.checks import findings_of
from plans.programmes.locks import locked
from plans.programmes.shapes import COLUMNS, ProgrammeData, changes_between, data_of, said, settled
from plans.programmes.uses import uses_of
from plans.programmes.versions import refuse_stale


def create_programme(data: ProgrammeData, *, actor: Membership) -> Programme:
    """A new programme that the actor's agency leads. Its outline, regimes and checklist come after it."""
    with audit.recording() as record:
        require(actor, "programme.manage")
        data = settled(data)
        refuse(findings_of(data, None, actor=actor), "programme")
        programme = Programme(lead=data.lead)
        _write(programme, data)
        record.add("create_programme", programme, actor=actor, said=said(data))
    return programme


def change_programme(
    programme: Programme, data: ProgrammeData, *, actor: Membership, version: int | None = None
) -> Programme:
    """Change its facts; what may no longer change is refused with the reason. The lead has an own act.

    `version` is that of the row on which the change was made.
    """
    with audit.recording() as record:
        row = lock(programme)
        require(actor, "programme.manage", row)
        refuse_stale(row.row_version, version)
        before = data_of(row)
        data = settled(replace(data, lead=row.lead), before)
        changed = changes_between(before, data)
        found = findings_of(data, row, actor=actor, locked=locked(uses_of(row)), changed=changed)
        refuse(found, "programme")
        if changed:
            row.row_version += 1
            _write(row, data)
            record.add("change_programme", row, actor=actor, changed=changed)
    return row


def _write(programme: Programme, data: ProgrammeData) -> None:
    """The row and what hangs on it. Somebody may have taken the code since it was checked."""
    for name in COLUMNS:
        value: Any = getattr(data, name)
        setattr(programme, name, list(value) if isinstance(value, tuple) else value)
    try:
        with transaction.atomic():
            programme.save()
    except IntegrityError:
        text = _("“%(code)s” is the code of another programme; choose another.") % {"code": programme.code}
        raise Refused(text, [at("code", "taken", text, programme.code)], code="programme") from None
    programme.reports_with.set(data.reports_with)
    programme.review_scopes.all().delete()
    CoReviewer.objects.bulk_create(
        CoReviewer(programme=programme, agency=one.agency, scope=one.scope) for one in data.co_reviewers
    )
    programme.__dict__.pop("co_reviewer_ids", None)


# --- The lead


def change_lead(
    programme: Programme, lead: Agency | None, *, document: str, reason: str, actor: Membership
) -> Programme:
    """Another agency leads from now on: its people review and administer, those of the former no more."""
    with audit.recording() as record:
        row = lock(programme)
        require(actor, "programme.manage", row)
        refuse(lead_findings(row, lead, document=document, reason=reason), "programme_lead")
        assert lead is not None
        former = row.lead
        row.lead = lead
        row.row_version += 1
        if row.decided_by == DecidedBy.LEAD and row.deciding_body == former.name:
            row.deciding_body = lead.name
        row.save()
        record.add(
            "change_lead",
            row,
            actor=actor,
            before=former.key,
            after=lead.key,
            document=clean(document),
            reason=clean(reason, multiline=True),
        )
    return row


def lead_findings(programme: Programme, lead: Agency | None, *, document: str, reason: str) -> list[Finding]:
    """What bars another lead."""
    found = []
    if lead is None:
        found.append(at("lead", "blank", _("Choose the agency that leads from now on.")))
    elif lead.pk == programme.lead_id:
        text = _("%(lead)s leads it already; choose another agency.") % {"lead": lead.short_name}
        found.append(at("lead", "lead_same", text, lead.key))
    elif not lead.exists_on(clock.today()):
        said = {"lead": lead.name, "day": format_date(clock.today())}
        found.append(at("lead", "lead_ended", _("%(lead)s does not exist on %(day)s.") % said, lead.key))
    elif lead.parent_id != programme.lead.parent_id and programme.plans.exists():
        text = _(
            "%(lead)s stands at another level than %(former)s: other agencies would plan here, while this "
            "programme has plans already. Set up a programme of its own."
        )
        said = {"lead": lead.short_name, "former": programme.lead.short_name}
        found.append(at("lead", "lead_level", text % said, lead.key))
    elif lead.pk in programme.co_reviewer_ids:
        text = _("%(lead)s co-reviews the programme; take it off the co-reviewers first.")
        found.append(at("lead", "lead_co_reviews", text % {"lead": lead.short_name}, lead.key))
    return [*found, *document_findings(document), *reason_findings(reason)]


def staff_of(agency: Agency) -> dict[str, int]:
    """How many people review and administer for an agency today."""
    from_today = Membership.objects.active(clock.today()).filter(agency=agency)
    roles = list(from_today.values_list("role", flat=True))
    return {role: roles.count(role) for role in (Role.REVIEWER, Role.ADMINISTRATOR)}
