"""Screens of people: administration, invitations, delegated signatures, who is in charge."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from agencies.models import User
from tests.browser.people import EXPIRED, delegation, invitation_link, invited
from tests.browser.screen import Screen, administrator, approver, editor, visitor
from tests.browser.world import World

Where = Callable[[World], str]


def _of(who: Callable[[World], User], page: str = "person_detail", *more: Any) -> Where:
    return lambda world: reverse(page, args=[who(world).pk, *more])


def _editor(world: World) -> User:
    return world.editor().user


def _approver(world: World) -> User:
    return world.approver().user


def _invited(world: World) -> User:
    return invited()


def _of_membership(name: str) -> Where:
    return lambda world: reverse("membership_act", args=[world.editor().user_id, world.editor().pk, name])


PEOPLE = [
    Screen("people", administrator, lambda w: reverse("people_list")),
    Screen("people, searched", administrator, lambda w: reverse("people_list") + "?q=tien+giang"),
    Screen("people, nothing found", administrator, lambda w: reverse("people_list") + "?q=zzqx"),
    Screen("agencies without people", administrator, lambda w: reverse("people_lacking")),
    Screen("invite a person", administrator, lambda w: reverse("person_invite") + "?agency=p20&role=editor"),
    Screen("person", administrator, _of(_editor)),
    Screen("person who delegates", administrator, _of(_approver)),
    Screen("person who is invited", administrator, _of(_invited)),
    Screen("person whose invitation expired", administrator, _of(lambda w: invited(EXPIRED))),
    *(
        Screen(f"{name} of a person", administrator, _of(_editor, "person_act", name))
        for name in ("correct", "add-membership", "hand-over", "deactivate")
    ),
    *(
        Screen(f"{name} of a person", administrator, _of(_invited, "person_act", name))
        for name in ("invite-again", "withdraw-invitation")
    ),
    *(Screen(f"{name} of a membership", administrator, _of_membership(name)) for name in ("change", "stop")),
    Screen("account with a delegated signature", approver, lambda w: reverse("account")),
    Screen("delegate a signature", approver, lambda w: reverse("delegation_new", args=[w.approver().pk])),
    Screen(
        "withdraw a delegation", approver, lambda w: reverse("delegation_withdraw", args=[delegation().pk])
    ),
    Screen("in charge of a plan", editor, lambda w: reverse("in_charge", args=["plan", w.draft.pk])),
    Screen("invitation", visitor, lambda w: invitation_link()),
    Screen("invitation that is void", visitor, lambda w: "/accounts/invitation/1.1.x/", status=410),
]
