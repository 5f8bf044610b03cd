"""The letters that people get about their accounts."""

from django.utils.translation import gettext_lazy as _

from agencies.letters import LetterKind

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
