"""The history of a plan as people read it: steps with their papers, and what happened inside the agency."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.models import AuditEntry
from agencies.models.delegation import signer_words
from core.findings import Text
from core.notation import format_date
from plans.models import Plan, PlanRoute, PlanState, PlanStep
from plans.parts import registry
from plans.review.workflow import LOOK

# What each act is called once it is done; the keys are verbs of steps and of the audit.
DONE: Mapping[str, Text] = {
    "create": gettext_lazy("Draft begun"),
    "amend": gettext_lazy("Amendment begun"),
    "take_lines": gettext_lazy("Lines taken from another plan"),
    "add_asked": gettext_lazy("Rows that the outline asks for added"),
    "save_lines": gettext_lazy("Many lines saved at once by a program"),
    "route": gettext_lazy("Said how the plan came about"),
    "hand_over": gettext_lazy("Handed to the leader"),
    "hand_back": gettext_lazy("Handed back to the editor"),
    "submit": gettext_lazy("Submitted"),
    "withdraw": gettext_lazy("Withdrawn"),
    "open_review": gettext_lazy("Review opened"),
    "return": gettext_lazy("Returned"),
    "approve": gettext_lazy("Approved"),
    "reject": gettext_lazy("Rejected"),
    "register": gettext_lazy("Registered from its document"),
    "supersede": gettext_lazy("Replaced by a later version"),
}
# Kept by the audit alone; what happens inside an agency is shown to that agency alone.
_BEGINNINGS = ("create", "amend", "take_lines", "add_asked", "save_lines", "route")
_INSIDE = ("hand_over", "hand_back")


def entry_of(step: PlanStep) -> dict[str, Any]:
    """A step in the shape of components/history.html."""
    return {
        "verb": step.verb,
        "when": step.at,
        "what": DONE.get(step.verb, step.verb),
        "who": f"{step.by}, {step.agency.short_name}",
        "note": " · ".join(filter(None, (paper_of(step), step.comment))),
        "family": LOOK[PlanState(step.to_state)][0],
        "step": step,
    }


def paper_of(step: PlanStep) -> str:
    """The paper of a step in words: its number, date, issuer and signer, as far as they are known."""
    said = [step.paper_number] if step.paper_number else []
    if step.paper_on:
        said.append(_("of %(day)s") % {"day": format_date(step.paper_on)})
    named = " ".join(said)
    issuer = _("issued by %(issuer)s") % {"issuer": step.paper_issuer} if step.paper_issuer else ""
    signer = signer_words(step.paper_signer, step.signed_as)
    signed = _("signed by %(signer)s") % {"signer": signer} if signer else ""
    return ", ".join(filter(None, (named, issuer, signed)))


def submission_by_delegation(plan: Plan) -> PlanStep | None:
    """The standing submission of a plan, where somebody signed it for the head of the agency."""
    if plan.registered or plan.is_editable:
        return None
    step = plan.steps.filter(verb="submit").order_by("-id").first()
    return step if step is not None and step.signed_as else None


def entries_of(plan: Plan, steps: Sequence[PlanStep], *, own: bool) -> list[dict[str, Any]]:
    """Everything that happened, the latest first."""
    verbs = (*_BEGINNINGS, *_INSIDE) if own else _BEGINNINGS
    records = AuditEntry.objects.filter(
        object_kind=plan._meta.label_lower, object_id=str(plan.pk), verb__in=verbs
    ).select_related("user", "agency")
    found = [_from_audit(record) for record in records.order_by("sequence")] + [
        entry_of(step) for step in steps
    ]
    return sorted(found, key=lambda entry: entry["when"])[::-1]  # what came later in one minute stands above


def _called(code: str) -> str:
    """A plan as its readers call it: by the number of its document, else by its code."""
    numbers = Plan.objects.filter(code=code, document__isnull=False).values_list(
        "document__number", flat=True
    )
    return numbers.first() or code


def _from_audit(record: AuditEntry) -> dict[str, Any]:
    data = json.loads(record.data)
    note = data.get("comment", "")
    if record.verb == "take_lines":
        note = _("from %(source)s") % {"source": _called(data.get("source", ""))}
    if record.verb == "route":
        note = str(dict(PlanRoute.choices).get(data.get("after", ""), _("taken back")))
    if record.verb == "add_asked":
        note = ngettext("%(n)d row", "%(n)d rows", data["rows"]) % {"n": data["rows"]}
    if record.verb == "save_lines":
        said = _("%(part)s: %(added)d added, %(changed)d changed")
        note = said % {**data, "part": registry.get(data["part"]).label}
    who = f"{record.user}, {record.agency.short_name}" if record.user and record.agency else ""
    return {
        "verb": record.verb,
        "when": record.at,
        "what": DONE[record.verb],
        "who": who,
        "note": note,
        "family": "work" if record.verb in _INSIDE else "",
    }
