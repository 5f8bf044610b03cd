"""Accounts: who gets one, for which agency and in which role."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from agencies import audit
from agencies.answering import answering, has_ended
from agencies.models import Agency, Membership, Role, User
from agencies.permissions import require
from core.findings import Finding, Place, Refused, error
from core.vietnamese import clean


def create_account(
    email: str, full_name: str, *, agency: Agency, role: Role, password: str, actor: Membership
) -> Membership:
    """A new person with a password, acting for one agency in one role.

    Raises `Refused` with everything that is wrong with agency, address, name and password at once.
    """
    email, full_name = clean(email).lower(), clean(full_name)
    with audit.recording() as record:
        require(actor, "people.manage", agency)
        if findings := [*_ended(agency), *_what_is_wrong(email, full_name, password)]:
            raise Refused(" ".join(str(one.text) for one in findings), findings, code="account")
        user = User.objects.create_user(email, password, full_name=full_name)
        membership = Membership.objects.create(user=user, agency=agency, role=role)
        record.add("create_account", user, actor=actor, agency=agency.key, role=role.value)
    return membership


def _ended(agency: Agency) -> list[Finding]:
    """Nobody can act for an agency that has ended; its successor is named."""
    if not has_ended(agency):
        return []
    said = {"agency": agency.name, "note": answering(agency).note}
    text = _("Nobody can act for %(agency)s any more: %(note)s. Choose an agency that exists.") % said
    return [error("agency_ended", text, Place(path="agency"), agency.key)]


def _what_is_wrong(email: str, full_name: str, password: str) -> list[Finding]:
    findings = []
    try:
        validate_email(email)
    except ValidationError:
        text = _("“%(email)s” is not an e-mail address.") % {"email": email}
        findings.append(error("email_invalid", text, Place(path="email"), email))
    if User.objects.filter(email=email).exists():
        text = _("An account with the address %(email)s exists already.") % {"email": email}
        findings.append(error("email_taken", text, Place(path="email"), email))
    limit = 200
    if not full_name:
        findings.append(error("name_missing", _("The full name is empty."), Place(path="full_name")))
    elif len(full_name) > limit:
        text = _("The full name has more than %(limit)d characters.") % {"limit": limit}
        findings.append(error("name_too_long", text, Place(path="full_name")))
    try:
        validate_password(password, User(email=email, full_name=full_name))
    except ValidationError as problem:
        findings += [error("password_weak", text, Place(path="password")) for text in problem.messages]
    return findings
