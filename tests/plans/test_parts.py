"""What a plan is made of: everything declared once, and copied, frozen and compared without loss."""

import dataclasses
import json
from typing import Any

import pytest

from agencies.audit import canonical
from budgets.totals import money_of
from core.notation import format_money
from plans.content.actions import amend_plan
from plans.content.editing import save_line
from plans.models import Plan, PlanRevision
from plans.parts import registry
from plans.parts.base import PlanPart
from plans.versions.compare import ChangeKind, compare
from plans.versions.snapshot import content_of, freeze, is_intact, snapshot
from tests.cast import Cast

pytestmark = pytest.mark.django_db

PLANS = ["43-2008-qd-ttg", "605-qd-ubnd", "1594-btttt-udcntt"]
PARTS = registry.REQUIRED

# Model fields that no column stands for, literally: identity, derived keys, and rows of other tables.
EXCLUDED: dict[str, set[str]] = {
    "sections": {"id", "plan", "line", "position", "row_version", "number_key", "search_key"},
    "tasks": {"id", "plan", "line", "position", "row_version", "clause_key", "search_key", "parties"},
    "projects": {"id", "plan", "line", "position", "row_version", "search_key"},
    "allocations": {"id", "plan", "line"},
    "shares": {"id", "plan", "line"},
    "stated_totals": {"id", "plan", "position"},
    "targets": {"id", "plan", "line", "position", "row_version"},
    "baselines": {"id", "plan", "line", "position", "row_version"},
}


def part_of(key: str) -> PlanPart[Any]:
    return registry.get(key)


@pytest.mark.parametrize("key", PARTS)
def test_every_model_field_is_declared_or_excluded_by_name(key: str) -> None:
    part = part_of(key)
    fields = {field.name for field in part.model._meta.get_fields()}
    declared = {column.path.split("__")[0] for column in part.columns}
    if key == "tasks":
        declared -= {"leads", "co"}  # stored as parties
    assert part.excluded_fields == EXCLUDED[key]
    assert fields == declared | EXCLUDED[key]
    assert not declared & EXCLUDED[key]


@pytest.mark.parametrize("key", PARTS)
def test_every_column_is_a_field_of_the_row(key: str) -> None:
    part = part_of(key)
    assert {column.name for column in part.columns} | {"line", "position", "row_version"} == {
        field.name for field in dataclasses.fields(part.row_type)
    }


def test_parts_stand_after_those_they_depend_on() -> None:
    keys = [part.key for part in registry.parts()]
    assert sorted(keys) == sorted(PARTS)
    for part in registry.parts():
        for need in (*part.depends_on, *filter(None, [part.extends])):
            assert keys.index(need) < keys.index(part.key)


def without_row_version(rows: Any) -> list[Any]:
    """A revision has no row versions: they belong to the live row alone."""
    return [dataclasses.replace(row, row_version=0) for row in rows]


@pytest.mark.parametrize("code", PLANS)
@pytest.mark.parametrize("key", PARTS)
def test_dumped_rows_load_as_they_were(code: str, key: str) -> None:
    part = part_of(key)
    rows = part.read(Plan.objects.get(code=code))
    assert list(part.load(part.dump(rows))) == without_row_version(rows)


@pytest.mark.parametrize("code", PLANS)
def test_typed_values_read_back_as_they_are_shown(code: str) -> None:
    content = registry.read_content(Plan.objects.get(code=code))
    for part in registry.parts():
        for column in part.columns:
            for value in {getattr(row, column.name) for row in content[part.key]}:
                if column.required and not column.show(value):
                    continue
                assert column.parse(column.show(value)) == value, (part.key, column.name)


@pytest.mark.parametrize("code", PLANS)
def test_a_plan_and_its_revision_do_not_differ(code: str) -> None:
    plan = Plan.objects.get(code=code)
    revision = plan.revisions.get()
    assert is_intact(revision)
    assert compare(content_of(revision), registry.read_content(plan)) == []


