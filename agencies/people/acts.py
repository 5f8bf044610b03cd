"""Which acts a person's account offers, and which a membership: two literal tables.

Pages draw their buttons from `offered()` and `offered_of()`; addresses perform nothing else.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Membership, Role, User
from agencies.people import accounts, invitations, keeping, memberships
from agencies.people.forms import (
    CorrectForm,
    DaysForm,
    DeactivateForm,
    HandOverForm,
    MembershipForm,
    PersonForm,
    ReasonForm,
)
from agencies.people.rules import membership_findings
from agencies.people.scope import why_not_whole
from agencies.people.states import AccountState, state_of
from agencies.sign_in import second_step, sessions
from core import clock
from core.findings import Finding, Text


@dataclass(frozen=True, slots=True)
class Act:
    """One act on a person's account (or on one membership).

    `concerns` says whether it means anything as things stand, `why_not` why this administrator may not, or
    "". `perform` gets the row, the filled form and the actor; what it gives back is the path of a new
    invitation, or nothing. `findings` tells what bars it besides what the form itself could not read. One
    on the account as a `whole` is for who manages all agencies of its person.
    """

    name: str
    label: Text
    text: Text
    done: Text
    concerns: Callable[[Any], bool]
    perform: Callable[[Any, Any, Membership], str | None]
    form: type[PersonForm] = PersonForm
    why_not: Callable[[Any, Membership], Text] = lambda row, actor: ""
    findings: Callable[[Any, Any], Iterable[Finding]] = lambda row, form: ()
    danger: bool = False
    whole: bool = False


def _is_active(person: User) -> bool:
    return state_of(person) is AccountState.ACTIVE


def _waits(person: User) -> bool:
    return state_of(person) in (AccountState.INVITED, AccountState.EXPIRED)


def _never_came(person: User) -> bool:
    return not person.is_active and accounts.never_came(person)


def _not_oneself(person: User, actor: Membership) -> Text:
    return _("Ask another administrator: this is your own account.") if person.pk == actor.user_id else ""


def _no_work(person: User, actor: Membership) -> Text:
    return "" if keeping.in_hand_of(person, actor) else _("This person has no draft in hand.")


def _no_second_step(person: User, actor: Membership) -> Text:
    if second_step.is_set_up(person):
        return _not_oneself(person, actor)
    return _("This person has no two-step sign-in; there is nothing to reset.")


def _no_session(person: User, actor: Membership) -> Text:
    return _not_oneself(person, actor) if sessions.of(person) else _("This person is signed in nowhere.")


def _deactivate(person: User, form: DeactivateForm, actor: Membership) -> None:
    reason = form.cleaned_data.get("reason", "")
    accounts.deactivate(person, reason=reason, handings=form.handings(), actor=actor)


def _hand_over(person: User, form: HandOverForm, actor: Membership) -> None:
    keeping.hand_over_work(person, form.handings(), actor=actor)


def _add(person: User, form: MembershipForm, actor: Membership) -> None:
    memberships.add_membership(person, form.stated(), actor=actor)


_ACTS = (
    Act(
        "correct",
        gettext_lazy("Correct"),
        gettext_lazy("Name, post and address as they are now. Links sent to an old address are void."),
        gettext_lazy("The account is corrected."),
        lambda person: True,
        lambda person, form, actor: accounts.correct_person(person, **form.cleaned_data, actor=actor),
        CorrectForm,
        whole=True,
    ),
    Act(
        "add-membership",
        gettext_lazy("Add a membership"),
        gettext_lazy("The person can act for this agency in this role, from the first day to the last."),
        gettext_lazy("The membership is added."),
        lambda person: True,
        _add,
        MembershipForm,
        findings=lambda person, form: membership_findings(person, form.stated()),
    ),
    Act(
        "invite-again",
        gettext_lazy("Send the invitation again"),
        gettext_lazy("A new letter with a new link goes to the person; every link before is void."),
        gettext_lazy("The invitation is sent again."),
        _never_came,
        lambda person, form, actor: invitations.send_again(person, actor=actor),
        whole=True,
    ),
    Act(
        "withdraw-invitation",
        gettext_lazy("Withdraw the invitation"),
        gettext_lazy("The link is void at once, and the account stays shut. It can be sent again later."),
        gettext_lazy("The invitation is withdrawn."),
        _waits,
        lambda person, form, actor: invitations.withdraw_invitation(person, actor=actor),
        danger=True,
        whole=True,
    ),
    Act(
        "hand-over",
        gettext_lazy("Hand over"),
        gettext_lazy(
            "Drafts of which the person is in charge go to somebody else. "
            "What belongs to the agency stays there."
        ),
        gettext_lazy("The drafts are handed over."),
        lambda person: True,
        _hand_over,
        HandOverForm,
        _no_work,
    ),
    Act(
        "reset-second-step",
        gettext_lazy("Reset two-step sign-in"),
        gettext_lazy(
            "For somebody who has lost phone and recovery codes. Make sure who asks. "
            "The password alone opens the account until the second step is set up again; all sessions end."
        ),
        gettext_lazy("Two-step sign-in is taken off."),
        _is_active,
        lambda person, form, actor: accounts.reset_second_step(person, **form.cleaned_data, actor=actor),
        ReasonForm,
        _no_second_step,
        danger=True,
        whole=True,
    ),
    Act(
        "sign-out",
        gettext_lazy("Sign out everywhere"),
        gettext_lazy("All sessions end at once. The account stays open; tokens stay valid."),
        gettext_lazy("The person is signed out everywhere."),
        _is_active,
        lambda person, form, actor: accounts.sign_out_everywhere(person, **form.cleaned_data, actor=actor),
        ReasonForm,
        _no_session,
        whole=True,
    ),
    Act(
        "deactivate",
        gettext_lazy("Deactivate"),
        gettext_lazy(
            "The account is shut: sessions, API tokens and delegated signatures end at once. "
            "What the person did stays in the record, and the account can be opened again."
        ),
        gettext_lazy("The account is deactivated."),
        _is_active,
        _deactivate,
        DeactivateForm,
        _not_oneself,
        danger=True,
        whole=True,
    ),
    Act(
        "reactivate",
        gettext_lazy("Reactivate"),
        gettext_lazy(
            "The account opens again with its password and the memberships that have not ended. "
            "Tokens and delegated signatures do not come back."
        ),
        gettext_lazy("The account is open again."),
        lambda person: state_of(person) is AccountState.DEACTIVATED and not accounts.never_came(person),
        lambda person, form, actor: accounts.reactivate(person, **form.cleaned_data, actor=actor),
        ReasonForm,
        whole=True,
    ),
)
ACTS: Mapping[str, Act] = {act.name: act for act in _ACTS}


def _goes_on(membership: Membership) -> bool:
    ended = membership.valid_to is not None and membership.valid_to < clock.today()
    return not ended and membership.stopped_at is None


def _in_own_right(membership: Membership) -> bool:
    return _goes_on(membership) and membership.delegation_id is None


def _not_own_administration(membership: Membership, actor: Membership) -> Text:
    if membership.user_id == actor.user_id and membership.role == Role.ADMINISTRATOR:
        return _("This is your own role of administrator. Ask another administrator to end it.")
    return ""


def _days_findings(membership: Membership, form: DaysForm) -> list[Finding]:
    said = form.cleaned_data
    return memberships.days_findings(membership, said.get("first"), said.get("last"))


def _change(membership: Membership, form: DaysForm, actor: Membership) -> None:
    memberships.change_membership(membership, **form.cleaned_data, actor=actor)


def _stop(membership: Membership, form: ReasonForm, actor: Membership) -> None:
    memberships.stop_membership(membership, **form.cleaned_data, actor=actor)


_ACTS_OF_MEMBERSHIP = (
    Act(
        "change",
        gettext_lazy("Change the days"),
        gettext_lazy("What has begun keeps its first day. With the last day the person stops acting there."),
        gettext_lazy("The days are changed."),
        _in_own_right,
        _change,
        DaysForm,
        findings=_days_findings,
    ),
    Act(
        "stop",
        gettext_lazy("End at once"),
        gettext_lazy(
            "From this moment the person no longer acts there. Tokens of this membership and delegated "
            "signatures that rest on it end too."
        ),
        gettext_lazy("The membership has ended."),
        _in_own_right,
        _stop,
        ReasonForm,
        _not_own_administration,
        danger=True,
    ),
    Act(
        "remove",
        gettext_lazy("Take out"),
        gettext_lazy(
            "Entered by mistake and never used: it leaves the list. The record keeps that it was there."
        ),
        gettext_lazy("The membership is taken out."),
        lambda one: _in_own_right(one) and memberships.is_unused(one),
        lambda one, form, actor: memberships.remove_membership(one, actor=actor),
        PersonForm,
        _not_own_administration,
        danger=True,
    ),
)
ACTS_OF_MEMBERSHIP: Mapping[str, Act] = {act.name: act for act in _ACTS_OF_MEMBERSHIP}


@dataclass(frozen=True, slots=True)
class OfferedAct:
    """A button; `refused` says why it is shut."""

    act: Act
    refused: Text = ""

    @property
    def label(self) -> Text:
        return self.act.label


def offered(person: User, actor: Membership) -> list[OfferedAct]:
    shut = why_not_whole(person, actor)
    found = [act for act in _ACTS if act.concerns(person)]
    return [OfferedAct(act, (shut if act.whole else "") or act.why_not(person, actor)) for act in found]


def offered_of(membership: Membership, actor: Membership) -> list[OfferedAct]:
    found = [act for act in _ACTS_OF_MEMBERSHIP if act.concerns(membership)]
    return [OfferedAct(act, act.why_not(membership, actor)) for act in found]
