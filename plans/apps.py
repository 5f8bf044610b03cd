from django.apps import AppConfig
from django.core import checks


class PlansConfig(AppConfig):
    name = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from agencies import navigation, panels, worklist
        from agencies.changes import consequences
        from agencies.models import Agency, AgencyGroup
        from plans import finding
        from plans.agency_panel import plans_of_agency, plans_that_pass_on
        from plans.documents.panel import tasks_of_agency
        from plans.models import LegalDocument
        from plans.parts import columns, references, registry
        from plans.parts.projects import ProjectPart
        from plans.parts.texts import SectionPart, TaskPart
        from plans.worklist import items

        references.refer(columns.Kind.AGENCY, Agency)
        references.refer(columns.Kind.GROUP, AgencyGroup)
        references.refer(columns.Kind.DOCUMENT, LegalDocument)
        for part in (SectionPart(), TaskPart(), ProjectPart()):
            registry.register(part)
        checks.register(registry.check_required)
        navigation.register(navigation.Entry(20, _("Plans"), "plan_list", ("/plans/",)))
        below = ("/documents/", "/reconciliation")
        navigation.register(navigation.Entry(50, _("Documents"), "document_list", below))
        worklist.register(items)
        panels.register(plans_of_agency)
        panels.register(tasks_of_agency)
        consequences.register(plans_that_pass_on)
        finding.register()
