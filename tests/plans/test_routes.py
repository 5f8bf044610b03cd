"""The two ways in which a plan comes about (CV 1594, points 1 and 2): asked, proposed, shown, taken away."""

import json
from datetime import datetime

import pytest
from django.test import Client
from openpyxl import load_workbook

from agencies.models import AuditEntry
from core.findings import NotAllowed, Refused, WrongState
from plans.content.actions import amend_plan, create_plan, set_route, take_lines
from plans.models import Plan, PlanRoute, Programme
from plans.parts import registry
from plans.review.checks import check_plan
from reports.exports import export_plan_bytes
from tests.browsing import form_with
from tests.cast import Cast
from tests.plans.moves import approved, returned, submitted
from tests.reading import ClientFor, links, said

pytestmark = pytest.mark.django_db

CARVED, WRITTEN = PlanRoute.CARVED_OUT, PlanRoute.WRITTEN


@pytest.fixture
def bare(cast: Cast, june_2008: datetime) -> Plan:
    """A draft that does not say how it came about."""
    return create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)


def take(plan: Plan, source: Plan, cast: Cast) -> None:
    projects = [row.line for row in registry.get("projects").read(source)]
    take_lines(plan, source, {"projects": projects}, actor=cast.editor)
    plan.refresh_from_db()


def page(plan: Plan, side: str = "") -> str:
    return f"/plans/{plan.code}/{plan.version}/{side}"


# --- Asked when the plan is begun


def test_the_form_asks_in_the_printed_words(editor: Client, cast: Cast, june_2008: datetime) -> None:
    words = said(editor.get("/plans/new/"))
    assert "1. Đối với các bộ, tỉnh, thành phố đã xây dựng và phê duyệt Kế hoạch" in words
    assert "b) Đề nghị tách riêng phần nội dung của Kế hoạch cho giai đoạn 2009-2010" in words
    assert "2. Đối với các bộ, tỉnh, thành phố chưa phê duyệt Kế hoạch" in words
    assert words.count("how the plan comes about") == 1  # of the one programme that asks


@pytest.mark.parametrize("route", [CARVED, WRITTEN, ""])
def test_what_was_chosen_is_kept(editor: Client, cast: Cast, june_2008: datetime, route: str) -> None:
    form = form_with(editor.get("/plans/new/"), "programme")
    editor.post("/plans/new/", form.post(programme="2009-2010", **{"route-2009-2010": route}))
    assert Plan.objects.get(code="2009-2010-tien-giang").route == route


def test_something_else_is_no_way(editor: Client, cast: Cast, june_2008: datetime) -> None:
    answer = editor.post("/plans/new/", {"programme": "2009-2010", "route-2009-2010": "guessed"})
    assert answer.status_code == 422
    assert not Plan.objects.filter(code="2009-2010-tien-giang").exists()


def test_a_programme_that_does_not_ask_keeps_none(cast: Cast, june_2008: datetime) -> None:
    plan = create_plan(Programme.objects.get(code="2011-2015"), actor=cast.editor, route=WRITTEN)
    assert plan.route == ""
    with pytest.raises(Refused):
        set_route(plan, WRITTEN, actor=cast.editor)


# --- Proposed when lines are taken


def test_lines_of_the_own_approved_plan_propose_the_carve_out(bare: Plan, cast: Cast) -> None:
    take(bare, Plan.objects.get(code="605-qd-ubnd"), cast)
    assert bare.route == CARVED
    entry = AuditEntry.objects.filter(verb="route").latest("sequence")
    assert json.loads(entry.data) == {"before": "", "after": CARVED, "source": "605-qd-ubnd"}


def test_what_somebody_said_is_not_overruled(bare: Plan, cast: Cast) -> None:
    set_route(bare, WRITTEN, actor=cast.editor)
    take(bare, Plan.objects.get(code="605-qd-ubnd"), cast)
    assert bare.route == WRITTEN


def test_lines_of_another_agency_propose_nothing(bare: Plan, cast: Cast) -> None:
    take_lines(
        bare,
        (source := Plan.objects.get(code="43-2008-qd-ttg")),
        {"tasks": [row.line for row in registry.get("tasks").read(source)][:3]},
        actor=cast.editor,
    )
    bare.refresh_from_db()
    assert bare.route == ""


