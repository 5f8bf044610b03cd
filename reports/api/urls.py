"""Addresses of the API of reporting, below `/api/v1/`."""

from django.urls import URLPattern, URLResolver, path

from agencies.api.addresses import stand_for
from reports.api import bulk_urls
from reports.api.agency_reports import AgencyReports
from reports.api.compilations import (
    CompilationViewSet,
    IssueCompilation,
    IssuedFileContent,
    IssuedFileViewSet,
    VerifyCopy,
)
from reports.api.cycles import CompileCycle, Compliance, CycleViewSet, OpenAdHoc, OpenCycle
from reports.api.files import compliance_file, plan_file
from reports.api.filing_acts import HANDLING, FilingAct
from reports.api.filings import (
    FilingCheck,
    FilingView,
    FilingViewSet,
    IndicatorView,
    ProjectView,
    TaskView,
    TextsView,
)
from reports.api.in_charge import FilingInCharge
from reports.api.kept_cycles import AddAgencies, ChangeCycle, RemoveCycle, WithdrawAgency
from reports.api.money import AgencyMoney, ReconciliationOfAll, ReconciliationOfOne
from reports.api.obligations import GRANTS, ReportAct, ReportViewSet
from reports.exports import PLAN_FORMATS
from reports.models import IssuedFile

stand_for({"filing_form": "report_detail", "kept_cycle": "cycle_detail", "kept_cycle_list": "cycle_list"})

LIST, ONE = {"get": "list"}, {"get": "retrieve"}
CYCLE = "cycles/<slug:programme>/<slug:code>/"
REPORT = CYCLE + "reports/<slug:agency>/"
FILING = REPORT + "filings/<int:number>/"
COMPILATION = "compilations/<int:compilation>/"
ISSUED = "issued-files/<int:file>/"

urlpatterns: list[URLPattern | URLResolver] = [
    *bulk_urls.urlpatterns,
    path("agencies/<slug:key>/reports/", AgencyReports.as_view(), name="agency_reports"),
    path("cycles/", CycleViewSet.as_view(LIST), name="cycle_list"),
    path("cycles/acts/open/", OpenCycle.as_view(), name="cycle_open"),
    path("cycles/acts/open-ad-hoc/", OpenAdHoc.as_view(), name="cycle_open_ad_hoc"),
    path(CYCLE, CycleViewSet.as_view(ONE), name="cycle_detail"),
    path(CYCLE + "acts/change/", ChangeCycle.as_view(), name="cycle_change"),
    path(CYCLE + "acts/add-agencies/", AddAgencies.as_view(), name="cycle_add_agencies"),
    path(CYCLE + "acts/withdraw-agency/", WithdrawAgency.as_view(), name="cycle_withdraw_agency"),
    path(CYCLE + "acts/remove/", RemoveCycle.as_view(), name="cycle_remove"),
    path(CYCLE + "compliance/", Compliance.as_view(), name="compliance"),
    path(CYCLE + "acts/compile/", CompileCycle.as_view(), name="cycle_compile"),
    path(CYCLE + "reports/", ReportViewSet.as_view(LIST), name="report_list"),
    path(REPORT, ReportViewSet.as_view(ONE), name="report_detail"),
    *(
        path(
            f"{REPORT}acts/{name}/",
            ReportAct.as_view(granting=granting, serializer_class=granting.told),
            name=f"report_act_{name}",
        )
        for name, granting in GRANTS.items()
    ),
    path(REPORT + "filings/", FilingViewSet.as_view({"get": "list", "post": "create"}), name="filing_list"),
    path(FILING, FilingView.as_view(), name="filing_detail"),
    path(FILING + "check/", FilingCheck.as_view(), name="filing_check"),
    path(FILING + "in-charge/", FilingInCharge.as_view(), name="filing_in_charge"),
    path(FILING + "texts/", TextsView.as_view(), name="filing_texts"),
    path(FILING + "tasks/<uuid:task>/", TaskView.as_view(), name="filing_task"),
    path(FILING + "projects/<uuid:project>/", ProjectView.as_view(), name="filing_project"),
    path(FILING + "indicators/<slug:indicator>/", IndicatorView.as_view(), name="filing_indicator"),
    *(
        path(
            f"{FILING}acts/{name}/",
            FilingAct.as_view(handling=handling, serializer_class=handling.told),
            name=f"filing_act_{handling.act.rstrip('_')}",
        )
        for name, handling in HANDLING.items()
    ),
    *(
        path(f"plans/<slug:code>/<int:version>/export.{form}", plan_file(form), name=f"plan_export_{form}")
        for form in PLAN_FORMATS
    ),
    *(
        path(f"{CYCLE}compliance.{form}", compliance_file(form), name=f"compliance_{form}")
        for form in IssuedFile.Format
    ),
    path("compilations/", CompilationViewSet.as_view(LIST), name="compilation_list"),
    path(COMPILATION, CompilationViewSet.as_view(ONE), name="compilation_detail"),
    path(COMPILATION + "acts/issue/", IssueCompilation.as_view(), name="compilation_issue"),
    path("issued-files/", IssuedFileViewSet.as_view(LIST), name="issued_file_list"),
    path(ISSUED, IssuedFileViewSet.as_view(ONE), name="issued_file_detail"),
    path(ISSUED + "content/", IssuedFileContent.as_view(), name="issued_file_content"),
    path("verify/<str:sha256>/", VerifyCopy.as_view(), name="verify_copy"),
    path("programmes/<slug:programme>/money/", AgencyMoney.as_view(), name="programme_money"),
    path("reconciliation/", ReconciliationOfAll.as_view(), name="reconciliation"),
    path("reconciliation/<slug:slug>/", ReconciliationOfOne.as_view(), name="document_reconciliation"),
]
