"""Reminders that did not reach somebody: the mail server did not take the letter."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from agencies.models import UndeliveredLetter
from reports.models import Reminder


def undelivered(reminders: Sequence[Reminder]) -> Mapping[int, list[str]]:
    """Names of those whom the letter did not reach, by id of the reminder; one query."""
    found: dict[int, list[str]] = defaultdict(list)
    letters = UndeliveredLetter.objects.about(reminders).select_related("user").order_by("id")
    for letter in letters:
        assert letter.about_id is not None
        found[letter.about_id].append(str(letter.user))
    return found
