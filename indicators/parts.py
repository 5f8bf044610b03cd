"""Targets as a part of a plan."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.findings import Finding, Place, Refused, error, warning
from core.notation import format_number
from indicators import pages
from indicators.models import Comparator, Indicator, Target
from indicators.rows import TargetRow
from plans.models import LineKind, Plan, PlanKind, PlanState
from plans.parts.base import CarryContext, Content, PlanPart
from plans.parts.names import Names

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

    def defaults(self, plan: Plan, raw: Mapping[str, str]) -> dict[str, Any]:
        indicator = Indicator.objects.filter(code=raw.get("indicator", "").strip()).first()
        if indicator is None:
            raise Refused(_("Choose the indicator that the target is for."), code="indicator_missing")
        year = plan.years[-1]
        return {
            "indicator": indicator,
            "agency": plan.agency if plan.kind == PlanKind.AGENCY else None,
            "year": year,
            "due_on": date(year, 12, 31),
            "comparator": Comparator.AT_LEAST,
        }

    def called(self, row: TargetRow, names: Names) -> str:
        return pages.called(row, names)

    def page_context(self, plan: Plan, content: Content, names: Names) -> dict[str, Any]:
        own = [row for row in content["targets"] if row.agency == plan.agency.key and row.value is not None]
        national = {}
        if plan.kind == PlanKind.AGENCY and plan.agency.agency_class:
            national = self._national(plan.agency.agency_class, {row.indicator for row in own})
        return pages.target_table(content["targets"], names, national)

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
        yield from self.below_national(plan, content)

    def below_national(self, plan: Plan, content: Content) -> Iterable[Finding]:
        """Own targets that stay below those a national plan or directive sets for the agency's class."""
        agency_class = plan.agency.agency_class
        if plan.kind != PlanKind.AGENCY or not agency_class:
            return
        mine = [row for row in content["targets"] if row.agency == plan.agency.key and row.value is not None]
        stricter = self._national(agency_class, {row.indicator for row in mine})
        for row in mine:
            name, value, document = stricter.get((row.indicator, row.year), ("", row.value, ""))
            if row.value < value:
                yield warning(
                    "target_below_national",
                    _("“%(name)s” %(year)s: %(own)s is below the %(national)s of %(document)s.")
                    % {
                        "name": name,
                        "year": row.year,
                        "own": row.shown,
                        "national": format_number(value),
                        "document": document,
                    },
                    Place("targets", str(row.line), "value"),
                    row.shown,
                )

    @staticmethod
    def _national(agency_class: str, indicators: set[str]) -> dict[tuple[str, int], tuple[str, Decimal, str]]:
        """(indicator, year) -> name, highest value and its document; what is adopted goes before guidance."""
        found = (
            Target.objects.filter(
                plan__kind__in=(PlanKind.NATIONAL, PlanKind.DIRECTIVE),
                plan__state=PlanState.APPROVED,
                agency_class=agency_class,
                group__isnull=True,
                value__isnull=False,
                indicator__code__in=indicators,
                indicator__direction=Indicator.Direction.UP,
            )
            .values_list(
                "indicator__code", "indicator__name", "year", "value", "guidance", "plan__document__number"
            )
            .order_by("indicator__position", "year", "value", "-guidance", "id")
        )
        highest: dict[tuple[str, int], tuple[str, Decimal, str]] = {}
        for code, name, year, value, guidance, number in found:
            assert value is not None
            document = _("%(number)s (guidance)") % {"number": number} if guidance else number or ""
            highest[code, year] = (name, value, document)
        return highest
