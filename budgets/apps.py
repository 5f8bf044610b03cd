from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "budgets"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from agencies import administration
        from budgets.grid import ProjectMoneyGrid
        from budgets.models import FundingSource
        from budgets.open_data import data_sets
        from budgets.parts import AllocationPart, SharePart, StatedTotalPart
        from budgets.sources.missing import missing_uses
        from budgets.sources.uses import USES, money_of_sources
        from plans.open_data import datasets
        from plans.parts import columns, grids, references, registry

        references.refer(columns.Kind.SOURCE, FundingSource)
        for part in (AllocationPart(), SharePart(), StatedTotalPart()):
            registry.register(part)
        grids.register("projects", ProjectMoneyGrid())
        USES.register(money_of_sources)
        administration.register(
            administration.Subject(
                50,
                _("Funding sources"),
                _("From which money is planned, by whom, in which years."),
                "source_list",
                "reference.manage",
                count=lambda membership: FundingSource.objects.count(),
            )
        )
        administration.register_missing(missing_uses)
        datasets.register(*data_sets())
