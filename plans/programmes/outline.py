"""The outline of a programme, replaced as a whole: what bars it, what it entails, and the act."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies import audit
from agencies.keeping.findings import at, refuse, too_long
from agencies.models import Membership
from agencies.permissions import require
from agencies.workflow import lock
from core.fields import NAME_LENGTH
from core.findings import Finding, Text
from core.vietnamese import clean
from plans.models import OPEN_STATES, OutlineItem, Plan, PlanKind, Programme
from plans.programmes.uses import links, plans_by_heading
from plans.programmes.versions import refuse_stale

MOST_ROWS = 300
NUMBER_LENGTH, GUIDANCE_LENGTH = 40, 10_000


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A heading in its order. `was` is the number under which it stands now, "" for a new one."""

    number: str
    heading: str
    guidance: str = ""
    was: str = ""


def rows_of(programme: Programme) -> list[OutlineRow]:
    return [OutlineRow(one.number, one.heading, one.guidance, one.number) for one in programme.outline.all()]


def cleaned(rows: Sequence[OutlineRow]) -> list[OutlineRow]:
    """As they are stored. A row that does not say what it was is the heading that has its number."""
    named = {row.was for row in rows if row.was}
    found = []
    for row in rows:
        number = clean(row.number)
        was = row.was or (number if number not in named else "")
        guidance = clean(row.guidance, multiline=True)
        found.append(OutlineRow(number, clean(row.heading), guidance, was))
    return found


@dataclass(frozen=True)
class OutlineChange:
    """What another outline does to the one that stands."""

    added: tuple[OutlineRow, ...]
    removed: tuple[OutlineItem, ...]
    renumbered: Mapping[str, str]  # the old number -> the new one
    reworded: tuple[OutlineRow, ...]  # another heading or guidance
    moved: bool

    @property
    def anything(self) -> bool:
        return bool(self.added or self.removed or self.renumbered or self.reworded or self.moved)


def change_between(items: Sequence[OutlineItem], rows: Sequence[OutlineRow]) -> OutlineChange:
    """Rows are cleaned; `was` ties them to the items that stand."""
    standing = {item.number: item for item in items}
    kept = [row for row in rows if row.was in standing]
    stays = {row.was for row in kept}
    order = [item.number for item in items if item.number in stays]
    return OutlineChange(
        added=tuple(row for row in rows if row.was not in standing),
        removed=tuple(item for item in items if item.number not in stays),
        renumbered={row.was: row.number for row in kept if row.was != row.number},
        reworded=tuple(
            row
            for row in kept
            if (row.heading, row.guidance) != (standing[row.was].heading, standing[row.was].guidance)
        ),
        moved=[row.was for row in kept] != order,
    )


# --- What bars it


def findings_of(programme: Programme, rows: Sequence[OutlineRow]) -> list[Finding]:
    """Everything that bars the outline; a finding's path is "<number of the row>-<field>"."""
    found = []
    if len(rows) > MOST_ROWS:
        text = _("The outline has %(n)d headings; at most %(most)d fit.")
        found.append(at("", "too_many", text % {"n": len(rows), "most": MOST_ROWS}, len(rows)))
    times = Counter(row.number for row in rows)
    first_of: dict[str, int] = {}
    for place, row in enumerate(rows):
        found += _row_findings(place, row)
        if times[row.number] > 1 and row.number in first_of:
            text = _("“%(number)s” stands twice, first at heading %(n)d.")
            said = {"number": row.number, "n": first_of[row.number] + 1}
            found.append(at(f"{place}-number", "number_twice", text % said, row.number))
        first_of.setdefault(row.number, place)
    was = Counter(row.was for row in rows if row.was)
    standing = set(programme.outline.values_list("number", flat=True))
    for place, row in enumerate(rows):
        if was[row.was] > 1 and row.was != row.number:
            text = _("Two rows say that they were “%(number)s”.") % {"number": row.was}
            found.append(at(f"{place}-number", "was_twice", text, row.was))
        elif row.was not in ("", row.number) and row.was not in standing:
            text = _("There is no heading “%(number)s” any more that could get this number; reload the page.")
            found.append(at(f"{place}-number", "was_unknown", text % {"number": row.was[:60]}, row.was[:60]))
    return found + _losses(programme, rows)


