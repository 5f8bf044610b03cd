"""The letters that people get about their accounts."""

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from agencies import letters
from agencies.letters import LetterKind
from agencies.letters.composing import LANGUAGE
from agencies.models import Membership
from agencies.people.rules import period_words

INVITATION = LetterKind(
    key="invitation",
    label=_("Invitation to choose a password"),
    subject="Mời sử dụng Cổng kế hoạch ứng dụng công nghệ thông tin",
    body=(
        "{inviter} ({agency}) đã lập cho Ông/Bà một tài khoản trên Cổng kế hoạch ứng dụng công nghệ thông tin"
        " với địa chỉ thư điện tử {email}.\n"
        "\n"
        "Vai trò của Ông/Bà:\n"
        "{memberships}\n"
        "\n"
        "Đề nghị Ông/Bà mở liên kết sau để đặt mật khẩu. Liên kết có hiệu lực đến {until}:\n"
        "{link}\n"
        "\n"
        "Nếu thư này không dành cho Ông/Bà, đề nghị bỏ qua: tài khoản chỉ được mở sau khi đặt mật khẩu."
    ),
    placeholders={
        "inviter": _("name of who invites"),
        "agency": _("agency of who invites"),
        "email": _("e-mail address of the new account"),
        "memberships": _("for which agencies and in which roles, one a line"),
        "until": _("until when the link is valid"),
        "link": _("link to choose a password"),
    },
    required=frozenset({"link"}),
    samples={
        "inviter": "Đặng Văn Quản Trị",
        "agency": "Bộ Thông tin và Truyền thông",
        "email": "ten@coquan.gov.vn",
        "memberships": "- Biên tập, Tỉnh Tiền Giang",
        "until": "27/06/2008 09:00",
        "link": "https://cong.example.vn/accounts/invitation/…/",
    },
)

MEMBERSHIPS = LetterKind(
    key="memberships",
    label=_("Another role for somebody who has an account"),
    subject="Giao vai trò trên Cổng kế hoạch ứng dụng công nghệ thông tin",
    body=(
        "{giver} ({agency}) đã giao thêm cho Ông/Bà vai trò sau trên Cổng kế hoạch ứng dụng công nghệ thông"
        " tin:\n"
        "{memberships}\n"
        "\n"
        "Đề nghị Ông/Bà đăng nhập và chọn vai trò này tại địa chỉ:\n"
        "{link}"
    ),
    placeholders={
        "giver": _("name of who gives the role"),
        "agency": _("agency of who gives the role"),
        "memberships": _("for which agencies and in which roles, one a line"),
        "link": _("address of the page"),
    },
    required=frozenset({"memberships"}),
    samples={
        "giver": "Đặng Văn Quản Trị",
        "agency": "Bộ Thông tin và Truyền thông",
        "memberships": "- Biên tập, Tỉnh Tiền Giang (từ 01/07/2008)",
        "link": "https://cong.example.vn/",
    },
)

DELEGATION = LetterKind(
    key="delegation",
    label=_("Delegation of a signature"),
    subject="Giao ký văn bản của {agency} trên Cổng kế hoạch ứng dụng công nghệ thông tin",
    body=(
        "Căn cứ {document}, Ông/Bà được giao ký kế hoạch, báo cáo của {agency} thuộc thẩm quyền của {giver}"
        " trên Cổng kế hoạch ứng dụng công nghệ thông tin. Thời hạn: {period}.\n"
        "\n"
        "Quyền hạn, chức vụ ghi trên chữ ký:\n"
        "{signature}\n"
        "\n"
        "Đề nghị Ông/Bà đăng nhập và chọn vai trò này tại địa chỉ:\n"
        "{link}"
    ),
    placeholders={
        "agency": _("name of the agency"),
        "giver": _("who delegates the signature"),
        "document": _("number of the document that delegates it"),
        "period": _("for which days"),
        "signature": _("the lines above the name"),
        "link": _("address of the page"),
    },
    required=frozenset({"agency", "document"}),
    samples={
        "agency": "Tỉnh Tiền Giang",
        "giver": "Trần Văn Lãnh Đạo",
        "document": "15/GUQ-UBND",
        "period": "từ 01/07/2008 đến 31/12/2008",
        "signature": "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        "link": "https://cong.example.vn/",
    },
)

KINDS = (INVITATION, MEMBERSHIPS, DELEGATION)


def in_words(memberships: Sequence[Membership]) -> str:
    """For which agencies and in which roles, one a line, as letters say it."""
    with translation.override(LANGUAGE):
        return "\n".join(f"- {_line(one)}" for one in memberships)


def _line(membership: Membership) -> str:
    words = f"{membership.get_role_display()}, {membership.agency.name}"
    if membership.valid_from is None and membership.valid_to is None:
        return words
    return f"{words} ({period_words(membership.valid_from, membership.valid_to)})"


def tell_of_memberships(memberships: Sequence[Membership], *, by: Membership) -> None:
    """Within an act: a letter to a person who got roles. Who is only invited is told by the invitation."""
    if memberships:
        values = {
            "giver": by.user.full_name,
            "agency": by.agency.name,
            "memberships": in_words(memberships),
            "link": letters.address_of(),
        }
        letters.post(letters.compose(MEMBERSHIPS.key, values), [memberships[0].user], memberships[0])


def tell_of_delegation(membership: Membership) -> None:
    """Within an act: a letter to who signs for the head of the agency from now on."""
    delegation = membership.delegation
    assert delegation is not None
    with translation.override(LANGUAGE):
        period = period_words(membership.valid_from, membership.valid_to)
    values = {
        "agency": membership.agency.name,
        "giver": delegation.giver.user.full_name,
        "document": delegation.document_number,
        "period": period,
        "signature": delegation.signature(membership.agency),
        "link": letters.address_of(),
    }
    letters.post(letters.compose(DELEGATION.key, values), [membership.user], membership)
