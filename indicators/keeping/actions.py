"""The catalogue of indicators: entering one, changing, retiring, taking up again and removing it."""

from datetime import date
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from agencies import audit
from agencies.keeping.findings import refuse
from agencies.keeping.references import referring, refuse_referred, removed_keys
from agencies.keeping.versions import refuse_stale
from agencies.models import Membership
from agencies.permissions import require
from agencies.workflow import lock
from core.notation import format_date
from core.vietnamese import clean, search_key
from indicators.keeping.checks import (
    CODE_LENGTH,
    REMOVED,
    findings_of,
    findings_of_change,
    findings_of_code,
    findings_of_retiring,
)
from indicators.keeping.shapes import IndicatorStated
from indicators.keeping.uses import USES
from indicators.models import Indicator


def create_indicator(stated: IndicatorStated, *, actor: Membership, code: str = "") -> Indicator:
    """A new indicator; without a code one is made of the name.

    Raises `NotAllowed`, or `Refused` with everything that is wrong.
    """
    stated, code = stated.cleaned(), clean(code)
    with audit.recording() as record:
        require(actor, "reference.manage")
        findings = [*(findings_of_code(code) if code else ()), *findings_of(stated)]
        refuse(findings, "indicator")
        indicator = Indicator(code=code or new_code(stated.name))
        _put(indicator, stated)
        indicator.save()
        record.add("create_indicator", indicator, actor=actor, code=indicator.code, **stated.texts())
    return indicator


def change_indicator(
    indicator: Indicator, stated: IndicatorStated, *, basis: str = "", version: int, actor: Membership
) -> Indicator:
    """Change what is stated of an indicator; kind, direction and unit are fast once it is used.

    `version` is that of the row on which the change was made. Raises `NotAllowed`, `Conflict`, or `Refused`
    with everything that is wrong.
    """
    basis, after = clean(basis), stated.cleaned()
    with audit.recording() as record:
        require(actor, "reference.manage")
        row = lock(indicator)
        before = IndicatorStated.of(row)
        refuse_stale(row.row_version, version, yours=after.texts(), theirs=before.texts())
        if after == before:
            return row
        refuse(list(findings_of_change(row, before, after, basis)), "indicator")
        _put(row, after)
        row.row_version += 1
        row.save()
        old, new = before.texts(), after.texts()
        changed = [name for name in new if new[name] != old[name]]
        said: dict[str, Any] = {"basis": basis} if basis else {}
        said |= {
            "before": {name: old[name] for name in changed},
            "after": {name: new[name] for name in changed},
        }
        record.add("change_indicator", row, actor=actor, code=row.code, **said)
    return row


def retire_indicator(
    indicator: Indicator, last_day: date | None, *, basis: str, version: int, actor: Membership
) -> Indicator:
    """Give an indicator its last day: targets and figures stay, nothing new is stated for later years.

    Raises `NotAllowed`, `Conflict`, or `Refused` with everything that is wrong.
    """
    basis = clean(basis)
    with audit.recording() as record:
        require(actor, "reference.manage")
        row = lock(indicator)
        now, then = format_date(row.valid_to), format_date(last_day)
        refuse_stale(row.row_version, version, yours={"valid_to": then}, theirs={"valid_to": now})
        refuse(list(findings_of_retiring(last_day, basis)), "indicator")
        row.valid_to = last_day
        row.row_version += 1
        row.save(update_fields=["valid_to", "row_version"])
        record.add("retire_indicator", row, actor=actor, code=row.code, on=last_day, basis=basis)
    return row


def revive_indicator(indicator: Indicator, *, version: int, actor: Membership) -> Indicator:
    """Take a retired one up again. Raises `NotAllowed`, `Conflict`, `Refused` when its name is taken."""
    with audit.recording() as record:
        require(actor, "reference.manage")
        row = lock(indicator)
        now = format_date(row.valid_to)
        refuse_stale(row.row_version, version, yours={"valid_to": ""}, theirs={"valid_to": now})
        if row.valid_to is not None:
            refuse(
                [one for one in findings_of(IndicatorStated.of(row), row) if one.code == "name_taken"],
                "indicator",
            )
            row.valid_to = None
            row.row_version += 1
            row.save(update_fields=["valid_to", "row_version"])
            record.add("revive_indicator", row, actor=actor, code=row.code, before=now)
    return row


def remove_indicator(indicator: Indicator, *, actor: Membership) -> None:
    """Remove an indicator to which nothing refers. Raises `NotAllowed`, or `Refused` with what does."""
    with audit.recording() as record:
        require(actor, "reference.manage")
        row = lock(indicator)
        refuse_removal(row)
        record.add(REMOVED, row, actor=actor, key=row.code, **IndicatorStated.of(row).texts())
        row.delete()


def refuse_removal(indicator: Indicator) -> None:
    """Raise `Refused` with everything that refers to the indicator."""
    instead = _("Retire it instead: targets and figures keep it.")
    refuse_referred(indicator.name, USES.of(indicator), referring(indicator), instead)


def new_code(name: str) -> str:
    """A slug of the name; a code is never used again."""
    taken = set(Indicator.objects.values_list("code", flat=True)) | removed_keys(REMOVED) | {"new"}
    slug = slugify(search_key(name))[: CODE_LENGTH - 4].strip("-") or "chi-tieu"
    return next(code for code in (slug, *(f"{slug}-{n}" for n in range(2, 999))) if code not in taken)


def _put(indicator: Indicator, stated: IndicatorStated) -> None:
    for name in IndicatorStated.__slots__:
        setattr(indicator, name, getattr(stated, name))
