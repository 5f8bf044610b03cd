"""A request under an idempotency key acts once."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from agencies.models import Agency, AuditEntry, IdempotentAnswer, Membership, User
from tests.api.calling import Caller, CallerFor, caller_for, problem
from tests.cast import Cast

ADDRESS = "agencies/acts/create/"
NEW = {"name": "Ban Chỉ đạo mới", "kind": "don_vi", "document": "1/QĐ", "on": "2008-07-01"}


@pytest.fixture
def caller(api: CallerFor, cast: Cast) -> Caller:
    return api(cast.admin)


def made() -> int:
    return Agency.objects.filter(name=NEW["name"]).count()


@pytest.mark.django_db
def test_the_same_request_again_gets_the_first_answer(caller: Caller) -> None:
    first = caller.post(ADDRESS, NEW, Idempotency_Key="k-1")
    acts = AuditEntry.objects.count()
    again = caller.post(ADDRESS, NEW, Idempotency_Key="k-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again["Location"] == first["Location"]
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert (made(), AuditEntry.objects.count()) == (1, acts)


@pytest.mark.django_db
def test_without_a_key_it_is_another_request(caller: Caller) -> None:
    assert caller.post(ADDRESS, NEW).status_code == 201
    answer = caller.post(ADDRESS, NEW)
    assert (answer.status_code, made()) == (422, 1)  # there is one of that name by now


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "body"),
    [(ADDRESS, {**NEW, "note": "other"}), ("agencies/acts/edit/", NEW)],
    ids=["another body", "another address"],
)
def test_the_key_of_another_request_is_refused(caller: Caller, address: str, body: Any) -> None:
    caller.post(ADDRESS, NEW, Idempotency_Key="k-1")
    answer = caller.post(address, body, Idempotency_Key="k-1")
    assert (answer.status_code, problem(answer)["code"]) == (422, "idempotency_key_reused")
    assert made() == 1


@pytest.mark.django_db
def test_a_refusal_is_not_kept(caller: Caller) -> None:
    refused = caller.post(ADDRESS, {**NEW, "kind": ""}, Idempotency_Key="k-1")
    assert refused.status_code == 400
    assert not IdempotentAnswer.objects.exists()
    assert caller.post(ADDRESS, NEW, Idempotency_Key="k-1").status_code == 201


@pytest.mark.django_db
def test_a_key_is_the_memberships_own(caller: Caller, cast: Cast) -> None:
    person = User.objects.create_user("second@cast.example", full_name="Quản trị thứ hai")
    second = Membership.objects.create(user=person, agency=cast.admin.agency, role="administrator")
    caller.post(ADDRESS, NEW, Idempotency_Key="k-1")
    answer = caller_for(second).post(ADDRESS, {**NEW, "name": "Ban khác"}, Idempotency_Key="k-1")
    assert answer.status_code == 201
    # Another token of the same membership is the same caller.
    assert caller_for(cast.admin).post(ADDRESS, NEW, Idempotency_Key="k-1").status_code == 201
    assert made() == 1


@pytest.mark.django_db
def test_a_key_is_kept_for_a_week(caller: Caller) -> None:
    caller.post(ADDRESS, NEW, Idempotency_Key="k-1")
    IdempotentAnswer.objects.update(at=timezone.now() - timedelta(days=7, seconds=1))
    other = {**NEW, "name": "Ban khác"}
    assert caller.post(ADDRESS, other, Idempotency_Key="k-1").status_code == 201
    assert IdempotentAnswer.objects.count() == 1


@pytest.mark.django_db
def test_a_key_has_a_hundred_characters_at_most(caller: Caller) -> None:
    answer = caller.post(ADDRESS, NEW, Idempotency_Key="k" * 101)
    assert (answer.status_code, problem(answer)["code"]) == (422, "idempotency_key_long")
    assert caller.post(ADDRESS, NEW, Idempotency_Key="k" * 100).status_code == 201
