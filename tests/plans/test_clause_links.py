"""From each line back to its clause: on plans, in reports, and from an agency to what it was given."""

from typing import Any

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Agency
from core import clock
from plans.content.assigning import assign_reporter
from plans.documents.clauses import index_of, prepare
from plans.models import LegalDocument, Plan, Programme, Project, Task
from plans.parts.columns import Party
from reports.cycles.actions import open_cycle
from reports.filing.actions import begin_filing
from reports.models import Report
from tests.cast import Cast
from tests.plans.document_pages import clause_page
from tests.reading import ClientFor, in_english, links, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]


def part_page(code: str, part: str) -> str:
    return f"/plans/{code}/1/{part}/"


@pytest.mark.parametrize(
    ("code", "part", "clauses"),
    [
        ("43-2008-qd-ttg", "tasks", ["II.2.k", "II.1.đ", "II.7.c"]),
        ("43-2008-qd-ttg", "sections", ["I.1.b", "III.2.đ"]),
        ("43-2008-qd-ttg", "projects", ["Phụ lục I, A.18", "Phụ lục I, A"]),  # and its printed totals
        ("43-2008-qd-ttg", "targets", ["I.1.b"]),
        ("1605-qd-ttg", "tasks", ["Điều 2.3.g"]),
    ],
)
def test_the_clause_of_a_line_leads_to_its_page(
    client_for: ClientFor, cast: Cast, code: str, part: str, clauses: list[str]
) -> None:
    found = set(links(client_for(cast.editor).get(part_page(code, part))))
    assert {clause_page(code, number) for number in clauses} <= found


def test_each_line_of_a_document_rests_on_one_of_its_clauses(cast: Cast) -> None:
    """What the loader holds of the fixtures holds of the portal: no line's clause is a dead end."""
    for plan in Plan.objects.filter(document__isnull=False).select_related("document"):
        index = index_of(plan.document or LegalDocument())
        for rows in (plan.tasks, plan.projects, plan.sections):
            lost = [row.clause for row in rows.all() if row.clause and index.resolve(row.clause) is None]
            assert not lost, (plan.code, lost)


