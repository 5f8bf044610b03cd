"""How drafts come to be and end: from the outline, as an amendment, with lines taken over; discarded."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError
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
from plans.models import IN_FORCE_STATES, Plan, PlanKind, PlanLine, PlanRoute, PlanState, Programme
from plans.models.plan import OPEN_STATES
from plans.parts import registry
from plans.parts.base import PlanPart, Row
from plans.versions.copying import carried, context_for, copy_content, take


def plan_code(programme: Programme, agency: Agency) -> str:
    """The stable code of an agency's plan in a programme, such as `2009-2010-tien-giang`."""
    return f"{programme.code}-{slugify(search_key(agency.short_name))}"[:80]


def _free_code(programme: Programme, agency: Agency, names: Collection[int]) -> str:
    """The usual code, or one with the agency's key where another agency of the same name has it."""
    code = plan_code(programme, agency)
    taken = Plan.objects.filter(code=code).exclude(agency__in=names).exists()
    return f"{programme.code}-{agency.key}"[:80] if taken else code


def plan_title(programme: Programme, agency: Agency) -> str:
    """The usual title, such as "Kế hoạch ... của cơ quan nhà nước tỉnh Tiền Giang giai đoạn 2009 - 2010"."""
    first, last = programme.year_from, programme.year_to
    years = f"năm {first}" if first == last else f"giai đoạn {first} - {last}"
    whose = agency.name
    if agency.kind in PROVINCE_KINDS:
        whose = f"cơ quan nhà nước {whose[0].lower()}{whose[1:]}"
    return f"Kế hoạch ứng dụng công nghệ thông tin trong hoạt động của {whose} {years}"


def create_plan(
    programme: Programme,
    *,
    actor: Membership,
    title: str = "",
    route: str = "",
    illustrative: bool = False,
) -> Plan:
    """A draft of the actor's agency with the headings and status figures that the outline asks for.

    `route` says which of the programme's two ways the plan goes, where the programme asks; it may come later.
    """
    agency = actor.agency
    with audit.recording() as record:
        names = agency.names_on(clock.today())
        draft = Plan(
            code=_free_code(programme, agency, names),
            version=1,
            agency=agency,
            programme=programme,
            kind=PlanKind.AGENCY,
            title=title or plan_title(programme, agency),
            route=route if programme.asks_route else "",
            illustrative=illustrative,
            in_charge=actor,
            created_at=clock.now(),
        )
        require(actor, "plan.create", draft)
        if not programme.plans_for(agency):
            raise Refused(
                _("%(agency)s does not plan in “%(programme)s”. Choose another programme.")
                % {"agency": agency.short_name, "programme": programme.short_name},
                code="not_planning",
            )
        existing = Plan.objects.filter(agency__in=names, programme=programme, kind=PlanKind.AGENCY)
        if existing.exclude(state=PlanState.REJECTED).exists():
            raise Refused(
                _("%(agency)s already has a plan in this programme; open it, or amend the one in force.")
                % {"agency": agency.short_name},
                code="plan_exists",
            )
        draft.version = existing.filter(code=draft.code).count() + 1
        _insert(draft)
        record.add("create", draft, actor=actor, **_begin(draft))
    return draft


def _begin(draft: Plan) -> dict[str, int]:
    """The rows that the programme's outline asks for: part key -> how many."""
    begun = {part: _add_rows(draft, part, part.initial(draft)) for part in registry.parts()}
    return {part.key: len(lines) for part, lines in begun.items() if lines}


def _add_rows(draft: Plan, part: PlanPart[Any], rows: Sequence[Row]) -> list[PlanLine]:
    """Write rows without lines behind those that stand, each as a line of its own."""
    if not rows:
        return []
    assert part.line_kind is not None
    lines = PlanLine.objects.bulk_create(
        PlanLine(kind=part.line_kind, agency=draft.agency, programme=draft.programme) for _row in rows
    )
    last = part.queryset(draft).order_by().aggregate(last=Max("position"))["last"] or 0
    numbered = enumerate(zip(rows, lines, strict=True), start=last + 1)
    part.write(draft, [replace(row, line=line.uuid, position=position) for position, (row, line) in numbered])
    return lines


def add_asked_rows(plan: Plan, part_key: str, *, actor: Membership) -> int:
    """Add the rows of a part that the outline asks for and the draft lacks; how many they are."""
    part = registry.get(part_key)
    with audit.recording() as record, editing(plan, actor) as draft:
        lines = _add_rows(draft, part, part.missing(draft))
        if not lines:
            raise Refused(_("Everything that the outline asks for is in the plan."), code="nothing_asked")
        for line in lines:
            log(draft, line.uuid, "", "", "+", actor)
        record.add("add_asked", draft, actor=actor, part=part.key, rows=len(lines))
    return len(lines)


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
            route=current.route,
            illustrative=current.illustrative,
            in_charge=actor,
            created_at=clock.now(),
        )
        _insert(draft)
        copy_content(registry.read_content(current), draft)
        record.add("amend", draft, actor=actor, from_version=current.version)
    return draft


def set_route(plan: Plan, route: str, *, actor: Membership) -> Plan:
    """Say which of the programme's ways a draft goes; "" takes back what was said."""
    with audit.recording() as record, editing(plan, actor) as draft:
        if not draft.programme.asks_route:
            raise Refused(
                _("“%(programme)s” does not ask how a plan came about.")
                % {"programme": draft.programme.short_name},
                code="route_not_asked",
            )
        if route not in ("", *PlanRoute.values):
            raise Refused(_("Choose one of the two ways."), code="unknown_route")
        before, draft.route = draft.route, route
        if before != route:
            draft.save()
            record.add("route", draft, actor=actor, before=before, after=route)
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
        texts = set(draft.sections.values_list("line", "row_version"))
        added = take(content, draft)
        if not any(added.values()):
            raise Refused(
                _("Nothing was taken: the chosen lines are here already, or lie outside %(from)s-%(to)s.")
                % {"from": draft.years[0], "to": draft.years[-1]},
                code="nothing_taken",
            )
        new_lines = set(descendants.exclude(pk__in=here_already).values_list("pk", flat=True))
        filled = {line for line, _version in set(draft.sections.values_list("line", "row_version")) - texts}
        for line in sorted(new_lines | filled):
            log(draft, line, "", "", f"<- {source.code}", actor)
        proposed = _proposed_route(draft, source)
        if proposed or (source.illustrative and not draft.illustrative):
            draft.route = proposed or draft.route
            draft.illustrative = draft.illustrative or source.illustrative
            draft.save()
        record.add(
            "take_lines", draft, actor=actor, source=source.code, source_version=source.version, **added
        )
        if proposed:
            record.add("route", draft, actor=actor, before="", after=proposed, source=source.code)
    return added


def _proposed_route(draft: Plan, source: Plan) -> str:
    """What is taken from an approved plan of the agency itself is carved out of it."""
    own = source.agency_id in draft.agency.answers_for_on(clock.today())
    carved = own and source.kind == PlanKind.AGENCY and source.state in IN_FORCE_STATES
    return PlanRoute.CARVED_OUT if draft.programme.asks_route and not draft.route and carved else ""


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
