"""The portal's own account: it loads and registers printed documents, and never signs in."""

from agencies.models import Agency, Membership, Role, User

SYSTEM_EMAIL = "he-thong@portal.invalid"
SYSTEM_NAME = "Hệ thống (ghi nhận từ văn bản)"
SYSTEM_AGENCY = "m-tttt"


def system_actor() -> Membership:
    """The membership in which the portal itself acts, made when it is first needed."""
    user = User.objects.filter(email=SYSTEM_EMAIL).first()
    if user is None:
        user = User.objects.create_user(SYSTEM_EMAIL, full_name=SYSTEM_NAME, is_system=True)
    membership, _made = Membership.objects.select_related("agency", "user").get_or_create(
        user=user, role=Role.SYSTEM, defaults={"agency": Agency.objects.get(key=SYSTEM_AGENCY)}
    )
    return membership
