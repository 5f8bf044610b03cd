"""In which language the words are."""

from typing import Any

import pytest

from agencies.models import Membership
from tests.api.calling import Caller, caller_for
from tests.cast import Cast

pytestmark = pytest.mark.django_db

ENGLISH = "edit a draft plan"


def label(caller: Caller) -> tuple[str, str]:
    """What the first right is called, and the language that the answer names."""
    answer = caller.get("me/")
    rights = {one["permission"]: one["label"] for one in answer.json()["rights"]}
    return rights["plan.edit"], answer["Content-Language"]


def speaking(membership: Membership, header: str | None) -> Caller:
    caller = caller_for(membership, "read")
    if header is None:
        del caller.headers["Accept-Language"]
    else:
        caller.headers["Accept-Language"] = header
    return caller


@pytest.mark.parametrize("header", ["en", "en-US,en;q=0.9", "fr, en;q=0.5", "en;q=0.8, vi;q=0.2"])
def test_english_is_spoken_when_it_is_asked_for(cast: Cast, header: str) -> None:
    assert label(speaking(cast.editor, header)) == (ENGLISH, "en")


@pytest.mark.parametrize("header", [None, "vi", "vi-VN", "fr", "*", "nonsense;;;q=x", "e" * 5000])
def test_vietnamese_is_spoken_otherwise(cast: Cast, header: str | None) -> None:
    said, language = label(speaking(cast.editor, header))
    assert language == "vi"
    assert said != ENGLISH


def test_the_cookie_of_the_pages_has_no_say(cast: Cast) -> None:
    caller = speaking(cast.editor, "en")
    caller.client.cookies["django_language"] = "vi"
    assert label(caller) == (ENGLISH, "en")


def test_refusals_are_in_the_language_of_the_caller(cast: Cast) -> None:
    caller = caller_for(cast.editor)

    def detail(language: str) -> Any:
        caller.headers["Accept-Language"] = language
        return caller.post("agencies/acts/create/").json()["detail"]

    assert "may not change the list of agencies" in detail("en")
    assert "may not" not in detail("vi")
