"""What a list costs: eight queries at most, and no more for two hundred rows than for two."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Agency, AgencyGroup, GroupMember
from budgets.models import FundingSource, SourceUse
from core import clock
from plans.models import CoReviewer, LegalDocument, Plan, PlanState, Programme, ReportingRegime
from tests.api import many_lines, many_people, many_reports
from tests.api.calling import CallerFor
from tests.api.rows import lists
from tests.cast import Cast

pytestmark = pytest.mark.django_db

MOST_QUERIES = 8
MANY = 60


def as_loaded() -> None:
    """The documents alone bring more than sixty."""


def groups() -> None:
    made = AgencyGroup.objects.bulk_create(
        AgencyGroup(key=f"g-{n}", name=f"Nhóm {n}", valid_on="2008-01-01") for n in range(MANY)
    )
    agency = Agency.objects.get(key="p82")
    GroupMember.objects.bulk_create(GroupMember(group=one, agency=agency, position=1) for one in made)


def programmes() -> None:
    like = Programme.objects.get(code="2009-2010")
    agencies = Agency.objects.filter(key__in=["m-tc", "m-khdt"])
    for n in range(MANY):
        made = Programme.objects.get(pk=like.pk)
        made.pk, made.code, made.parent = None, f"c-{n}", like
        made.save()
        made.reports_with.add(like)
        for agency in agencies:
            CoReviewer.objects.create(programme=made, agency=agency, scope="recurrent")


def regimes() -> None:
    """One a day, for as many days."""
    programme, document = Programme.objects.get(code="2009-2010"), LegalDocument.objects.first()
    ReportingRegime.objects.bulk_create(
        ReportingRegime(programme=programme, name=f"r-{n}", document=document, valid_from=day, valid_to=day)
        for n in range(MANY)
        for day in [date(2009, 1, 1) + timedelta(days=n)]
    )


def documents() -> None:
    made = LegalDocument.objects.bulk_create(
        LegalDocument(slug=f"d-{n}", number=f"{n}/QĐ", title="Quyết định", issuer="Bộ", text="x" * 1000)
        for n in range(MANY)
    )
    programme, agency = Programme.objects.get(code="2008"), Agency.objects.get(key="m-tttt")
    Plan.objects.bulk_create(
        Plan(
            code=one.slug,
            agency=agency,
            programme=programme,
            kind="directive",
            title=one.title,
            state=PlanState.APPROVED,
            document=one,
            in_force_from="2008-01-01",
            created_at=clock.now(),
        )
        for one in made
    )
    Programme.objects.filter(code="2008").update(document=made[0])


def submitted_plans() -> None:
    """One of each agency, waiting for the lead."""
    programme = Programme.objects.get(code="2009-2010")
    Plan.objects.bulk_create(
        Plan(
            code=f"p-{one.key}",
            agency=one,
            programme=programme,
            kind="agency",
            title=one.name,
            state=PlanState.SUBMITTED,
            created_at=clock.now(),
        )
        for one in Agency.objects.order_by("id")[:MANY]
    )


def sources() -> None:
    parent = FundingSource.objects.get(code="NSTW")
    made = FundingSource.objects.bulk_create(
        FundingSource(code=f"N-{n}", name=f"Nguồn {n}", parent=parent, tier="central") for n in range(MANY)
    )
    programme = Programme.objects.get(code="2008")
    SourceUse.objects.bulk_create(SourceUse(source=one, programme=programme) for one in made)


# What makes more than sixty rows of a list, and what its address needs.
LISTS: dict[str, tuple[Callable[[], object], dict[str, Any]]] = {
    "agency_list": (as_loaded, {}),
    "group_list": (groups, {}),
    "succession_list": (as_loaded, {}),
    "programme_list": (programmes, {}),
    "regime_list": (regimes, {"code": "2009-2010"}),
    "plan_list": (documents, {}),
    "line_list": (many_lines.projects, {"code": "605-qd-ubnd", "version": 1, "part": "projects"}),
    "document_list": (documents, {}),
    "clause_list": (as_loaded, {"slug": "43-2008-qd-ttg"}),
    "funding_source_list": (sources, {}),
    "indicator_list": (as_loaded, {}),
    "target_list": (as_loaded, {}),
    "cycle_list": (many_reports.cycles, {}),
    "report_list": (many_reports.obligations, {"programme": "2008", "code": "2008-A0"}),
    "filing_list": (many_reports.filings, {"programme": "2008", "code": "2008-A0", "agency": "p82"}),
    "compilation_list": (many_reports.issued_files, {}),
    "issued_file_list": (many_reports.issued_files, {}),
    "bulk_act_list": (many_reports.bulk_acts, {}),
    "reminder_list": (many_reports.bulk_acts, {}),
    "people_list": (many_people.people, {}),
    "people_lacking": (as_loaded, {}),
    "delegation_list": (many_people.delegations, {}),
    "sign_in_list": (many_people.sign_ins, {}),
    "undelivered_list": (many_people.undelivered, {}),
    "worklist": (submitted_plans, {}),
}
OF_ADMINISTRATORS = {
    "people_list",
    "people_lacking",
    "delegation_list",
    "sign_in_list",
    "undelivered_list",
}


def test_every_list_has_a_row() -> None:
    assert lists() == set(LISTS)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_no_more_for_many_rows(api: CallerFor, cast: Cast, name: str) -> None:
    more, arguments = LISTS[name]
    more()
    caller = api(cast.admin if name in OF_ADMINISTRATORS else cast.reviewer)
    url = reverse(f"api:{name}", kwargs=arguments)

    def ask(rows: int) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            answer = caller.get(url, page_size=rows)
        return len(answer.json()["results"]), len(queries)

    few, cost = ask(2)
    many, cost_of_many = ask(200)
    assert (few, many >= MANY) == (2, True)
    # What none of the first two has, such as a parent of the day, is not read for them.
    assert cost_of_many <= min(cost + 2, MOST_QUERIES)
