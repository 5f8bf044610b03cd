"""Who acts for an agency on the business day, and how that is said: itself, or its principal successor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from agencies.lineage import Lineage
from agencies.models import Agency
from core import clock
from core.notation import format_date


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers for an agency; `since` is the day on which the successor took over, None for itself."""

    agency: Agency
    bearer: Agency
    since: date | None = None

    @property
    def name(self) -> str:
        """ "Hà Nội (succeeding Hà Tây)", or the agency's own short name."""
        if self.since is None:
            return self.agency.short_name
        names = {"successor": self.bearer.short_name, "agency": self.agency.short_name}
        return _("%(successor)s (succeeding %(agency)s)") % names

    @property
    def note(self) -> str:
        """ "taken over by Thành phố Hà Nội from 01/08/2008", "ended on 31/07/2008", or ""."""
        if self.since is not None:
            return taken_over_by(self.bearer.name, self.since)
        if has_ended(self.agency):
            return _("ended on %(day)s, without a successor") % {"day": format_date(self.agency.valid_to)}
        return ""


def has_ended(agency: Agency, on: date | None = None) -> bool:
    return agency.valid_to is not None and agency.valid_to < (on or clock.today())


def answering(agency: Agency, on: date | None = None) -> Answering:
    """No query while the agency exists; two once it has ended, and none when this object was asked before."""
    day = on or clock.today()
    if not has_ended(agency, day):
        return Answering(agency, agency)
    known: dict[date, Answering] = agency.__dict__.setdefault("_answering", {})
    if day not in known:
        lineage = Lineage.load()
        bearer = lineage.bearer(agency.pk, day)
        known[day] = (
            Answering(agency, agency)
            if bearer == agency.pk
            else Answering(agency, Agency.objects.get(pk=bearer), lineage.since(agency.pk, day))
        )
    return known[day]


def portal_keeper(on: date | None = None) -> Agency | None:
    """Who keeps the portal on a day: the agency that is marked so, or who stands for it by then."""
    marked = Agency.objects.filter(keeps_portal=True).first()
    return answering(marked, on).bearer if marked else None


def taken_over_notes(agencies: Sequence[Agency], on: date | None = None) -> dict[str, str]:
    """For a list: the note of `Answering` by key of those that are succeeded by the day.

    No query as long as each successor stands in the list too; else one.
    """
    day = on or clock.today()
    bearers = {
        predecessor: (one, date.fromisoformat(since))
        for one in agencies
        if not has_ended(one, day)
        for predecessor, since, _renamed in one.answers_for
        if since <= day.isoformat()
    }
    ended = [one for one in agencies if has_ended(one, day)]
    if all(one.pk in bearers for one in ended):
        found = {one.key: (bearers[one.pk][0].name, bearers[one.pk][1]) for one in ended}
    else:
        lineage = Lineage.load()
        found = {
            one.key: (lineage.name(lineage.bearer(one.pk, day)), since)
            for one in ended
            if (since := lineage.since(one.pk, day)) is not None
        }
    return {key: taken_over_by(successor, since) for key, (successor, since) in found.items()}


def taken_over_by(successor: str, since: date) -> str:
    said = {"successor": successor, "day": format_date(since)}
    return _("taken over by %(successor)s from %(day)s") % said


def name_of_answering(agency: Agency) -> str:
    """Whose turn it is, as pages say it."""
    return answering(agency).name


def taken_over_from(agency: Agency) -> str:
    """Beside a predecessor's plan or report on its successor's page: "taken over from Tỉnh Hà Tây"."""
    return _("taken over from %(agency)s") % {"agency": agency.name}
