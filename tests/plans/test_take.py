"""Lấy từ kế hoạch khác through its pages: what is offered, what stays behind, what was taken."""

from datetime import datetime

import pytest

from budgets.totals import money_of
from core.notation import format_money
from plans.content.actions import create_plan
from plans.models import Plan, Programme
from plans.parts import registry
from plans.review.actions import hand_back, hand_over
from tests.cast import Cast
from tests.plans.moves import submitted
from tests.reading import ClientFor, in_english, links, said

pytestmark = pytest.mark.django_db

SOURCE = "605-qd-ubnd/1"


@pytest.fixture
def empty(cast: Cast, june_2008: datetime) -> Plan:
    return create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)


def take(plan: Plan) -> str:
    return f"/plans/{plan.code}/{plan.version}/take/"


def offered(response: object, key: str) -> dict[str, object]:
    part = next(part for part in response.context["parts"] if part.key == key)  # type: ignore[attr-defined]
    return {line.title: line for line in part.lines}


def ticked(response: object, key: str = "") -> list[str]:
    """What the boxes that can be ticked post, of one part or of all."""
    parts = response.context["parts"]  # type: ignore[attr-defined]
    lines = [(part.key, line) for part in parts if not key or part.key == key for line in part.lines]
    return [f"{part}:{line.line}" for part, line in lines if not line.barred]


def test_first_the_plan_is_chosen_among_those_one_may_see(
    client_for: ClientFor, cast: Cast, empty: Plan
) -> None:
    response = in_english(client_for(cast.editor)).get(take(empty))
    assert f"{take(empty)}?source={SOURCE}" in links(response)
    assert f"{take(empty)}?source=43-2008-qd-ttg/1" in links(response)
    assert not [link for link in links(response) if f"source={empty.code}/" in link]


def test_everything_that_fits_is_ticked_and_what_does_not_says_why(
    client_for: ClientFor, cast: Cast, empty: Plan
) -> None:
    response = in_english(client_for(cast.editor)).get(take(empty), {"source": SOURCE})
    projects = offered(response, "projects")
    barred = {title.split()[0]: line.barred for title, line in projects.items() if line.barred}  # type: ignore[attr-defined]
    assert barred == {"I.4": "lies outside 2009-2010", "II.2": "lies outside 2009-2010"}
    assert response.content.decode().count('value="projects:') == 28
    assert response.content.decode().count(" checked>") == len(ticked(response))
    first = next(line for title, line in projects.items() if title.startswith("I.1 "))
    assert first.left == "stays behind: 2008: 1.000 million VND"  # type: ignore[attr-defined]


def test_text_says_under_which_heading_it_comes(client_for: ClientFor, cast: Cast, empty: Plan) -> None:
    response = client_for(cast.editor).get(take(empty), {"source": SOURCE})
    sections = offered(response, "sections")
    moved = {title.split()[0]: line.becomes for title, line in sections.items()}  # type: ignore[attr-defined]
    assert moved["IV.3"] == "IV.2"
    assert moved["III.2.a"] == "III.2.c"


def test_targets_are_called_by_name(client_for: ClientFor, cast: Cast, empty: Plan) -> None:
    titles = offered(client_for(cast.editor).get(take(empty), {"source": SOURCE}), "targets")
    assert any(title.endswith(", 2010: > 70") for title in titles)
    assert not any(title.startswith("officials-") for title in titles)


def test_all_that_fits_is_taken_and_reported(client_for: ClientFor, cast: Cast, empty: Plan) -> None:
    client = in_english(client_for(cast.editor))
    lines = ticked(client.get(take(empty), {"source": SOURCE}))
    response = client.post(take(empty), {"source": SOURCE, "line": lines}, follow=True)
    content = registry.read_content(empty)
    assert len(content["projects"]) == 26
    assert format_money(money_of(content["projects"], content["allocations"]).total) == "42.146"
    for words in ("Text: 29", "Tasks: 13", "Projects and money: 26", "Targets: 36", "Allocations: 41"):
        assert words in said(response)


def test_only_the_ticked_lines_are_taken(client_for: ClientFor, cast: Cast, empty: Plan) -> None:
    client = client_for(cast.editor)
    lines = ticked(client.get(take(empty), {"source": SOURCE}), "projects")
    client.post(take(empty), {"source": SOURCE, "line": lines[:3]})
    content = registry.read_content(empty)
    assert [row.label for row in content["projects"]] == ["I.1", "I.2", "I.3"]
    assert not content["tasks"]


def test_what_was_taken_is_not_offered_again_and_a_double_click_takes_once(
    client_for: ClientFor, cast: Cast, empty: Plan
) -> None:
    client = in_english(client_for(cast.editor))
    lines = ticked(client.get(take(empty), {"source": SOURCE}), "projects")
    posted = {"source": SOURCE, "line": lines, "next": take(empty)}
    client.post(take(empty), posted)
    again = client.post(take(empty), posted, follow=True)
    assert "Nothing was taken" in said(again)
    assert len(registry.get("projects").read(empty)) == 26
    projects = offered(client.get(take(empty), {"source": SOURCE}), "projects")
    assert {str(line.barred) for line in projects.values()} == {"taken already", "lies outside 2009-2010"}  # type: ignore[attr-defined]


def test_lines_of_a_plan_one_may_not_see_cannot_be_taken(
    client_for: ClientFor, cast: Cast, empty: Plan
) -> None:
    foreign = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.other_editor)
    client = client_for(cast.editor)
    source = f"{foreign.code}/{foreign.version}"
    lines = [f"sections:{row.line}" for row in registry.get("sections").read(foreign)]
    assert client.get(take(empty), {"source": source}).status_code == 404
    assert client.post(take(empty), {"source": source, "line": lines}).status_code == 404


@pytest.mark.parametrize(
    "source", ["605-qd-ubnd", "605-qd-ubnd/x", "605-qd-ubnd/²", "khong-co/1", "605-qd-ubnd/99", "\0/1"]
)
def test_a_mistyped_source_is_not_found(client_for: ClientFor, cast: Cast, empty: Plan, source: str) -> None:
    assert client_for(cast.editor).get(take(empty), {"source": source}).status_code == 404


def test_rubbish_among_the_ticked_lines_is_passed_over(
    client_for: ClientFor, cast: Cast, empty: Plan
) -> None:
    posted = {"source": SOURCE, "line": ["projects:x", "nothing", ":", "shares:1"], "next": take(empty)}
    response = client_for(cast.editor).post(take(empty), posted)
    assert response.status_code == 302
    assert registry.get("projects").read(empty) == ()


def test_who_may_not_edit_is_told_why(client_for: ClientFor, cast: Cast, empty: Plan) -> None:
    response = in_english(client_for(cast.approver)).get(take(empty))
    assert response.status_code == 403
    assert "may not edit a draft plan" in said(response)
    assert client_for(cast.other_editor).get(take(empty)).status_code == 404


def test_a_plan_with_the_leader_or_submitted_takes_nothing(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    client = in_english(client_for(cast.editor))
    hand_over(draft, actor=cast.editor)
    assert client.get(take(draft)).status_code == 409
    draft.refresh_from_db()
    hand_back(draft, actor=cast.approver)
    submitted(draft, cast)
    assert client.get(take(draft)).status_code == 409
    lines = [f"tasks:{row.line}" for row in registry.get("tasks").read(Plan.objects.get(code="605-qd-ubnd"))]
    response = client.post(take(draft), {"source": SOURCE, "line": lines}, follow=True)
    assert "cannot be edited" in said(response)
    assert registry.get("tasks").read(draft) == ()
