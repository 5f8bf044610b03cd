"""More people, delegated signatures, sign-ins and undelivered letters than a page holds."""

from agencies.models import Agency, Delegation, Membership, Role, SignInEvent, UndeliveredLetter, User
from core import clock

MANY = 60


def people() -> None:
    made = User.objects.bulk_create(
        User(email=f"n{number}@x.vn", full_name=f"Nguyễn Văn {number}") for number in range(MANY)
    )
    agency = Agency.objects.get(key="p82")
    Membership.objects.bulk_create(
        Membership(user=one, agency=agency, role=role) for one in made for role in (Role.EDITOR, Role.VIEWER)
    )


def delegations() -> None:
    people()
    giver = Membership.objects.get(user__email="approver@cast.example")
    for one in User.objects.filter(email__endswith="@x.vn"):
        delegation = Delegation.objects.create(
            giver=giver, kind="kt", giver_post="Chủ tịch", signer_post="Phó Chủ tịch", document_number="1"
        )
        Membership.objects.create(
            user=one, agency=giver.agency, role=Role.APPROVER, valid_from="2008-01-01", delegation=delegation
        )


def sign_ins() -> None:
    people()
    SignInEvent.objects.bulk_create(
        SignInEvent(at=clock.real_now(), kind="ok", user=one, email=one.email, agent="Firefox/1")
        for one in User.objects.filter(email__endswith="@x.vn")
    )


def undelivered() -> None:
    people()
    UndeliveredLetter.objects.bulk_create(
        UndeliveredLetter(at=clock.real_now(), user=one, subject="Đôn đốc báo cáo", reason="550 unknown")
        for one in User.objects.filter(email__endswith="@x.vn")
    )
