from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from agencies import navigation, panels, worklist
        from agencies.changes import consequences
        from plans.documents import states
        from reports import worklist as waiting
        from reports.line_states import states_of_lines
        from reports.panels import open_reports_of, reports_of

        navigation.register(navigation.Entry(30, _("Reports"), "cycle_list", ("/reports/",)))
        navigation.register(
            navigation.Entry(
                40, _("Compilations"), "compilation_list", ("/compilations/", "/issued/", "/verify/")
            )
        )
        worklist.register(waiting.items)
        states.register(states_of_lines)
        panels.register(reports_of)
        consequences.register(open_reports_of)
