"""A plan with more lines than a page of a list holds."""

from dataclasses import replace
from decimal import Decimal

from core import clock
from plans.models import LineKind, Plan, PlanDraftValue, PlanLine
from plans.parts import registry

MANY = 60


def projects() -> None:
    """QĐ 605 with as many projects more, each with money and a value that nobody can read."""
    plan = Plan.objects.get(code="605-qd-ubnd")
    part, money = registry.get("projects"), registry.get("allocations")
    like, amount = part.read(plan)[0], money.read(plan)[0]
    lines = PlanLine.objects.bulk_create(
        PlanLine(kind=LineKind.PROJECT, agency=plan.agency, programme=plan.programme) for _n in range(MANY)
    )
    part.write(plan, [replace(like, line=line.uuid, position=100 + n) for n, line in enumerate(lines)])
    money.write(plan, [replace(amount, line=line.uuid, amount=Decimal(n)) for n, line in enumerate(lines)])
    by = plan.steps.latest("id").by
    PlanDraftValue.objects.bulk_create(
        PlanDraftValue(
            plan=plan,
            line=line,
            path=path,
            raw="2,500",
            finding_code="money_ambiguous",
            by=by,
            at=clock.now(),
        )
        for line in lines
        for path in ("total_need", "allocations/2009/NSDP-TT")
    )
