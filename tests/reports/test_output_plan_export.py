"""The address under which a plan leaves as a file."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from agencies.models import Membership
from plans.content.actions import create_plan
from plans.models import Programme
from tests.cast import Cast

SignIn = Callable[[Membership], Client]
ADDRESS = "/plans/605-qd-ubnd/1/export"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("json", "application/json"),
        ("pdf", "application/pdf"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_an_approved_plan_leaves_in_each_format_under_its_code(
    cast: Cast, client_for: SignIn, name: str, kind: str
) -> None:
    response = client_for(cast.viewer).get(f"{ADDRESS}.{name}")
    assert response.status_code == 200
    assert response["Content-Type"] == kind
    assert response["Content-Disposition"] == f'attachment; filename="605-qd-ubnd-1.{name}"'


def test_the_own_draft_leaves_marked_and_a_foreign_one_is_not_found(
    cast: Cast, client_for: SignIn, june_2008: object
) -> None:
    plan = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)
    address = f"/plans/{plan.code}/{plan.version}/export.json"
    response = client_for(cast.editor).get(address)
    assert json.loads(response.content)["state"] == "draft"
    assert client_for(cast.other_editor).get(address).status_code == 404
    assert client_for(cast.reviewer).get(address).status_code == 404


@pytest.mark.parametrize(
    "address", [f"{ADDRESS}.docx", "/plans/605-qd-ubnd/9/export.json", "/plans/x/1/export.pdf"]
)
def test_what_there_is_not_is_not_found(cast: Cast, client_for: SignIn, address: str) -> None:
    assert client_for(cast.viewer).get(address).status_code == 404


def test_a_visitor_signs_in_first(cast: Cast, client: Client) -> None:
    response = client.get(f"{ADDRESS}.json")
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


def test_the_number_of_queries_does_not_depend_on_the_plan(
    cast: Cast, client_for: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_for(cast.viewer)
    with django_assert_max_num_queries(25):
        client.get(f"{ADDRESS}.json")
    with django_assert_max_num_queries(25):
        client.get("/plans/43-2008-qd-ttg/1/export.json")
