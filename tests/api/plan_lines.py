"""A draft with lines, and short ways to call on them, for the tests of the API of plan lines."""

from dataclasses import dataclass
from typing import Any

from plans.content.actions import create_plan, take_lines
from plans.models import Plan, Programme, Project
from plans.parts import registry
from tests.api.calling import Caller
from tests.cast import Cast


def draft_with_projects(cast: Cast) -> Plan:
    """Tiền Giang's plan 2009-2010 with the 26 projects of QĐ 605 that reach into these years."""
    plan = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)
    source = Plan.objects.get(code="605-qd-ubnd")
    projects = [row.line for row in registry.get("projects").read(source)]
    take_lines(plan, source, {"projects": projects}, actor=cast.editor)
    return Plan.objects.get(pk=plan.pk)


def lines_of(plan: Plan, part: str) -> str:
    """The address of the lines of a part."""
    return f"plans/{plan.code}/{plan.version}/parts/{part}/lines/"


def read_all(caller: Caller, plan: Plan, part: str) -> list[dict[str, Any]]:
    """Every line of a part, page by page."""
    rows: list[dict[str, Any]] = []
    while True:
        page = caller.get(lines_of(plan, part), page_size=200, page=len(rows) // 200 + 1).json()
        rows += page["results"]
        if page["next"] is None:
            return rows


@dataclass
class Line:
    """One line, as a program keeps it: its address and what it read last."""

    caller: Caller
    url: str
    data: dict[str, Any]
    tag: str

    @classmethod
    def at(cls, caller: Caller, plan: Plan, part: str, line: object) -> "Line":
        found = cls(caller, f"{lines_of(plan, part)}{line}/", {}, "")
        found.read()
        return found

    def read(self) -> dict[str, Any]:
        answer = self.caller.get(self.url)
        assert answer.status_code == 200, answer.content
        self.data, self.tag = answer.json(), answer["ETag"]
        return self.data

    def patch(self, tag: str | None = None, **values: Any) -> Any:
        """A change on what was read last, or on another version; "" names none."""
        tag = self.tag if tag is None else tag
        return self.caller.post(self.url, values, "PATCH", **({"If_Match": tag} if tag else {}))


def web_portal(caller: Caller, plan: Plan) -> Line:
    """Project I.1, the province's web portal: 1.500 in 2009 from NSDP-TT."""
    stored = Project.objects.get(plan=plan, group_code="I", number="1")
    return Line.at(caller, plan, "projects", stored.line_id)
