"""Two administrators at once, on real connections: acts on the list of agencies come one after another."""

from datetime import date

import pytest

from agencies import audit
from agencies.changes.actions import change_agencies
from agencies.changes.shapes import Basis, Change, Create, Merge, NewAgency
from agencies.models import Agency, Succession
from core.findings import Refused
from tests.agencies.changes import BASIS, agency
from tests.cast import Cast
from tests.reports.test_many_at_once import Crowd

pytestmark = [pytest.mark.concurrency, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def both(changes: list[Change], cast: Cast) -> dict[str, int]:
    """How often each answer came when all changes were asked for at once."""

    def do(number: int) -> str:
        try:
            change_agencies(changes[number], actor=cast.admin)
        except Refused as refused:
            return refused.findings[0].code
        return "done"

    crowd = Crowd(len(changes))
    crowd.run(do)
    assert audit.verify().broken_at is None
    return dict(crowd.done)


def test_one_agency_is_merged_once(cast: Cast) -> None:
    changes: list[Change] = [Merge([agency("p40")], agency(key), BASIS) for key in ("p04", "p38")]
    assert both(changes, cast) == {"done": 1, "after_end": 1}
    assert Succession.objects.filter(predecessor__key="p40").count() == 1


def test_two_that_merge_into_each_other_make_no_circle(cast: Cast) -> None:
    changes: list[Change] = [
        Merge([agency("p40")], agency("p38"), Basis("1", date(2008, 8, 1))),
        Merge([agency("p38")], agency("p40"), Basis("2", date(2008, 8, 1))),
    ]
    done = both(changes, cast)
    assert done.pop("done") == 1
    assert len(done) == 1
    assert Succession.objects.filter(predecessor__key__in=("p38", "p40")).count() == 1


def test_two_entries_of_one_name_and_code_are_one(cast: Cast) -> None:
    new = NewAgency("Tỉnh Mới", "", "tinh", province_code="7777")
    assert both([Create(new, BASIS), Create(new, BASIS)], cast) == {"done": 1, "code_taken": 1}
    assert Agency.objects.filter(province_code="7777").count() == 1
