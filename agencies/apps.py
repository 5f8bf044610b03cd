from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "agencies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from agencies import administration, finding, letters, navigation, panels, worklist
        from agencies.administration import administers
        from agencies.letters import all_kinds
        from agencies.letters.undelivered import undelivered_letters
        from agencies.models import Agency, AgencyGroup
        from agencies.people.lacking import missing_people
        from agencies.people.letters import KINDS
        from agencies.people.panel import people_of_agency
        from agencies.people.scope import people_kept
        from agencies.search_agencies import AGENCIES
        from agencies.sign_in import events
        from core import clock

        navigation.register(
            navigation.Entry(
                10,
                _("My work"),
                "worklist",
                ("/",),
                count=lambda request: worklist.count_mine(request.membership),
            )
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
        administration.register(
            administration.Subject(
                38,
                _("Agencies"),
                _("Who is there and since when; entering, renaming, merging, splitting and ending."),
                "agency_list",
                "agency.manage",
                count=lambda membership: Agency.objects.in_force(clock.today()).count(),
            )
        )
        administration.register(
            administration.Subject(
                40,
                _("Lists of agencies"),
                _("Who is on the lists that documents speak of, as of which day."),
                "group_list",
                "agency.manage",
                count=lambda membership: AgencyGroup.objects.count(),
            )
        )
        administration.register(
            administration.Subject(
                70,
                _("Texts of letters"),
                _("What the portal writes by e-mail: subject, text and what is put in."),
                "letter_list",
                "reference.manage",
                count=lambda membership: len(all_kinds()),
            )
        )
        administration.register(
            administration.Subject(
                30,
                _("People"),
                _("Who signs in, for which agencies and in which roles, and who signs for whom."),
                "people_list",
                "people.manage",
                count=lambda membership: people_kept(membership).count(),
            )
        )
        administration.register(
            administration.Subject(
                35,
                _("Rights"),
                _("What each role may do, in which state; whether a person may do something, and why not."),
                "rights",
                "people.manage",
            )
        )
        administration.register_missing(missing_people)
        administration.register_missing(undelivered_letters)
        panels.register(people_of_agency)
        for kind in KINDS:
            letters.register(kind)
        finding.register(AGENCIES)
        events.connect()
