"""What waits for whom once the stories are told."""

from agencies.models import Membership, Role
from agencies.worklist import items
from scenario.people import People

SERVED_AT = "2011-08-04T09:00"
"""The moment that a demonstration serves."""


def waiting(people: People, agency: str, role: Role) -> list[str]:
    """Titles of what the person has to do at the moment."""
    one = Membership.objects.select_related("user", "agency").get(pk=people.of(agency, role).pk)
    return [str(item.title) for item in items(one) if item.mine]
