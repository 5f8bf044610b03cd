"""Who plans and reports: agencies through time, people, and the chained record of their acts."""

from agencies.models.agency import Agency, AgencyGroup, AgencyKind, GroupMember, Succession
from agencies.models.audit import AuditEntry, AuditHead
from agencies.models.delegation import Delegation, DelegationKind
from agencies.models.invitation import Invitation
from agencies.models.letters import LetterText, UndeliveredLetter
from agencies.models.people import Membership, Role, User
from agencies.models.sign_in import SignInEvent, SignInKind, UserSession
from agencies.models.tokens import ApiToken, IdempotentAnswer

__all__ = [
    "Agency",
    "AgencyGroup",
    "AgencyKind",
    "ApiToken",
    "AuditEntry",
    "AuditHead",
    "Delegation",
    "DelegationKind",
    "GroupMember",
    "IdempotentAnswer",
    "Invitation",
    "LetterText",
    "Membership",
    "Role",
    "SignInEvent",
    "SignInKind",
    "Succession",
    "UndeliveredLetter",
    "User",
    "UserSession",
]
