from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "indicators"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from agencies import administration, finding, navigation
        from agencies.groups.uses import USES
        from indicators.asking.actions import LINK
        from indicators.asking.views import asked_panel
        from indicators.baselines import BaselinePart
        from indicators.finding import INDICATORS
        from indicators.grid import StatusGrid
        from indicators.keeping.offering import offered_indicators
        from indicators.keeping.uses import USES as INDICATOR_USES
        from indicators.keeping.uses import lines_of_indicator
        from indicators.models import Indicator
        from indicators.open_data import data_sets
        from indicators.parts import TargetPart
        from indicators.resting import targets_for_group
        from plans.open_data import datasets
        from plans.parts import columns, grids, references, registry
        from plans.programmes import panels, uses

        references.refer(columns.Kind.INDICATOR, Indicator, offered=offered_indicators)
        registry.register(TargetPart())
        registry.register(BaselinePart())
        grids.register("baselines", StatusGrid())
        navigation.register(navigation.Entry(60, _("Indicators"), "indicator_list", ("/indicators/",)))
        finding.register(INDICATORS)
        panels.register(asked_panel)
        uses.link(LINK)
        USES.register(targets_for_group)
        INDICATOR_USES.register(lines_of_indicator)
        administration.register(
            administration.Subject(
                60,
                _("Indicators"),
                _("What is measured: definition, unit, kind, and what was retired."),
                "kept_indicator_list",
                "reference.manage",
                count=lambda membership: Indicator.objects.count(),
            )
        )
        datasets.register(*data_sets())
