"""The entity tag of a plan: another one after every change, the same while nothing changes; who names it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from plans.api.plan import plan_etag
from plans.content.actions import add_asked_rows, create_plan, set_route, take_lines
from plans.content.editing import add_line, move_line, remove_line, save_line
from plans.models import Plan, Programme
from plans.parts import registry
from plans.review.actions import hand_back, hand_over, open_review, return_plan, submit_plan, withdraw_plan
from tests.api.calling import CallerFor, codes, problem
from tests.api.plan_calls import LETTER, PLAN, act, tag_of
from tests.cast import Cast
from tests.plans import moves

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)


def typed(plan: Plan, cast: Cast, part: str, path: str, text: str, number: int = 0) -> None:
    row = registry.get(part).read(plan)[number]
    save_line(plan, part, row.line, {path: text}, actor=cast.editor, row_version=row.row_version)


def changes(plan: Plan, cast: Cast) -> list[Callable[[], Any]]:
    """One after the other: all that an agency does to its draft, then the whole way of a plan."""
    editor, leader, reviewer = cast.editor, cast.approver, cast.reviewer
    source = Plan.objects.get(code="605-qd-ubnd")
    first, second = (row.line for row in registry.get("projects").read(source)[:2])

    def project(number: int) -> Any:
        return registry.get("projects").read(plan)[number].line

    def take(line: Any) -> None:
        take_lines(plan, source, {"projects": [line]}, actor=editor)

    return [
        lambda: take(first),
        lambda: take(second),
        lambda: typed(plan, cast, "sections", "body", "Một."),
        lambda: typed(plan, cast, "sections", "body", "Hai."),
        lambda: typed(plan, cast, "sections", "body", "Một."),
        lambda: typed(plan, cast, "projects", "year_from", "năm nay"),
        lambda: typed(plan, cast, "projects", "year_from", "năm tới"),
        lambda: typed(plan, cast, "projects", "year_from", "2009"),
        lambda: typed(plan, cast, "projects", "allocations/2009/NSDP-TT", "2.500,5"),
        lambda: typed(plan, cast, "projects", "allocations/2009/NSDP-TT", "2,5 tỷ"),
        lambda: move_line(plan, "projects", project(0), up=False, actor=editor),
        lambda: remove_line(plan, "projects", project(0), actor=editor),
        lambda: add_line(plan, "tasks", {"name": "Ban hành quy chế"}, actor=editor),
        lambda: remove_line(plan, "baselines", registry.get("baselines").read(plan)[0].line, actor=editor),
        lambda: add_asked_rows(plan, "baselines", actor=editor),
        lambda: set_route(plan, "written", actor=editor),
        lambda: typed(plan, cast, "projects", "allocations/2009/NSDP-TT", "1.500"),
        lambda: hand_over(plan, actor=editor),
        lambda: hand_back(plan, actor=leader, note="Xem lại."),
        lambda: typed(plan, cast, "sections", "body", "Ba."),
        lambda: hand_over(plan, actor=editor),
        lambda: submit_plan(plan, actor=leader, letter=moves.LETTER),
        lambda: withdraw_plan(plan, actor=leader),
        lambda: submit_plan(plan, actor=leader, letter=moves.LETTER),
        lambda: open_review(plan, actor=reviewer),
        lambda: return_plan(plan, actor=reviewer, reason=moves.REASON),
    ]


def test_every_change_gives_another_tag(plan: Plan, cast: Cast) -> None:
    tags = [plan_etag(plan)]
    for number, change in enumerate(changes(plan, cast)):
        change()
        plan.refresh_from_db()
        tag = plan_etag(plan)
        again = Plan.objects.get(pk=plan.pk)
        assert plan_etag(again) == tag
        assert tag not in tags, f"change {number}"
        tags.append(tag)


def test_a_text_that_is_taken_twice_from_one_heading_leaves_an_edit(plan: Plan, cast: Cast) -> None:
    """The source has gone on since; its new text joins the old one under the same heading."""
    source = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.other_editor)
    Plan.objects.filter(pk=source.pk).update(state="superseded", in_force_from="2008-01-01")
    source.refresh_from_db()
    heading = source.sections.order_by("position")[0]
    mapping = plan.programme.outline_mappings
    mapping.create(source=source.programme, from_number=heading.number, to_number=heading.number)
    tags = []
    for text in ("Một.", "Hai."):
        source.sections.filter(pk=heading.pk).update(body=text)
        take_lines(plan, source, {"sections": [heading.line_id]}, actor=cast.editor)
        tags.append(plan_etag(plan))
    assert plan.sections.get(number=heading.number).body == "Một.\n\nHai."
    assert len({*tags}) == len(tags)


def test_it_costs_one_query(plan: Plan) -> None:
    with CaptureQueriesContext(connection) as queries:
        plan_etag(plan)
    assert len(queries) == 1


def test_what_is_known_is_not_sent_again_and_a_new_day_says_more(
    plan: Plan, api: CallerFor, cast: Cast
) -> None:
    editor = api(cast.editor)
    first = editor.get(f"{PLAN}/")
    again = editor.get(f"{PLAN}/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    for path in ("check", "compare"):
        shown = editor.get(f"{PLAN}/{path}/")
        assert editor.get(f"{PLAN}/{path}/", headers={"If-None-Match": shown["ETag"]}).status_code == 304
    with clock.at("2008-06-21T09:00"):
        tomorrow = editor.get(f"{PLAN}/", headers={"If-None-Match": first["ETag"]})
    assert (tomorrow.status_code, tomorrow.json()["standing"]["left"]) == (200, "8 days left")
    # The plan is the one that was read yesterday all the same.
    act(editor, "hand-over", If_Match=first["ETag"])


def test_the_leader_and_the_editor_name_the_same_version(plan: Plan, api: CallerFor, cast: Cast) -> None:
    """What each may do differs, and so does what each is told; the plan is one."""
    read_by_editor = tag_of(api(cast.editor))
    assert read_by_editor != tag_of(api(cast.approver))
    act(api(cast.approver), "submit", LETTER, If_Match=read_by_editor)


def test_a_change_names_the_version_that_was_read(plan: Plan, api: CallerFor, cast: Cast) -> None:
    editor = api(cast.editor)
    old = tag_of(editor)
    typed(plan, cast, "sections", "body", "Một.")
    source = {"source": {"code": "605-qd-ubnd", "version": 1}}
    line = registry.get("projects").read(Plan.objects.get(code="605-qd-ubnd"))[0].line
    calls = [
        ("POST", "acts/hand-over", {}),
        ("POST", "acts/discard", {}),
        ("POST", "take", {**source, "lines": [str(line)]}),
        ("PUT", "route", {"route": "written"}),
    ]
    for method, path, body in calls:
        for headers, status, code in (
            ({}, 428, "if_match_missing"),
            ({"If_Match": old}, 412, "if_match_old"),
            ({"If_Match": '"other"'}, 412, "if_match_old"),
        ):
            answer = editor.post(f"{PLAN}/{path}/", body, method, **headers)
            assert (answer.status_code, problem(answer)["code"]) == (status, code), path
    assert Plan.objects.get(pk=plan.pk).ready_for_approver is False
    changed = editor.post(f"{PLAN}/route/", {"route": "written"}, "PUT", If_Match=tag_of(editor))
    assert (changed.status_code, changed.json()["route"]) == (200, "written")
    # The answer's tag is that of the next change.
    act(editor, "hand-over", If_Match=changed["ETag"])


def test_the_body_is_judged_before_the_version(plan: Plan, api: CallerFor, cast: Cast) -> None:
    answer = act(api(cast.approver), "submit", {"number": "1", "extra": 1}, 400, If_Match='"old"')
    assert codes(answer) == [("unknown_field", "/extra"), ("required", "/on"), ("required", "/signer")]
