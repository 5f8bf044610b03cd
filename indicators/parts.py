"""Targets as a part of a plan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.findings import Finding, Place, Refused, Text, error, warning
from core.notation import format_number
from indicators import pages
from indicators.facts import target_facts
from indicators.keeping.offering import findings_of_retired
from indicators.models import Comparator, Indicator, Target
from indicators.national import national_targets
from indicators.rows import TargetRow
from plans.models import LineKind, Plan, PlanKind
from plans.parts.base import CarryContext, Content, PlanPart
from plans.parts.columns import Kind
from plans.parts.names import Names
from plans.parts.references import References, UnknownReference

COMPUTABLE = (Comparator.AT_LEAST, Comparator.ABOVE, Comparator.AT_MOST, Comparator.BELOW, Comparator.EQUAL)


class TargetPart(PlanPart[TargetRow]):
    key = "targets"
    label = gettext_lazy("Targets")
    row_type = TargetRow
    model = Target
    line_kind = LineKind.TARGET
    order = 35
    excluded_fields = frozenset({"id", "plan", "line", "position", "row_version"})
    template = "indicators/_targets.html"

    def defaults(self, plan: Plan, raw: Mapping[str, str], references: References) -> dict[str, Any]:
        try:
            indicator = references.id_by_key(Kind.INDICATOR, raw.get("indicator", "").strip())
        except UnknownReference:
            text = _("Choose the indicator that the target is for.")
            missing = error("indicator_missing", text, Place(self.key, path="indicator"))
            raise Refused(text, [missing], code="indicator_missing") from None
        year = plan.years[-1]
        return {
            "indicator_id": indicator,
            "agency_id": plan.agency_id if plan.kind == PlanKind.AGENCY else None,
            "year": year,
            "due_on": date(year, 12, 31),
            "comparator": Comparator.AT_LEAST,
        }

    def called(self, row: TargetRow, names: Names) -> str:
        return pages.called(row, names)

    def facts(self, row: TargetRow, names: Names) -> Sequence[tuple[Text, Text]]:
        return target_facts(row, names)

    def page_context(self, plan: Plan, content: Content, names: Names) -> dict[str, Any]:
        own = {row.indicator for row in content["targets"] if row.agency == plan.agency.key}
        national = {}
        if plan.kind == PlanKind.AGENCY and own:
            national = national_targets(plan.agency, own, clock.today())
        return pages.target_table(content["targets"], names, national)

    def broken_rule(self, name: str, row: Any) -> Text:
        if name != "target_range_runs_upward":
            return ""
        return _("The range runs downward: “Up to” %(to)s is less than “Value” %(from)s; swap them.") % {
            "from": format_number(row.value),
            "to": format_number(row.value_to),
        }

    def carry(self, row: TargetRow, context: CarryContext) -> TargetRow | None:
        """Another's target becomes the own agency's, adopted; targets of other years stay behind."""
        if row.year not in context.years:
            return None
        if not context.agency or row.agency == context.agency:
            return row
        return replace(row, agency=context.agency, agency_class="", group="", guidance=False)

    def check(self, plan: Plan, content: Content) -> Iterable[Finding]:
        codes = {row.indicator for row in content["targets"]}
        names = dict(Indicator.objects.filter(code__in=codes).values_list("code", "name"))
        for row in content["targets"]:
            title = f"{names.get(row.indicator, row.indicator)}, {row.year}"
            place = Place("targets", str(row.line), "value")
            if row.comparator in COMPUTABLE and row.value is None:
                yield error(
                    "target_without_value",
                    _("Target “%(title)s” has no value.") % {"title": title},
                    place,
                )
            if row.comparator == Comparator.RANGE and (row.value is None or row.value_to is None):
                yield error(
                    "target_range_open",
                    _("Target “%(title)s” is a range; give both ends.") % {"title": title},
                    place,
                )
            if row.agency_class and (row.agency or row.group):
                yield error(
                    "target_two_scopes",
                    _("Target “%(title)s” is for one agency or group and for a class; clear the class.")
                    % {"title": title},
                    Place("targets", str(row.line), "agency_class"),
                )
            if row.year not in plan.years:
                yield warning(
                    "target_year_outside",
                    _("Target “%(title)s” stands outside the years of the programme.") % {"title": title},
                    place,
                )
        yield from findings_of_retired(content["targets"])
        yield from self.below_national(plan, content)

    def below_national(self, plan: Plan, content: Content) -> Iterable[Finding]:
        """Own targets that stay below what national plans and directives in force ask of the agency."""
        if plan.kind != PlanKind.AGENCY:
            return
        mine = [row for row in content["targets"] if row.agency == plan.agency.key and row.value is not None]
        if not mine:
            return
        asked = national_targets(plan.agency, {row.indicator for row in mine}, clock.today())
        for row in mine:
            national = asked.get((row.indicator, row.year))
            if national is not None and row.value < national.value:
                yield warning(
                    "target_below_national",
                    _("“%(name)s” %(year)s: %(own)s is below the %(national)s of %(document)s.")
                    % {
                        "name": national.name,
                        "year": row.year,
                        "own": row.shown,
                        "national": format_number(national.value),
                        "document": national.document,
                    },
                    Place("targets", str(row.line), "value"),
                    row.shown,
                )
