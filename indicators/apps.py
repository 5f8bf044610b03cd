from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "indicators"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from agencies import finding, navigation
        from indicators.baselines import BaselinePart
        from indicators.finding import INDICATORS
        from indicators.grid import StatusGrid
        from indicators.models import Indicator
        from indicators.parts import TargetPart
        from plans.parts import columns, grids, references, registry

        references.refer(columns.Kind.INDICATOR, Indicator)
        registry.register(TargetPart())
        registry.register(BaselinePart())
        grids.register("baselines", StatusGrid())
        navigation.register(navigation.Entry(60, _("Indicators"), "indicator_list", ("/indicators/",)))
        finding.register(INDICATORS)
