"""People: administrators keep them; approvers delegate their signature; an agency says who is in charge."""

from typing import Any

from tests.api.rows import Row, everybody, only

NOBODY = {"id": 10**9}
NEW: dict[str, Any] = {
    "email": "moi@tiengiang.example",
    "full_name": "Lê Văn Mới",
    "memberships": [{"agency": "p82", "role": "editor"}],
}
SIGNING: dict[str, Any] = {
    "to": "editor@cast.example",
    "kind": "kt",
    "giver_post": "Chủ tịch",
    "signer_post": "Phó Chủ tịch",
    "document": "12/QĐ-UBND",
    "valid_from": "2008-06-20",
}
APPROVERS = ("approver", "other_approver", "lead_approver")
WHY = {"reason": "Chuyển công tác"}


def act(name: str, status: int, **body: Any) -> Row:
    """On an account that nobody has: who may is told so."""
    return Row(name, only("admin", status=status), "POST", NOBODY, body)


def of_membership(name: str, **body: Any) -> Row:
    return Row(f"membership_{name}", only("admin", status=404), "POST", {**NOBODY, "membership": 1}, body)


ROWS = [
    Row("people_list", only("admin")),
    Row("person_detail", only("admin", status=404), arguments=NOBODY),
    Row("people_lacking", only("admin")),
    Row("person_invite", only("admin", status=201), "POST", body=NEW),
    Row(
        "person_invite",
        only("admin"),
        "POST",
        body={**NEW, "email": "VIEWER@cast.example"},
        case="who has an account",
    ),
    act("person_correct", 404, email="a@b.vn", full_name="A"),
    act("person_add_membership", 404, agency="p82", role="editor"),
    act("person_invite_again", 404),
    act("person_withdraw_invitation", 404),
    act("person_hand_over", 404, hand_over=[{"giver": 1, "to": None}]),
    act("person_reset_second_step", 404, **WHY),
    act("person_sign_out", 404, **WHY),
    act("person_deactivate", 404, **WHY),
    act("person_reactivate", 404, **WHY),
    of_membership("change", valid_from=None, valid_to=None),
    of_membership("stop", **WHY),
    of_membership("remove"),
    Row("delegation_list", everybody()),
    # The editor of Tiền Giang acts for it alone: of the other approvers it is nobody's.
    Row(
        "delegation_list",
        {**only("approver", status=201), **dict.fromkeys(APPROVERS[1:], 422), "admin": 409},
        "POST",
        body=SIGNING,
    ),
    Row("delegation_withdraw", only(*APPROVERS, "admin", status=404), "POST", NOBODY, WHY),
    Row(
        "plan_in_charge",
        {**everybody(403), **dict.fromkeys(("editor", "approver", "admin"), 409)},
        "POST",
        {"code": "605-qd-ubnd", "version": 1},
        {"to": None},
        case="approved",
    ),
    Row("plan_in_charge", everybody(404), "POST", {"code": "no-such", "version": 1}, {"to": None}),
    Row(
        "filing_in_charge",
        everybody(404),
        "POST",
        {"programme": "2008", "code": "2008-Q9", "agency": "p82", "number": 1},
        {"to": None},
    ),
]
