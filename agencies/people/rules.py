"""What may be stated of a person and of a membership. Pure but for reading; all findings at once.

A finding's path is the field of the form: "email", "memberships-0-agency".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from agencies.answering import answering, has_ended
from agencies.models import Agency, Membership, Role, User
from agencies.models.sign_in import EMAIL_LENGTH
from core import clock
from core.findings import Finding, Place, Refused, error
from core.notation import format_date
from core.vietnamese import clean

NAME_LENGTH = 200
REASON_LENGTH = 2000
ROLES = tuple(role for role in Role if role is not Role.SYSTEM)
"""The roles that people have; the other is the portal's own."""
ROLE_CHOICES = tuple((role.value, role.label) for role in ROLES)


def at(path: str, code: str, text: str, value: str = "") -> Finding:
    return error(code, text, Place(path=path), value)


def refuse(findings: Sequence[Finding], code: str) -> None:
    """Raise `Refused` with all findings, if there are any."""
    if findings:
        raise Refused(" ".join(str(one.text) for one in findings), findings, code=code)


def email_as_kept(email: str) -> str:
    """Addresses are compared without case: "A@X.vn" and "a@x.vn" are one person's."""
    return clean(email).lower()


def email_findings(email: str) -> Iterator[Finding]:
    if not email:
        yield at("email", "email_missing", _("Give the e-mail address; with it the person signs in."))
        return
    try:
        if len(email) > EMAIL_LENGTH:
            raise ValidationError("")
        validate_email(email)
    except ValidationError:
        text = _("“%(email)s” is not an e-mail address. Write one such as ten@coquan.gov.vn.")
        yield at("email", "email_invalid", text % {"email": email[:100]}, email)


def taken_findings(email: str, person: User) -> Iterator[Finding]:
    other = User.objects.filter(email__iexact=email).exclude(pk=person.pk).first()
    if other is not None:
        text = _("%(email)s is the address of %(other)s already. Give another.")
        yield at("email", "email_taken", text % {"email": email, "other": other}, email)


def name_findings(full_name: str, post: str) -> Iterator[Finding]:
    if not full_name:
        yield at("full_name", "name_missing", _("Give the full name, as it stands on documents."))
    for path, text in (("full_name", full_name), ("post", post)):
        if len(text) > NAME_LENGTH:
            said = {"value": text[:40], "length": len(text), "limit": NAME_LENGTH}
            words = _("“%(value)s…” has %(length)d characters; at most %(limit)d fit. Shorten it.")
            yield at(path, "too_long", words % said, text)


def reason_findings(reason: str) -> Iterator[Finding]:
    if not reason:
        yield at("reason", "reason_missing", _("Give the reason of the change; it is recorded with it."))
    elif len(reason) > REASON_LENGTH:
        said = {"length": len(reason), "limit": REASON_LENGTH}
        text = _("The reason has %(length)d characters; at most %(limit)d fit. Shorten it.")
        yield at("reason", "too_long", text % said)


@dataclass(frozen=True, slots=True)
class Stated:
    """A membership as somebody states it: key of the agency, role, first and last day or open ends."""

    agency: str
    role: str
    first: date | None = None
    last: date | None = None


def period_words(first: date | None, last: date | None) -> str:
    """ "from 01/06/2008 to 31/12/2008", with open ends left out; without any: "without an end"."""
    said = {"from": format_date(first), "to": format_date(last)}
    if first and last:
        return _("from %(from)s to %(to)s") % said
    if first:
        return _("from %(from)s on") % said
    return _("until %(to)s") % said if last else _("without an end")


def overlap(first: date | None, last: date | None, other_first: date | None, other_last: date | None) -> bool:
    """Whether two periods, open where None, share a day."""
    return (last is None or other_first is None or other_first <= last) and (
        first is None or other_last is None or first <= other_last
    )


def memberships_findings(person: User | None, stated: Sequence[Stated]) -> Iterator[Finding]:
    """Of several memberships that a person shall have besides those he or she has."""
    if not stated:
        yield at("memberships", "membership_missing", _("Say for which agency and in which role."))
    for number, one in enumerate(stated):
        prefix = f"memberships-{number}-"
        yield from membership_findings(person, one, prefix)
        for before in stated[:number]:
            same = (before.agency, before.role) == (one.agency, one.role)
            if same and one.agency and overlap(one.first, one.last, before.first, before.last):
                text = _("The same agency and role stand twice for overlapping days. Take one out.")
                yield at(f"{prefix}first", "periods_overlap", text)
                break


def membership_findings(person: User | None, stated: Stated, prefix: str = "") -> Iterator[Finding]:
    agency = Agency.objects.filter(key=stated.agency).first() if stated.agency else None
    if not stated.agency:
        yield at(f"{prefix}agency", "agency_missing", _("Choose the agency."))
    elif agency is None:
        text = _("There is no agency “%(key)s”.") % {"key": stated.agency}
        yield at(f"{prefix}agency", "agency_unknown", text, stated.agency)
    elif has_ended(agency):
        text = _("Nobody can act for %(agency)s any more: %(note)s. Choose an agency that exists.")
        said = {"agency": agency.name, "note": answering(agency).note}
        yield at(f"{prefix}agency", "agency_ended", text % said, agency.key)
    if stated.role not in ROLES:
        text = _("“%(role)s” is not a role. Choose one of the list.") % {"role": stated.role}
        yield at(f"{prefix}role", "role_unknown", text if stated.role else _("Choose the role."), stated.role)
    yield from period_findings(stated.first, stated.last, prefix)
    if person is not None and agency is not None:
        yield from overlap_findings(person, agency, stated, prefix)


def period_findings(first: date | None, last: date | None, prefix: str = "") -> Iterator[Finding]:
    if first and last and last < first:
        text = _("The last day, %(last)s, lies before the first, %(first)s. Give a later one.")
        said = {"last": format_date(last), "first": format_date(first)}
        yield at(f"{prefix}last", "period_backwards", text % said, format_date(last))
    elif last and last < clock.today():
        text = _("%(last)s is over: it would count on no day. Give a later one, or none.")
        yield at(f"{prefix}last", "period_over", text % {"last": format_date(last)}, format_date(last))


def overlap_findings(
    person: User, agency: Agency, stated: Stated, prefix: str = "", besides: int | None = None
) -> Iterator[Finding]:
    """The same role there on some of the same days; `besides` leaves out the one that is changed."""
    there = Membership.objects.own().filter(user=person, agency=agency, role=stated.role)
    for one in there.order_by("valid_from", "id"):
        if one.pk != besides and overlap(stated.first, stated.last, one.valid_from, one.valid_to):
            text = _(
                "%(person)s has the role %(role)s in %(agency)s already, %(period)s. Give other days, or"
                " change those of that membership."
            )
            said = {
                "person": person,
                "role": one.get_role_display(),
                "agency": agency.short_name,
                "period": period_words(one.valid_from, one.valid_to),
            }
            yield at(f"{prefix}first", "periods_overlap", text % said, format_date(stated.first))
            return
