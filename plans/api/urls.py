"""Addresses of the API of programmes and documents, below `/api/v1/`."""

from django.urls import URLPattern, URLResolver, include, path

from agencies.api.addresses import stand_for
from plans.api.acts import act_views
from plans.api.agency_tasks import AgencyTasks
from plans.api.assigning import AssignmentWithdraw, PlanAssignments
from plans.api.bulk import LineBulk
from plans.api.checklist import PlanChecklist
from plans.api.content import PlanRouteView, PlanTake
from plans.api.documents import ClauseViewSet, DocumentViewSet
from plans.api.in_charge import PlanInCharge
from plans.api.lines import LineMove, LineViewSet
from plans.api.looks import (
    PlanCheck,
    PlanCompare,
    PlanHistory,
    PlanReceipt,
    PlanRevisionContent,
    PlanRevisions,
    PlanScan,
)
from plans.api.open_data import DataDictionary, DataRows, DataSets, OneDataSet
from plans.api.parts import PlanParts
from plans.api.plans import CurrentPlan, PlanExport, PlanView, PlanViewSet
from plans.api.programme_parts import (
    ProgrammeChecklist,
    ProgrammeLead,
    ProgrammeMapping,
    ProgrammeOutline,
)
from plans.api.programmes import ProgrammeViewSet
from plans.api.regimes import RegimeRemoval, RegimeViewSet

LIST, ONE = {"get": "list"}, {"get": "retrieve"}

stand_for(
    {
        "plan_part": "line_list",
        "plan_new": "plan_list",
        "programme_edit": "programme_detail",
        "regime_new": "regime_list",
        "regime_edit": "regime_detail",
    },
    lines={"plan_part": "line_detail"},
)

# Of one version of a plan: plans/<code>/<version>/...
version_patterns: list[URLPattern | URLResolver] = [
    path("", PlanView.as_view(), name="plan_detail"),
    path("check/", PlanCheck.as_view(), name="plan_check"),
    path("checklist/", PlanChecklist.as_view(), name="plan_checklist"),
    path("compare/", PlanCompare.as_view(), name="plan_compare"),
    path("history/", PlanHistory.as_view(), name="plan_history"),
    path("history/<int:step>/scan/", PlanScan.as_view(), name="plan_scan"),
    path("revisions/", PlanRevisions.as_view(), name="plan_revisions"),
    path("revisions/<int:number>/", PlanRevisionContent.as_view(), name="plan_revision"),
    path("receipts/<int:number>/", PlanReceipt.as_view(), name="plan_receipt"),
    path("in-charge/", PlanInCharge.as_view(), name="plan_in_charge"),
    path("take/", PlanTake.as_view(), name="plan_take"),
    path("route/", PlanRouteView.as_view(), name="plan_route"),
    path("assignments/", PlanAssignments.as_view(), name="plan_assignments"),
    path("assignments/<int:pk>/withdraw/", AssignmentWithdraw.as_view(), name="assignment_withdraw"),
    path("parts/", PlanParts.as_view(), name="plan_parts"),
    path("parts/<slug:part>/lines/", LineViewSet.as_view({**LIST, "post": "create"}), name="line_list"),
    path("parts/<slug:part>/lines/bulk/", LineBulk.as_view(), name="line_bulk"),
    path(
        "parts/<slug:part>/lines/<uuid:line>/",
        LineViewSet.as_view({**ONE, "patch": "partial_update", "delete": "destroy"}),
        name="line_detail",
    ),
    path("parts/<slug:part>/lines/<uuid:line>/move/", LineMove.as_view(), name="line_move"),
    *(
        path(f"acts/{name}/", view, name=f"plan_act_{name.replace('-', '_')}")
        for name, view in act_views().items()
    ),
]

# Of one programme: programmes/<code>/...
programme_patterns: list[URLPattern | URLResolver] = [
    path("acts/change-lead/", ProgrammeLead.as_view(), name="programme_lead"),
    path("outline/", ProgrammeOutline.as_view(), name="programme_outline"),
    path("outline/from/<slug:source>/", ProgrammeMapping.as_view(), name="programme_mapping"),
    path("checklist/", ProgrammeChecklist.as_view(), name="programme_checklist"),
    path("regimes/", RegimeViewSet.as_view({**LIST, "post": "create"}), name="regime_list"),
    path(
        "regimes/<int:pk>/", RegimeViewSet.as_view({**ONE, "patch": "partial_update"}), name="regime_detail"
    ),
    path("regimes/<int:pk>/acts/remove/", RegimeRemoval.as_view(), name="regime_remove"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("programmes/", ProgrammeViewSet.as_view({**LIST, "post": "create"}), name="programme_list"),
    path(
        "programmes/<slug:code>/",
        ProgrammeViewSet.as_view({**ONE, "patch": "partial_update"}),
        name="programme_detail",
    ),
    path("programmes/<slug:code>/", include(programme_patterns)),
    path("agencies/<slug:key>/tasks/", AgencyTasks.as_view(), name="agency_tasks"),
    path("plans/", PlanViewSet.as_view({"get": "list", "post": "create"}), name="plan_list"),
    path("plans/export.xlsx", PlanExport.as_view({"get": "export"}), name="plan_list_export"),
    path("plans/<slug:code>/", CurrentPlan.as_view(), name="plan_current"),
    path("plans/<slug:code>/<int:version>/", include(version_patterns)),
    path("documents/", DocumentViewSet.as_view(LIST), name="document_list"),
    path("documents/<slug:slug>/", DocumentViewSet.as_view(ONE), name="document_detail"),
    path("documents/<slug:slug>/clauses/", ClauseViewSet.as_view(LIST), name="clause_list"),
    path("documents/<slug:slug>/clauses/<path:number>/", ClauseViewSet.as_view(ONE), name="clause_detail"),
    path("open-data/", DataSets.as_view(), name="open_data"),
    path("open-data/dictionary/", DataDictionary.as_view(), name="open_data_dictionary"),
    path("open-data/<slug:key>/", OneDataSet.as_view(), name="open_data_detail"),
    path("open-data/<slug:key>/rows/", DataRows.as_view(), name="open_data_rows"),
]
