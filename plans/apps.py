from django.apps import AppConfig
from django.core import checks


class PlansConfig(AppConfig):
    name = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from agencies import navigation, panels, worklist
        from agencies.models import Agency, AgencyGroup
        from plans.agency_panel import plans_of_agency
        from plans.parts import columns, references, registry
        from plans.parts.projects import ProjectPart
        from plans.parts.texts import SectionPart, TaskPart
        from plans.worklist import items

        references.refer(columns.Kind.AGENCY, Agency)
        references.refer(columns.Kind.GROUP, AgencyGroup)
        for part in (SectionPart(), TaskPart(), ProjectPart()):
            registry.register(part)
        checks.register(registry.check_required)
        navigation.register(navigation.Entry(20, _("Plans"), "plan_list", ("/plans/",)))
        worklist.register(items)
        panels.register(plans_of_agency)
