"""Addresses of plans and documents. A plan's own pages stand below its code and version."""

from django.urls import URLPattern, URLResolver, include, path

from plans.views import acts, assigning, checklist, detail, documents, editing, history, lists, new, take

# Of one version of a plan: /plans/<code>/<version>/...
version_patterns: list[URLPattern | URLResolver] = [
    path("", detail.plan_detail, name="plan_detail"),
    path("check/", detail.plan_check, name="plan_check"),
    path("compare/", history.plan_compare, name="plan_compare"),
    path("history/", history.plan_history, name="plan_history"),
    path("history/<int:step>/scan/", history.plan_scan, name="plan_scan"),
    path("receipts/<int:number>/", acts.plan_receipt, name="plan_receipt"),
    path("route/", new.plan_route, name="plan_route"),
    path("take/", take.plan_take, name="plan_take"),
    path("assign/", assigning.plan_assign, name="plan_assign"),
    path("checklist/", checklist.plan_checklist, name="plan_checklist"),
    path("assign/<int:pk>/withdraw/", assigning.assignment_withdraw, name="assignment_withdraw"),
    path("acts/<slug:name>/", acts.plan_act, name="plan_act"),
    path("<slug:part>/", detail.plan_part, name="plan_part"),
    path("<slug:part>/new/", editing.line_new, name="line_new"),
    path("<slug:part>/asked/", editing.part_asked, name="part_asked"),
    path("<slug:part>/grid/", editing.plan_grid, name="plan_grid"),
    path("<slug:part>/grid/cell/", editing.grid_cell, name="grid_cell"),
    path("<slug:part>/<uuid:line>/", editing.line_edit, name="line_edit"),
    path("<slug:part>/<uuid:line>/remove/", editing.line_remove, name="line_remove"),
    path("<slug:part>/<uuid:line>/move/", editing.line_move, name="line_move"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("plans/", lists.plan_list, name="plan_list"),
    path("plans/export.xlsx", lists.plan_list_export, name="plan_list_export"),
    path("plans/new/", new.plan_new, name="plan_new"),
    path("administration/programmes/", include("plans.programmes.urls")),
    path("plans/<slug:code>/", detail.plan_current, name="plan_current"),
    path("plans/<slug:code>/<int:version>/", include(version_patterns)),
    path("", include("plans.open_data.urls")),
    path("documents/", documents.document_list, name="document_list"),
    path("documents/export.xlsx", documents.document_list_export, name="document_list_export"),
    path("documents/<slug:slug>/", documents.document_detail, name="document_detail"),
    path("documents/<slug:slug>/<path:number>/", documents.clause_detail, name="clause_detail"),
]
