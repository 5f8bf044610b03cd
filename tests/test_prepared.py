"""What many tests begin with: it lies under those who ask, is theirs alone, and is made once for many."""

from dataclasses import dataclass
from typing import Any
from typing import cast as typed

import pytest

from reports.models import Cycle
from tests.cast import Cast
from tests.prepared import ground, ordered, prepared, wants

RENAMED = "Người Được Đổi Tên"
made: list[str] = []


@prepared
def renamed_leader(cast: Cast) -> None:
    made.append(RENAMED)
    user = cast.approver.user
    user.full_name = RENAMED
    user.save()


def test_who_asks_for_nothing_finds_nothing_of_the_others(cast: Cast) -> None:
    assert ground.lying == ()
    assert not Cycle.objects.exists()
    assert cast.approver.user.full_name != RENAMED


@pytest.mark.parametrize("time", ["first", "second"])
def test_it_lies_there_and_what_a_test_does_to_it_is_undone(
    renamed_leader: None, cast: Cast, time: str
) -> None:
    assert ground.lying == ("renamed_leader",)
    assert len(made) == 1
    user = cast.approver.user
    assert user.full_name == RENAMED
    user.full_name = "Tên Khác"
    user.save()


@dataclass
class Item:
    """What the order looks at in a test."""

    name: str
    fixturenames: tuple[str, ...] = ()
    commits: bool = False

    def get_closest_marker(self, _name: str) -> Any:
        return pytest.mark.django_db(transaction=self.commits).mark


def test_those_who_ask_for_the_same_follow_each_other_and_who_commits_comes_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tests.prepared.MAKERS", {"one": renamed_leader, "two": renamed_leader})
    items = [
        Item("a"),
        Item("b", ("db", "one")),
        Item("c", commits=True),
        Item("d", ("two",)),
        Item("e", ("one",)),
        Item("f", ("one",), commits=True),
        Item("g", ("two", "one")),
        Item("h"),
    ]
    found = ordered(typed(list[pytest.Item], items))
    assert "".join(one.name for one in found) == "ahbedgcf"
    expected = [(), (), ("one",), ("one",), ("two",), ("one", "two"), (), ()]
    assert [wants(one) for one in found] == expected
