"""Who reports on national lines that their document gives no lead: assigned on the system, and taken back.

An assignment counts in the periods that are opened while it stands. It is shown with basis and day, and never
becomes the document's lead.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import Agency, AgencyGroup, Membership
from agencies.models.agency import CLASS_CHOICES, CLASS_LABELS, CLASSES
from agencies.permissions import require
from agencies.workflow import lock
from core import clock
from core.findings import Refused, Text, WrongState
from core.notation import format_date
from core.vietnamese import clean
from plans.models import LineReporter, Plan, PlanKind, Programme
from plans.parts import registry
from plans.parts.base import Content
from plans.parts.columns import Party
from plans.parts.projects import ProjectRow
from plans.parts.texts import TaskRow
from plans.programmes.regimes import obliged_classes_on

BASIS_LIMIT = 300
NAMED = 3  # lines that one refusal names
Choices = list[tuple[Text, list[tuple[str, Text]]]]


@dataclass(frozen=True, slots=True)
class Assignment:
    """An assignment that stands: who reports, by which document or decision, since which day."""

    pk: int
    line: UUID
    party: Party
    name: str  # of the agency or the group in short; a class has none of its own
    basis: str
    on: date

    @property
    def called(self) -> Text:
        return CLASS_LABELS[self.party.value] if self.party.kind == "class" else self.name


def read_assignments(reporters: QuerySet[LineReporter]) -> dict[UUID, list[Assignment]]:
    """Assignments by line, in the order in which they were made; one query."""
    found: dict[UUID, list[Assignment]] = defaultdict(list)
    for row in reporters.select_related("agency", "group").order_by("id"):
        name = row.agency.short_name if row.agency else row.group.name if row.group else ""
        found[row.line_id].append(
            Assignment(row.pk, row.line_id, party_of(row), name, row.basis, row.assigned_on)
        )
    return dict(found)


def party_of(reporter: LineReporter) -> Party:
    """The one party of an assignment; agency and group are read with it."""
    if reporter.agency is not None:
        return Party("agency", reporter.agency.key)
    if reporter.group is not None:
        return Party("group", reporter.group.key)
    return Party("class", reporter.agency_class)


def assignments(lines: Iterable[UUID | None], on: date) -> dict[UUID, list[Assignment]]:
    """The assignments that stand on the day, by line; one query."""
    wanted = [line for line in lines if line]
    return read_assignments(LineReporter.objects.standing(on).filter(line__in=wanted))


def lines_without_lead(content: Content) -> list[TaskRow | ProjectRow]:
    """The lines that the document gives no lead, in printed order; tasks with sub-items are left to these."""
    parents = {row.parent for row in content["tasks"] if row.parent}
    tasks = [row for row in content["tasks"] if not row.leads and row.line not in parents]
    return [*tasks, *(row for row in content["projects"] if not row.has_lead)]


def assigned_lines(plan: Plan, content: Content) -> dict[UUID, list[Assignment]]:
    """The assignments that stand today on lines of a national plan; no query where none is possible."""
    lines = [row.line for row in lines_without_lead(content)] if plan.kind == PlanKind.NATIONAL else []
    return assignments(lines, clock.today()) if lines else {}


# Who can be assigned


def reporting_agencies(programme: Programme, on: date) -> list[Agency]:
    """The agencies that owe reports in the programme on the day."""
    return list(Agency.objects.in_force(on).of_classes(obliged_classes_on(programme, on)).in_order())


def party_choices(programme: Programme, on: date) -> Choices:
    """Classes, groups and agencies that report in the programme, as tokens, for a form."""
    agencies = reporting_agencies(programme, on)
    obliged = {agency.pk for agency in agencies}
    classes: list[tuple[str, Text]] = [
        (Party("class", name).token, label)
        for name, label in CLASS_CHOICES
        if any(agency.kind in CLASSES[name] for agency in agencies)
    ]
    groups: list[tuple[str, Text]] = [
        (Party("group", group.key).token, group.name)
        for group in AgencyGroup.objects.order_by("id").prefetch_related("memberships")
        if any(member.agency_id in obliged for member in group.memberships.all())
    ]
    single: list[tuple[str, Text]] = [(Party("agency", one.key).token, one.name) for one in agencies]
    return [(_("Classes"), classes), (_("Lists"), groups), (_("Agencies"), single)]


def _stored(party: Party, programme: Programme) -> dict[str, Any]:
    """The columns of a party that reports in the programme. Raises `Refused` for any other."""
    agencies = reporting_agencies(programme, clock.today())
    if party.kind == "agency":
        found = next((one for one in agencies if one.key == party.value), None)
        if found is not None:
            return {"agency": found}
    elif party.kind == "group":
        group = AgencyGroup.objects.filter(key=party.value).first()
        if group is not None and group.members.filter(pk__in=[one.pk for one in agencies]).exists():
            return {"group": group}
    elif any(one.kind in CLASSES.get(party.value, ()) for one in agencies):
        return {"agency_class": party.value}
    raise Refused(
        _("“%(party)s” owes no report in this programme; choose an agency, list or class that does.")
        % {"party": party.value or party.kind},
        code="party_does_not_report",
    )


# The acts


def assign_reporter(
    line: UUID, party: Party, *, basis: str, actor: Membership, on: date | None = None
) -> LineReporter:
    """Phân công trên hệ thống: who reports on one line; `on` is the day of the assignment, else today."""
    (made,) = assign_reporters([line], party, basis=basis, actor=actor, on=on)
    return made


def assign_reporters(
    lines: Sequence[UUID], party: Party, *, basis: str, actor: Membership, on: date | None = None
) -> list[LineReporter]:
    """The same for several lines of one national plan: all of them or none, one entry of the audit."""
    with audit.recording() as record:
        plan = lock(national_plan_of(lines))
        require(actor, "line.assign", plan)
        content = registry.read_content(plan)
        _check_lines(content, lines)
        day = on or clock.today()
        said = _checked_basis(basis, day, plan)
        columns = _stored(party, plan.programme)
        _check_not_there(content, lines, columns)
        columns |= {"basis": said, "assigned_on": day, "by": actor.user}
        made = LineReporter.objects.bulk_create(LineReporter(line_id=line, **columns) for line in lines)
        record.add(
            "assign_reporter",
            plan,
            actor=actor,
            lines=[str(line) for line in lines],
            party=party.token,
            basis=said,
            on=day,
        )
    return made


def withdraw_reporter(reporter: LineReporter, *, actor: Membership) -> LineReporter:
    """Thôi phân công: it counts in no period opened from today on; open periods keep their reporters."""
    with audit.recording() as record:
        row = lock(reporter)
        plan = national_plan_of([row.line_id])
        require(actor, "line.assign", plan)
        if row.withdrawn_on is not None:
            raise WrongState(
                _("This assignment was withdrawn on %(day)s already.")
                % {"day": format_date(row.withdrawn_on)},
                code="wrong_state",
            )
        row.withdrawn_on = clock.today()
        row.save()
        record.add(
            "withdraw_reporter", plan, actor=actor, lines=[str(row.line_id)], party=party_of(row).token
        )
    return row


def national_plan_of(lines: Sequence[UUID]) -> Plan:
    """The national plan in force that all lines stand in. Raises `Refused` where there is none."""
    if not lines:
        raise Refused(_("Choose at least one line."), code="no_line")
    stands_in = Q(tasks__line=lines[0]) | Q(projects__line=lines[0])
    plan = Plan.objects.in_force(clock.today()).filter(stands_in, kind=PlanKind.NATIONAL).first()
    if plan is None:
        raise Refused(
            _("Only lines of a national plan in force that its document gives no lead are assigned."),
            code="not_national",
        )
    return plan


def _check_lines(content: Content, lines: Sequence[UUID]) -> None:
    free = {row.line for row in lines_without_lead(content)}
    taken = [line for line in lines if line not in free]
    if len(set(lines)) != len(lines):
        raise Refused(_("A line is named twice; name each once."), code="line_twice")
    if not taken:
        return
    rows: dict[UUID | None, TaskRow | ProjectRow] = {
        row.line: row for key in ("tasks", "projects") for row in content[key]
    }
    if any(line not in rows for line in taken):
        raise Refused(_("Choose lines of one plan only."), code="another_plan")
    raise Refused(
        _("The document itself says who leads: %(lines)s. Nobody else is assigned there.")
        % {"lines": _named(rows[line] for line in taken)},
        code="line_has_lead",
    )


def _named(rows: Iterable[TaskRow | ProjectRow]) -> str:
    found = [row.title[:80] for row in rows]
    return "; ".join(found[:NAMED]) + (" …" if len(found) > NAMED else "")


def _checked_basis(basis: str, on: date, plan: Plan) -> str:
    said = clean(basis)
    if not said:
        raise Refused(
            _("Give the basis: the document or decision that the assignment rests on."), code="basis_missing"
        )
    if len(said) > BASIS_LIMIT:
        raise Refused(
            _("The basis has %(length)d characters; at most %(limit)d fit.")
            % {"length": len(said), "limit": BASIS_LIMIT},
            code="basis_long",
        )
    if on > clock.today():
        raise Refused(
            _("The day of the assignment, %(on)s, lies in the future.") % {"on": format_date(on)},
            code="assigned_in_future",
        )
    if plan.in_force_from and on < plan.in_force_from:
        raise Refused(
            _("The day of the assignment, %(on)s, lies before the plan is in force (%(from)s).")
            % {"on": format_date(on), "from": format_date(plan.in_force_from)},
            code="assigned_before_plan",
        )
    return said


def _check_not_there(content: Content, lines: Sequence[UUID], columns: dict[str, Any]) -> None:
    """The same party twice on one line would say nothing more."""
    standing = LineReporter.objects.standing(clock.today()).filter(line__in=lines, **columns)
    there = set(standing.values_list("line_id", flat=True))
    if there:
        rows = [row for row in lines_without_lead(content) if row.line in there]
        raise Refused(
            _("Assigned already: %(lines)s. Leave these lines out.") % {"lines": _named(rows)},
            code="assigned_already",
        )
