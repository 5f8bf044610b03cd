"""The people of the story: one account for each role, and editor and approver of every agency that acts.

Nobody is named: an account carries its role and agency. All share one password, which the demo prints.
"""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from agencies.models import Agency, Membership, Role, User
from core.vietnamese import search_key

DOMAIN = "minhhoa.example"
PASSWORD = "Ke-hoach-2008"  # noqa: S105 - printed; illustrative accounts on this machine alone

_WORDS = {
    Role.EDITOR: ("bientap", "Biên tập"),
    Role.APPROVER: ("lanhdao", "Lãnh đạo"),
    Role.REVIEWER: ("thamdinh", "Thẩm định"),
    Role.CO_REVIEWER: ("phoihop", "Phối hợp thẩm định"),
    Role.ADMINISTRATOR: ("quantri", "Quản trị"),
    Role.VIEWER: ("xem", "Người xem"),
}
LEAD = "m-tttt"
ROLES_BESIDE = (
    (LEAD, Role.REVIEWER),
    (LEAD, Role.ADMINISTRATOR),
    ("m-khdt", Role.CO_REVIEWER),
    ("m-tc", Role.CO_REVIEWER),
    ("m-vpcp", Role.VIEWER),
)


@dataclass(frozen=True)
class People:
    """Memberships of the story by agency key and role."""

    by_role: dict[tuple[str, Role], Membership]

    def of(self, agency: str, role: Role) -> Membership:
        return self.by_role[agency, role]

    @property
    def reviewer(self) -> Membership:
        return self.of(LEAD, Role.REVIEWER)

    @property
    def administrator(self) -> Membership:
        return self.of(LEAD, Role.ADMINISTRATOR)


def email_of(agency: Agency, role: Role) -> str:
    """Such as `bientap.tien-giang@minhhoa.example`."""
    return f"{_WORDS[role][0]}.{slugify(search_key(agency.short_name))}@{DOMAIN}"


def make_people(agencies: list[Agency], password: str = PASSWORD) -> People:
    """Accounts and memberships, each once; the password is hashed once for all."""
    by_key = {agency.key: agency for agency in agencies}
    by_key |= {one.key: one for one in Agency.objects.filter(key__in={key for key, _role in ROLES_BESIDE})}
    wanted = [(agency.key, role) for agency in agencies for role in (Role.EDITOR, Role.APPROVER)]
    wanted += ROLES_BESIDE
    hashed = make_password(password)
    emails = {email_of(by_key[key], role): (key, role) for key, role in wanted}
    User.objects.bulk_create(
        [
            User(
                email=email,
                full_name=f"{_WORDS[role][1]} {by_key[key].short_name}",
                post=_WORDS[role][1],
                password=hashed,
            )
            for email, (key, role) in emails.items()
        ],
        ignore_conflicts=True,
    )
    users = {user.email: user for user in User.objects.filter(email__in=emails)}
    Membership.objects.bulk_create(
        [
            Membership(user=users[email], agency=by_key[key], role=role)
            for email, (key, role) in emails.items()
        ],
        ignore_conflicts=True,
    )
    memberships = Membership.objects.filter(user__in=users.values()).select_related("user", "agency")
    return People({(one.agency.key, Role(one.role)): one for one in memberships})
