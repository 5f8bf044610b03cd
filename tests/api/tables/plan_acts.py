"""Plans: who reads which, and who may do what to one that is drafted, submitted, in review or in force.

The plan is Tiền Giang's of 2009-2010, which the Bộ Thông tin và Truyền thông leads and two others co-review.
"""

from collections.abc import Callable, Mapping
from typing import Any

from plans.content.actions import create_plan
from plans.content.assigning import assign_reporter, lines_without_lead
from plans.models import Plan, Programme
from plans.parts import registry
from plans.parts.columns import Party
from plans.review.actions import hand_over
from reports.exports import PLAN_FORMATS
from tests.api.rows import Row, everybody, only
from tests.cast import Cast
from tests.plans import moves

PLAN: dict[str, Any] = {"code": "2009-2010-tien-giang", "version": 1}
IN_FORCE: dict[str, Any] = {"code": "605-qd-ubnd", "version": 1}
NATIONAL: dict[str, Any] = {"code": "43-2008-qd-ttg", "version": 1}
OWN = ("editor", "approver")
FOREIGN = ("other_editor", "other_approver", "viewer")
REVIEWERS = ("reviewer",)
MATCH = {"If_Match": "*"}

LETTER = {"number": "112/UBND-CNTT", "on": "2008-06-20", "signer": "Trần Văn Lãnh Đạo"}
DECISION = {"number": "01/QĐ-BTTTT", "on": "2008-06-20", "issuer": "Bộ Thông tin và Truyền thông"}
REASON = {"reason": "Mục V.1 chưa nêu giải pháp về tài chính."}


# --- Given ------------------------------------------------------------------------------------------------


def drafted(cast: Cast) -> Plan:
    return create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)


def with_the_leader(cast: Cast) -> Plan:
    return hand_over(drafted(cast), actor=cast.editor)


def submitted(cast: Cast) -> Plan:
    return moves.submitted(drafted(cast), cast)


def in_review(cast: Cast) -> Plan:
    return moves.in_review(drafted(cast), cast)


def in_force(cast: Cast) -> Plan:
    return moves.approved(drafted(cast), cast)


def assigned(cast: Cast) -> dict[str, Any]:
    """A national line that the provinces report on, and the assignment."""
    line = lines_without_lead(registry.read_content(Plan.objects.get(**NATIONAL)))[0].line
    assert line is not None
    made = assign_reporter(line, Party("class", "provinces"), basis="Công văn số 12", actor=cast.admin)
    return {"pk": made.pk, "line": str(line)}


# --- Who gets what ----------------------------------------------------------------------------------------

Statuses = Mapping[str, int]


def seen(*, draft: int = 200, review: int = 200, force: int = 200) -> dict[str, Statuses]:
    """What can be read by whoever sees the plan."""
    return {
        "drafted": only(*OWN, status=draft, others=404),
        "in_review": {**everybody(review), **dict.fromkeys(FOREIGN, 404)},
        "in_force": everybody(force),
    }


def may(who: tuple[str, ...], *, draft: int, review: int, force: int) -> dict[str, Statuses]:
    """What some may; others who see the plan are told why not, and who does not see it nothing."""
    outsiders = {
        "drafted": {who for who in everybody() if who not in OWN},
        "in_review": set(FOREIGN),
        "in_force": set[str](),
    }
    allowed = {"drafted": draft, "in_review": review, "in_force": force}
    return {
        state: {**only(*who, status=status), **dict.fromkeys(outsiders[state], 404)}
        for state, status in allowed.items()
    }


GIVEN: dict[str, tuple[Mapping[str, Any], Callable[[Cast], object] | None]] = {
    "drafted": (PLAN, drafted),
    "in_review": (PLAN, in_review),
    "in_force": (PLAN, in_force),
}


def in_each(
    name: str, statuses: Mapping[str, Statuses], method: str = "GET", *, body: Any = None, **more: Any
) -> list[Row]:
    """A row for a draft, one for the same in review, one for a plan in force."""
    return [
        Row(
            name,
            statuses[state],
            method,
            {**plan, **more},
            body,
            state.replace("_", " "),
            MATCH if method != "GET" else {},
            given,
        )
        for state, (plan, given) in GIVEN.items()
    ]


def act(name: str, who: str | tuple[str, ...], body: Any = None, **statuses: int) -> list[Row]:
    people = (who,) if isinstance(who, str) else who
    return in_each(f"plan_act_{name}", may(people, **statuses), "POST", body=body)


