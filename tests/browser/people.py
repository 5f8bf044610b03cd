"""What the screens of people show: an invitation, one that expired, and a delegated signature."""

from datetime import date, timedelta

from agencies.models import Delegation, Invitation, Membership, Role, User
from agencies.people.delegations import Signing, delegate
from agencies.people.invitations import invite, link_of
from agencies.people.rules import Stated
from core import clock
from scenario.people import People

INVITED = "moi.tien-giang@minhhoa.example"
EXPIRED = "cu.nghe-an@minhhoa.example"


def invite_and_delegate(people: People) -> None:
    """Two invitations, one of them too old, and Tiền Giang's leader delegates to its editor."""
    administrator = people.administrator
    first = [Stated("p82", "editor"), Stated("tg-so-tc", "viewer", None, date(2008, 12, 31))]
    invite(INVITED, "Biên tập mới Tiền Giang", "Chuyên viên", first, actor=administrator)
    late = invite(EXPIRED, "Biên tập cũ Nghệ An", "", [Stated("p40", "editor")], actor=administrator)
    Invitation.objects.filter(user=late.person).update(expires_at=clock.real_now() - timedelta(days=1))
    approver, editor = people.of("p82", Role.APPROVER), people.of("p82", Role.EDITOR)
    signing = Signing(
        to=editor.user.email,
        kind="kt",
        giver_post="Chủ tịch",
        signer_post="Phó Chủ tịch",
        document="112/QĐ-UBND",
        first=clock.today(),
        last=date(2008, 12, 31),
        scope="Kế hoạch và báo cáo ứng dụng công nghệ thông tin",
    )
    delegate(approver, signing, actor=approver)


def invited(email: str = INVITED) -> User:
    return User.objects.get(email=email)


def invitation_link() -> str:
    """The link that the letter of the first invitation has."""
    return link_of(Invitation.objects.get(user=invited()))


def delegation() -> Delegation:
    return Delegation.objects.select_related("membership").get()


def delegated_membership() -> Membership:
    found: Membership = delegation().membership
    return found
