"""Who may do what: one literal table role x permission x relation, read by `can()` alone.

An object says itself how it stands to a membership (`relation_to`), so this module imports no app above.
What belongs to no agency but to the portal as a whole is `PORTAL`, which stands so too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.answering import portal_keeper
from agencies.models import Membership, Role
from core.findings import NotAllowed, Text


class Relation(StrEnum):
    """How an object stands to the agency that the person acts for."""

    OWN = "own"
    SUBORDINATE = "subordinate"
    LED = "led"  # of a programme that the agency leads; to who keeps the portal, every agency and list
    CO_REVIEWED = "co_reviewed"  # of a programme that the agency co-reviews
    FOREIGN = "foreign"


class Related(Protocol):
    def relation_to(self, membership: Membership) -> frozenset[str]: ...


class Portal:
    """The portal as a whole, to which the lists of agencies, sources, indicators and letters belong."""

    def relation_to(self, membership: Membership) -> frozenset[str]:
        return frozenset({Relation.LED if membership.keeps_portal else Relation.FOREIGN})


PORTAL = Portal()


class _Keeper:
    """The name of who keeps the portal, read when a refusal is shown."""

    def __str__(self) -> str:
        keeper = portal_keeper()
        return keeper.name if keeper else gettext("the agency that keeps the portal")


KEEPER = _Keeper()

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
    "portal.hand_over": _("say which agency keeps the portal"),
    "superuser.appoint": _("say who is a superuser"),
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
_KEPT = frozenset({Relation.OWN, Relation.SUBORDINATE, Relation.LED})
_ANY = frozenset(Relation)

# Asked without an object, these are asked of the portal; and these are asked of the agency concerned.
OF_THE_PORTAL = frozenset({"agency.manage", "reference.manage"})
OF_AN_AGENCY = frozenset({"people.manage", "work.assign", "signature.delegate"})

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
    (Role.ADMINISTRATOR, "people.manage"): _KEPT,
    (Role.ADMINISTRATOR, "work.assign"): _KEPT,
    (Role.ADMINISTRATOR, "signature.delegate"): _KEPT,
    (Role.ADMINISTRATOR, "agency.manage"): _LED,
    (Role.ADMINISTRATOR, "line.assign"): _LED,
    (Role.ADMINISTRATOR, "programme.manage"): _LED,
    (Role.ADMINISTRATOR, "reference.manage"): _LED,
    (Role.ADMINISTRATOR, "report.remind"): _LED,
    (Role.VIEWER, "plan.export"): _ANY,
    (Role.SYSTEM, "plan.register"): _ANY,
    (Role.SYSTEM, "plan.supersede"): _ANY,
    (Role.SYSTEM, "source.load"): _ANY,
    (Role.SYSTEM, "portal.hand_over"): _ANY,
    (Role.SYSTEM, "superuser.appoint"): _ANY,
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


def granted_to(membership: Membership, permission: str) -> frozenset[Relation]:
    """How an object must stand to the membership for its role to have the permission; empty: never."""
    return GRANTS.get((Role(membership.role), permission), frozenset())


def can(membership: Membership, permission: str, obj: Related | None = None) -> Decision:
    """Whether the person may, acting in this membership, do `permission` to `obj`.

    Without an object the question is whether the role ever may (to show a menu entry); of what belongs to
    the portal as a whole, whether this membership may.
    """
    what = PERMISSIONS[permission]
    relations = granted_to(membership, permission)
    if not relations:
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
    if obj is None and permission in OF_THE_PORTAL:
        obj = PORTAL
    if obj is None or relations & {Relation(value) for value in obj.relation_to(membership)}:
        return Decision(True)
    if permission in OF_THE_PORTAL:
        words = _("{agency} may not {what}: only an administrator of {keeper} may, which keeps the portal.")
    elif permission in OF_AN_AGENCY:
        words = _(
            "{agency} may not {what} of another agency. An administrator of that agency, of the one above it"
            " or of {keeper} may."
        )
    else:
        words = _("{agency} may not {what} here: it belongs to another agency or programme.")
    agency = membership.agency.short_name
    return Decision(False, format_lazy(words, agency=agency, what=what, keeper=KEEPER))


def require(membership: Membership, permission: str, obj: Related | None = None) -> None:
    """Raise `NotAllowed` with the reason unless `can()` says yes."""
    decision = can(membership, permission, obj)
    if not decision:
        raise NotAllowed(decision.reason, code="not_allowed")