def act_when(name: str, given: Callable[[Cast], object], statuses: Statuses, status_body: Any = None) -> Row:
    case = given.__name__.replace("_", " ")
    return Row(f"plan_act_{name}", statuses, "POST", PLAN, status_body, case, MATCH, given)


TAKE = {"source": {"code": "605-qd-ubnd", "version": 1}, "lines": ["00000000-0000-0000-0000-000000000000"]}


def assigning(made: Mapping[str, Any]) -> dict[str, Any]:
    line = made.get("line", "00000000-0000-0000-0000-000000000000")
    return {"lines": [line], "party": "agency:m-yt", "basis": "Công văn số 13"}


# What lies with the leader, only he or she moves; the editors are told so.
OF_THE_LEADER = {**everybody(404), "approver": 200, "editor": 403}


def new_plan(status: int) -> Statuses:
    """Only editors draft; the Ministry's own plan, too."""
    return only("editor", "other_editor", "lead_editor", status=status)


ROWS = [
    # Lists, and a new one
    Row("plan_list", everybody()),
    Row("plan_list_export", everybody()),
    Row("plan_list", new_plan(201), "POST", body={"programme": "2009-2010", "route": "written"}),
    Row("plan_list", new_plan(422), "POST", body={"programme": "2099"}, case="of no programme"),
    Row("plan_current", everybody(), arguments={"code": "605-qd-ubnd"}),
    Row("plan_current", everybody(404), arguments={"code": "no-such"}, case="none"),
    Row("plan_detail", everybody(404), arguments={"code": "605-qd-ubnd", "version": 9}, case="none"),
    # What can be read
    *in_each("plan_detail", seen()),
    *(row for form in PLAN_FORMATS for row in in_each(f"plan_export_{form}", seen())),
    *in_each("plan_check", seen()),
    *in_each("plan_compare", seen()),
    *in_each("plan_history", seen()),
    *in_each("plan_revisions", seen()),
    *in_each("plan_revision", seen(draft=404), number=1),
    *in_each("plan_receipt", seen(draft=404), number=1),
    *in_each("plan_scan", dict.fromkeys(GIVEN, everybody(404)), step=1),
    *in_each("plan_checklist", {**seen(), "in_force": {**everybody(), **dict.fromkeys(FOREIGN, 404)}}),
    *in_each("plan_checklist", may(REVIEWERS, draft=404, review=200, force=409), "PUT", body={"checked": []}),
    # Content from elsewhere
    *in_each("plan_take", may(("editor",), draft=400, review=400, force=400)),
    *in_each("plan_take", may(("editor",), draft=422, review=422, force=422), "POST", body=TAKE),
    *in_each(
        "plan_route",
        may(("editor",), draft=200, review=409, force=409),
        "PUT",
        body={"route": "written"},
    ),
    # Acts
    *act("hand_over", "editor", draft=200, review=409, force=409),
    *act("hand_back", "approver", draft=409, review=409, force=409),
    act_when("hand_back", with_the_leader, OF_THE_LEADER, {"note": "Thêm nguồn vốn"}),
    *act("submit", "approver", LETTER, draft=200, review=409, force=409),
    act_when("submit", with_the_leader, OF_THE_LEADER, LETTER),
    *act("withdraw", "approver", draft=409, review=409, force=409),
    act_when("withdraw", submitted, {**only("approver"), **dict.fromkeys(FOREIGN, 404)}),
    *act("discard", "editor", draft=204, review=409, force=409),
    *act("amend", "editor", draft=409, review=409, force=201),
    *act("open_review", REVIEWERS, draft=404, review=409, force=409),
    act_when("open_review", submitted, {**only(*REVIEWERS), **dict.fromkeys(FOREIGN, 404)}),
    *act("return", REVIEWERS, REASON, draft=404, review=200, force=409),
    *act("reject", REVIEWERS, REASON, draft=404, review=200, force=409),
    *act("approve", REVIEWERS, DECISION, draft=404, review=200, force=409),
    # Who reports on national lines
    Row("plan_assignments", everybody(), arguments=NATIONAL, given=assigned),
    Row("plan_assignments", everybody(404), arguments=IN_FORCE, case="of a province"),
    Row(
        "plan_assignments",
        only("admin", status=201),
        "POST",
        NATIONAL,
        assigning,
        "to another",
        given=assigned,
    ),
    Row("assignment_withdraw", only("admin"), "POST", {**NATIONAL, "pk": 0}, given=assigned),
]
