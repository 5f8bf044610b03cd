"""The form of status figures as a grid: one row a figure, its numbers, the ratio that follows from them."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.findings import Text
from core.notation import format_number
from indicators import status
from indicators.attainment import ratio
from indicators.models import Indicator
from indicators.rows import BaselineRow
from plans.models import Plan
from plans.parts import registry
from plans.parts.base import Content
from plans.parts.grids import SUM, Chooser, GridColumn, GridGroup, RowHead

_KINDS = {"numerator": "number", "denominator": "number", "value": "number", "as_of": "text", "note": "long"}
PATHS = ("numerator", "denominator", "value", "words", "as_of", "note")
FRACTION = ("numerator", "denominator")


class StatusGrid:
    """The figures of a plan's status. A ratio is computed; one known without its numbers is the value."""

    parts = ("baselines",)
    unit: Text = ""
    template = "indicators/status_grid.html"
    notes = ("all/answered",)

    def columns(self, plan: Plan, content: Content, further: Sequence[str]) -> list[GridColumn]:
        declared = registry.get("baselines").columns_by_name
        return [
            GridColumn(path, declared[path].label, declared[path].label, kind=_KINDS.get(path, "text"))
            for path in PATHS
        ]

    def closing(self) -> list[GridColumn]:
        return []

    def choosers(self, plan: Plan) -> list[Chooser]:
        return []

    def chosen(self, plan: Plan, values: Mapping[str, str]) -> list[str]:
        return []

    def groups(self, content: Content) -> list[GridGroup]:
        rows: Sequence[BaselineRow] = content["baselines"]
        return [GridGroup("all", "", 1, rows)] if rows else []

    def heads(self, plan: Plan, content: Content) -> dict[UUID | None, RowHead]:
        found: dict[UUID | None, RowHead] = {}
        for figure in status.figures(plan, content["baselines"]):
            indicator = figure.indicator
            parts = ((_("Numerator"), indicator.numerator), (_("Denominator"), indicator.denominator))
            found[figure.row.line] = RowHead(
                indicator.name,
                heading=figure.heading or _("Further figures"),
                unit=indicator.unit,
                notes=[f"{label}: {words}" for label, words in parts if words],
                computed=indicator.is_fraction,
            )
        return found

    def shut(self, content: Content) -> dict[UUID | None, dict[str, Text]]:
        """Only what is stated as a part of a whole has a numerator and a denominator."""
        rows: Sequence[BaselineRow] = content["baselines"]
        known = Indicator.objects.in_bulk({row.indicator for row in rows}, field_name="code")
        why = gettext_lazy("This figure has no numerator and denominator.")
        return {
            row.line: dict.fromkeys(FRACTION, why) for row in rows if not known[row.indicator].is_fraction
        }

    def texts(self, content: Content) -> dict[UUID | None, dict[str, str]]:
        declared = registry.get("baselines").columns_by_name
        return {
            row.line: {path: declared[path].show(getattr(row, path)) for path in PATHS}
            for row in content["baselines"]
        }

    def totals(
        self, content: Content, *, lines: Collection[UUID] | None = None, paths: Sequence[str] = ()
    ) -> dict[str, str]:
        rows: Sequence[BaselineRow] = content["baselines"]
        answered = sum(1 for row in rows if row.answered)
        found = {"all/answered": f"{answered}/{len(rows)}"}
        for row in rows:
            if lines is None or row.line in lines:
                found[f"row/{row.line}/{SUM}"] = format_number(ratio(row.numerator, row.denominator))
        return found