def test_the_page_tells_what_was_noted(editor: Client, bare: Plan) -> None:
    form = form_with(editor.get(f"{page(bare, 'take/')}?source=605-qd-ubnd/1"), "line")
    words = said(editor.post(page(bare, "take/"), form.post(), follow=True))
    assert "carved out of an approved one" in words


# --- Changed while it is drafted


def test_it_is_changed_on_a_page_of_its_own_and_logged(editor: Client, bare: Plan, cast: Cast) -> None:
    assert page(bare, "route/") in links(editor.get(page(bare)))
    form = form_with(editor.get(page(bare, "route/")), "route")
    assert form.choices.getlist("route") == [CARVED, WRITTEN, ""]
    editor.post(page(bare, "route/"), form.post(route=WRITTEN))
    bare.refresh_from_db()
    assert bare.route == WRITTEN
    words = said(editor.get(page(bare)))
    assert "How it came about written anew (point 2)" in words
    assert "Said how the plan came about" in said(editor.get(page(bare, "history/")))
    assert AuditEntry.objects.filter(verb="route").count() == 1


def test_the_same_again_is_not_logged(bare: Plan, cast: Cast) -> None:
    for _twice in range(2):
        set_route(bare, CARVED, actor=cast.editor)
    assert AuditEntry.objects.filter(verb="route").count() == 1


def test_it_can_be_taken_back(bare: Plan, cast: Cast) -> None:
    set_route(bare, CARVED, actor=cast.editor)
    assert set_route(bare, "", actor=cast.editor).route == ""


def test_who_may_not_edit_does_not_say_it(bare: Plan, cast: Cast) -> None:
    for person in (cast.approver, cast.other_editor, cast.reviewer, cast.admin):
        with pytest.raises(NotAllowed):
            set_route(bare, CARVED, actor=person)
    submitted(bare, cast)
    with pytest.raises(WrongState):
        set_route(bare, CARVED, actor=cast.editor)


# --- Checked, compared, copied, taken away


def test_the_check_reminds_of_it_and_leads_there(editor: Client, bare: Plan, cast: Cast) -> None:
    (finding,) = [one for one in check_plan(bare) if one.code == "route_missing"]
    assert not finding.bars
    assert page(bare, "route/") in links(editor.get(page(bare, "check/")))
    bare = set_route(bare, WRITTEN, actor=cast.editor)
    assert not [one for one in check_plan(bare) if one.code == "route_missing"]


def test_a_change_after_a_return_is_seen_by_the_reviewer(english: ClientFor, bare: Plan, cast: Cast) -> None:
    returned(bare, cast)
    set_route(bare, WRITTEN, actor=cast.editor)
    submitted(bare, cast)
    reviewer = english(cast.reviewer)
    assert "How it came about: – → written anew (point 2)" in said(reviewer.get(page(bare)))
    words = said(reviewer.get(page(bare, "compare/")))
    assert "The plan itself" in words
    assert "written anew (point 2)" in words


def test_an_amendment_says_the_same(bare: Plan, cast: Cast) -> None:
    set_route(bare, WRITTEN, actor=cast.editor)
    assert amend_plan(approved(bare, cast), actor=cast.editor).route == WRITTEN


@pytest.mark.parametrize("format", ["json", "xlsx", "pdf"])
def test_it_leaves_with_the_plan(bare: Plan, cast: Cast, format: str, tmp_path: object) -> None:  # noqa: A002
    set_route(bare, WRITTEN, actor=cast.editor)
    bare.refresh_from_db()
    body, _type, name = export_plan_bytes(bare, registry.read_content(bare), format)
    if format == "json":
        assert json.loads(body)["route"] == "written"
    elif format == "xlsx":
        file = tmp_path / name  # type: ignore[operator]
        file.write_bytes(body)
        first = load_workbook(file).worksheets[0]
        cells = [str(cell.value) for row in first.iter_rows(max_row=10) for cell in row if cell.value]
        assert "Hình thức xây dựng: xây dựng mới (điểm 2)" in cells
    else:
        assert body.startswith(b"%PDF")
