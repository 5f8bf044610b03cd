"""What reviewers of a programme check: the list, replaced as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agencies import audit
from agencies.keeping.findings import at, refuse, too_long
from agencies.models import Membership
from agencies.permissions import require
from agencies.workflow import lock
from core.fields import NAME_LENGTH
from core.findings import Finding
from core.vietnamese import clean
from plans.models import ChecklistItem, LegalDocument, Programme, with_document
from plans.programmes.versions import refuse_stale

MOST_ROWS = 100
_LENGTHS = {"text": NAME_LENGTH, "basis": 200, "clause": 120}


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One thing to check, in its order. `pk` is the item that it changes, None for a new one."""

    text: str
    document: LegalDocument | None = None
    basis: str = ""
    clause: str = ""
    required: bool = False
    pk: int | None = None


def rows_of(programme: Programme) -> list[CheckRow]:
    return [
        CheckRow(one.text, one.document, one.basis, one.clause, one.required, one.pk)
        for one in with_document(programme.checklist.all())
    ]


def cleaned(rows: Sequence[CheckRow]) -> list[CheckRow]:
    return [
        CheckRow(clean(row.text), row.document, clean(row.basis), clean(row.clause), row.required, row.pk)
        for row in rows
    ]


def findings_of(programme: Programme, rows: Sequence[CheckRow]) -> list[Finding]:
    """Everything that bars the list; a finding's path is "<number of the row>-<field>"."""
    found = []
    if len(rows) > MOST_ROWS:
        text = _("The list has %(n)d items; at most %(most)d fit.")
        found.append(at("", "too_many", text % {"n": len(rows), "most": MOST_ROWS}, len(rows)))
    own = set(programme.checklist.values_list("pk", flat=True))
    seen: dict[str, int] = {}
    for place, row in enumerate(rows):
        if not row.text:
            found.append(at(f"{place}-text", "blank", _("Say what is checked.")))
        for name, most in _LENGTHS.items():
            found += too_long(f"{place}-{name}", getattr(row, name), most)
        if row.document is not None and row.basis:
            text = _("Choose a document of the portal or write the number of another one, not both.")
            found.append(at(f"{place}-basis", "two_documents", text, row.basis[:60]))
        if row.text and row.text in seen:
            text = _("It stands twice, first as item %(n)d.") % {"n": seen[row.text] + 1}
            found.append(at(f"{place}-text", "item_twice", text, row.text[:60]))
        seen.setdefault(row.text, place)
        if row.pk is not None and row.pk not in own:
            text = _("There is no item %(item)s on this list any more; reload the page.") % {"item": row.pk}
            found.append(at(f"{place}-pk", "no_item", text, row.pk))
    given = [row.pk for row in rows if row.pk is not None]
    if len(set(given)) != len(given):
        found.append(at("", "item_given_twice", _("Two rows say that they are the same item.")))
    return found


def replace_checklist(
    programme: Programme, rows: Sequence[CheckRow], *, actor: Membership, version: int | None = None
) -> list[ChecklistItem]:
    """Put the rows, in their order, in place of the list.

    Items that stay keep the ticks of the reviews that are open; what was checked in earlier ones stands in
    their steps and never changes.
    """
    with audit.recording() as record:
        row = lock(programme)
        require(actor, "programme.manage", row)
        refuse_stale(row.row_version, version)
        wanted = cleaned(rows)
        refuse(findings_of(row, wanted), "checklist")
        if wanted == rows_of(row):
            return list(row.checklist.all())
        kept = [one.pk for one in wanted if one.pk is not None]
        gone = row.checklist.exclude(pk__in=kept)
        removed = list(gone.values_list("text", flat=True))
        gone.delete()
        for position, one in enumerate(wanted, start=1):
            item = ChecklistItem(pk=one.pk, programme=row, text=one.text, position=position)
            item.document, item.basis, item.clause = one.document, one.basis, one.clause
            item.required = one.required
            item.save()
        row.row_version += 1
        row.save(update_fields=["row_version"])
        record.add("change_checklist", row, actor=actor, items=_said(wanted), removed=removed)
    return list(row.checklist.all())


def _said(rows: Sequence[CheckRow]) -> list[dict[str, Any]]:
    return [
        {
            "text": row.text,
            "document": row.document.slug if row.document else row.basis,
            "clause": row.clause,
            "required": row.required,
        }
        for row in rows
    ]
