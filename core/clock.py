"""Business time. Every date that means something to an official is read here and nowhere else.

`settings.ILLUSTRATIVE_NOW` (an aware moment, demo only) moves the start of the clock; `at()` freezes it for a
block, which the scenario and the tests use to play the year 2008. Sessions, rate limits and the
`recorded_at` of the audit chain stay on real time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

_frozen: ContextVar[datetime | None] = ContextVar("frozen_business_time", default=None)
_started = monotonic()


def _illustrative_start() -> datetime | None:
    start: datetime | None = settings.ILLUSTRATIVE_NOW
    return start


def now() -> datetime:
    """The business moment, aware."""
    if (frozen := _frozen.get()) is not None:
        return frozen
    if (start := _illustrative_start()) is not None:
        return start + timedelta(seconds=int(monotonic() - _started))
    return timezone.now()


def real_now() -> datetime:
    """The moment by the machine's own clock: for sessions, tokens, rate limits and records."""
    return timezone.now()


def today() -> date:
    """The business day in Hà Nội; a due day ends there at 24:00."""
    return now().astimezone(HANOI).date()


def is_illustrative() -> bool:
    """Whether business time differs from the real one, so that pages must say so."""
    return _frozen.get() is not None or _illustrative_start() is not None


@contextmanager
def at(moment: datetime | str) -> Iterator[datetime]:
    """Freeze business time at `moment` (aware, or ISO text read as Hà Nội time) for the block."""
    value = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    if value.tzinfo is None:
        value = value.replace(tzinfo=HANOI)
    token = _frozen.set(value)
    try:
        yield value
    finally:
        _frozen.reset(token)
