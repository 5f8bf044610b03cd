"""One plan through the API from its outline to its approval: drafted, submitted, returned, approved."""

import hashlib
from typing import Any

import pytest

from core import clock
from plans.models import Plan
from tests.api.calling import CallerFor
from tests.api.plan_calls import DECISION, LETTER, PDF, PLAN, REASON, act, post_form, tag_of
from tests.cast import Cast
from tests.plans.moves import write

pytestmark = pytest.mark.django_db


def offered(plan: Any) -> dict[str, bool]:
    """What the caller may do now, and whether it is what comes next."""
    return {one["name"]: one["next"] for one in plan["acts"] if not one["refused"]}


def test_a_plan_goes_from_its_outline_to_its_approval(api: CallerFor, cast: Cast) -> None:
    editor, leader, reviewer = api(cast.editor), api(cast.approver), api(cast.reviewer)

    made = editor.post("plans/", {"programme": "2009-2010", "route": "written"})
    assert made.status_code == 201
    assert made["Location"] == f"http://testserver/api/v1/{PLAN}/"
    plan = made.json()
    assert (plan["state"], plan["version"], plan["agency"]["key"]) == ("draft", 1, "p82")
    assert (plan["programme"], plan["route"]) == ("2009-2010", "written")
    assert made["ETag"] == tag_of(editor)
    # Nothing is written yet: that comes before any act.
    assert (plan["standing"]["mine"], plan["standing"]["turn_of"]) == (True, "agency")
    assert (plan["standing"]["until"], plan["standing"]["left"]) == ("2008-06-29", "9 days left")
    assert plan["before_acts"] == "Write the text"
    assert offered(plan) == {"hand-over": False, "discard": False}

    # What belongs into it: projects of another plan, and a text.
    source = editor.get(f"{PLAN}/take/", source="605-qd-ubnd/1").json()["parts"]
    projects = next(one for one in source if one["part"] == "projects")
    able = [line["line"] for line in projects["lines"] if not line["barred"]]
    body = {"source": {"code": "605-qd-ubnd", "version": 1}, "lines": able}
    taken = editor.post(f"{PLAN}/take/", body, If_Match=made["ETag"])
    assert taken.status_code == 200, taken.content
    assert taken.json()["added"]["projects"] == len(able) == 26
    stored = Plan.objects.get(code="2009-2010-tien-giang")
    write(stored, cast, "I", "Nâng cao hiệu lực quản lý nhà nước.")
    checked = editor.get(f"{PLAN}/check/").json()
    assert checked["errors"] == 0
    assert {one["level"] for one in checked["findings"]} <= {"warning"}

    # The tag of the taking is old by now: a text was written since.
    assert act(editor, "hand-over", status=412, If_Match=taken["ETag"])
    handed = act(editor, "hand-over").json()
    assert (handed["standing"]["turn_of"], handed["may_edit"]) == ("leader", False)
    assert offered(leader.get(f"{PLAN}/").json()) == {"hand-back": False, "submit": True}

    sent = post_form(leader, f"{PLAN}/acts/submit/", LETTER, PDF, If_Match=tag_of(leader))
    assert sent.status_code == 200, sent.content
    assert sent.json()["state"] == "submitted"
    first = sent.json()["revisions"][0]
    receipt = leader.get(f"{PLAN}/receipts/1/").json()
    assert (receipt["paper_number"], receipt["paper_on"]) == ("112/UBND-CNTT", "2008-06-20")
    assert receipt["revision"] == {**first, "intact": True}
    frozen = reviewer.get(f"{PLAN}/revisions/1/")
    assert hashlib.sha256(frozen.content).hexdigest() == first["sha256"]
    assert frozen["ETag"] == f'"{first["sha256"]}"'
    assert frozen.json()["plan"]["route"] == "written"

    act(reviewer, "open-review")
    returned = act(reviewer, "return", REASON).json()
    assert (returned["state"], returned["standing"]["word"]) == ("returned", "Returned (1)")

    write(stored, cast, "II", "Căn cứ Nghị định 64/2007/NĐ-CP.")
    act(editor, "hand-over")
    act(leader, "submit", {**LETTER, "number": "130/UBND-CNTT"})
    since = reviewer.get(f"{PLAN}/compare/").json()
    assert (since["basis"], [one["key"] for one in since["bases"]]) == ("1", ["2", "1"])
    assert [(one["part"], one["change"]) for one in since["lines"]] == [("sections", "changed")]
    assert since["lines"][0]["fields"] == [
        {"name": "body", "label": "Text", "old": "", "new": "Căn cứ Nghị định 64/2007/NĐ-CP."}
    ]

    act(reviewer, "open-review")
    with clock.at("2008-07-08T10:00"):
        approved = act(reviewer, "approve", {**DECISION, "on": "2008-07-08"}).json()
    assert (approved["state"], approved["in_force_from"]) == ("approved", "2008-07-08")
    assert (approved["decision_number"], approved["acts"]) == ("01/QĐ-BTTTT", [])
    assert approved["standing"]["locked"].startswith("An approved version is never edited")

    entries = api(cast.viewer).get(f"{PLAN}/history/").json()["entries"]
    assert [one["verb"] for one in entries[:3]] == ["approve", "open_review", "submit"]
    submissions = [one["step"] for one in entries if one["verb"] == "submit"]
    assert [one["revision"] for one in submissions] == [2, 1]
    scan = reviewer.get(submissions[1]["scan"].removeprefix("http://testserver"))
    assert (b"".join(scan.streaming_content), scan["Content-Type"]) == (PDF, "application/pdf")
    assert submissions[0]["scan"] is None

    amended = act(editor, "amend", status=201)
    assert amended["Location"].endswith("/plans/2009-2010-tien-giang/2/")
    assert amended.json()["versions"] == [
        {"code": "2009-2010-tien-giang", "version": 1, "kind": "agency", "state": "approved"}
    ]
    assert editor.get("plans/2009-2010-tien-giang/").json()["version"] == 2
    assert api(cast.viewer).get("plans/2009-2010-tien-giang/").json()["version"] == 1
