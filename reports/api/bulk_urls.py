"""Addresses of the API of acts on many agencies and of reminders, below `/api/v1/`."""

from django.urls import URLPattern, URLResolver, path

from reports.api.bulk import (
    INPUTS,
    BulkActViewSet,
    CycleBulk,
    ReminderViewSet,
    RemindOfPlans,
    WithoutPlan,
)
from reports.bulk.acts import BULK

LIST, ONE = {"get": "list"}, {"get": "retrieve"}

urlpatterns: list[URLPattern | URLResolver] = [
    *(
        path(
            f"cycles/<slug:programme>/<slug:code>/bulk/{name}/",
            CycleBulk.as_view(kind=BULK[name], serializer_class=told),
            name=f"cycle_bulk_{name}",
        )
        for name, told in INPUTS.items()
    ),
    path("bulk-acts/", BulkActViewSet.as_view(LIST), name="bulk_act_list"),
    path("bulk-acts/<int:pk>/", BulkActViewSet.as_view(ONE), name="bulk_act_detail"),
    path("reminders/", ReminderViewSet.as_view(LIST), name="reminder_list"),
    path("reminders/<int:pk>/", ReminderViewSet.as_view(ONE), name="reminder_detail"),
    path("programmes/<slug:programme>/without-plan/", WithoutPlan.as_view(), name="without_plan"),
    path("programmes/<slug:programme>/acts/remind/", RemindOfPlans.as_view(), name="programme_act_remind"),
]
