"""Where the text of another programme's headings belongs in an outline, when lines are taken over."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agencies import audit
from agencies.keeping.findings import at, refuse
from agencies.models import Membership
from agencies.permissions import require
from agencies.workflow import lock
from core.findings import Finding, Place, error
from core.vietnamese import clean
from plans.models import IN_FORCE_STATES, OutlineMapping, Programme, Section
from plans.programmes.versions import refuse_stale

MOST_HEADINGS = 500
NUMBER_LENGTH = 40


@dataclass(frozen=True, slots=True)
class SourceHeading:
    """A heading of the other programme, of its outline or of a plan in force there; where it goes, or ""."""

    number: str
    heading: str
    to: str = ""


def mapping_of(programme: Programme, source: Programme) -> dict[str, str]:
    """Number there -> number here."""
    rows = OutlineMapping.objects.filter(programme=programme, source=source).order_by("id")
    return dict(rows.values_list("from_number", "to_number"))


def headings_of(programme: Programme, source: Programme) -> list[SourceHeading]:
    """Everything that could be mapped, in the order of outline and plans, and what is mapped already."""
    goes = mapping_of(programme, source)
    named = dict(source.outline.values_list("number", "heading"))
    sections = Section.objects.filter(plan__programme=source, plan__state__in=IN_FORCE_STATES)
    for number, heading in sections.order_by("plan_id", "position").values_list("number", "heading"):
        named.setdefault(number, heading)
    for number in goes:
        named.setdefault(number, "")
    return [SourceHeading(number, heading, goes.get(number, "")) for number, heading in named.items()]


def sources_for(programme: Programme) -> list[Programme]:
    """Programmes whose headings could be mapped: those with an outline or with texts in force."""
    with_text = Section.objects.filter(plan__state__in=IN_FORCE_STATES).values("plan__programme")
    ids = {*with_text.values_list("plan__programme", flat=True)}
    ids |= set(Programme.objects.filter(outline__isnull=False).values_list("pk", flat=True))
    ids |= set(OutlineMapping.objects.filter(programme=programme).values_list("source", flat=True))
    return list(Programme.objects.filter(pk__in=ids - {programme.pk}))


def findings_of(programme: Programme, source: Programme, headings: Mapping[str, str]) -> list[Finding]:
    """Everything that bars the mapping; a finding's line is the number there, its path `number` or `to`."""
    found = []
    if source.pk == programme.pk:
        found.append(at("source", "mapping_to_itself", _("Text comes from another programme; choose one.")))
    if len(headings) > MOST_HEADINGS:
        text = _("The mapping has %(n)d headings; at most %(most)d fit.")
        found.append(at("", "too_many", text % {"n": len(headings), "most": MOST_HEADINGS}, len(headings)))
    here = set(programme.outline.values_list("number", flat=True))
    there = {one.number for one in headings_of(programme, source)}
    text = _("“%(programme)s” has no heading “%(number)s”; give a number of its outline.")
    for number, to in headings.items():
        if number not in there:
            said = {"programme": source.short_name, "number": number[:60]}
            place = Place(line=number, path="number")
            found.append(error("no_source_heading", text % said, place, number[:60]))
        if to not in here:
            said = {"programme": programme.short_name, "number": to[:60]}
            found.append(error("no_heading", text % said, Place(line=number, path="to"), to[:60]))
    return found


def replace_mapping(
    programme: Programme,
    source: Programme,
    headings: Mapping[str, str],
    *,
    actor: Membership,
    version: int | None = None,
) -> dict[str, str]:
    """Put the mapping from one programme in place of the one that stands; a blank goal maps nothing."""
    with audit.recording() as record:
        row = lock(programme)
        require(actor, "programme.manage", row)
        refuse_stale(row.row_version, version)
        wanted = {clean(number): clean(to) for number, to in headings.items() if clean(to)}
        refuse(findings_of(row, source, wanted), "mapping")
        before = mapping_of(row, source)
        if wanted == before:
            return wanted
        OutlineMapping.objects.filter(programme=row, source=source).delete()
        OutlineMapping.objects.bulk_create(
            OutlineMapping(programme=row, source=source, from_number=number, to_number=to)
            for number, to in wanted.items()
        )
        changed = {
            number: [before.get(number, ""), wanted.get(number, "")]
            for number in {**before, **wanted}
            if before.get(number) != wanted.get(number)
        }
        row.row_version += 1
        row.save(update_fields=["row_version"])
        record.add("change_mapping", row, actor=actor, source=source.code, changed=changed)
    return wanted
