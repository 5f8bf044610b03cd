"""People and agencies: everybody reads; an administrator alone changes the list."""

from typing import Any

from tests.api.rows import Row, everybody, only

BASIS: dict[str, Any] = {"document": "15/2008/QH12", "on": "2008-08-01"}


def act(what: str, status: int = 200, *, case: str = "", **body: Any) -> Row:
    statuses = only("admin", status=status)
    return Row(f"agency_act_{what}", statuses, "POST", body=body, case=case)


ROWS = [
    Row("root", everybody()),
    Row("me", everybody()),
    Row("agency_list", everybody()),
    Row("agency_detail", everybody(), arguments={"key": "p82"}, case="own of some"),
    Row("agency_detail", everybody(), arguments={"key": "s-bcvt-82"}, case="a unit"),
    Row("agency_detail", everybody(404), arguments={"key": "p999"}, case="none"),
    Row("group_list", everybody()),
    Row("group_detail", everybody(), arguments={"key": "pilot-2008"}),
    Row("group_detail", everybody(404), arguments={"key": "no-such"}, case="none"),
    Row("succession_list", everybody()),
    act("create", 201, **BASIS, name="Ban Chỉ đạo mới", kind="don_vi"),
    act("create", 400, case="nothing said"),
    act("rename", **BASIS, agency="p40", name="Tỉnh Nghệ Tĩnh"),
    act("rename", 422, case="of no agency", **BASIS, agency="p999", name="Tỉnh Nghệ Tĩnh"),
    act("rename", 409, case="of one that ends", **BASIS, agency="p82", name="Tỉnh Mỹ Tho"),
    act("merge", **BASIS, agencies=["p40", "p42"], new={"name": "Tỉnh Nghệ Tĩnh", "kind": "tinh"}),
    act(
        "split",
        **BASIS,
        agency="p40",
        parts=[{"new": {"name": "Tỉnh Vinh", "kind": "tinh"}}],
        continues=True,
    ),
    act("end", **BASIS, agency="p40", successor="p42"),
    act("edit", agency="p40", place="Vinh", note="", reason="theo công văn"),
    act("move_people", 409, case="not ended", agency="p40"),
    act("remove", 409, case="not of today", agency="p40", reason="nhập nhầm"),
]
