"""Who plans and reports: agencies through time, people, and the chained record of their acts."""

from agencies.models.agency import Agency, AgencyGroup, AgencyKind, GroupMember, Succession
from agencies.models.audit import AuditEntry, AuditHead
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
    "GroupMember",
    "IdempotentAnswer",
    "Membership",
    "Role",
    "SignInEvent",
    "SignInKind",
    "Succession",
    "User",
    "UserSession",
]
