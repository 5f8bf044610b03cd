"""Lines of a plan: who reads and who writes them, while it is drafted, in review and in force.

The lines are the headings of Tiền Giang's plan of 2009-2010; its editor alone writes them.
"""

from collections.abc import Callable
from typing import Any

from plans.models import Plan, Section
from tests.api.rows import Row, everybody, only
from tests.api.tables.plan_acts import (
    IN_FORCE,
    MATCH,
    PLAN,
    drafted,
    in_force,
    in_review,
    may,
    seen,
    with_the_leader,
)
from tests.cast import Cast

NO_LINE = "00000000-0000-0000-0000-000000000000"
SECTIONS = {**PLAN, "part": "sections"}
ONE = {**SECTIONS, "line": NO_LINE}
NEW = {"number": "IX", "heading": "Phụ lục"}
ROWS_SENT = {"rows": [NEW, {"number": "X", "heading": "Kiến nghị"}]}


def _with_line(plan: Plan) -> dict[str, Any]:
    heading = Section.objects.filter(plan=plan).order_by("position")[0]
    return {"line": str(heading.line_id), "row_version": heading.row_version}


def heading_drafted(cast: Cast) -> dict[str, Any]:
    return _with_line(drafted(cast))


def heading_in_review(cast: Cast) -> dict[str, Any]:
    return _with_line(in_review(cast))


def heading_in_force(cast: Cast) -> dict[str, Any]:
    return _with_line(in_force(cast))


def heading_with_the_leader(cast: Cast) -> dict[str, Any]:
    return _with_line(with_the_leader(cast))


GIVEN: dict[str, Callable[[Cast], dict[str, Any]]] = {
    "drafted": heading_drafted,
    "in_review": heading_in_review,
    "in_force": heading_in_force,
}


def readable(name: str, arguments: dict[str, Any]) -> list[Row]:
    return [
        Row(name, statuses, "GET", arguments, case=state, given=GIVEN[state])
        for state, statuses in seen().items()
    ]


def writes(name: str, method: str, arguments: dict[str, Any], body: Any, status: int = 200) -> list[Row]:
    """The editor alone writes, and only while it is drafted and not with the leader."""
    statuses = may(("editor",), draft=status, review=409, force=409)
    rows = [
        Row(name, statuses[state], method, arguments, body, state, MATCH, GIVEN[state]) for state in GIVEN
    ]
    with_leader = may(("editor",), draft=409, review=409, force=409)["drafted"]
    given = heading_with_the_leader
    return [*rows, Row(name, with_leader, method, arguments, body, "with the leader", MATCH, given)]


def unmatched(method: str, status: int, case: str, **headers: str) -> Row:
    """A change of one line on another version than it has, or on none that is named."""
    statuses = may(("editor",), draft=status, review=0, force=0)["drafted"]
    body = {"heading": "Mở đầu"} if method == "PATCH" else None
    return Row("line_detail", statuses, method, ONE, body, case, headers, heading_drafted)


def no_such(name: str, arguments: dict[str, Any], case: str, method: str = "GET", body: Any = None) -> Row:
    return Row(name, everybody(404), method, arguments, body, case, MATCH if method != "GET" else {})


UNSEEN = {who: 404 for who in everybody() if who not in ("editor", "approver")}

ROWS = [
    *readable("plan_parts", PLAN),
    *readable("line_list", SECTIONS),
    *readable("line_detail", ONE),
    *writes("line_list", "POST", SECTIONS, NEW, 201),
    *writes("line_detail", "PATCH", ONE, {"heading": "Mở đầu"}),
    *writes("line_detail", "DELETE", ONE, None, 204),
    *writes("line_move", "POST", ONE, {"position": 3}),
    *writes("line_bulk", "POST", SECTIONS, ROWS_SENT),
    unmatched("PATCH", 428, "without If-Match"),
    unmatched("DELETE", 428, "without If-Match"),
    unmatched("PATCH", 412, "of an old version", If_Match='"old"'),
    unmatched("DELETE", 412, "of an old version", If_Match='"old"'),
    # Rows that hang on other lines are read beside them, and are no lines of their own
    Row("line_list", everybody(), arguments={**IN_FORCE, "part": "allocations"}, case="of another part"),
    no_such("line_list", {**IN_FORCE, "part": "wishes"}, "no such part"),
    no_such("line_detail", {**IN_FORCE, "part": "projects", "line": NO_LINE}, "no such line"),
    no_such("plan_parts", {**IN_FORCE, "version": 9}, "no such version"),
    Row(
        "line_list",
        only("editor", status=404, others=403),
        "POST",
        {**IN_FORCE, "part": "allocations"},
        {},
        "no part with lines",
    ),
    Row(
        "line_detail",
        {**only("editor", status=404), **UNSEEN},
        "PATCH",
        ONE,
        {"heading": "Mở đầu"},
        "of no line",
        MATCH,
        drafted,
    ),
]
