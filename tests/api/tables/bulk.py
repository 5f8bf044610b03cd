"""Acts on many agencies, their receipts and reminders: the lead's; a reminder is also its agency's own."""

from typing import Any

from reports.bulk.doing import act_on_many
from reports.bulk.shapes import Stated
from reports.models import Cycle, Reminder
from tests.api.rows import Row, everybody, only
from tests.api.tables.reports import CYCLE, LEAD, OWN, REPORT, REVIEWERS, given, underway, who
from tests.cast import Cast

KEEPERS = (*REVIEWERS, "admin")
PAPER: dict[str, Any] = {"document": "15/BTTTT", "document_on": "2008-06-18"}
PROGRAMME = {"programme": "2009-2010"}


def reminded(cast: Cast) -> dict[str, Any]:
    """Tiền Giang was reminded."""
    made = underway(cast)
    cycle = Cycle.objects.select_related("programme").get(code=CYCLE["code"])
    act = act_on_many(cycle, "remind", ["p82"], actor=cast.reviewer, stated=Stated(), token="one")
    return {**made, "pk": act.pk}


def read_reminder(cast: Cast) -> dict[str, Any]:
    """The same; what is asked for is the reminder itself."""
    return {**reminded(cast), "pk": Reminder.objects.get().pk}


def many(name: str, agency: str, status: int = 200, *, case: str = "", **body: Any) -> Row:
    """An act on one obligation, as on many."""
    allowed = REVIEWERS if name == "accept" else KEEPERS
    statuses = who((LEAD, 403), (allowed, status))
    return Row(f"cycle_bulk_{name}", statuses, "POST", CYCLE, {"agencies": [agency], **body}, case)


UNDERWAY = [
    many("extend", "p82", to="2008-06-30", reason="Thiên tai.", **PAPER),
    many("extend", "p82", 422, case="to an early day", to="2008-06-10", reason="Thiên tai.", **PAPER),
    many("exempt", "p82", **PAPER),
    many("remind", "p82"),
    many("remind", "p40", 422, case="of what is filed"),
    many("accept", "p40"),
    many("accept", "p82", 422, case="of a draft"),
    many("accept", "p82", case="of a draft, dry", dry_run=True),
    many("accept", "p40", 409, case="changed", seen={"p40": "another"}),
    many("accept", "p999", 422, case="of nobody"),
    Row(
        "report_act_remind",
        who((OWN, 403), (LEAD, 403), (KEEPERS, 200)),
        "POST",
        REPORT,
        {"document": "15/BTTTT"},
    ),
    Row("without_plan", only(*KEEPERS), arguments=PROGRAMME),
    Row("without_plan", everybody(404), arguments={"programme": "1999"}, case="none"),
    Row("programme_act_remind", only(*KEEPERS), "POST", PROGRAMME, {"agencies": ["p40"]}),
    Row(
        "programme_act_remind",
        only(*KEEPERS, status=422),
        "POST",
        PROGRAMME,
        {"agencies": ["m-qp"]},
        "nobody",
    ),
]
REMINDED = [
    Row("bulk_act_list", everybody()),
    Row("bulk_act_detail", who((LEAD, 200)), arguments={"pk": 0}),
    Row("reminder_list", everybody()),
]
READ = [Row("reminder_detail", who((OWN, 200), (LEAD, 200)), arguments={"pk": 0})]

ROWS = [*given(UNDERWAY, underway), *given(REMINDED, reminded), *given(READ, read_reminder)]
