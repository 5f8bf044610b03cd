"""Planned money by agency, and the documents held against themselves and each other."""

from dataclasses import replace
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import Portal
from budgets.reconciliation import Reason, Verdict
from core.api.fields import ByAttributes, DecimalText
from indicators.conflicts import Overlap
from plans.api.shapes import PlanRef
from plans.models import LegalDocument
from reports.api.compilations import ON, attribution_of
from reports.api.figures import AmountsData, MoneyUnit, UndividedData
from reports.reconciliation.gathering import gather
from reports.views.agency_money import money_by_agency


class IncludedData(serializers.Serializer[Any]):
    """An agency whose money was taken over, with its part."""

    name = serializers.CharField()
    amounts = AmountsData()


class AgencyMoneyRow(ByAttributes):
    """One agency's money; `includes` names those whose money it took over."""

    agency = serializers.SlugField()
    name = serializers.CharField()
    amounts = AmountsData()
    note = serializers.CharField(allow_blank=True)
    includes = IncludedData(many=True)


class AgencyMoneyData(ByAttributes):
    """Planned money of a programme by agency, as of `agencies_on` or as it was then.

    `led` is the money of national projects that an agency leads, `shares` what national lines of a group give
    it, `own` the total of its own plan; national and own money are of different plans and never added. The
    totals are those of the plans, whichever way the agencies are shown.
    """

    programme = serializers.SlugField(source="programme.code")
    agencies_on = serializers.DateField(source="attribution.on", allow_null=True)
    illustrative = serializers.BooleanField()
    money_unit = MoneyUnit()
    total = AmountsData()
    national = DecimalText(allow_null=True)
    undivided = UndividedData(many=True)
    rows = AgencyMoneyRow(many=True)


class AgencyMoney(Portal):
    """Planned money of a programme by agency."""

    parameters = ("on",)

    @extend_schema(parameters=[ON], responses=AgencyMoneyData)
    def get(self, request: Request, programme: str) -> Response:
        """Over the plans in force today; with `on` under the agencies of that day."""
        found = money_by_agency(programme, attribution_of(request))
        rows = [
            replace(row, includes=[{"name": name, "amounts": one} for name, one in row.includes])  # type: ignore[misc]
            for row in found.rows
        ]
        return Response(AgencyMoneyData(replace(found, rows=rows)).data)


# --- Reconciliation ---------------------------------------------------------------------------------------


class ComparisonData(ByAttributes):
    """A printed total beside the sum of the lines that it covers; `difference` is printed less computed."""

    clause = serializers.CharField(source="comparison.stated.clause", allow_blank=True)
    label = serializers.CharField(source="comparison.stated.label", allow_blank=True)
    year = serializers.IntegerField(source="comparison.stated.year", allow_null=True)
    source = serializers.CharField(source="comparison.stated.source", allow_blank=True)
    approximate = serializers.BooleanField(source="comparison.stated.approximate")
    printed = DecimalText(source="comparison.stated.amount")
    computed = DecimalText(source="comparison.computed", allow_null=True)
    difference = DecimalText(source="comparison.difference", allow_null=True)
    lines = serializers.IntegerField(source="comparison.lines")
    verdict = serializers.ChoiceField(source="comparison.verdict", choices=[one.value for one in Verdict])
    reason = serializers.ChoiceField(
        source="comparison.reason", choices=[one.value for one in Reason], allow_null=True
    )


class SumsData(ByAttributes):
    """One kind of sums of a document, in printed order."""

    label = serializers.CharField()
    comparisons = ComparisonData(many=True, source="views")


class SideData(ByAttributes):
    """One target of a contradiction, and why it speaks of the same agencies."""

    document = serializers.SlugField(source="document.slug")
    plan = PlanRef()
    clause = serializers.CharField(source="row.clause", allow_blank=True)
    scope = serializers.CharField(source="label")
    comparator = serializers.CharField(source="row.comparator")
    value = DecimalText(source="row.value", allow_null=True)
    value_to = DecimalText(source="row.value_to", allow_null=True)
    printed = serializers.CharField(source="row.printed", allow_blank=True)
    guidance = serializers.BooleanField()
    overlap = serializers.ChoiceField(choices=[one.value for one in Overlap])


class ContradictionData(ByAttributes):
    """Different values of one indicator in one year for the agencies of `scope`; none is decided for."""

    indicator = serializers.SlugField(source="indicator.code")
    year = serializers.IntegerField()
    scope = serializers.CharField(source="label")
    sides = SideData(many=True)


class DocumentCheckData(ByAttributes):
    """One document held against its own lines and clauses."""

    document = serializers.SlugField(source="document.slug")
    plan = PlanRef()
    sums = SumsData(many=True)
    contradictions = ContradictionData(many=True, source="conflicts")


class AcrossData(ByAttributes):
    """A total that one document prints about the lines of another."""

    document = serializers.SlugField(source="document.slug")
    about = serializers.SlugField(source="about.slug")
    comparison = ComparisonData(source="view")


class ReconciliationData(ByAttributes):
    """Printed totals against computed sums, document by document and across, and targets that contradict."""

    money_unit = MoneyUnit()
    documents = DocumentCheckData(many=True)
    across = AcrossData(many=True)
    contradictions = ContradictionData(many=True, source="conflicts")


class ReconciliationOfAll(Portal):
    """All registered documents."""

    @extend_schema(responses=ReconciliationData)
    def get(self, request: Request) -> Response:
        """What every document prints, held against its lines."""
        return Response(ReconciliationData(gather()).data)


class ReconciliationOfOne(Portal):
    """One document."""

    @extend_schema(operation_id="reconciliation_of_document", responses=ReconciliationData)
    def get(self, request: Request, slug: str) -> Response:
        """What concerns one document."""
        document = get_object_or_404(LegalDocument, slug=slug)
        return Response(ReconciliationData(gather().of(document)).data)
