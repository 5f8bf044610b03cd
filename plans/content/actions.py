"""How drafts come to be and end: from the outline, as an amendment, with lines taken over; discarded."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import Agency, Membership
from agencies.models.agency import PROVINCE_KINDS
from agencies.permissions import require
from agencies.workflow import lock
from core import clock
from core.findings import Refused, WrongState
from core.vietnamese import search_key
from plans.content.editing import editing, log
from plans.models import LineKind, Plan, PlanKind, PlanLine, PlanState, Programme
from plans.models.plan import OPEN_STATES
from plans.parts import registry
from plans.parts.texts import SectionRow
from plans.versions.copying import carried, context_for, copy_content, take


def plan_code(programme: Programme, agency: Agency) -> str:
    """The stable code of an agency's plan in a programme, such as `2009-2010-tien-giang`."""
    return f"{programme.code}-{slugify(search_key(agency.short_name))}"[:80]


def plan_title(programme: Programme, agency: Agency) -> str:
    """The usual title, such as "Kế hoạch ... của cơ quan nhà nước tỉnh Tiền Giang giai đoạn 2009 - 2010"."""
    first, last = programme.year_from, programme.year_to
    years = f"năm {first}" if first == last else f"giai đoạn {first} - {last}"
    whose = agency.name
    if agency.kind in PROVINCE_KINDS:
        whose = f"cơ quan nhà nước {whose[0].lower()}{whose[1:]}"
    return f"Kế hoạch ứng dụng công nghệ thông tin trong hoạt động của {whose} {years}"


def create_plan(
    programme: Programme, *, actor: Membership, title: str = "", illustrative: bool = False
) -> Plan:
    """A draft of the actor's agency with the headings of the programme's outline."""
    agency = actor.agency
    with audit.recording() as record:
        draft = Plan(
            code=plan_code(programme, agency),
            version=1,
            agency=agency,
            programme=programme,
            kind=PlanKind.AGENCY,
            title=title or plan_title(programme, agency),
            illustrative=illustrative,
            created_at=clock.now(),
        )
        require(actor, "plan.create", draft)
        if not programme.plans_for(agency):
            raise Refused(
                _("%(agency)s does not plan in “%(programme)s”. Choose another programme.")
                % {"agency": agency.short_name, "programme": programme.short_name},
                code="not_planning",
            )
        existing = Plan.objects.filter(agency=agency, programme=programme, kind=PlanKind.AGENCY)
        if existing.exclude(state=PlanState.REJECTED).exists():
            raise Refused(
                _("%(agency)s already has a plan in this programme; open it, or amend the one in force.")
                % {"agency": agency.short_name},
                code="plan_exists",
            )
        draft.version = existing.count() + 1
        _insert(draft)
        items = list(programme.outline.all())
        lines = PlanLine.objects.bulk_create(
            PlanLine(kind=LineKind.SECTION, agency=agency, programme=programme) for _item in items
        )
        registry.get("sections").write(
            draft,
            [
                SectionRow(line=line.uuid, position=position, number=item.number, heading=item.heading)
                for position, (item, line) in enumerate(zip(items, lines, strict=True), start=1)
            ],
        )
        record.add("create", draft, actor=actor, sections=len(items))
    return draft


def _insert(plan: Plan) -> None:
    """Insert a new version; the database allows one open version for each agency, programme and kind."""
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError:
        raise Refused(
            _("Somebody has just opened another draft of this plan; reload the page."), code="plan_exists"
        ) from None


def amend_plan(plan: Plan, *, actor: Membership) -> Plan:
    """A draft of the next version with the same lines; the approved one stays in force until then."""
    with audit.recording() as record:
        current = lock(plan)
        require(actor, "plan.amend", current)
        if current.state != PlanState.APPROVED:
            raise WrongState(_("Only the version in force can be amended."), code="wrong_state")
        if Plan.objects.filter(code=current.code, state__in=OPEN_STATES).exists():
            raise Refused(_("An amendment of this plan is already open."), code="plan_exists")
        last = (
            Plan.objects.filter(code=current.code).order_by("-version").values_list("version", flat=True)[0]
        )
        draft = Plan(
            code=current.code,
            version=last + 1,
            agency=current.agency,
            programme=current.programme,
            kind=current.kind,
            title=current.title,
            illustrative=current.illustrative,
            created_at=clock.now(),
        )
        _insert(draft)
        copy_content(registry.read_content(current), draft)
        record.add("amend", draft, actor=actor, from_version=current.version)
    return draft


def take_lines(
    target: Plan, source: Plan, chosen: Mapping[str, Collection[UUID]], *, actor: Membership
) -> dict[str, int]:
    """Lấy từ kế hoạch khác: chosen lines of a plan the person may see, years outside the programme dropped.

    Returns part key -> rows added. New lines remember their origin; `illustrative` passes on.
    """
    visible = Plan.objects.visible_to(actor).filter(pk=source.pk).exists()
    if not visible or source.pk == target.pk:
        raise Refused(_("Choose another plan that you may read."), code="source_plan")
    with audit.recording() as record, editing(target, actor) as draft:
        content = carried(registry.read_content(source), context_for(draft, source), chosen)
        descendants = PlanLine.objects.filter(
            agency=draft.agency, programme=draft.programme, origin__in=_lines_of(content)
        )
        here_already = set(descendants.values_list("pk", flat=True))
        added = take(content, draft)
        if not any(added.values()):
            raise Refused(
                _("Nothing was taken: the chosen lines are here already, or lie outside %(from)s-%(to)s.")
                % {"from": draft.years[0], "to": draft.years[-1]},
                code="nothing_taken",
            )
        for line in descendants.exclude(pk__in=here_already):
            log(draft, line.uuid, "", "", f"<- {source.code}", actor)
        if source.illustrative and not draft.illustrative:
            draft.illustrative = True
            draft.save()
        record.add(
            "take_lines", draft, actor=actor, source=source.code, source_version=source.version, **added
        )
    return added


def _lines_of(content: Mapping[str, Collection[object]]) -> list[UUID]:
    return [
        row.line  # type: ignore[attr-defined]
        for part in registry.parts()
        if part.line_kind is not None
        for row in content[part.key]
    ]


def discard_plan(plan: Plan, *, actor: Membership) -> None:
    """Remove a draft that was never submitted. What was once submitted stays: it is a fact."""
    with audit.recording() as record:
        draft = lock(plan)
        require(actor, "plan.discard", draft)
        if draft.state != PlanState.DRAFT or draft.revisions.exists():
            raise WrongState(
                _("Only a draft that was never submitted can be discarded; this one stays."),
                code="wrong_state",
            )
        record.add("discard", draft, actor=actor, version=draft.version)
        content = registry.read_content(draft)
        lines = [row.line for part in registry.parts() if part.line_kind for row in content[part.key]]
        draft.delete()
        for line in PlanLine.objects.filter(pk__in=lines):
            with suppress(ProtectedError):  # another version of the plan still holds it
                line.delete()
