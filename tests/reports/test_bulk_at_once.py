"""Acts on many at once with others, on real connections: once a form, and all rows or none."""

import pytest

from agencies import audit
from agencies.models import AuditEntry
from core import clock
from core.findings import Conflict, WrongState
from plans.models import Programme
from reports.bulk.doing import act_on_many
from reports.bulk.shapes import Stated
from reports.cycles.actions import open_cycle
from reports.filing.actions import return_filing
from reports.models import BulkAct, Cycle, Filing, FilingState
from tests.cast import Cast
from tests.reports.many import keys_of, submitted
from tests.reports.test_many_at_once import Crowd

pytestmark = [pytest.mark.concurrency, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cycle(cast: Cast) -> Cycle:
    with clock.at("2008-07-01T08:00"):
        made = open_cycle(Programme.objects.get(code="2008"), "2008-Q2", actor=cast.admin)
    submitted(made, cast.editor)
    return Cycle.objects.select_related("programme").get(pk=made.pk)


def test_a_form_sent_many_times_acts_once(cast: Cast, cycle: Cycle) -> None:
    keys = keys_of(cycle)

    def accept(number: int) -> str:
        act = act_on_many(cycle, "accept", keys, actor=cast.reviewer, stated=Stated(), token="one")
        return f"act {act.pk}"

    crowd = Crowd(6)
    crowd.run(accept)
    assert crowd.done == {f"act {BulkAct.objects.get().pk}": 6}
    assert AuditEntry.objects.filter(verb="bulk_accept").count() == 1
    assert not Filing.objects.exclude(state=FilingState.ACCEPTED).exists()
    assert audit.verify().broken_at is None


def test_what_somebody_returns_at_that_moment_is_a_conflict_or_was_accepted_first(
    cast: Cast, cycle: Cycle
) -> None:
    keys = keys_of(cycle)
    filing = Filing.objects.get(report__agency__key="p82")

    def act(number: int) -> str:
        try:
            if number:
                return_filing(filing, actor=cast.reviewer2, reason="Thiếu.")
                return "returned"
            act_on_many(
                cycle, "accept", keys, actor=cast.reviewer, stated=Stated(), token="one", leave_out=True
            )
        except (Conflict, WrongState):
            return "told"
        return "accepted"

    crowd = Crowd(2)
    crowd.run(act)
    assert crowd.done["returned"] == 1  # what was accepted can be returned too
    accepted = Filing.objects.filter(accepted_at__isnull=False).count()
    assert accepted in ({85, 86} if crowd.done["accepted"] else {0})
    assert audit.verify().broken_at is None
