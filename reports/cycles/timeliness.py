"""On time, late, missing: by the first submission against the due date or a granted extension. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.clock import HANOI
from core.findings import Text

if TYPE_CHECKING:
    from reports.models import Report


class Standing(StrEnum):
    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    WAITING = "waiting"  # nothing filed, and the deadline has not passed
    EXEMPT = "exempt"


LABELS: dict[Standing, Text] = {
    Standing.ON_TIME: _("on time"),
    Standing.LATE: _("late"),
    Standing.MISSING: _("not filed"),
    Standing.WAITING: _("not due yet"),
    Standing.EXEMPT: _("exempt"),
}
LOOK: dict[Standing, tuple[str, str]] = {
    Standing.ON_TIME: ("ok", "✓"),
    Standing.LATE: ("wait", "◷"),
    Standing.MISSING: ("bad", "✕"),
    Standing.WAITING: ("none", "○"),
    Standing.EXEMPT: ("none", "–"),
}


@dataclass(frozen=True, slots=True)
class Timeliness:
    """`days` counts how late: filed late, or still missing after the due day."""

    standing: Standing
    days: int = 0


def judge(
    *,
    due_on: date,
    first_submitted_at: datetime | None,
    received_on: date | None,
    exempt: bool,
    as_of: datetime,
) -> Timeliness:
    """The timeliness of one obligation as of a moment.

    `received_on`, the official receipt of a numbered paper, stands for the submission where it is earlier. A
    due day ends at 24:00 in Hà Nội. What was submitted after `as_of` does not count yet.
    """
    if exempt:
        return Timeliness(Standing.EXEMPT)
    days = [received_on] if received_on is not None and received_on <= as_of.astimezone(HANOI).date() else []
    if first_submitted_at is not None and first_submitted_at <= as_of:
        days.append(first_submitted_at.astimezone(HANOI).date())
    if days:
        late = (min(days) - due_on).days
        return Timeliness(Standing.LATE, late) if late > 0 else Timeliness(Standing.ON_TIME)
    overdue = (as_of.astimezone(HANOI).date() - due_on).days
    return Timeliness(Standing.MISSING, overdue) if overdue > 0 else Timeliness(Standing.WAITING)


def timeliness_of(report: Report, as_of: datetime) -> Timeliness:
    """The timeliness of a stored obligation as of a moment."""
    return judge(
        due_on=report.due_on,
        first_submitted_at=report.first_submitted_at,
        received_on=report.received_on,
        exempt=report.exempt,
        as_of=as_of,
    )


def words(judged: Timeliness) -> str:
    """ "on time", "late by 3 days", "not filed, 3 days overdue"."""
    days = judged.days
    if judged.standing is Standing.LATE:
        return ngettext("late by %(n)d day", "late by %(n)d days", days) % {"n": days}
    if judged.standing is Standing.MISSING:
        return ngettext("not filed, %(n)d day overdue", "not filed, %(n)d days overdue", days) % {"n": days}
    return str(LABELS[judged.standing])
