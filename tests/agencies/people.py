"""What the tests of people share: stating memberships and signatures, and reading the record."""

import json
import re
from datetime import date
from typing import Any

from django.core import mail

from agencies.models import Agency, AuditEntry, Membership, Role, User
from agencies.people.delegations import Signing
from agencies.people.rules import Stated
from plans.content.actions import take_lines
from plans.models import Plan
from plans.parts import registry
from tests.cast import Cast
from tests.plans.moves import write

PEOPLE = "/administration/people/"
NEW = "le.van.moi@tiengiang.example"
UNIT = "s-bcvt-82"  # of Tiền Giang
PASSWORD = "Mot-mat-khau-dai-2008"


def person(pk: int | User) -> str:
    """The address of somebody's page."""
    return f"{PEOPLE}{pk if isinstance(pk, int) else pk.pk}/"


def editor_of(agency: str = "p82", first: date | None = None, last: date | None = None) -> Stated:
    return Stated(agency, "editor", first, last)


def signing(cast: Cast, signer: Membership | None = None, **changes: Any) -> Signing:
    """Tiền Giang's leader delegates to its editor from today to the end of the month."""
    said: dict[str, Any] = {
        "to": (signer or cast.editor).user.email,
        "kind": "kt",
        "giver_post": "Chủ tịch",
        "signer_post": "Phó Chủ tịch",
        "document": "12/QĐ-UBND",
        "first": date(2008, 6, 20),
        "last": date(2008, 6, 30),
        **changes,
    }
    return Signing(**said)


def province_admin(cast: Cast) -> Membership:
    """An administrator of Tiền Giang."""
    made = User.objects.create_user("quantri@tiengiang.example", full_name="Phan Thị Quản Trị")
    return Membership.objects.create(user=made, agency=cast.editor.agency, role=Role.ADMINISTRATOR)


def unit_editor() -> Membership:
    """The editor of one of its departments."""
    made = User.objects.create_user("so@tiengiang.example", full_name="Võ Văn Sở")
    return Membership.objects.create(user=made, agency=Agency.objects.get(key=UNIT), role=Role.EDITOR)


def acting_elsewhere(cast: Cast) -> Membership:
    """Tiền Giang's leader acts for Nghệ An too."""
    there = cast.other_editor.agency
    return Membership.objects.create(user=cast.approver.user, agency=there, role=Role.VIEWER)


def last_entry() -> tuple[str, dict[str, Any]]:
    """Verb and details of the newest entry of the chain."""
    entry = AuditEntry.objects.order_by("-sequence")[0]
    return entry.verb, json.loads(entry.data)


def link_in_letter(number: int = -1) -> str:
    """The path of the link in a letter that was sent."""
    found = re.search(r"https?://[^/\s]+(/accounts/invitation/\S+)", str(mail.outbox[number].body))
    assert found is not None, mail.outbox[number].body
    return found[1]


def fill(plan: Plan, cast: Cast) -> None:
    """What a draft needs so that no error bars it: texts under all headings, two projects of QĐ 605."""
    source = Plan.objects.get(code="605-qd-ubnd")
    projects = [row.line for row in registry.get("projects").read(source)][:2]
    take_lines(plan, source, {"projects": projects}, actor=cast.editor)
    for row in registry.get("sections").read(plan):
        write(plan, cast, row.number, "Nội dung của mục.")
