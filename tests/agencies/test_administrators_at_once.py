"""Two administrators at once, on real connections: who end each other's role leave one."""

from datetime import date

import pytest

from agencies import audit
from agencies.models import Membership, Role
from agencies.people.accounts import deactivate
from agencies.people.lockout import keepers_on
from agencies.people.memberships import stop_membership
from core.findings import Refused
from tests.cast import Cast
from tests.reports.test_many_at_once import Crowd

pytestmark = [pytest.mark.concurrency, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_two_who_end_each_others_role_leave_one(cast: Cast) -> None:
    """By the same act, and by two that lock other rows first; nobody waits for who waits."""
    second = Membership.objects.create(
        user=cast.reviewer.user, agency=cast.admin.agency, role=Role.ADMINISTRATOR
    )
    both = list(Membership.objects.select_related("user", "agency").filter(pk__in=(cast.admin.pk, second.pk)))

    def end(number: int) -> str:
        actor, other = both[number], both[1 - number]
        try:
            if number < mixed:
                deactivate(other.user, reason="x", actor=actor)
            else:
                stop_membership(other, reason="x", actor=actor)
        except Refused as refused:
            return str(refused.code)
        return "done"

    for mixed in (0, 1, 2):
        crowd = Crowd(2)
        crowd.run(end)
        assert crowd.done == {"done": 1, "last_administrator": 1}, mixed
        assert keepers_on(date(2009, 1, 10)).count() == 1  # the day on which the crowd acts
        Membership.objects.filter(pk__in=[one.pk for one in both]).update(stopped_at=None)
        for one in both:
            type(one.user).objects.filter(pk=one.user_id).update(is_active=True)
    assert audit.verify().broken_at is None
