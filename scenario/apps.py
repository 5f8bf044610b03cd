from django.apps import AppConfig


class ScenarioConfig(AppConfig):
    name = "scenario"
    default_auto_field = "django.db.models.BigAutoField"
