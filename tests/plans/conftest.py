"""A draft to write in: Tiền Giang's plan 2009-2010 with the projects of QĐ 605; and who writes in it."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from agencies.models import Membership, Role, User
from core import clock
from plans.content.actions import create_plan, take_lines
from plans.models import Plan, PlanState, Programme, Project
from plans.parts import registry
from tests.cast import JUNE_2008, Cast
from tests.prepared import prepared


@prepared
def begun_plan(cast: Cast) -> None:
    with clock.at(JUNE_2008):
        plan = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)
        source = Plan.objects.get(code="605-qd-ubnd")
        projects = [row.line for row in registry.get("projects").read(source)]
        take_lines(plan, source, {"projects": projects}, actor=cast.editor)


@pytest.fixture
def draft(begun_plan: None, june_2008: datetime) -> Plan:
    """26 projects and 42.146 triệu of 2009 and 2010; the outline's headings; no tasks, no targets."""
    return Plan.objects.select_related("agency", "programme").get(agency__key="p82", state=PlanState.DRAFT)


@pytest.fixture
def colleague(cast: Cast) -> Membership:
    """The second editor of Tiền Giang, who has the same rows open."""
    user = User.objects.create_user(
        "colleague@cast.example", "mat-khau-thu-nghiem", full_name="Mai Thị Cùng Phòng"
    )
    return Membership.objects.create(user=user, agency=cast.editor.agency, role=Role.EDITOR)


@pytest.fixture
def portal(draft: Plan) -> Project:
    """Project I.1, the province's web portal: 1.500 in 2009 from NSDP-TT."""
    return Project.objects.get(plan=draft, group_code="I", number="1")


@pytest.fixture
def network(draft: Plan) -> Project:
    """Project I.2, the wide area network: 5.000 and 1.100 in 2009."""
    return Project.objects.get(plan=draft, group_code="I", number="2")


@pytest.fixture
def english(client_for: Callable[[Membership], Client]) -> Callable[[Membership], Client]:
    """Signed in, with the pages in English, so that their words can be held against the source."""

    def sign_in(membership: Membership) -> Client:
        client = client_for(membership)
        client.cookies["django_language"] = "en"
        return client

    return sign_in


@pytest.fixture
def editor(english: Callable[[Membership], Client], cast: Cast) -> Client:
    """The browser of Tiền Giang's editor."""
    return english(cast.editor)
