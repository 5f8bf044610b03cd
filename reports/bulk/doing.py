"""Doing one act on many agencies: all rows are judged again under lock, then written as one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies import audit
from agencies.models import Membership
from agencies.permissions import require
from agencies.workflow import lock
from core import clock
from core.findings import Conflict, Finding, Place, Refused, error
from core.vietnamese import clean
from plans.models import Programme
from reports.bulk.acts import BULK, BulkKind, findings_of
from reports.bulk.shapes import Prospect, Stated
from reports.bulk.weighing import reports_of
from reports.models import BulkAct, BulkRow, Cycle

MOST = 1000
"""Agencies in one act: many more than any programme obliges."""


def act_on_many(
    cycle: Cycle,
    name: str,
    agencies: Sequence[str],
    *,
    actor: Membership,
    stated: Stated,
    token: str,
    seen: Mapping[str, str] | None = None,
    leave_out: bool = False,
) -> BulkAct:
    """Do the act `name` of `BULK` to the obligations of these agencies (keys) in a period.

    The same `token` of the same person acts once and gets the first act. `seen` holds, by agency, the digest
    of what was shown (`Prospect.seen`): where a row is another by now, nothing is written and `Conflict`
    names it. Rows that cannot take part bar the act unless they are left out. One transaction, one entry of
    the audit. Raises `NotAllowed`, `Conflict`, or `Refused` with everything that bars it.
    """
    kind = BULK[name]
    with audit.recording() as record:
        # One act on many at a time in a period: the second form of a double click finds the first's.
        row = lock(cycle)
        row.programme = cycle.programme
        if (done := already_done(actor, token)) is not None:
            return done
        require(actor, kind.permission, row)
        reports = reports_of(row, agencies, locked=True)
        prospects = kind.weigh(reports, stated, actor)
        rows = settle(kind, agencies, prospects, stated, seen, leave_out=leave_out)
        act = begun(kind, row.programme, row, actor, stated, token)
        note(act, prospects)
        kind.write(act, rows, actor, record, said_of(act, prospects))
    return act


def already_done(actor: Membership, token: str) -> BulkAct | None:
    return BulkAct.objects.filter(by=actor.user, token=token).first()


def settle(
    kind: BulkKind,
    agencies: Sequence[str],
    prospects: Sequence[Prospect],
    stated: Stated,
    seen: Mapping[str, str] | None,
    *,
    leave_out: bool,
) -> list[Prospect]:
    """The rows that are written, or the refusal of all."""
    refuse_what_changed(prospects, seen)
    refuse_what_is_stated(kind, agencies, prospects, stated, leave_out=leave_out)
    rows = [one for one in prospects if not one.refusal]
    if not rows:
        barred = list(_barred(agencies, prospects))
        raise Refused(_("None of the chosen agencies can take part."), barred, code="bulk_nothing")
    return rows


def refuse_what_is_stated(
    kind: BulkKind,
    agencies: Sequence[str],
    prospects: Sequence[Prospect],
    stated: Stated,
    *,
    leave_out: bool,
) -> None:
    """Raise `Refused` with all that is wrong: the paper, unknown agencies, rows that may not be left."""
    findings = [*findings_of(kind, stated), *_unknown(agencies, prospects)]
    if not leave_out:
        findings += _barred(agencies, prospects)
    if findings:
        raise Refused(" ".join(str(one.text) for one in findings[:3]), findings, code="bulk_refused")


def refuse_what_changed(prospects: Sequence[Prospect], seen: Mapping[str, str] | None) -> None:
    """Raise `Conflict` when a row is no longer what was shown; nothing has been written."""
    changed = [one for one in prospects if seen is not None and seen.get(one.agency.key) != one.seen]
    if changed:
        names = ", ".join(one.agency.short_name for one in changed[:5])
        text = ngettext(
            "%(names)s changed since you looked. Nothing was done. Look again, then confirm.",
            "%(n)d rows changed since you looked: %(names)s. Nothing was done. Look again, then confirm.",
            len(changed),
        )
        raise Conflict(
            text % {"names": names, "n": len(changed)},
            yours={one.agency.key: (seen or {}).get(one.agency.key, "") for one in changed},
            theirs={one.agency.key: one.seen for one in changed},
            row_version=0,
        )


def _unknown(agencies: Sequence[str], prospects: Sequence[Prospect]) -> list[Finding]:
    """Keys of no row, none at all, too many, and those named twice; each at its place in the list."""
    known = {one.agency.key for one in prospects}
    if not agencies:
        return [error("agencies_missing", _("Choose at least one agency."), Place(path="agencies"))]
    if len(agencies) > MOST:
        text = _("%(sent)d agencies are too many for one act: at most %(most)d.")
        said = text % {"sent": len(agencies), "most": MOST}
        return [error("agencies_many", said, Place(path="agencies"), str(len(agencies)))]
    text = _("“%(key)s” is no agency of this list.")
    found = [
        error("agency_unknown", text % {"key": key[:50]}, Place(path=f"agencies/{at}"), key[:50])
        for at, key in enumerate(agencies)
        if key not in known
    ]
    twice = _("“%(key)s” stands twice.")
    counted = Counter(agencies)
    return found + [
        error(
            "agency_twice", twice % {"key": key[:50]}, Place(path=f"agencies/{agencies.index(key)}"), key[:50]
        )
        for key, times in counted.items()
        if times > 1
    ]


def _barred(agencies: Sequence[str], prospects: Sequence[Prospect]) -> list[Finding]:
    at = {key: number for number, key in enumerate(agencies)}
    return [
        error(
            one.refusal,
            f"{one.agency.name}: {one.reason}",
            Place(path=f"agencies/{at.get(one.agency.key, 0)}"),
            one.agency.key,
        )
        for one in prospects
        if one.refusal
    ]


def begun(
    kind: BulkKind,
    programme: Programme,
    cycle: Cycle | None,
    actor: Membership,
    stated: Stated,
    token: str,
) -> BulkAct:
    return BulkAct.objects.create(
        programme=programme,
        cycle=cycle,
        name=kind.name,
        token=token,
        document=clean(stated.document),
        document_on=stated.document_on,
        reason=clean(stated.reason, multiline=True),
        to=stated.to if "to" in kind.asks else None,
        at=clock.now(),
        by=actor.user,
    )


def note(act: BulkAct, prospects: Sequence[Prospect]) -> None:
    """What becomes of each row, those that are left out too."""
    BulkRow.objects.bulk_create(
        BulkRow(
            act=act,
            agency=one.agency,
            position=position,
            before=one.before,
            after=one.after,
            refusal=one.refusal,
        )
        for position, one in enumerate(prospects)
    )


def said_of(act: BulkAct, prospects: Sequence[Prospect]) -> dict[str, Any]:
    """What the audit entry says beside the count."""
    left = [one.agency.key for one in prospects if one.refusal]
    paper = {"document": act.document, "document_on": act.document_on, "reason": act.reason}
    return {
        "agencies": [one.agency.key for one in prospects if not one.refusal],
        **({"left_out": left} if left else {}),
        **{name: value for name, value in paper.items() if value},
    }
