"""`perform()` and, for many rows at once, `perform_all()`: the one place that changes a state."""

from collections.abc import Callable, Collection
from typing import Any, Protocol, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agencies import audit
from agencies.models import Membership
from agencies.permissions import require
from core.findings import BusinessError, NotAllowed, Refused, WrongState
from core.vietnamese import clean
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

Check = Callable[[T], None]
Apply = Callable[[T, Transition[Any], str], dict[str, Any] | None]


def lock(instance: T) -> T:
    """The row of `instance`, re-read and locked for this transaction (FOR NO KEY UPDATE on PostgreSQL).

    Raises `WrongState` where somebody removed it meanwhile.
    """
    manager = type(instance)._base_manager
    try:
        return manager.select_for_update(no_key=True, of=("self",)).get(pk=instance.pk)
    except ObjectDoesNotExist:
        text = _("Somebody removed it meanwhile. Go back and reload the page.")
        raise WrongState(text, code="removed_meanwhile") from None


def barred(
    workflow: Workflow[Any], row: Any, name: str, *, actor: Membership, comment: str = ""
) -> BusinessError | None:
    """Why `row`, as it is in memory, cannot take the step, or None: what `perform` and `perform_all` ask."""
    transition = workflow.get(name)
    try:
        _check(row, transition, actor, comment)
    except BusinessError as refusal:
        return refusal
    return None


def _check(row: Any, transition: Transition[Any], actor: Membership, comment: str) -> None:
    """The person, the state, four eyes, the reason: what every step asks before its own check."""
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
    if transition.needs_comment and not clean(comment):
        raise Refused(_("Give the reason: the agency must know what to mend."), code="reason_missing")


def _take(
    row: Any,
    transition: Transition[Any],
    actor: Membership,
    comment: str,
    check: Check[Any] | None,
    apply: Apply[Any] | None,
) -> tuple[str, dict[str, Any]]:
    """Take the step in memory: the state it came from, and what the audit entry should say."""
    _check(row, transition, actor, comment)
    if check is not None:
        check(row)
    from_state, row.state = row.state, transition.target
    return from_state, (apply(row, transition, from_state) if apply else None) or {}


def perform(
    workflow: Workflow[Any],
    instance: T,
    name: str,
    *,
    actor: Membership,
    comment: str = "",
    check: Check[T] | None = None,
    apply: Apply[T] | None = None,
) -> T:
    """Take `instance` through the transition `name`: lock, re-read, check the person, check, write, audit.

    `check(instance)` raises `Refused` with findings. `apply(instance, transition, from_state)` writes what
    belongs to the step and returns what the audit entry should say. Raises `NotAllowed`, `WrongState` or
    `Refused`.
    """
    transition = workflow.get(name)
    with audit.recording() as record:
        row: Any = lock(instance)
        from_state, said = _take(row, transition, actor, comment, check, apply)
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


def perform_all(
    workflow: Workflow[Any],
    rows: models.QuerySet[T],
    name: str,
    *,
    actor: Membership,
    of: models.Model,
    fields: Collection[str],
    comment: str = "",
    check: Check[T] | None = None,
    apply: Apply[T] | None = None,
    **said: Any,
) -> list[T]:
    """Take all rows of a query through one transition, or none of them; queries do not grow with the rows.

    Every row is locked, re-read and judged as `perform` does it; the first that may not take the step undoes
    all. `apply` sets only what stands in `fields` (the state need not be named) and asks no question of its
    own; let the query prefetch what judging reads. The chain gets one entry about `of`, `bulk_<verb>`, with
    the count and what is `said`.
    """
    transition = workflow.get(name)
    with audit.recording() as record:
        locked: list[Any] = list(rows.select_for_update(no_key=True, of=("self",)).order_by("pk"))
        for row in locked:
            _take(row, transition, actor, comment, check, apply)
        rows.model._base_manager.bulk_update(locked, ["state", *fields], batch_size=500)
        record.add(f"bulk_{transition.verb or transition.name}", of, actor=actor, done=len(locked), **said)
    return locked
