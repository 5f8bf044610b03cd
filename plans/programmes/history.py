"""What administrators did to a programme, from the chain of acts."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import AuditEntry
from core.findings import Text
from plans.models import Programme, ReportingRegime
from plans.programmes.regime_acts import COLUMNS as REGIME_COLUMNS
from plans.programmes.shapes import COLUMNS

# What each act is called once it is done; the keys are verbs of the audit on a programme or a regime.
DONE: Mapping[str, Text] = {
    "create_programme": gettext_lazy("Set up"),
    "change_programme": gettext_lazy("Facts changed"),
    "change_lead": gettext_lazy("Lead handed over"),
    "change_outline": gettext_lazy("Outline changed"),
    "change_mapping": gettext_lazy("Mapping of headings changed"),
    "change_checklist": gettext_lazy("Checklist changed"),
    "change_asked": gettext_lazy("Status figures changed"),
    "create_regime": gettext_lazy("Reporting regime entered"),
    "change_regime": gettext_lazy("Reporting regime changed"),
    "remove_regime": gettext_lazy("Reporting regime taken out"),
}
SHOWN = 20


def history_of(programme: Programme, regimes: Sequence[ReportingRegime]) -> list[dict[str, Any]]:
    """In the shape of components/history.html, the latest first; two queries."""
    own = AuditEntry.objects.filter(object_kind="plans.programme", object_id=str(programme.pk))
    of_regimes = AuditEntry.objects.filter(
        object_kind="plans.reportingregime", object_id__in=[str(one.pk) for one in regimes]
    )
    found = [
        record
        for records in (own, of_regimes)
        for record in records.filter(verb__in=DONE)
        .select_related("user", "agency")
        .order_by("-sequence")[:SHOWN]
    ]
    found.sort(key=lambda one: -one.sequence)
    return [_entry(one) for one in found[:SHOWN]]


def _entry(record: AuditEntry) -> dict[str, Any]:
    data = json.loads(record.data)
    if record.verb in ("create_regime", "change_regime"):
        data["regime"] = record.object_label
    return {
        "when": record.at,
        "what": DONE[record.verb],
        "who": f"{record.user}, {record.agency.short_name}" if record.user and record.agency else "",
        "note": " · ".join(filter(None, _notes(record.verb, data))),
    }


def _notes(verb: str, data: Mapping[str, Any]) -> list[str]:
    """What an entry says besides its verb, in words."""
    if verb == "change_lead":
        said = _("%(before)s → %(after)s") % {"before": data["before"], "after": data["after"]}
        return [said, data.get("document", ""), data.get("reason", "")]
    if verb == "change_outline":
        counts = [(_("new"), data["added"]), (_("gone"), data["removed"]), (_("reworded"), data["reworded"])]
        return [f"{label}: {', '.join(numbers)}" for label, numbers in counts if numbers]
    if verb in ("change_programme", "change_regime"):
        names = labels()
        changed = ", ".join(str(names.get(field, field)) for field in data.get("changed", {}))
        return [data.get("regime", ""), changed]
    return [data.get("regime", ""), data.get("reason", ""), data.get("source", "")]


def labels() -> dict[str, Text]:
    """Field -> what its column is called."""
    found: dict[str, Text] = {name: Programme._meta.get_field(name).verbose_name for name in COLUMNS}  # type: ignore[union-attr]
    of_regime = {name: ReportingRegime._meta.get_field(name).verbose_name for name in REGIME_COLUMNS}  # type: ignore[union-attr]
    return {**of_regime, **found, "co_reviewers": _("co-reviewers"), "reports_with": _("reports with")}
