"""The people of the tests: one shared cast with fixed characters, all with the same password."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from django.contrib.auth.hashers import make_password

from agencies.models import Agency, Membership, Role, User
from core import clock
from sources.actions import load_sources

PASSWORD = "mat-khau-thu-nghiem"
JUNE_2008 = "2008-06-20T09:00"
"""The day on which most tests play."""
LOADED_AT = "2008-06-02T08:00"
"""Business time at which the documents of the session's database are loaded."""

_CHARACTERS = {
    "editor": ("Nguyễn Thị Biên Tập", Role.EDITOR, "p82"),
    "approver": ("Trần Văn Lãnh Đạo", Role.APPROVER, "p82"),
    "other_editor": ("Lê Thị Nghệ", Role.EDITOR, "p40"),
    "other_approver": ("Phạm Văn An", Role.APPROVER, "p40"),
    "reviewer": ("Hoàng Thị Thẩm Định", Role.REVIEWER, "m-tttt"),
    "reviewer2": ("Vũ Văn Xem Xét", Role.REVIEWER, "m-tttt"),
    "admin": ("Đặng Văn Quản Trị", Role.ADMINISTRATOR, "m-tttt"),
    "lead_editor": ("Bùi Thị Soạn Thảo", Role.EDITOR, "m-tttt"),
    "lead_approver": ("Đỗ Văn Thứ Trưởng", Role.APPROVER, "m-tttt"),
    "co_reviewer": ("Hồ Thị Đầu Tư", Role.CO_REVIEWER, "m-khdt"),
    "co_reviewer2": ("Ngô Văn Tài Chính", Role.CO_REVIEWER, "m-tc"),
    "viewer": ("Dương Thị Văn Phòng", Role.VIEWER, "m-vpcp"),
}


@dataclass(frozen=True)
class Cast:
    """Memberships in which the tests act."""

    editor: Membership  # Tiền Giang
    approver: Membership
    other_editor: Membership  # Nghệ An
    other_approver: Membership
    reviewer: Membership  # Bộ Thông tin và Truyền thông, which leads
    reviewer2: Membership
    admin: Membership
    lead_editor: Membership
    lead_approver: Membership
    co_reviewer: Membership  # Bộ Kế hoạch và Đầu tư
    co_reviewer2: Membership  # Bộ Tài chính
    viewer: Membership  # Văn phòng Chính phủ

    def __iter__(self) -> Iterator[Membership]:
        return (getattr(self, field.name) for field in fields(self))


CHARACTERS = tuple(field.name for field in fields(Cast) if not field.name.endswith("reviewer2"))
"""The names of those who differ in role or in how they stand to agencies, in the order of the cast."""


def email_of(character: str) -> str:
    """The address with which a character signs in, such as `editor@cast.example`."""
    return f"{character.replace('_', '-')}@cast.example"


def make_world() -> None:
    """Everything that `load_sources` loads, and the cast; what is there already stays."""
    with clock.at(LOADED_AT):
        load_sources()
    if User.objects.filter(email=email_of("editor")).exists():
        return
    agencies = {agency.key: agency for agency in Agency.objects.all()}
    password = make_password(PASSWORD)
    users = User.objects.bulk_create(
        User(email=email_of(character), full_name=name, password=password)
        for character, (name, _role, _agency) in _CHARACTERS.items()
    )
    Membership.objects.bulk_create(
        Membership(user=user, role=role, agency=agencies[agency])
        for user, (_name, role, agency) in zip(users, _CHARACTERS.values(), strict=True)
    )


def find_cast() -> Cast | None:
    """Fresh memberships, or None where a committed test has emptied the database."""
    found = {
        one.user.email: one
        for one in Membership.objects.filter(user__email__endswith="@cast.example").select_related(
            "user", "agency"
        )
    }
    if len(found) < len(_CHARACTERS):
        return None
    return Cast(**{character: found[email_of(character)] for character in _CHARACTERS})


def present_cast() -> Cast:
    """Fresh memberships; everything is loaded anew where a committed test has emptied the database."""
    found = find_cast()
    if found is None:
        make_world()
        found = find_cast()
    assert found is not None
    return found
