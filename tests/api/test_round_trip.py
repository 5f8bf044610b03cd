"""What is read of a plan's lines can be sent back as it is: nothing changes and nothing is lost."""

import pytest

from plans.api.line_values import writable
from plans.content.actions import amend_plan
from plans.models import LineEdit, Plan
from plans.parts import registry
from tests.api.calling import CallerFor, codes
from tests.api.plan_lines import draft_with_projects, lines_of, read_all
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_projects_sent_back_as_they_were_read_keep_what_is_only_read(api: CallerFor, cast: Cast) -> None:
    """The reasons of completed amounts of QĐ 605, the shares of QĐ 43, and money without a year."""
    names = ("line", "row_version", *writable(registry.get("projects")))
    kept = set()
    for code, editor in (("605-qd-ubnd", cast.editor), ("43-2008-qd-ttg", cast.lead_editor)):
        plan, caller = amend_plan(Plan.objects.get(code=code), actor=editor), api(editor)
        before, lines = registry.read_content(plan), read_all(caller, plan, "projects")
        rows = [{name: line[name] for name in names} for line in lines]
        answer = caller.post(f"{lines_of(plan, 'projects')}bulk/", {"rows": rows})
        assert answer.status_code == 200, answer.content.decode()
        assert answer.json()["unchanged"] == len(rows) > 10
        assert registry.read_content(plan) == before
        assert read_all(caller, plan, "projects") == lines
        assert not LineEdit.objects.filter(plan=plan).exists()
        kept |= {bool(row.basis) for row in before["allocations"]} | {"share" for _row in before["shares"]}
    assert kept == {True, False, "share"}


def test_what_cannot_be_written_is_named_so(api: CallerFor, cast: Cast) -> None:
    plan = draft_with_projects(cast)
    caller = api(cast.editor)
    line = read_all(caller, plan, "projects")[0]
    answer = caller.post(f"{lines_of(plan, 'projects')}bulk/", {"rows": [{**line, "colour": "red"}]})
    said = {pointer.rpartition("/")[2]: code for code, pointer in codes(answer)}
    assert said.pop("colour") == "unknown_field"
    assert set(said) == set(line) - {"line", "row_version", *writable(registry.get("projects"))}
    assert set(said.values()) == {"not_written"}
