"""What is stated on the pages of people; the actions judge it, so that all findings come at once."""

from agencies.people.forms.accounts import (
    CorrectForm,
    DeactivateForm,
    HandOverForm,
    InviteForm,
    PersonForm,
    ReasonForm,
)
from agencies.people.forms.memberships import ChargeForm, DaysForm, DelegateForm, MembershipForm

__all__ = [
    "ChargeForm",
    "CorrectForm",
    "DaysForm",
    "DeactivateForm",
    "DelegateForm",
    "HandOverForm",
    "InviteForm",
    "MembershipForm",
    "PersonForm",
    "ReasonForm",
]
