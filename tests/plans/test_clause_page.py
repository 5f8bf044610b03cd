"""One clause: its words below those that it stands in, and every line made of it."""

import html
import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.test import Client

from agencies.models import Membership
from core import clock
from plans.content.actions import create_plan
from plans.content.assigning import assign_reporter
from plans.documents.clauses import index_of
from plans.models import Clause, LegalDocument, Plan, Programme, Project, Task
from plans.parts.columns import Party
from tests.cast import Cast
from tests.plans.document_pages import clause_page, cost
from tests.plans.moves import submitted
from tests.reading import ClientFor, in_english, links, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]

DECISION, PROVINCIAL = "/documents/43-2008-qd-ttg/", "/documents/605-qd-ubnd/"


def facts_of(response: Any, heading: str = "Tasks") -> str:
    """The words of one sheet of a clause's page."""
    body = response.content.decode()
    start = body.index(f"<h2>{heading}</h2>")
    end = body.find('<section class="sheet', start)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body[start:end])).split())


class TestClause:
    def test_its_words_stand_below_those_that_it_stands_in(self, editor: Client) -> None:
        response = editor.get(clause_page("43-2008-qd-ttg", "II.2.k"))
        words = said(response)
        assert (
            "II II. CÁC NHIỆM VỤ VÀ PHÂN CÔNG CÔNG VIỆC II.2 2. Bộ Thông tin và Truyền thông có trách nhiệm:"
            in words
        )
        assert "k) Chỉ đạo triển khai, hoàn thành giai đoạn I" in words
        assert "điểm k khoản 2 mục II Điều 1 Quyết định số 43/2008/QĐ-TTg ngày 24/03/2008" in words
        found = links(response)
        assert {
            clause_page("43-2008-qd-ttg", number) for number in ("II", "II.2", "II.2.i", "II.2.l")
        } <= set(found)
        assert f"{DECISION}#II.2.k" in found

    def test_a_task_says_who_leads_by_when_and_where_it_stands(self, editor: Client) -> None:
        response = editor.get(clause_page("43-2008-qd-ttg", "II.2.k"))
        task = facts_of(response)
        assert "Leads Bộ Thông tin và Truyền thông" in task
        assert "last timely day 29/09/2008" in task
        assert "trước ngày 30 tháng 9 năm 2008" in task
        line = Task.objects.get(plan__code="43-2008-qd-ttg", clause="II.2.k").line_id
        assert {"/agencies/m-tttt/", f"/plans/43-2008-qd-ttg/1/tasks/#at-{line}"} <= set(links(response))

    def test_sub_items_stand_below_their_task(self, editor: Client) -> None:
        response = editor.get(clause_page("43-2008-qd-ttg", "II.7.c"))
        (card,) = response.context["groups"][0].cards
        assert len(card.sub_items) == 5
        assert "5 sub-items Cổng thông tin điện tử" in facts_of(response)
        assert "Các Bộ triển khai mô hình điểm" in facts_of(response)

    def test_a_sub_item_of_its_own_clause_says_what_it_is_part_of(self, editor: Client) -> None:
        response = editor.get(clause_page("43-2008-qd-ttg", "II.7.c, gạch 2"))
        assert "Part of II.7.c" in facts_of(response)
        assert clause_page("43-2008-qd-ttg", "II.7.c") in links(response)

    def test_superseding_is_linked_across_documents(self, editor: Client) -> None:
        new = Task.objects.get(plan__code="43-2008-qd-ttg", clause="II.2.d")
        old = Task.objects.filter(superseded_by=new.line, plan__code="tb-28-12-2007").first()
        assert old is not None
        resolved = index_of(LegalDocument.objects.get(slug="tb-28-12-2007")).resolve(old.clause)
        assert resolved is not None
        older, newer = (
            clause_page("tb-28-12-2007", resolved.number),
            clause_page("43-2008-qd-ttg", "II.2.d"),
        )
        assert newer in links(editor.get(older))
        assert older in links(editor.get(newer))
        assert "Superseded by II.2.d, 43/2008/QĐ-TTg" in facts_of(editor.get(older))

    def test_a_project_shows_its_lead_years_and_money(self, editor: Client) -> None:
        response = editor.get(clause_page("43-2008-qd-ttg", "Phụ lục I, A.18"))
        project = facts_of(response, "Projects and money")
        assert "A.18 Cơ sở dữ liệu quốc gia quản lý các dự án ứng dụng công nghệ thông tin" in project
        assert "Lead Bộ Thông tin và Truyền thông" in project
        assert "Total need 4.000 million VND" in project
        assert re.search(r"2008 · .* 2\.000 Total 2\.000", project)
        assert "STT Tên dự án" in said(response)  # the row under the head of its table

    def test_shares_that_a_document_prints_stand_with_their_project(self, editor: Client) -> None:
        response = editor.get(clause_page("43-2008-qd-ttg", "Phụ lục I, B.5"))
        assert "49 × 1.100" in facts_of(response, "Projects and money")

    def test_targets_show_indicator_scope_and_value(self, editor: Client) -> None:
        response = editor.get(clause_page("43-2008-qd-ttg", "I.1.b"))
        targets = facts_of(response, "Targets")
        assert "17 targets Indicator For Year Value" in targets
        assert "Tỷ lệ cán bộ, công chức sử dụng thư điện tử cho công việc Provinces 2008 30" in targets

    def test_who_was_assigned_on_the_system_is_never_the_documents_lead(
        self, editor: Client, cast: Cast
    ) -> None:
        project = Project.objects.get(plan__code="1605-qd-ttg", clause="B.I.2")
        page = clause_page("1605-qd-ttg", "B.I.2")
        assert "Lead the document names no lead" in facts_of(editor.get(page), "Projects and money")
        with clock.at("2011-01-10T09:00"):
            assign_reporter(project.line_id, Party("agency", "m-tttt"), basis="QĐ 77/QĐ-MH", actor=cast.admin)
            response = editor.get(page)
        assert "assigned on the system: QĐ 77/QĐ-MH, 10/01/2011" in facts_of(response, "Projects and money")
        assert "/agencies/m-tttt/" in links(response)

    def test_plans_that_took_a_line_over_are_named_to_those_who_may_see_them(
        self, client_for: ClientFor, cast: Cast, draft: Plan
    ) -> None:
        project = Project.objects.get(plan__code="605-qd-ubnd", group_code="I", number="1")
        clause = index_of(project.plan.document or LegalDocument()).resolve(project.clause)
        assert clause is not None
        page = clause_page("605-qd-ubnd", clause.number)

        def taken(membership: Membership) -> bool:
            return any(
                f"/plans/{draft.code}/1/projects/#at-" in one
                for one in links(client_for(membership).get(page))
            )

        assert taken(cast.editor)
        assert not taken(cast.other_editor)
        assert not taken(cast.reviewer)
        submitted(draft, cast)
        assert taken(cast.reviewer)
        assert not taken(cast.viewer)

    def test_a_clause_that_our_copy_lacks_says_so(self, editor: Client) -> None:
        words = said(editor.get(clause_page("1605-qd-ttg", "Phụ lục III")))
        assert "Not in our copy." in words
        assert "No line of a plan was made of this clause" in words or "section" in words

    def test_a_place_without_a_clause_of_its_own_leads_to_the_one_above(self, editor: Client) -> None:
        response = editor.get(clause_page("43-2008-qd-ttg", "II.2.k, giai đoạn I"))
        assert (response.status_code, response["Location"]) == (
            302,
            html.unescape(clause_page("43-2008-qd-ttg", "II.2.k")),
        )
        typed = editor.get("/documents/43-2008-qd-ttg/ii.1.đ/")
        assert typed["Location"] == html.unescape(clause_page("43-2008-qd-ttg", "II.1.đ"))
        assert editor.get(clause_page("43-2008-qd-ttg", "XX.1")).status_code == 404

    def test_every_clause_of_every_document_has_a_page(self, editor: Client) -> None:
        for clause in sample(Clause.objects.select_related("document"), every=9):
            assert editor.get(clause_page(clause.document.slug, clause.number)).status_code == 200, clause

    def test_it_costs_the_same_however_many_lines_stand_there(
        self, client_for: ClientFor, cast: Cast
    ) -> None:
        """Each kind of line costs its own queries, none of them by number."""
        client = client_for(cast.editor)
        one = cost(client, clause_page("43-2008-qd-ttg", "II.1.a"))
        assert cost(client, clause_page("43-2008-qd-ttg", "II.7.d")) == one
        assert one <= 24


def sample(found: Iterable[Clause], *, every: int) -> list[Clause]:
    return [clause for nth, clause in enumerate(found) if nth % every == 0]


class TestPlansInForce:
    def test_the_version_that_is_in_force_today_is_the_one_shown(
        self, client_for: ClientFor, cast: Cast
    ) -> None:
        """A draft of a next version of a document's plan is not what became of the document."""
        with clock.at("2008-06-25T09:00"):
            response = in_english(client_for(cast.lead_editor)).get(DECISION)
        assert [plan.version for plan, _look, _now in response.context["plans"]] == [1]

    def test_a_draft_is_never_what_a_document_became(self, editor: Client, cast: Cast) -> None:
        plan = Plan.objects.get(code="605-qd-ubnd")
        made = create_plan_for(plan, cast)
        assert made.code not in {one.code for one, _look, _now in editor.get(PROVINCIAL).context["plans"]}


def create_plan_for(plan: Plan, cast: Cast) -> Plan:
    made = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)
    made.document = plan.document
    made.save(update_fields=["document"])
    return made
