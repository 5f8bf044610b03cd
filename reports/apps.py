from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from agencies import navigation, panels, worklist
        from reports import worklist as waiting
        from reports.panels import reports_of

        navigation.register(navigation.Entry(30, _("Reports"), "cycle_list", ("/reports/",)))
        navigation.register(
            navigation.Entry(
                40, _("Compilations"), "compilation_list", ("/compilations/", "/issued/", "/verify/")
            )
        )
        worklist.register(waiting.items)
        panels.register(reports_of)