def test_a_line_that_was_taken_leads_to_the_clause_of_its_origin(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    project = Project.objects.get(plan__code="605-qd-ubnd", group_code="I", number="1")
    index = index_of(LegalDocument.objects.get(slug="605-qd-ubnd"))
    clause = index.resolve(project.clause)
    assert clause is not None
    found = links(client_for(cast.editor).get(f"/plans/{draft.code}/1/projects/"))
    assert clause_page("605-qd-ubnd", clause.number) in found
    assert f"/plans/605-qd-ubnd/1/projects/#at-{project.line_id}" in found


def test_links_cost_one_query_a_document(client_for: ClientFor, cast: Cast) -> None:
    client = client_for(cast.editor)
    url = part_page("43-2008-qd-ttg", "tasks")
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    assert sum('FROM "plans_clause"' in query["sql"] for query in captured) == 1


class TestTag:
    TEMPLATE = Template("{% load clauses %}{% clause_link document clause %}")

    def drawn(self, document: Any, clause: str | None) -> str:
        request = RequestFactory().get("/")
        context = Context({"document": document, "clause": clause, "request": request})
        return self.TEMPLATE.render(context)

    def test_a_clause_or_the_nearest_above_it_is_a_link(self, cast: Cast) -> None:
        document = LegalDocument.objects.get(slug="43-2008-qd-ttg")
        assert self.drawn(document, "II.2.k") == (
            '<a class="clause-link" href="/documents/43-2008-qd-ttg/II.2.k/">II.2.k</a>'
        )
        assert 'href="/documents/43-2008-qd-ttg/II.2.k/">II.2.k, giai đoạn I<' in self.drawn(
            document, "II.2.k, giai đoạn I"
        )

    def test_a_document_may_be_named_by_its_number(self, cast: Cast) -> None:
        assert 'href="/documents/43-2008-qd-ttg/II.2.k/"' in self.drawn("43/2008/QĐ-TTg", "II.2.k")

    @pytest.mark.parametrize(
        ("document", "clause", "shown"),
        [
            (None, "II.2.k", "II.2.k"),
            ("", "IV.1", "IV.1"),
            ("1/2001/QĐ-TTg", "<b>", "&lt;b&gt;"),
            (None, None, ""),
        ],
    )
    def test_without_a_clause_to_lead_to_the_words_stand(
        self, cast: Cast, document: str | None, clause: str | None, shown: str
    ) -> None:
        assert self.drawn(document, clause) == shown

    def test_several_documents_can_be_prepared_with_one_query(
        self, cast: Cast, django_assert_num_queries: Any
    ) -> None:
        documents = list(LegalDocument.objects.all())
        with django_assert_num_queries(1):
            prepare(documents)
            assert all(index_of(document).clauses is not None for document in documents)


def test_a_report_leads_from_each_task_to_its_clause(client_for: ClientFor, cast: Cast) -> None:
    with clock.at("2008-07-02T09:00"):
        cycle = open_cycle(Programme.objects.get(code="2008"), "2008-Q2", actor=cast.admin)
        report = Report.objects.select_related("agency", "cycle__programme").get(
            cycle=cycle, agency__key="p82"
        )
        begin_filing(report, actor=cast.editor)
        client = client_for(cast.editor)
        address = {"programme": "2008", "cycle": "2008-Q2", "key": "p82"}
        form = set(links(client.get(reverse("filing_form", kwargs=address))))
        read = set(links(client.get(reverse("report_detail", kwargs=address))))
        figures = set(links(client_for(cast.reviewer).get(reverse("compliance", args=["2008", "2008-Q2"]))))
    task, target = clause_page("43-2008-qd-ttg", "II.1.a"), clause_page("43-2008-qd-ttg", "I.1.b")
    assert {task, target} <= form
    assert task in read
    assert {task, target} <= figures


class TestAgency:
    """*Việc được giao*, on the agency's own page."""

    def test_its_tasks_lead_to_their_clauses_and_back(self, client_for: ClientFor, cast: Cast) -> None:
        client = in_english(client_for(cast.editor))
        response = client.get("/agencies/m-tttt/")
        assert clause_page("43-2008-qd-ttg", "II.2.k") in links(response)
        assert "II.2.k Chỉ đạo triển khai, hoàn thành giai đoạn I" in said(response)
        assert "29/09/2008" in said(response)
        assert "/agencies/m-tttt/" in links(client.get(clause_page("43-2008-qd-ttg", "II.2.k")))

    def test_it_says_as_one_of_whom_an_agency_leads(self, client_for: ClientFor, cast: Cast) -> None:
        words = said(in_english(client_for(cast.viewer)).get("/agencies/p82/"))
        assert "Assigned tasks" in words
        assert "as one of: Provinces" in words
        pilot = said(in_english(client_for(cast.viewer)).get("/agencies/p40/"))
        assert "as one of: Các tỉnh, thành phố triển khai mô hình điểm" in pilot

    def test_tasks_of_plans_that_are_not_in_force_yet_are_not_given(
        self, client_for: ClientFor, cast: Cast
    ) -> None:
        client = client_for(cast.editor)
        later = clause_page("1605-qd-ttg", "Điều 2.3.g")
        assert later not in links(client.get("/agencies/m-tttt/"))
        with clock.at("2011-01-10T09:00"):
            assert later in links(client.get("/agencies/m-tttt/"))

    def test_what_was_assigned_on_the_system_says_so(self, client_for: ClientFor, cast: Cast) -> None:
        with clock.at("2011-01-10T09:00"):
            task = Task.objects.get(plan__code="1605-qd-ttg", clause="Điều 2.2")
            task.parties.all().delete()  # as if the document named nobody
            assign_reporter(task.line_id, Party("agency", "m-nv"), basis="CV 1", actor=cast.admin)
            words = said(in_english(client_for(cast.editor)).get("/agencies/m-nv/"))
        assert "assigned on the system" in words

    def test_an_agency_without_tasks_has_no_such_panel(self, client_for: ClientFor, cast: Cast) -> None:
        Agency.objects.create(key="d-test", name="Đơn vị thử", short_name="Đơn vị thử", kind="don_vi")
        assert "Assigned tasks" not in said(in_english(client_for(cast.editor)).get("/agencies/d-test/"))

    def test_it_costs_the_same_however_many_tasks(self, client_for: ClientFor, cast: Cast) -> None:
        client, costs = client_for(cast.editor), []
        for key in ("m-nv", "m-tttt"):
            client.get(f"/agencies/{key}/")
            with CaptureQueriesContext(connection) as captured:
                client.get(f"/agencies/{key}/")
            costs.append(len(captured))
        assert costs[1] - costs[0] <= 4, costs  # the ministry leads programmes, has plans and predecessors
