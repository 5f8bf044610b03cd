"""Who may do what: one literal table role x permission x relation, read by `can()` alone.

An object says itself how it stands to a membership (`relation_to`), so this module imports no app above.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agencies.models import Membership, Role
from core.findings import NotAllowed, Text


class Relation(StrEnum):
    """How an object stands to the agency that the person acts for."""

    OWN = "own"
    SUBORDINATE = "subordinate"
    LED = "led"  # of a programme that the agency leads
    CO_REVIEWED = "co_reviewed"  # of a programme that the agency co-reviews
    FOREIGN = "foreign"


class Related(Protocol):
    def relation_to(self, membership: Membership) -> frozenset[str]: ...


# What each permission is called when a refusal must name it.
PERMISSIONS: Mapping[str, Text] = {
    "plan.create": _("draft a plan"),
    "plan.edit": _("edit a draft plan"),
    "plan.hand_over": _("hand a plan to the leader"),
    "plan.hand_back": _("hand a plan back to the editor"),
    "plan.discard": _("discard a draft plan"),
    "plan.amend": _("amend an approved plan"),
    "plan.submit": _("submit a plan"),
    "plan.withdraw": _("withdraw a submitted plan"),
    "plan.review": _("review a plan"),
    "plan.register": _("register a plan from its printed document"),
    "plan.supersede": _("replace a plan in force by its new version"),
    "plan.export": _("export plans"),
    "cycle.open": _("open a reporting period"),
    "cycle.manage": _("change a reporting period"),
    "filing.edit": _("fill in a report"),
    "filing.hand_over": _("hand a report to the leader"),
    "filing.hand_back": _("hand a report back to the editor"),
    "filing.submit": _("submit a report"),
    "filing.review": _("accept or return a report"),
    "report.extend": _("extend a deadline or exempt from reporting"),
    "report.compile": _("compile the national report"),
    "report.issue": _("issue the national report"),
    "report.export": _("export reports"),
    "source.load": _("load the printed documents"),
    "people.manage": _("manage people and rights"),
    "agency.manage": _("change the list of agencies"),
    "line.assign": _("assign who reports on a line"),
    "programme.manage": _("set up a programme"),
    "reference.manage": _("keep the reference lists"),
    "report.remind": _("remind agencies of a report or a plan"),
    "work.assign": _("say who is in charge of a draft"),
    "signature.delegate": _("delegate a signature"),
}

_OWN = frozenset({Relation.OWN})
_LED = frozenset({Relation.LED})
_ANY = frozenset(Relation)

GRANTS: Mapping[tuple[Role, str], frozenset[Relation]] = {
    (Role.EDITOR, "plan.create"): _OWN,
    (Role.EDITOR, "plan.edit"): _OWN,
    (Role.EDITOR, "plan.hand_over"): _OWN,
    (Role.EDITOR, "plan.discard"): _OWN,
    (Role.EDITOR, "plan.amend"): _OWN,
    (Role.EDITOR, "plan.export"): _ANY,
    (Role.EDITOR, "filing.edit"): _OWN,
    (Role.EDITOR, "filing.hand_over"): _OWN,
    (Role.EDITOR, "work.assign"): _OWN,
    (Role.APPROVER, "plan.hand_back"): _OWN,
    (Role.APPROVER, "plan.submit"): _OWN,
    (Role.APPROVER, "plan.withdraw"): _OWN,
    (Role.APPROVER, "plan.export"): _ANY,
    (Role.APPROVER, "filing.hand_back"): _OWN,
    (Role.APPROVER, "filing.submit"): _OWN,
    (Role.APPROVER, "work.assign"): _OWN,
    (Role.APPROVER, "signature.delegate"): _OWN,
    (Role.REVIEWER, "plan.review"): _LED,
    (Role.REVIEWER, "plan.register"): _LED,
    (Role.REVIEWER, "plan.supersede"): _LED,
    (Role.REVIEWER, "plan.export"): _ANY,
    (Role.REVIEWER, "filing.review"): _LED,
    (Role.REVIEWER, "report.extend"): _LED,
    (Role.REVIEWER, "report.compile"): _LED,
    (Role.REVIEWER, "report.issue"): _LED,
    (Role.REVIEWER, "report.export"): _LED,
    (Role.REVIEWER, "report.remind"): _LED,
    (Role.CO_REVIEWER, "plan.export"): _ANY,
    (Role.ADMINISTRATOR, "cycle.open"): _LED,
    (Role.ADMINISTRATOR, "cycle.manage"): _LED,
    (Role.ADMINISTRATOR, "report.extend"): _LED,
    (Role.ADMINISTRATOR, "report.export"): _LED,
    (Role.ADMINISTRATOR, "plan.export"): _ANY,
    (Role.ADMINISTRATOR, "people.manage"): _ANY,
    (Role.ADMINISTRATOR, "work.assign"): _ANY,
    (Role.ADMINISTRATOR, "signature.delegate"): _ANY,
    (Role.ADMINISTRATOR, "agency.manage"): _ANY,
    (Role.ADMINISTRATOR, "line.assign"): _LED,
    (Role.ADMINISTRATOR, "programme.manage"): _LED,
    (Role.ADMINISTRATOR, "reference.manage"): _ANY,
    (Role.ADMINISTRATOR, "report.remind"): _LED,
    (Role.VIEWER, "plan.export"): _ANY,
    (Role.SYSTEM, "plan.register"): _ANY,
    (Role.SYSTEM, "plan.supersede"): _ANY,
    (Role.SYSTEM, "source.load"): _ANY,
    (Role.SYSTEM, "people.manage"): _ANY,
}


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer of `can()`; falsy when no, and then `reason` says why and who may."""

    allowed: bool
    reason: Text = ""

    def __bool__(self) -> bool:
        return self.allowed


def roles_with(permission: str) -> list[Role]:
    return [role for role, granted in GRANTS if granted == permission and role is not Role.SYSTEM]


def can(membership: Membership, permission: str, obj: Related | None = None) -> Decision:
    """Whether the person may, acting in this membership, do `permission` to `obj`.

    Without an object the question is whether the role ever may (to show a menu entry).
    """
    what = PERMISSIONS[permission]
    relations = GRANTS.get((Role(membership.role), permission))
    if relations is None:
        names = ", ".join(str(role.label) for role in roles_with(permission)) or str(Role.SYSTEM.label)
        return Decision(
            False,
            format_lazy(
                _("Your role ({role}) may not {what}. Who may: {names}."),
                role=Role(membership.role).label,
                what=what,
                names=names,
            ),
        )
    if obj is None or relations & {Relation(value) for value in obj.relation_to(membership)}:
        return Decision(True)
    return Decision(
        False,
        format_lazy(
            _("{agency} may not {what} here: it belongs to another agency or programme."),
            agency=membership.agency.short_name,
            what=what,
        ),
    )


def require(membership: Membership, permission: str, obj: Related | None = None) -> None:
    """Raise `NotAllowed` with the reason unless `can()` says yes."""
    decision = can(membership, permission, obj)
    if not decision:
        raise NotAllowed(decision.reason, code="not_allowed")
