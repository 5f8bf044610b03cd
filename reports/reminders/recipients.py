"""Who is written to: the active editors and approvers of whoever answers for an agency today."""

from collections.abc import Sequence

from agencies.answering import has_ended
from agencies.lineage import Lineage
from agencies.models import Agency, Membership, Role, User
from core import clock


def recipients_of(agencies: Sequence[Agency]) -> dict[int, list[User]]:
    """By id of the agency, approvers before editors; an empty list where nobody acts. At most two queries."""
    today = clock.today()
    lineage = Lineage.load() if any(has_ended(one, today) for one in agencies) else None
    bearers = {one.pk: lineage.bearer(one.pk, today) if lineage else one.pk for one in agencies}
    people: dict[int, list[User]] = {bearer: [] for bearer in bearers.values()}
    memberships = (
        Membership.objects.active(today)
        .filter(agency__in=list(people), role__in=(Role.APPROVER, Role.EDITOR), user__is_system=False)
        .select_related("user")
        .order_by("role", "user__full_name", "id")
    )
    for one in memberships:
        if one.user not in people[one.agency_id]:
            people[one.agency_id].append(one.user)
    return {agency: people[bearer] for agency, bearer in bearers.items()}
