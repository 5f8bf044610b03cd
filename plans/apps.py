from django.apps import AppConfig
from django.core import checks


class PlansConfig(AppConfig):
    name = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from agencies import administration, navigation, panels, worklist
        from agencies.changes import consequences
        from agencies.groups.uses import USES
        from agencies.models import Agency, AgencyGroup
        from agencies.people import keeping, lacking
        from agencies.rights import checker, workflows
        from plans import finding
        from plans.agency_panel import plans_of_agency, plans_that_pass_on
        from plans.documents.panel import tasks_of_agency
        from plans.keeping import OPEN_PLANS, agencies_obliged
        from plans.models import LegalDocument
        from plans.open_data import agencies as agency_data
        from plans.open_data import catalogue, datasets
        from plans.parts import columns, references, registry
        from plans.parts.projects import ProjectPart
        from plans.parts.texts import SectionPart, TaskPart
        from plans.programmes.missing import PROGRAMMES, missing_of_programmes
        from plans.resting import uses_of_group
        from plans.rights import PLANS, plan_at
        from plans.worklist import count_mine, items

        references.refer(columns.Kind.AGENCY, Agency)
        references.refer(columns.Kind.GROUP, AgencyGroup)
        references.refer(columns.Kind.DOCUMENT, LegalDocument)
        for part in (SectionPart(), TaskPart(), ProjectPart()):
            registry.register(part)
        checks.register(registry.check_required)
        kept = ("/plans/", "/plan-reminders/")
        navigation.register(navigation.Entry(20, _("Plans"), "plan_list", kept))
        below = ("/documents/", "/reconciliation", "/open-data/")
        navigation.register(navigation.Entry(50, _("Documents"), "document_list", below))
        keeping.register(OPEN_PLANS)
        lacking.register_obliged(agencies_obliged)
        worklist.register(worklist.Provider(items, count_mine))
        workflows.register(PLANS)
        checker.register_finder(plan_at)
        panels.register(plans_of_agency)
        panels.register(tasks_of_agency)
        consequences.register(plans_that_pass_on)
        administration.register(PROGRAMMES)
        administration.register_missing(missing_of_programmes)
        USES.register(uses_of_group)
        finding.register()
        datasets.register(*catalogue.data_sets(), *agency_data.data_sets())
