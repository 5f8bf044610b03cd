"""What a period and a compilation offer to those who lead the programme, beside the acts on one report.

Literal tables: pages draw links and shut buttons from them, with the reason where the reader may not.
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Membership
from agencies.offering import ObjectAct, Offer, offers
from core.findings import Text
from reports.bulk.acts import BULK
from reports.models import Compilation, Cycle
from reports.views.access import cycle_url

CYCLE_ACTS: tuple[ObjectAct, ...] = (
    ObjectAct("compile", gettext_lazy("Compile"), "report.compile"),
    ObjectAct("export", gettext_lazy("As XLSX"), "report.export"),
    ObjectAct("keep", gettext_lazy("Deadline and agencies"), "cycle.manage"),
)
BULK_ACTS: tuple[ObjectAct, ...] = tuple(
    ObjectAct(name, kind.label, kind.permission) for name, kind in BULK.items()
)


def _issued(compilation: Compilation) -> Text:
    if not compilation.issued_files.all():
        return ""
    return _("This compilation is issued already. Compile anew to issue again.")


COMPILATION_ACTS: tuple[ObjectAct, ...] = (
    ObjectAct("compile", gettext_lazy("Compile anew"), "report.compile", bar=_issued, hidden=True),
    ObjectAct("issue", gettext_lazy("Issue"), "report.issue", bar=_issued, hidden=True),
)
_PAGES = {"compile": "cycle_compile", "export": "obligation_export", "keep": "kept_cycle"}


def cycle_offers(cycle: Cycle, membership: Membership) -> dict[str, Offer]:
    """What the period's pages offer, by name."""
    return offers(CYCLE_ACTS, cycle, membership, lambda name: cycle_url(_PAGES[name], cycle))


def bulk_offers(cycle: Cycle, membership: Membership) -> list[Offer]:
    """The acts on many agencies, in their order."""
    found = offers(BULK_ACTS, cycle, membership, lambda name: cycle_url("cycle_bulk", cycle, name=name))
    return list(found.values())


def compilation_offers(compilation: Compilation, membership: Membership) -> dict[str, Offer]:
    """What a compilation offers while it is not issued."""
    urls = {
        "compile": cycle_url("cycle_compile", compilation.cycle),
        "issue": reverse("compilation_issue", args=[compilation.pk]),
    }
    return offers(COMPILATION_ACTS, compilation, membership, urls.__getitem__)
