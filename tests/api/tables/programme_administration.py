"""Setting up programmes and keeping periods: everybody reads, the administrator of the lead changes."""

from datetime import date
from typing import Any

from agencies.models import Agency
from core import clock
from plans.models import Programme, ReportingRegime
from reports.cycles.actions import open_ad_hoc
from tests.api.rows import Row, everybody, only
from tests.cast import Cast

OURS, FOREIGN = {"code": "2009-2010"}, {"code": "2007-2010-tien-giang"}
MAPPED = {**OURS, "source": "2007-2010-tien-giang"}
CYCLE = {"programme": "2008", "code": "2008-A1"}
NOWHERE = {"programme": "2008", "code": "2008-A9"}
ANY = {"If_Match": "*"}
DOCUMENT = {"document": "12/BTTTT-UDCNTT"}
REASON = {"reason": "Theo đề nghị của đơn vị"}

NEW_PROGRAMME = {
    "code": "2016-2020",
    "name": "Chương trình giai đoạn 2016 - 2020",
    "short_name": "Chương trình 2016-2020",
    "year_from": 2016,
    "year_to": 2020,
    "lead": "m-tttt",
    "decided_by": "lead",
    "co_reviewers": [{"agency": "m-tc", "scope": "recurrent"}],
}
REGIME = {
    "name": "Báo cáo quý",
    "obliged_classes": ["provinces"],
    "cadence": "quarter",
    "due_days": 15,
    "valid_from": "2009-01-01",
}
CHECK = {"text": "Phù hợp với quy hoạch", "clause": "1.a", "document": "1594-btttt-udcntt"}


def kept(cast: Cast) -> dict[str, Any]:
    """A regime by which nothing was opened, and a report that was asked of two provinces."""
    programme = Programme.objects.get(code="2009-2010")
    regime = ReportingRegime.objects.create(
        programme=programme,
        name="Báo cáo năm",
        obliged_classes=["ministries"],
        cadence="year",
        valid_from=date(2010, 1, 1),
    )
    with clock.at("2008-06-02T08:00"):
        open_ad_hoc(
            Programme.objects.get(code="2008"),
            title="Báo cáo đột xuất",
            first=date(2008, 4, 1),
            last=date(2008, 5, 31),
            agencies=Agency.objects.filter(key__in=["p82", "p40"]),
            basis="Công văn số 12/BTTTT-UDCNTT",
            actor=cast.admin,
        )
    return {"pk": regime.pk}


def headings(extra: str) -> list[dict[str, str]]:
    """The outline that stands, with one heading more."""
    items = Programme.objects.get(code="2009-2010").outline.all()
    rows = [{"number": one.number, "heading": one.heading, "guidance": one.guidance} for one in items]
    return [*rows, {"number": extra, "heading": "Phụ lục dự án"}]


def replaced(name: str, body: Any, arguments: dict[str, str] = OURS) -> list[Row]:
    """What is read by everybody and replaced as a whole by one."""
    return [
        Row(name, everybody(), arguments=arguments, given=kept),
        Row(name, only("admin"), "PUT", arguments, body, headers=ANY, given=kept),
    ]


ROWS = [
    Row("programme_list", only("admin", status=201), "POST", body=NEW_PROGRAMME, given=kept),
    Row("programme_detail", only("admin"), "PATCH", OURS, {"note": "Ghi chú"}, headers=ANY, given=kept),
    Row(
        "programme_detail",
        everybody(403),
        "PATCH",
        FOREIGN,
        {"note": "Ghi chú"},
        headers=ANY,
        given=kept,
        case="of another lead",
    ),
    Row("programme_lead", only("admin"), "POST", OURS, {"lead": "m-nv", **DOCUMENT, **REASON}, given=kept),
    *replaced("programme_outline", lambda made: {"headings": headings("VII")}),
    *replaced("programme_checklist", {"items": [CHECK]}),
    *replaced("programme_mapping", {"headings": [{"number": "I", "to": "I"}]}, MAPPED),
    *replaced(
        "programme_status_figures",
        {"figures": [{"number": "II.1.b", "indicator": "computers-per-official", "classes": ["provinces"]}]},
    ),
    Row("regime_list", everybody(), arguments=OURS, given=kept),
    Row(
        "regime_list",
        only("admin", status=201),
        "POST",
        OURS,
        {**REGIME, "valid_to": "2009-12-31"},
        given=kept,
    ),
    Row("regime_detail", everybody(), arguments={**OURS, "pk": 0}, given=kept),
    Row(
        "regime_detail",
        only("admin"),
        "PATCH",
        {**OURS, "pk": 0},
        {"due_days": 20},
        headers=ANY,
        given=kept,
    ),
    Row("regime_remove", only("admin", status=204), "POST", {**OURS, "pk": 0}, REASON, given=kept),
    Row(
        "cycle_change",
        only("admin"),
        "POST",
        CYCLE,
        {"due_on": "2008-07-31", **DOCUMENT, **REASON},
        given=kept,
    ),
    Row("cycle_change", everybody(404), "POST", NOWHERE, {**DOCUMENT, **REASON}, given=kept, case="none"),
    Row("cycle_add_agencies", only("admin"), "POST", CYCLE, {"agencies": ["p26"], **DOCUMENT}, given=kept),
    Row("cycle_withdraw_agency", only("admin"), "POST", CYCLE, {"agency": "p40", **DOCUMENT}, given=kept),
    Row("cycle_remove", only("admin", status=204), "POST", CYCLE, REASON, given=kept),
]
