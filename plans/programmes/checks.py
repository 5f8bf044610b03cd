"""What bars making or changing a programme: all findings at once, each at the field of its form."""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from django.core.validators import slug_re
from django.utils.translation import gettext as _

from agencies.keeping.findings import at, too_long
from agencies.models import Membership
from agencies.models.agency import CLASSES
from core import clock
from core.findings import Finding, Text
from core.notation import format_date
from plans.models import CoReviewer, DecidedBy, LegalDocument, Programme
from plans.programmes.shapes import ProgrammeData

FIRST_YEAR, LAST_YEAR, MOST_YEARS = 1990, 2100, 15
MOST_CO_REVIEWERS = 12
LENGTHS: Mapping[str, int] = {
    "code": 40,
    "name": 500,
    "short_name": 100,
    "deciding_body": 200,
    "note": 10_000,
}
LAST_POSITION = 32_767
# Words of addresses beside the programmes' codes.
TAKEN_WORDS = frozenset({"new", "export", "open"})


def findings_of(
    data: ProgrammeData,
    programme: Programme | None,
    *,
    actor: Membership,
    locked: Mapping[str, Text] = MappingProxyType({}),
    changed: Collection[str] = (),
) -> list[Finding]:
    """Everything that bars it; `data` is settled.

    `locked` and `changed` are asked of a programme that is there already.
    """
    return [
        *_words(data, programme),
        *_years(data),
        *_places(data, programme),
        *_people(data, programme, actor),
        *(
            at(name, "locked", _("It stays as it is: %(why)s") % {"why": locked[name]})
            for name in locked
            if name in changed
        ),
    ]


def _words(data: ProgrammeData, programme: Programme | None) -> Iterator[Finding]:
    for name in ("code", "name", "short_name"):
        if not getattr(data, name):
            yield at(name, "blank", _("This is needed."))
    for name, most in LENGTHS.items():
        yield from too_long(name, getattr(data, name), most)
    code = data.code
    if not code:
        return
    if not slug_re.match(code):
        text = _("“%(code)s”: use letters without marks, digits and hyphens alone, such as 2011-2015.")
        yield at("code", "no_slug", text % {"code": code[:60]}, code[:60])
    elif code in TAKEN_WORDS:
        yield at(
            "code",
            "taken",
            _("“%(code)s” is an address of the portal; choose another.") % {"code": code},
            code,
        )
    other = Programme.objects.filter(code=code).first()
    if other is not None and other != programme:
        text = _("“%(code)s” is the code of “%(name)s”; choose another.")
        yield at("code", "taken", text % {"code": code, "name": other.short_name}, code)


def _years(data: ProgrammeData) -> Iterator[Finding]:
    first, last = data.year_from, data.year_to
    for name, year in (("year_from", first), ("year_to", last)):
        if year is None:
            yield at(name, "blank", _("This is needed."))
        elif not FIRST_YEAR <= year <= LAST_YEAR:
            text = _("%(year)d is no year between %(first)d and %(last)d.")
            yield at(name, "no_year", text % {"year": year, "first": FIRST_YEAR, "last": LAST_YEAR}, year)
    if first is None or last is None:
        return
    if first > last:
        text = _("The last year, %(last)d, is before the first, %(first)d.")
        yield at("year_to", "years_backward", text % {"first": first, "last": last}, last)
    elif last - first >= MOST_YEARS:
        text = _("From %(first)d to %(last)d are more than %(most)d years; a programme has fewer.")
        yield at("year_to", "years_many", text % {"first": first, "last": last, "most": MOST_YEARS}, last)
    if data.plan_deadline is not None and data.plan_deadline.year > last >= FIRST_YEAR:
        text = _("%(day)s is after the programme's last year, %(last)d.")
        said = {"day": format_date(data.plan_deadline), "last": last}
        yield at("plan_deadline", "deadline_late", text % said, format_date(data.plan_deadline))


