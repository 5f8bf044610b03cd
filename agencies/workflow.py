"""`perform()`: the one place that changes a state."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agencies import audit
from agencies.models import Membership
from agencies.permissions import require
from core.findings import NotAllowed, Refused, WrongState
from core.workflow import Transition, Workflow


class Stateful(Protocol):
    """What `perform` needs of an object with a state."""

    pk: Any
    state: str
    audit_label: str

    def relation_to(self, membership: Membership) -> frozenset[str]: ...

    def get_state_display(self) -> str: ...

    def people_who_made_it(self) -> set[int]: ...


T = TypeVar("T", bound=models.Model)


def lock(instance: T) -> T:
    """The row of `instance`, re-read and locked for this transaction (FOR NO KEY UPDATE on PostgreSQL)."""
    manager = type(instance)._base_manager
    return manager.select_for_update(no_key=True, of=("self",)).get(pk=instance.pk)


def perform(
    workflow: Workflow[Any],
    instance: T,
    name: str,
    *,
    actor: Membership,
    comment: str = "",
    check: Callable[[T], None] | None = None,
    apply: Callable[[T, Transition[Any], str], dict[str, Any] | None] | None = None,
) -> T:
    """Take `instance` through the transition `name`: lock, re-read, check the person, check, write, audit.

    `check(instance)` raises `Refused` with findings. `apply(instance, transition, from_state)` writes what
    belongs to the step and returns what the audit entry should say. Raises `NotAllowed`, `WrongState` or
    `Refused`.
    """
    transition = workflow.get(name)
    with audit.recording() as record:
        row: Any = lock(instance)
        require(actor, transition.permission, row)
        if row.state not in transition.sources:
            raise WrongState(
                format_lazy(
                    _("“{label}” is no longer possible: “{what}” is now “{state}”. Reload the page."),
                    label=transition.label,
                    what=row.audit_label,
                    state=row.get_state_display(),
                ),
                code="wrong_state",
            )
        if transition.four_eyes and actor.user_id in row.people_who_made_it():
            raise NotAllowed(
                _("Who drafted or submitted it cannot decide on it. Ask another member of your agency."),
                code="four_eyes",
            )
        if transition.needs_comment and not comment.strip():
            raise Refused(_("Give the reason: the agency must know what to mend."), code="reason_missing")
        if check is not None:
            check(row)
        from_state, row.state = row.state, transition.target
        said = (apply(row, transition, from_state) if apply else None) or {}
        row.save()
        record.add(
            transition.verb or transition.name,
            row,
            actor=actor,
            from_state=from_state,
            to_state=row.state,
            **({"comment": comment} if comment else {}),
            **said,
        )
    return row
