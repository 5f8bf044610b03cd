from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "budgets"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from budgets.grid import ProjectMoneyGrid
        from budgets.models import FundingSource
        from budgets.parts import AllocationPart, SharePart, StatedTotalPart
        from plans.parts import columns, grids, references, registry

        references.refer(columns.Kind.SOURCE, FundingSource)
        for part in (AllocationPart(), SharePart(), StatedTotalPart()):
            registry.register(part)
        grids.register("projects", ProjectMoneyGrid())