def _places(data: ProgrammeData, programme: Programme | None) -> Iterator[Finding]:
    """Where it stands among the programmes, and who plans in it."""
    if data.position is None or not 0 <= data.position <= LAST_POSITION:
        text = _("Give a number between 0 and %(most)d.") % {"most": LAST_POSITION}
        yield at("position", "no_position", text, data.position)
    if unknown := [name for name in data.planning_classes if not CLASSES.get(name)]:
        text = _("There is no class “%(name)s”.") % {"name": unknown[0]}
        yield at("planning_classes", "no_class", text, unknown[0])
    if programme is None:
        return
    if data.parent is not None and _is_below(data.parent, programme):
        text = _("“%(parent)s” is this programme, or is part of it; choose another.")
        yield at("parent", "parent_below", text % {"parent": data.parent.short_name}, data.parent.code)
    if programme in data.reports_with:
        yield at(
            "reports_with",
            "reports_with_itself",
            _("A programme does not report with itself."),
            programme.code,
        )


def _is_below(one: Programme, programme: Programme) -> bool:
    """Whether it is the programme, or stands below it."""
    above: dict[int, int | None] = dict(Programme.objects.values_list("pk", "parent_id"))
    seen: set[int] = set()
    step: int | None = one.pk
    while step is not None and step not in seen:
        if step == programme.pk:
            return True
        seen.add(step)
        step = above.get(step)
    return False


def _people(data: ProgrammeData, programme: Programme | None, actor: Membership) -> Iterator[Finding]:
    """Who leads, who co-reviews, who decides."""
    today = clock.today()
    lead = programme.lead if programme else data.lead
    if programme is None:
        if lead is None:
            yield at("lead", "blank", _("This is needed."))
        elif lead.pk not in actor.agency_ids:
            text = _(
                "You act for %(own)s, not for %(lead)s; an administrator of %(lead)s sets up its programmes."
            )
            yield at(
                "lead",
                "lead_foreign",
                text % {"own": actor.agency.short_name, "lead": lead.short_name},
                lead.key,
            )
        elif not lead.exists_on(today):
            text = _("%(lead)s does not exist on %(day)s.")
            yield at("lead", "lead_ended", text % {"lead": lead.name, "day": format_date(today)}, lead.key)
    if data.decided_by not in DecidedBy.values:
        yield at("decided_by", "no_choice", _("Say who decides on the plans."), data.decided_by)
    elif data.decided_by == DecidedBy.SUPERIOR and not data.deciding_body:
        yield at(
            "deciding_body", "blank", _("Name the superior body that decides, as it signs its decisions.")
        )
    yield from _scopes(data, lead.pk if lead else None, programme.co_reviewer_ids if programme else set())


def _scopes(data: ProgrammeData, lead: int | None, standing: Collection[int]) -> Iterator[Finding]:
    """Each agency once, besides the lead; one that is not `standing` there yet exists today."""
    if len(data.co_reviewers) > MOST_CO_REVIEWERS:
        text = _("%(n)d agencies co-review; at most %(most)d can.")
        number = len(data.co_reviewers)
        yield at("co_reviewers", "too_many", text % {"n": number, "most": MOST_CO_REVIEWERS}, number)
    today = clock.today()
    seen: set[int] = set()
    for place, one in enumerate(data.co_reviewers):
        path = f"co_reviewers-{place}"
        if one.agency is None:
            yield at(f"{path}-agency", "blank", _("Choose the agency that co-reviews."))
            continue
        if one.scope not in CoReviewer.Scope.values:
            yield at(f"{path}-scope", "no_choice", _("Say on what it gives its opinion."), one.scope)
        if one.agency.pk in seen:
            text = _("%(agency)s stands here twice.") % {"agency": one.agency.short_name}
            yield at(f"{path}-agency", "co_reviewer_twice", text, one.agency.key)
        elif one.agency.pk == lead:
            text = _("%(agency)s leads the programme; it does not co-review.") % {
                "agency": one.agency.short_name
            }
            yield at(f"{path}-agency", "co_reviewer_leads", text, one.agency.key)
        elif one.agency.pk not in standing and not one.agency.exists_on(today):
            text = _("%(agency)s does not exist on %(day)s; choose another.")
            said = {"agency": one.agency.name, "day": format_date(today)}
            yield at(f"{path}-agency", "co_reviewer_ended", text % said, one.agency.key)
        seen.add(one.agency.pk)


def document_of(slug: str) -> LegalDocument | None:
    """A registered document, without its text."""
    return LegalDocument.objects.defer("text", "corrections").filter(slug=slug).first() if slug else None
