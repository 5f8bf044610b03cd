from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "agencies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from agencies import administration, finding, navigation, worklist
        from agencies.administration import administers
        from agencies.search_agencies import AGENCIES
        from agencies.sign_in import events

        navigation.register(
            navigation.Entry(10, _("My work"), "worklist", ("/",), count=worklist.count_of_mine)
        )
        navigation.register(navigation.Entry(70, _("Agencies"), "agency_list", ("/agencies/",)))
        kept = ("/administration/", "/sign-ins/", "/tokens/")
        navigation.register(
            navigation.Entry(80, _("Administration"), "administration", kept, shown_to=administers)
        )
        administration.register(
            administration.Subject(
                80,
                _("Sign-ins"),
                _("Who signed in or failed to, when and from where."),
                "sign_in_list",
                "people.manage",
            )
        )
        administration.register(
            administration.Subject(
                90,
                _("API tokens"),
                _("With which programs other systems come in, in whose name; revoked here at once."),
                "people_tokens",
                "people.manage",
            )
        )
        finding.register(AGENCIES)
        events.connect()
