"""Parallel changes of one line on real connections: one wins, the others are told; nothing is mixed."""

from collections import Counter
from typing import Any

import pytest

from core import clock
from plans.models import LineEdit, Plan, Project
from tests.api.calling import caller_for, problem
from tests.api.plan_lines import draft_with_projects, lines_of, web_portal
from tests.api.test_many_at_once import at_once
from tests.cast import Cast

pytestmark = [pytest.mark.concurrency, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

SIZE = 6


@pytest.fixture
def draft(cast: Cast) -> Plan:
    with clock.at("2008-06-20T09:00"):
        return draft_with_projects(cast)


def statuses(answers: list[Any]) -> Counter[tuple[int, str]]:
    return Counter(
        (answer.status_code, "" if answer.status_code < 300 else problem(answer)["code"])
        for answer in answers
    )


def test_of_changes_of_one_line_at_once_one_wins(cast: Cast, draft: Plan) -> None:
    caller = caller_for(cast.editor)
    line = web_portal(caller, draft)
    notes = iter(range(SIZE))

    def change() -> Any:
        number = str(next(notes))
        return line.patch(note=number, allocations={"2009": {"NSDP-TT": number}})

    answers = at_once(SIZE, change)
    assert statuses(answers) == {(200, ""): 1, (412, "if_match_old"): SIZE - 1}
    now = line.read()
    assert now["row_version"] == 2
    assert now["allocations"] == {"2009": {"NSDP-TT": now["note"]}}
    for answer in answers:
        if answer.status_code == 412:
            assert problem(answer)["theirs"] == {"note": now["note"], "allocations/2009/NSDP-TT": now["note"]}
    assert LineEdit.objects.filter(plan=draft, line=now["line"], path="note").count() == 1


def test_rows_in_bulk_and_a_change_of_one_of_them_do_not_mix(cast: Cast, draft: Plan) -> None:
    caller = caller_for(cast.editor)
    line = web_portal(caller, draft)
    rows = [{"line": line.data["line"], "row_version": 1, "note": "bulk"}, {"name": "Dự án mới"}]
    url = f"{lines_of(draft, 'projects')}bulk/"
    asks = [
        lambda: caller.post(url, {"rows": rows}, Idempotency_Key="bulk"),
        lambda: caller.post(url, {"rows": rows}, Idempotency_Key="bulk"),
        lambda: line.patch(note="one"),
    ]

    def any_of_them() -> Any:
        return asks.pop()()

    answers = at_once(3, any_of_them)
    added = Project.objects.filter(plan=draft, name="Dự án mới").count()
    said = statuses(answers)
    if line.read()["note"] == "bulk":
        assert said == {(200, ""): 2, (412, "if_match_old"): 1}
        assert added == 1
    else:
        assert said == {(200, ""): 1, (409, "conflict"): 2}
        assert (line.data["note"], added) == ("one", 0)
