"""How much a token may ask in a minute."""

import pytest
from django.db.models import F
from pytest_django import Settings

from agencies.models import ApiToken
from tests.api.calling import CallerFor, problem
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _three_a_minute(settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 3


@pytest.mark.django_db
def test_one_request_too_many_is_told_when_to_come_back(api: CallerFor, cast: Cast) -> None:
    caller, other = api(cast.editor), api(cast.editor)
    assert [caller.get("me/").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = caller.get("me/")
    assert problem(answer)["code"] == "throttled"
    assert 0 < int(answer["Retry-After"]) <= 60
    assert other.get("me/").status_code == 200  # another token has its own count


@pytest.mark.django_db
def test_the_next_minute_counts_anew(api: CallerFor, cast: Cast) -> None:
    caller = api(cast.editor)
    assert [caller.get("me/").status_code for _ in range(4)] == [200, 200, 200, 429]
    ApiToken.objects.update(window=F("window") - 1)  # as if a minute had passed
    assert [caller.get("me/").status_code for _ in range(4)] == [200, 200, 200, 429]


@pytest.mark.django_db
def test_what_is_refused_for_its_content_counts_too(api: CallerFor, cast: Cast) -> None:
    caller = api(cast.editor)
    answers = [caller.get("agencies/", unknown="1").status_code for _ in range(4)]
    assert answers == [400, 400, 400, 429]
