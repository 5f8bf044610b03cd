"""Addresses of the reports pages."""

from django.urls import URLPattern, URLResolver, include, path

from reports.views import (
    acts,
    agency_money,
    compilations,
    compliance,
    cycles,
    filing,
    opening,
    plan_export,
    reconciliation,
    reports,
)

CYCLE = "reports/<slug:programme>/<slug:cycle>/"
REPORT = CYCLE + "agencies/<slug:key>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/", cycles.cycle_list, name="cycle_list"),
    path("reports/open/", opening.cycle_open, name="cycle_open"),
    path("", include("reports.bulk.urls")),
    path("administration/cycles/", include("reports.cycles.urls")),
    path(CYCLE, cycles.cycle_detail, name="cycle_detail"),
    path(CYCLE + "obligations.xlsx", cycles.obligation_export, name="obligation_export"),
    path(CYCLE + "compliance/", compliance.compliance, name="compliance"),
    path(CYCLE + "compliance.<slug:extension>", compliance.compliance_file, name="compliance_file"),
    path(CYCLE + "compile/", compilations.cycle_compile, name="cycle_compile"),
    path(REPORT, reports.report_detail, name="report_detail"),
    path(REPORT + "form/", filing.filing_form, name="filing_form"),
    path(REPORT + "form/row/", filing.filing_row, name="filing_row"),
    path(REPORT + "acts/<slug:name>/", acts.filing_act, name="filing_act"),
    path("compilations/", compilations.compilation_list, name="compilation_list"),
    path("compilations/<int:pk>/", compilations.compilation_detail, name="compilation_detail"),
    path("compilations/<int:pk>/issue/", compilations.compilation_issue, name="compilation_issue"),
    path("issued/<int:pk>/", compilations.issued_file, name="issued_file"),
    path("reconciliation/", reconciliation.reconciliation, name="reconciliation"),
    path("reconciliation.xlsx", reconciliation.reconciliation_export, name="reconciliation_export"),
    path(
        "reconciliation/<slug:slug>/",
        reconciliation.document_reconciliation,
        name="document_reconciliation",
    ),
    path(
        "reconciliation/<slug:slug>.xlsx",
        reconciliation.document_reconciliation_export,
        name="document_reconciliation_export",
    ),
    path("programmes/<slug:programme>/money/", agency_money.programme_money, name="programme_money"),
    path(
        "programmes/<slug:programme>/money.xlsx",
        agency_money.programme_money_export,
        name="programme_money_export",
    ),
    path("verify/", compilations.verify_copy, name="verify_copy"),
    path("plans/<slug:code>/<int:version>/export.<slug:format>", plan_export.plan_export, name="plan_export"),
]
