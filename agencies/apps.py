from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "agencies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from agencies import finding, navigation, worklist
        from agencies.search_agencies import AGENCIES
        from agencies.sign_in import events

        navigation.register(
            navigation.Entry(10, _("My work"), "worklist", ("/",), count=worklist.count_of_mine)
        )
        navigation.register(navigation.Entry(70, _("Agencies"), "agency_list", ("/agencies/",)))
        finding.register(AGENCIES)
        events.connect()
