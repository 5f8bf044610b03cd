"""Addresses of acts on many agencies and of their receipts."""

from django.urls import path

from reports.views import bulk, plan_reminders, receipts

urlpatterns = [
    path("reports/<slug:programme>/<slug:cycle>/bulk/<slug:name>/", bulk.cycle_bulk, name="cycle_bulk"),
    path("bulk-acts/", receipts.bulk_act_list, name="bulk_act_list"),
    path("bulk-acts/export.xlsx", receipts.bulk_act_list_export, name="bulk_act_list_export"),
    path("bulk-acts/<int:pk>/", receipts.bulk_receipt, name="bulk_receipt"),
    path("bulk-acts/<int:pk>/receipt.xlsx", receipts.bulk_receipt_export, name="bulk_receipt_export"),
    path("bulk-acts/<int:pk>/letters.pdf", receipts.bulk_letters, name="bulk_letters"),
    path("plan-reminders/", plan_reminders.plan_remind, name="plan_remind"),
]
