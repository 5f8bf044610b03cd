from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "indicators"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from indicators.models import Indicator
        from indicators.parts import TargetPart
        from plans.parts import columns, references, registry

        references.refer(columns.Kind.INDICATOR, Indicator)
        registry.register(TargetPart())
