"""What is missing of the funding sources: those nobody may use, and programmes in which none is offered."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.administration import Missing
from agencies.models import Membership
from agencies.permissions import can
from budgets.models import SourceUse
from budgets.sources.filters import IDLE, idle_sources
from core import clock
from plans.models import Programme

NAMED = 5


def missing_uses(membership: Membership) -> Iterator[Missing]:
    """For who keeps the reference lists; three queries."""
    if not can(membership, "reference.manage"):
        return
    url = reverse("source_list")
    idle = list(idle_sources().order_by("position", "id").values_list("name", flat=True))
    if idle:
        words = ngettext(
            "%(n)d funding source nobody may use: %(names)s",
            "%(n)d funding sources nobody may use: %(names)s",
            len(idle),
        )
        names = "; ".join(idle[:NAMED]) + ("; …" if len(idle) > NAMED else "")
        yield Missing(
            words % {"n": len(idle), "names": names}, f"{url}?state={IDLE}", _("Say who may use them")
        )
    uses = SourceUse.objects.filter(Q(source__valid_to__isnull=True) | Q(source__valid_to__gte=clock.today()))
    if uses.filter(programme__isnull=True).exists():
        return
    running = Programme.objects.filter(year_to__gte=clock.today().year)
    for programme in running.exclude(pk__in=uses.order_by().values("programme")).order_by("position", "id"):
        words = _("In programme %(programme)s no funding source may be used")
        yield Missing(words % {"programme": programme.short_name}, url, _("Look at the sources"))
