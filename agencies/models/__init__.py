"""Who plans and reports: agencies through time, people, and the chained record of their acts."""

from agencies.models.agency import Agency, AgencyGroup, AgencyKind, GroupMember, Succession
from agencies.models.audit import AuditEntry, AuditHead
from agencies.models.people import Membership, Role, User

__all__ = [
    "Agency",
    "AgencyGroup",
    "AgencyKind",
    "AuditEntry",
    "AuditHead",
    "GroupMember",
    "Membership",
    "Role",
    "Succession",
    "User",
]
