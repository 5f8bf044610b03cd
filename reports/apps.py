from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from agencies import administration, letters, navigation, panels, worklist
        from agencies.changes import consequences
        from agencies.groups.uses import USES
        from agencies.people import keeping
        from agencies.rights import checker, workflows
        from budgets.sources.uses import USES as SOURCE_USES
        from indicators.keeping.uses import USES as INDICATOR_USES
        from plans.context import REMINDED_AT, annotate_programmes
        from plans.documents import states
        from plans.open_data import datasets
        from plans.programmes import panels as programme_panels
        from plans.programmes import uses
        from reports import worklist as waiting
        from reports.cycles import missing
        from reports.keeping import OPEN_FILINGS
        from reports.line_states import states_of_lines
        from reports.open_data import data_sets
        from reports.panels import open_reports_of, reports_of
        from reports.reminders.letters import KINDS
        from reports.reminders.plans import reminded_of_plans
        from reports.resting import amounts_of_sources, report_lines_of_group, results_of_indicator
        from reports.rights import FILINGS, object_at

        navigation.register(navigation.Entry(30, _("Reports"), "cycle_list", ("/reports/", "/bulk-acts/")))
        for kind in KINDS:
            letters.register(kind)
        navigation.register(
            navigation.Entry(
                40, _("Compilations"), "compilation_list", ("/compilations/", "/issued/", "/verify/")
            )
        )
        keeping.register(OPEN_FILINGS)
        worklist.register(worklist.Provider(waiting.items, waiting.count_mine))
        workflows.register(FILINGS)
        checker.register_finder(object_at)
        annotate_programmes(REMINDED_AT, reminded_of_plans)
        states.register(states_of_lines)
        panels.register(reports_of)
        consequences.register(open_reports_of)
        administration.register(missing.CYCLES)
        administration.register_missing(missing.missing_of_cycles)
        uses.register(missing.uses_of_programme)
        uses.register_of_regimes(missing.uses_of_regimes)
        programme_panels.register(missing.cycles_panel)
        USES.register(report_lines_of_group)
        SOURCE_USES.register(amounts_of_sources)
        INDICATOR_USES.register(results_of_indicator)
        datasets.register(*data_sets())
