"""Projects by the thousand, for what a search costs: names put together anew from those of the documents."""

import re
from datetime import date
from random import Random

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import sql

from agencies.models import Agency
from core import clock
from core.vietnamese import search_key
from plans.models import LineKind, Plan, PlanKind, PlanLine, PlanState, Programme, Project

PROJECTS_A_PLAN = 50

# Where a printed name turns from what is built to whom it is for.
_TURN = re.compile(r" (?:của|tỉnh|ngành|giai đoạn|cho|tại|phục vụ|trong) | \(")
_TAILS = (
    "giai đoạn 2009 - 2010",
    "phục vụ chỉ đạo, điều hành",
    "cho cán bộ, công chức",
    "phục vụ người dân và doanh nghiệp",
    "tại các huyện, thị xã",
    "theo tiêu chuẩn TCVN ISO 9001",
)


def make_projects(count: int, batch: str = "a") -> None:
    """So many projects in plans of fifty, three of four approved, the rest drafts."""
    random = Random(batch)  # noqa: S311 - the same names in every run
    heads = sorted({_TURN.split(name)[0] for name in Project.objects.values_list("name", flat=True)})
    plans = _make_plans(-(-count // PROJECTS_A_PLAN), batch)
    lines, projects = [], []
    for number in range(count):
        plan = plans[number // PROJECTS_A_PLAN]
        line = PlanLine(kind=LineKind.PROJECT, agency=plan.agency, programme=plan.programme)
        name = f"{random.choice(heads)} {random.choice(_TAILS)} {plan.agency.name}"
        lines.append(line)
        projects.append(
            Project(plan=plan, line=line, position=number, group_code="I", number=str(number), name=name)
        )
    PlanLine.objects.bulk_create(lines, batch_size=2000)
    Project.objects.bulk_create(projects, batch_size=2000)


def remove_projects(batch: str) -> None:
    """What `make_projects` committed: nothing hangs on it, so nothing is looked for that would go along."""
    plans = Plan.objects.filter(code__startswith=f"ke-hoach-{batch}-")
    lines = PlanLine.objects.filter(programme__code__startswith=f"chuong-trinh-{batch}-")
    programmes = Programme.objects.filter(code__startswith=f"chuong-trinh-{batch}-")
    with transaction.atomic():
        for rows in (Project.objects.filter(plan__in=plans), lines, plans, programmes):
            sql.DeleteQuery(rows.model).delete_batch([str(row.pk) for row in rows], DEFAULT_DB_ALIAS)


def _make_plans(count: int, batch: str) -> list[Plan]:
    """Plans in programmes of their own: the database allows an agency one approved plan in each."""
    example = Programme.objects.get(code="2009-2010")
    agencies = list(Agency.objects.in_force(date(2008, 6, 20)).in_order())
    programmes = Programme.objects.bulk_create(
        Programme(
            code=f"chuong-trinh-{batch}-{number}",
            name=f"Chương trình {number}",
            short_name=f"Chương trình {number}",
            year_from=2009,
            year_to=2010,
            lead=example.lead,
            decided_by=example.decided_by,
            position=100 + number,
        )
        for number in range(-(-count // len(agencies)))
    )
    made = []
    for number in range(count):
        agency, programme = agencies[number % len(agencies)], programmes[number // len(agencies)]
        state = PlanState.DRAFT if number % 4 == 3 else PlanState.APPROVED
        title = f"Kế hoạch ứng dụng công nghệ thông tin của {agency.name}, {programme.name}"
        made.append(
            Plan(
                code=f"ke-hoach-{batch}-{number}",
                agency=agency,
                programme=programme,
                kind=PlanKind.AGENCY,
                title=title,
                search_key=search_key(title),
                state=state,
                in_force_from=date(2008, 6, 1) if state == PlanState.APPROVED else None,
                created_at=clock.now(),
            )
        )
    return Plan.objects.bulk_create(made)
