"""Funding sources: entering one, changing, moving and retiring it, saying who may use it, removing it."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from agencies import audit
from agencies.keeping.findings import refuse
from agencies.keeping.references import referring, refuse_referred
from agencies.keeping.versions import refuse_stale
from agencies.models import Membership
from agencies.permissions import require
from agencies.workflow import lock
from budgets.models import FundingSource, SourceUse
from budgets.sources.checks import REMOVED, findings_of, findings_of_basis, findings_of_code
from budgets.sources.shapes import SourceStated, UseStated, use_texts
from budgets.sources.uses import USES, lock_tree, subtree
from core.findings import Finding
from core.vietnamese import clean
from plans.models import Programme

FIELDS = ("name", "short_name", "tier", "nature", "position", "note", "valid_from", "valid_to")


def create_source(code: str, stated: SourceStated, *, actor: Membership) -> FundingSource:
    """A new source in its place in the tree.

    A parent that was a leaf only sums up from then on, so nobody is offered it any more. Raises `NotAllowed`,
    or `Refused` with everything that is wrong.
    """
    code, stated = clean(code), stated.cleaned()
    with audit.recording() as record:
        require(actor, "reference.manage")
        lock_tree()
        refuse([*findings_of_code(code), *findings_of(stated)], "source")
        source = FundingSource(code=code)
        _put(source, stated)
        source.save()
        _write_uses(source, stated.uses)
        record.add("create_source", source, actor=actor, code=code, **_said(stated))
    return source


def change_source(
    source: FundingSource, stated: SourceStated, *, basis: str = "", version: int, actor: Membership
) -> FundingSource:
    """Change what is stated of a source and who may use it. Old figures keep their source.

    `version` is that of the row on which the change was made. Raises `NotAllowed`, `Conflict`, or `Refused`
    with everything that is wrong; without a basis nothing is changed that gives past money its meaning.
    """
    basis, after = clean(basis), stated.cleaned()
    with audit.recording() as record:
        require(actor, "reference.manage")
        lock_tree()
        row = lock(source)
        before = SourceStated.of(row)
        refuse_stale(row.row_version, version, **both(after, before))
        if after == before:
            return row
        refuse(findings_of_change(row, before, after, basis), "source")
        _put(row, after)
        row.row_version += 1
        row.save()
        if after.uses != before.uses:
            _write_uses(row, after.uses)
        old, new = _said(before), _said(after)
        changed = [name for name in new if new[name] != old[name]]
        record.add(
            "change_source",
            row,
            actor=actor,
            code=row.code,
            before={name: old[name] for name in changed},
            after={name: new[name] for name in changed},
            **({"basis": basis} if basis else {}),
        )
    return row


def remove_source(source: FundingSource, *, actor: Membership) -> None:
    """Remove a source without money and without anything under it.

    Raises `NotAllowed`, or `Refused` with what refers to it.
    """
    with audit.recording() as record:
        require(actor, "reference.manage")
        lock_tree()
        row = lock(source)
        refuse_removal(row)
        record.add(REMOVED, row, actor=actor, key=row.code, **_said(SourceStated.of(row)))
        row.delete()


def refuse_removal(source: FundingSource) -> None:
    """Raise `Refused` with everything that refers to the source."""
    found = referring(source, ("budgets.SourceUse",))
    instead = _("Give it a last day instead: old figures keep it.")
    refuse_referred(source.name, USES.of([source]), found, instead)


def findings_of_change(
    source: FundingSource, before: SourceStated, after: SourceStated, basis: str
) -> list[Finding]:
    rests = bool(USES.of(subtree(source)))
    return [*findings_of(after, source), *findings_of_basis(before, after, basis, rests=rests)]


def both(after: SourceStated, before: SourceStated) -> dict[str, dict[str, str]]:
    """Both values of everything, as `refuse_stale` wants them."""
    rows = max(len(after.uses), len(before.uses))
    return {
        "yours": {**after.texts(), **use_texts(after.uses, rows)},
        "theirs": {**before.texts(), **use_texts(before.uses, rows)},
    }


def _put(source: FundingSource, stated: SourceStated) -> None:
    for name in FIELDS:
        setattr(source, name, getattr(stated, name))
    source.parent = FundingSource.objects.get(code=stated.parent) if stated.parent else None
    if source.parent is not None:
        source.parent.uses.all().delete()


def _write_uses(source: FundingSource, uses: Sequence[UseStated]) -> None:
    programmes = dict(Programme.objects.values_list("code", "pk"))
    source.uses.all().delete()
    SourceUse.objects.bulk_create(
        SourceUse(
            source=source,
            programme_id=programmes[use.programme] if use.programme else None,
            agency_class=use.agency_class,
            opens=use.opens,
        )
        for use in uses
    )


def _said(stated: SourceStated) -> dict[str, Any]:
    """What the record says of a source."""
    uses = [[use.programme, use.agency_class, use.opens] for use in stated.uses]
    return {**stated.texts(), "uses": uses}
