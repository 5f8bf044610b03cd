"""What programmes lack, for the administrators of their leads; and their entry among what is kept."""

from collections.abc import Iterator

from django.db.models import Count, Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.administration import Missing, Subject
from agencies.answering import answering, has_ended
from agencies.models import Membership, Role
from agencies.permissions import can
from core import clock
from core.notation import format_date
from plans.models import Programme, ReportingRegime

PROGRAMMES = Subject(
    50,
    gettext_lazy("Programmes"),
    gettext_lazy("Outlines, reporting regimes, checklists; who plans, leads, co-reviews and decides."),
    "programme_list",
    "programme.manage",
    count=lambda membership: Programme.objects.count(),
)


def missing_of_programmes(membership: Membership) -> Iterator[Missing]:
    """Of the own agency's programmes that have been decreed and are not over; three queries at most.

    Two more for each lead that has ended: who answers for it reviews.
    """
    if not can(membership, "programme.manage"):
        return
    today = clock.today()
    led = list(
        Programme.objects.filter(lead__in=membership.agency_ids, year_to__gte=today.year)
        .exclude(document__issued_on__gt=today)
        .select_related("lead")
        .prefetch_related(Prefetch("regimes", ReportingRegime.objects.all()))
        .annotate(headings=Count("outline", distinct=True), elsewhere=Count("reported_in", distinct=True))
    )
    bearers = {one.lead_id: answering(one.lead, today).bearer.pk for one in led}
    reviewed = set(
        Membership.objects.active(today)
        .filter(role=Role.REVIEWER, agency__in=bearers.values())
        .values_list("agency_id", flat=True)
    )
    for programme in led:
        yield from _of(programme, has_reviewer=bearers[programme.lead_id] in reviewed)


def _of(programme: Programme, *, has_reviewer: bool) -> Iterator[Missing]:
    name = {"programme": programme.short_name}
    url = reverse("programme_detail", args=[programme.code])
    if programme.planning_classes and programme.plan_deadline is None:
        edit = reverse("programme_edit", args=[programme.code])
        yield Missing(_("%(programme)s: no day by which plans are due.") % name, edit, _("Set the day"))
    if programme.planning_classes and not programme.headings:  # type: ignore[attr-defined]
        outline = reverse("programme_outline", args=[programme.code])
        yield Missing(
            _("%(programme)s: plans are asked for without an outline.") % name, outline, _("Enter it")
        )
    if has_ended(programme.lead):
        text = _("%(programme)s: its lead, %(lead)s, ended on %(day)s.")
        said = name | {"lead": programme.lead.short_name, "day": format_date(programme.lead.valid_to)}
        yield Missing(text % said, reverse("programme_lead", args=[programme.code]), _("Hand over the lead"))
    regimes = list(programme.regimes.all())
    reported_elsewhere = programme.elsewhere  # type: ignore[attr-defined]
    if not reported_elsewhere and not any(
        one.holds_on(clock.today()) or one.valid_from > clock.today() for one in regimes
    ):
        new = reverse("regime_new", args=[programme.code])
        yield Missing(_("%(programme)s: no reporting regime is valid.") % name, new, _("Enter a regime"))
    for one in regimes:
        if one.cadence and one.due_days is None and one.holds_on(clock.today()):
            edit = reverse("regime_edit", args=[programme.code, one.pk])
            text = _("%(programme)s: “%(regime)s” states no deadline.") % (name | {"regime": one.name})
            yield Missing(text, edit, _("Set the deadline"))
    if not has_reviewer:
        text = _("%(programme)s: nobody reviews for %(lead)s, so what is submitted waits.")
        yield Missing(text % (name | {"lead": programme.lead.short_name}), url, _("Look at the programme"))
