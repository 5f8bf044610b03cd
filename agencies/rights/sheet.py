"""Rights and workflows as a workbook: one sheet for the rights, one for each workflow."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.rights.tables import ROLES, right_groups
from agencies.rights.workflows import ShownWorkflow, all_workflows
from core import clock
from core.notation import format_datetime
from core.spreadsheets import GroupRow, Row, Sheet, SheetColumn, SheetSpec, write_workbook


@override("vi")
def rights_workbook() -> bytes:
    """An .xlsx file; Vietnamese in either language of the pages."""
    now = clock.real_now()
    as_of = _("as of %(time)s") % {"time": format_datetime(now)}
    sheets = [_rights(as_of), *(_workflow(one, as_of) for one in all_workflows())]
    return write_workbook(sheets, created=now, title=_("Rights"))


def _rights(as_of: str) -> Sheet:
    columns = (
        SheetColumn(_("What"), width=44),
        SheetColumn(_("Key"), width=20),
        *(SheetColumn(role.label, width=22) for role in ROLES),
    )
    spec = SheetSpec(_("Rights"), columns, titles=(_("Who may do what"), as_of), frozen_columns=1)
    rows: list[Row] = []
    for group in right_groups():
        rows.append(GroupRow((group.label, *([""] * (len(columns) - 1)))))
        rows += [(row.label, row.permission, *(words for _role, words in row.cells)) for row in group.rows]
    return Sheet(spec, rows)


def _workflow(shown: ShownWorkflow, as_of: str) -> Sheet:
    columns = (
        SheetColumn(_("Act"), width=34),
        SheetColumn(_("From"), width=40),
        SheetColumn(_("To"), width=18),
        SheetColumn(_("Who"), width=60),
        SheetColumn(_("Conditions"), width=40),
    )
    spec = SheetSpec(shown.title, columns, titles=(shown.title, as_of), frozen_columns=1)
    rows = [
        (
            act.label,
            shown.words(act.sources),
            shown.words([act.target]) if act.target else "",
            "\n".join(act.who),
            "; ".join(act.conditions),
        )
        for act in shown.acts()
    ]
    return Sheet(spec, rows)
