"""The status figures that an outline asks for, replaced as a whole; how they follow its headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies import audit
from agencies.keeping.findings import at, refuse, too_long
from agencies.models import Membership
from agencies.models.agency import CLASSES
from agencies.permissions import require
from agencies.workflow import lock
from core.findings import Finding, Text
from core.vietnamese import clean
from indicators.models import Indicator, OutlineIndicator
from plans.models import OPEN_STATES, Plan, PlanKind, Programme
from plans.programmes.uses import OutlineLink
from plans.programmes.versions import refuse_stale

MOST_ROWS = 200
GUIDANCE_LENGTH = 10_000


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A figure under a heading of the outline; no classes: every agency that plans is asked."""

    number: str
    indicator: Indicator | None
    classes: tuple[str, ...] = ()
    guidance: str = ""


def rows_of(programme: Programme) -> list[AskedRow]:
    asked = OutlineIndicator.objects.filter(programme=programme).select_related("indicator")
    return [AskedRow(one.number, one.indicator, tuple(one.classes), one.guidance) for one in asked]


def cleaned(rows: Sequence[AskedRow]) -> list[AskedRow]:
    return [
        AskedRow(clean(row.number), row.indicator, tuple(row.classes), clean(row.guidance, multiline=True))
        for row in rows
    ]


def findings_of(programme: Programme, rows: Sequence[AskedRow]) -> list[Finding]:
    """Everything that bars the list; a finding's path is "<number of the row>-<field>"."""
    found = []
    if len(rows) > MOST_ROWS:
        text = _("The list has %(n)d figures; at most %(most)d fit.")
        found.append(at("", "too_many", text % {"n": len(rows), "most": MOST_ROWS}, len(rows)))
    numbers = set(programme.outline.values_list("number", flat=True))
    asked = set(OutlineIndicator.objects.filter(programme=programme).values_list("indicator", flat=True))
    seen: dict[int, int] = {}
    for place, row in enumerate(rows):
        if row.number not in numbers:
            text = _("The outline has no heading “%(number)s”.") % {"number": row.number[:60]}
            found.append(at(f"{place}-number", "no_heading", text, row.number[:60]))
        if row.indicator is None:
            found.append(
                at(f"{place}-indicator", "blank", _("Choose an indicator of the list, by its name or code."))
            )
        elif row.indicator.pk in seen:
            text = _("“%(indicator)s” is asked for already, at figure %(n)d.")
            said = {"indicator": row.indicator.name, "n": seen[row.indicator.pk] + 1}
            found.append(at(f"{place}-indicator", "indicator_twice", text % said, row.indicator.code))
        elif row.indicator.pk not in asked and not row.indicator.lasts_into(programme.year_from):
            text = _("“%(indicator)s” is retired; nothing new is asked of it.") % {
                "indicator": row.indicator.name
            }
            found.append(at(f"{place}-indicator", "indicator_retired", text, row.indicator.code))
        if row.indicator is not None:
            seen.setdefault(row.indicator.pk, place)
        if unknown := [name for name in row.classes if not CLASSES.get(name)]:
            text = _("There is no class “%(name)s”.") % {"name": unknown[0]}
            found.append(at(f"{place}-classes", "no_class", text, unknown[0]))
        found += too_long(f"{place}-guidance", row.guidance, GUIDANCE_LENGTH)
    return found


def consequences_of(programme: Programme, rows: Sequence[AskedRow]) -> list[tuple[Text, Text]]:
    """What another list does: figures that come and go, and what becomes of drafts."""
    before = {row.indicator.name for row in rows_of(programme) if row.indicator}
    after = {row.indicator.name for row in rows if row.indicator}
    drafts = Plan.objects.filter(programme=programme, kind=PlanKind.AGENCY, state__in=OPEN_STATES).count()
    facts: list[tuple[Text, Text]] = [
        (_("Asked for now"), "; ".join(sorted(after - before))),
        (_("No longer asked for"), "; ".join(sorted(before - after))),
    ]
    if drafts and before != after:
        text = ngettext(
            "%(n)d draft keeps the figures that it has; its editor is told which are missing.",
            "%(n)d drafts keep the figures that they have; their editors are told which are missing.",
            drafts,
        )
        facts.append((_("Drafts"), text % {"n": drafts}))
    return [(label, text) for label, text in facts if text]


def replace_asked(
    programme: Programme, rows: Sequence[AskedRow], *, actor: Membership, version: int | None = None
) -> list[OutlineIndicator]:
    """Put the figures, in their order, in place of those that the outline asks for."""
    with audit.recording() as record:
        row = lock(programme)
        require(actor, "programme.manage", row)
        refuse_stale(row.row_version, version)
        wanted = cleaned(rows)
        refuse(findings_of(row, wanted), "asked")
        before = rows_of(row)
        if wanted != before:
            _write(row, wanted)
            record.add(
                "change_asked",
                row,
                actor=actor,
                before=[one.indicator.code for one in before if one.indicator],
                after=[one.indicator.code for one in wanted if one.indicator],
            )
    return list(OutlineIndicator.objects.filter(programme=row).select_related("indicator"))


def _write(programme: Programme, rows: Sequence[AskedRow]) -> None:
    OutlineIndicator.objects.filter(programme=programme).delete()
    OutlineIndicator.objects.bulk_create(
        OutlineIndicator(
            programme=programme,
            number=one.number,
            indicator=one.indicator,
            classes=list(one.classes),
            guidance=one.guidance,
            position=position,
        )
        for position, one in enumerate(rows, start=1)
        if one.indicator is not None
    )
    programme.row_version += 1
    programme.save(update_fields=["row_version"])


# --- Headings of the outline


def _texts(programme: Programme) -> Mapping[str, Text]:
    """What is asked under each heading: it is not lost while a figure stands there."""
    counts: dict[str, int] = {}
    for number in OutlineIndicator.objects.filter(programme=programme).values_list("number", flat=True):
        counts[number] = counts.get(number, 0) + 1
    return {
        number: ngettext("%(n)d status figure is asked there", "%(n)d status figures are asked there", count)
        % {"n": count}
        for number, count in counts.items()
    }


def _renumber(programme: Programme, numbers: Mapping[str, str]) -> None:
    rows = list(OutlineIndicator.objects.filter(programme=programme, number__in=list(numbers)))
    for row in rows:
        row.number = numbers[row.number]
    OutlineIndicator.objects.bulk_update(rows, ["number"])


LINK = OutlineLink(_texts, _renumber)
