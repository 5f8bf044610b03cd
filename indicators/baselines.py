"""The status at the start as a part of a plan: the figures that its outline asks for, and those printed."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.findings import Finding, Place, Refused, Text, error, warning
from core.notation import format_number
from indicators import status
from indicators.facts import baseline_facts
from indicators.models import Baseline, Indicator, OutlineIndicator
from indicators.rows import BaselineRow
from plans.models import LineKind, Plan, PlanKind
from plans.parts.base import CarryContext, Content, PlanPart
from plans.parts.columns import Kind
from plans.parts.names import Names
from plans.parts.pages import Progress
from plans.parts.references import References, UnknownReference


class BaselinePart(PlanPart[BaselineRow]):
    key = "baselines"
    label = gettext_lazy("Status")
    row_type = BaselineRow
    model = Baseline
    line_kind = LineKind.BASELINE
    order = 15
    excluded_fields = frozenset({"id", "plan", "line", "position", "row_version"})
    template = "indicators/_baselines.html"
    asked_by = "indicator"
    in_grid = True

    def initial(self, plan: Plan) -> Sequence[BaselineRow]:
        asked = OutlineIndicator.objects.filter(programme=plan.programme_id).select_related("indicator")
        return [
            BaselineRow(indicator=one.indicator.code, clause=one.number)
            for one in asked
            if one.asks(plan.agency.agency_class) and one.indicator.lasts_into(plan.years[0])
        ]

    def defaults(self, plan: Plan, raw: Mapping[str, str], references: References) -> dict[str, Any]:
        try:
            indicator = references.id_by_key(Kind.INDICATOR, raw.get("indicator", "").strip())
        except UnknownReference:
            text = _("Choose the indicator that the figure is of.")
            missing = error("indicator_missing", text, Place(self.key, path="indicator"))
            raise Refused(text, [missing], code="indicator_missing") from None
        return {"indicator_id": indicator}

    def called(self, row: BaselineRow, names: Names) -> str:
        return names.of(Kind.INDICATOR, row.indicator).full

    def facts(self, row: BaselineRow, names: Names) -> Sequence[tuple[Text, Text]]:
        return baseline_facts(row, names)

    def carry(self, row: BaselineRow, context: CarryContext) -> BaselineRow | None:
        """The status that another document describes is of its own time: it stays there."""
        return None

    def progress(self, rows: Sequence[BaselineRow]) -> Progress:
        """Figures that are answered, of those that stand in the form."""
        return Progress(sum(1 for row in rows if row.answered), len(rows))

    def page_context(self, plan: Plan, content: Content, names: Names) -> dict[str, Any]:
        rows: Sequence[BaselineRow] = content["baselines"]
        return {
            "figures": status.figures(plan, rows),
            "answered": self.progress(rows),
            "missing": len(self._missing(plan, rows)) if plan.is_editable else 0,
        }

    def _missing(self, plan: Plan, rows: Sequence[BaselineRow]) -> list[BaselineRow]:
        here = {row.indicator for row in rows}
        return [row for row in self.initial(plan) if row.indicator not in here]

    def check(self, plan: Plan, content: Content) -> Iterable[Finding]:
        rows: Sequence[BaselineRow] = content["baselines"]
        known = Indicator.objects.in_bulk({row.indicator for row in rows}, field_name="code") if rows else {}
        for row in rows:
            yield from _check_row(row, known[row.indicator])
        if plan.kind == PlanKind.AGENCY and (lacking := len(self._missing(plan, rows))):
            yield warning(
                "baselines_missing",
                _("%(n)d status figures that the outline asks for are not in the plan yet; add them.")
                % {"n": lacking},
                Place("baselines"),
            )


def _check_row(row: BaselineRow, indicator: Indicator) -> Iterable[Finding]:
    """What is wrong or doubtful in one figure; each finding stands at its field."""
    said = {"name": indicator.name}
    for path in ("numerator", "denominator", "value"):
        number = getattr(row, path)
        if number is not None and number < 0:
            yield error(
                "baseline_negative",
                _("“%(name)s”: %(value)s is negative; enter 0 or more.")
                % (said | {"value": format_number(number)}),
                _place(row, path),
                format_number(number),
            )
    if (row.numerator is None) != (row.denominator is None):
        path = "numerator" if row.numerator is None else "denominator"
        yield error("baseline_half", _("“%(name)s”: a ratio needs both numbers.") % said, _place(row, path))
    if row.denominator == 0:
        yield error(
            "baseline_over_nothing",
            _("“%(name)s”: the denominator is 0; enter the whole, or clear both numbers.") % said,
            _place(row, "denominator"),
            "0",
        )
    yield from _check_share(row, indicator)
    if row.value is not None and row.stated is not None and not _says_the_same(row.value, row.stated):
        yield warning(
            "baseline_two_values",
            _("“%(name)s”: the two numbers give %(ratio)s, but %(value)s stands there too; clear one.")
            % (said | {"ratio": format_number(row.stated), "value": format_number(row.value)}),
            _place(row, "value"),
            format_number(row.value),
        )
    if not row.answered and row.numerator is None and row.denominator is None:
        first = "numerator" if indicator.is_fraction else "value"
        yield warning("baseline_blank", _("“%(name)s” is not filled in.") % said, _place(row, first))


def _check_share(row: BaselineRow, indicator: Indicator) -> Iterable[Finding]:
    """A part is never larger than its whole."""
    if not indicator.is_share:
        return
    if row.numerator is not None and row.denominator and row.numerator > row.denominator > 0:
        text = _("“%(name)s”: the part, %(part)s, is larger than the whole, %(whole)s.") % {
            "name": indicator.name,
            "part": format_number(row.numerator),
            "whole": format_number(row.denominator),
        }
        yield error("baseline_above_whole", text, _place(row, "numerator"), format_number(row.numerator))
    elif indicator.unit == "%" and row.value is not None and row.value > 100 and row.stated == row.value:
        text = _("“%(name)s”: %(value)s is more than 100 %%; a share cannot be.") % {
            "name": indicator.name,
            "value": format_number(row.value),
        }
        yield error("baseline_above_whole", text, _place(row, "value"), format_number(row.value))


def _says_the_same(value: Decimal, computed: Decimal) -> bool:
    """Whether a value is the computed one, as finely as it is written."""
    places = len(format_number(value).partition(",")[2])
    return format_number(computed, places=places) == format_number(value)


def _place(row: BaselineRow, path: str) -> Place:
    return Place("baselines", str(row.line), path)
