"""Writing and verifying the chain of acts.

`recording()` opens the transaction of an action. The outermost one writes all entries of the act as its last
statements and locks the head only then, so that a long act never holds up another.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from django.db import models, transaction
from django.utils import timezone

from agencies.models import AuditEntry, AuditHead, Membership
from agencies.models.audit import GENESIS
from core import clock


class Audited(Protocol):
    """What an act is done to: `audit_label` names it for people."""

    pk: Any
    audit_label: str


def canonical(data: Any) -> str:
    """The one JSON text of `data`: sorted keys, no blanks, letters as they are."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


@dataclass(frozen=True, slots=True)
class _Pending:
    verb: str
    actor: Membership | None
    obj: Audited
    kind: str
    data: dict[str, Any]
    at: datetime
    pk: Any  # as it was when the act was noted: a removed object has none any more


@dataclass
class Recording:
    """The entries an action has asked for so far."""

    pending: list[_Pending] = field(default_factory=list)

    def add(self, verb: str, obj: models.Model, *, actor: Membership | None, **data: Any) -> None:
        """Note one act; a bulk act is one entry with counts in `data`."""
        self.pending.append(_Pending(verb, actor, obj, obj._meta.label_lower, data, clock.now(), obj.pk))  # type: ignore[arg-type]


_open: ContextVar[Recording | None] = ContextVar("open_recording", default=None)


@contextmanager
def recording() -> Iterator[Recording]:
    """The transaction of one action.

    Nested actions join the outermost; a failed one takes its entries along.
    """
    outer = _open.get()
    if outer is not None:
        mark = len(outer.pending)
        try:
            with transaction.atomic():
                yield outer
        except BaseException:
            del outer.pending[mark:]
            raise
        return
    record = Recording()
    token = _open.set(record)
    try:
        with transaction.atomic():
            yield record
            _write(record.pending)
    finally:
        _open.reset(token)


def _write(pending: list[_Pending]) -> None:
    if not pending:
        return
    AuditHead.objects.get_or_create(pk=1)
    head = AuditHead.objects.select_for_update(no_key=True).get(pk=1)
    recorded_at = timezone.now()
    entries = []
    for item in pending:
        head.count += 1
        entry = AuditEntry(
            sequence=head.count,
            at=item.at,
            recorded_at=recorded_at,
            verb=item.verb,
            user=item.actor.user if item.actor else None,
            agency=item.actor.agency if item.actor else None,
            role=item.actor.role if item.actor else "",
            object_kind=item.kind,
            object_id=str(item.obj.pk if item.pk is None else item.pk),
            object_label=item.obj.audit_label[:600],
            data=canonical(item.data),
            previous_hash=head.hash,
        )
        entry.hash = head.hash = hash_of(entry)
        entries.append(entry)
    AuditEntry.objects.bulk_create(entries)
    head.save()


def hash_of(entry: AuditEntry) -> str:
    """SHA-256 over everything the entry says and the hash of the entry before it."""
    said = [
        entry.sequence,
        entry.at.astimezone(UTC).isoformat(),
        entry.recorded_at.astimezone(UTC).isoformat(),
        entry.verb,
        entry.user_id,
        entry.agency_id,
        entry.role,
        entry.object_kind,
        entry.object_id,
        entry.object_label,
        entry.data,
        entry.previous_hash,
    ]
    return hashlib.sha256(canonical(said).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What walking the chain found: `broken_at` is the number of the first entry that does not hold."""

    count: int
    head: str
    broken_at: int | None = None
    reason: str = ""


def verify(expect: str = "") -> Verdict:
    """Walk the chain from the start; find a changed, missing or cut entry.

    `expect` is a head hash printed on an issued file: it must be the hash of some entry of the chain.
    """
    previous, count, seen = GENESIS, 0, expect in ("", GENESIS)
    for entry in AuditEntry.objects.order_by("sequence").iterator(chunk_size=2000):
        count += 1
        if entry.sequence != count:
            return Verdict(count - 1, previous, count, "missing")
        if entry.previous_hash != previous or entry.hash != hash_of(entry):
            return Verdict(count - 1, previous, entry.sequence, "changed")
        previous = entry.hash
        seen = seen or previous == expect
    head = AuditHead.objects.filter(pk=1).first() or AuditHead()
    if head.count != count or head.hash != previous:
        return Verdict(count, previous, count + 1, "cut")
    if not seen:
        return Verdict(count, previous, count + 1, "unknown_head")
    return Verdict(count, previous)
