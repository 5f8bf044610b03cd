"""A program of a province's administrator keeps its own people, and nothing of the portal."""

import pytest

from agencies.people.delegations import delegate
from agencies.people.scope import people_kept
from plans.content.actions import create_plan
from plans.models import Programme
from tests.agencies.people import UNIT, acting_elsewhere, province_admin, signing
from tests.api.calling import CallerFor
from tests.api.rows import Row, only
from tests.api.tables import agencies, people, reference_lists
from tests.api.test_rights import ask_and_undo
from tests.cast import Cast

pytestmark = pytest.mark.django_db

WHY = "Chuyển công tác"


def of_administrators(rows: list[Row]) -> list[Row]:
    return [
        row
        for row in rows
        if row.statuses["admin"] != 403 and row.statuses == only("admin", status=row.statuses["admin"])
    ]


def test_a_program_gets_what_the_pages_show(api: CallerFor, cast: Cast) -> None:
    admin, shared = province_admin(cast), acting_elsewhere(cast)
    caller = api(admin)
    for row in of_administrators([*agencies.ROWS, *reference_lists.ROWS]):
        assert ask_and_undo(caller, row, None).status_code == 403, str(row)
    for row in of_administrators(people.ROWS):
        assert ask_and_undo(caller, row, None).status_code == row.statuses["admin"], str(row)
    assert {one["email"] for one in caller.get("people/").json()["results"]} == set(
        people_kept(admin).values_list("email", flat=True)
    )
    own, other = cast.approver, cast.other_editor
    assert caller.get(f"people/{other.user_id}/").status_code == 404
    seen = caller.get(f"people/{own.user_id}/").json()
    assert [one["agency"]["key"] for one in seen["memberships"]] == ["p82"]
    new = {"email": "a@x.vn", "full_name": "A", "memberships": [{"agency": "p40", "role": "editor"}]}
    assert caller.post("people/acts/invite/", new).status_code == 403
    at_unit = {**new, "memberships": [{"agency": UNIT, "role": "editor"}]}
    assert caller.post("people/acts/invite/", at_unit).status_code == 201
    for path, body, status in (
        (f"people/{own.user_id}/acts/deactivate/", {"reason": WHY}, 403),
        (f"people/{own.user_id}/acts/add-membership/", {"agency": "p40", "role": "editor"}, 403),
        (f"people/{other.user_id}/acts/deactivate/", {"reason": WHY}, 404),
        (f"people/{own.user_id}/memberships/{shared.pk}/acts/stop/", {"reason": WHY}, 404),
        (f"people/{own.user_id}/memberships/{own.pk}/acts/stop/", {"reason": WHY}, 200),
        (f"people/{own.user_id}/memberships/{own.pk}/acts/stop/", {"reason": WHY}, 404),
    ):
        assert caller.post(path, body).status_code == status, path
    draft = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.other_editor)
    assert caller.post(f"plans/{draft.code}/1/in-charge/", {"to": None}).status_code == 404
    delegate(cast.other_approver, signing(cast, other), actor=cast.admin)
    assert caller.get("delegations/").json()["results"] == []