def _row_findings(place: int, row: OutlineRow) -> list[Finding]:
    found = []
    for name, most in (("number", NUMBER_LENGTH), ("heading", NAME_LENGTH), ("guidance", GUIDANCE_LENGTH)):
        typed = getattr(row, name)
        if not typed and name != "guidance":
            text = _("Give the number.") if name == "number" else _("Give the heading.")
            found.append(at(f"{place}-{name}", "blank", text))
        found += too_long(f"{place}-{name}", typed, most)
    return found


def _losses(programme: Programme, rows: Sequence[OutlineRow]) -> list[Finding]:
    """A heading that something rests on is not lost, and keeps its number where people wrote under it."""
    change = change_between(list(programme.outline.all()), rows)
    gone = {item.number: item.heading for item in change.removed}
    found = []
    places = {row.was: place for place, row in enumerate(rows)}
    for one in links():
        texts = one.texts(programme)
        for number, heading in gone.items():
            if number in texts:
                text = _("“%(number)s %(heading)s” stays: %(why)s.")
                said = {"number": number, "heading": heading, "why": texts[number]}
                found.append(at("", "heading_in_use", text % said, number))
        for number, to in change.renumbered.items():
            if number in texts and one.renumber is None:
                text = _("“%(number)s” does not become “%(to)s”: %(why)s.")
                said = {"number": number, "to": to, "why": texts[number]}
                found.append(at(f"{places[number]}-number", "number_in_use", text % said, to))
    return found


# --- What it entails


def consequences_of(programme: Programme, change: OutlineChange) -> list[tuple[Text, Text]]:
    """The change in words, and what it does to plans: pairs for the question before the act."""
    facts: list[tuple[Text, Text]] = [
        (_("New headings"), _listed(f"{row.number} {row.heading}" for row in change.added)),
        (_("Headings that go"), _listed(f"{item.number} {item.heading}" for item in change.removed)),
        (_("Renumbered"), _listed(f"{old} → {new}" for old, new in change.renumbered.items())),
        (_("Reworded"), _listed(row.number for row in change.reworded)),
    ]
    if change.moved:
        facts.append((_("Order"), _("changes")))
    drafts = Plan.objects.filter(programme=programme, kind=PlanKind.AGENCY, state__in=OPEN_STATES).count()
    if drafts and (change.added or change.reworded):
        text = ngettext(
            "%(n)d draft is under way. It keeps the headings that it has; its editor adds new ones.",
            "%(n)d drafts are under way. They keep the headings that they have; their editors add new ones.",
            drafts,
        )
        facts.append((_("Drafts"), text % {"n": drafts}))
    used = plans_by_heading(programme)
    reworded = [row.number for row in change.reworded if row.was in used]
    if reworded:
        text = _("plans keep the words under which they were written: %(numbers)s")
        facts.append((_("Old words"), text % {"numbers": ", ".join(reworded)}))
    if change.renumbered:
        facts.append((_("What names a heading"), _("mappings and status figures follow to the new number")))
    return [(label, text) for label, text in facts if text]


def _listed(texts: object) -> str:
    listed = list(texts)  # type: ignore[call-overload]
    shown = "; ".join(listed[:12])
    return f"{shown}; … (+{len(listed) - 12})" if len(listed) > 12 else shown


# --- The act


def replace_outline(
    programme: Programme, rows: Sequence[OutlineRow], *, actor: Membership, version: int | None = None
) -> OutlineChange:
    """Put the rows, in their order, in place of the outline. Raises `Refused` with every finding."""
    with audit.recording() as record:
        row = lock(programme)
        require(actor, "programme.manage", row)
        refuse_stale(row.row_version, version)
        wanted = cleaned(rows)
        refuse(findings_of(row, wanted), "outline")
        change = change_between(list(row.outline.all()), wanted)
        if not change.anything:
            return change
        row.outline.all().delete()
        OutlineItem.objects.bulk_create(
            OutlineItem(
                programme=row,
                number=one.number,
                heading=one.heading,
                guidance=one.guidance,
                position=position,
            )
            for position, one in enumerate(wanted, start=1)
        )
        if change.renumbered:
            for link in links():
                if link.renumber is not None:
                    link.renumber(row, change.renumbered)
        row.row_version += 1
        row.save(update_fields=["row_version"])
        record.add(
            "change_outline",
            row,
            actor=actor,
            headings=len(wanted),
            added=[one.number for one in change.added],
            removed=[one.number for one in change.removed],
            renumbered=dict(change.renumbered),
            reworded=[one.number for one in change.reworded],
        )
    return change
