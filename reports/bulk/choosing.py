"""Which agencies of a list were chosen: those ticked, those on the page, or all that the filters leave."""

from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from reports.figures.obligations import standings
from reports.forms import ObligationFilter
from reports.models import Cycle

TICKED, SHOWN, FILTERED = "ticked", "shown", "filtered"
PAGE_SIZE = 50


def chosen(query: QueryDict, cycle: Cycle) -> list[str]:
    """Keys of the agencies, from the address of the list's form; two queries unless they are ticked."""
    scope = query.get("scope", TICKED)
    if scope not in (SHOWN, FILTERED):
        return query.getlist("agency")
    whole = standings(cycle, clock.now())
    form = ObligationFilter(query, classes=[one.agency_class for one in whole.classes])
    found = form.narrowed(whole.obligations)
    if scope == SHOWN:
        found = list(Paginator(found, PAGE_SIZE).get_page(query.get("page")).object_list)
    return [one.agency for one in found]


def scopes(shown: int, filtered: int) -> list[tuple[str, Any]]:
    """The choices under a list, with how many rows each takes; one is enough where the page shows all."""
    found = [(TICKED, _("the ticked ones"))]
    if shown < filtered:
        found.append((SHOWN, ngettext("the %(n)d shown", "all %(n)d shown", shown) % {"n": shown}))
    left = ngettext("the %(n)d that the filters leave", "all %(n)d that the filters leave", filtered)
    return [*found, (FILTERED, left % {"n": filtered})]