def test_a_snapshot_is_canonical_and_stable(cast: Cast) -> None:
    plan = Plan.objects.get(code="605-qd-ubnd")
    text = snapshot(plan)
    assert text == snapshot(Plan.objects.get(code="605-qd-ubnd")) == plan.revisions.get().content
    assert text.startswith('{"parts":{"allocations":[{"amount":"')
    assert ", " not in text.split('"parts":{')[0]
    assert '"amount":"1000"' in text  # decimal strings, no closing zeros
    assert "Tiền Giang" in text  # letters as they are
    again = freeze(plan, reason="test", by=cast.editor.user)
    assert again.sha256 == plan.revisions.order_by("number")[0].sha256
    assert again.number == 2


def test_a_revision_of_the_first_schema_reads_as_a_plan_of_today(cast: Cast) -> None:
    """Its tasks know no sub-items, its projects no second clause, and it has no status."""
    plan = Plan.objects.get(code="605-qd-ubnd")
    data = json.loads(snapshot(plan))
    data["schema"] = 1
    del data["plan"]["route"], data["parts"]["baselines"]
    for task in data["parts"]["tasks"]:
        del task["parent"]
    for project in data["parts"]["projects"]:
        del project["also_at"]
    for total in data["parts"]["stated_totals"]:
        del total["about"]
    old = PlanRevision(plan=plan, schema=1, content=canonical(data))
    content = content_of(old)
    assert content["baselines"] == ()
    assert len(content["projects"]) == 28
    assert {task.parent for task in content["tasks"]} == {None}
    assert {project.also_at for project in content["projects"]} == {""}


def test_content_order_does_not_follow_the_order_of_writing() -> None:
    """Rows without a position of their own are put in the order of line and key, on every database."""
    plan = Plan.objects.get(code="605-qd-ubnd")
    rows = part_of("allocations").read(plan)
    assert [part_of("allocations").identity(row) for row in rows] == sorted(
        (part_of("allocations").identity(row) for row in rows), key=lambda one: [str(key) for key in one]
    )


def test_several_plans_are_read_in_as_many_queries_as_one(django_assert_num_queries: Any) -> None:
    plans = list(Plan.objects.filter(code__in=PLANS))
    with django_assert_num_queries(10):
        registry.read_contents(plans)
    with django_assert_num_queries(10):
        registry.read_content(plans[0])


# Amendments


def figures(plan: Plan) -> tuple[str, dict[int | None, str], dict[str, str]]:
    content = registry.read_content(plan)
    money = money_of(content["projects"], content["allocations"])
    return (
        format_money(money.total),
        {year: format_money(amount) for year, amount in money.by_year.items()},
        {source: format_money(amount) for source, amount in money.by_source.items()},
    )


def test_an_amendment_draft_changes_no_figure_and_keeps_the_lines(cast: Cast) -> None:
    plan = Plan.objects.get(code="605-qd-ubnd")
    before = figures(plan)
    draft = amend_plan(plan, actor=cast.editor)
    assert figures(draft) == before
    assert compare(registry.read_content(plan), registry.read_content(draft)) == []
    line = registry.get("projects").read(draft)[0].line
    save_line(
        draft, "projects", line, {"allocations/2009/NSDP-TT": "9.999"}, actor=cast.editor, row_version=1
    )
    plan.refresh_from_db()
    assert plan.state == "approved"
    assert figures(plan) == before
    assert figures(draft) != before


def test_a_change_of_money_is_told_with_its_project(cast: Cast) -> None:
    plan = Plan.objects.get(code="605-qd-ubnd")
    draft = amend_plan(plan, actor=cast.editor)
    project = registry.get("projects").read(draft)[0]
    save_line(
        draft,
        "projects",
        project.line,
        {"allocations/2009/NSDP-TT": "1.400", "total_need": "2.400", "location": ""},
        actor=cast.editor,
        row_version=1,
    )
    changes = compare(registry.read_content(plan), registry.read_content(draft))
    told = {
        (change.part, change.kind, field.column.name, field.old, field.new)
        for change in changes
        for field in change.fields
        if field.column.name != "basis"
    }
    assert told == {
        ("projects", ChangeKind.CHANGED, "total_need", "2.500", "2.400"),
        ("projects", ChangeKind.CHANGED, "location", "Văn phòng UBND tỉnh", ""),
        ("allocations", ChangeKind.CHANGED, "amount", "1.500", "1.400"),
    }
    assert {change.title for change in changes} == {project.title}
