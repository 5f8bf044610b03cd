"""The acts on the list of agencies: one literal table, from which pages draw their buttons."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.answering import has_ended
from agencies.changes.actions import was_created_today
from agencies.changes.forms import (
    ChangeForm,
    EditForm,
    EndForm,
    MergeForm,
    MovePeopleForm,
    RemoveForm,
    RenameForm,
    SplitForm,
)
from agencies.models import Agency
from core.findings import Text
from core.notation import format_date


@dataclass(frozen=True, slots=True)
class Act:
    """One act on an agency that is there, read by `people.with_left_behind`.

    `why_not` gives the reason why it is not possible now, or "".
    """

    name: str
    label: Text
    text: Text
    form: type[ChangeForm]
    done: Text
    why_not: Callable[[Agency], str]
    danger: bool = False


def _ends_once(agency: Agency) -> str:
    """An agency whose end is recorded is history from then on."""
    if agency.valid_to is None:
        return ""
    said = {"day": format_date(agency.valid_to), "document": agency.end_basis or _("document not recorded")}
    return _("Its end is recorded: %(day)s (%(document)s).") % said


def _exists(agency: Agency) -> str:
    if not has_ended(agency):
        return ""
    return _("It ended on %(day)s.") % {"day": format_date(agency.valid_to)}


def _of_today(agency: Agency) -> str:
    return "" if was_created_today(agency) else _("It was not entered today.")


def _left_behind(agency: Agency) -> str:
    if not has_ended(agency):
        return _("It has not ended yet.")
    if not agency.heir:  # type: ignore[attr-defined]
        return _("It has no principal successor.")
    return "" if agency.left_behind else _("Nobody acts for it any more.")  # type: ignore[attr-defined]


_ACTS: tuple[Act, ...] = (
    Act(
        "rename",
        gettext_lazy("Rename"),
        gettext_lazy(
            "The old name ends with the day before; from the day a new entry takes over kind, parent, code, "
            "region and place, and everything that is open. Nothing of the past is relabelled."
        ),
        RenameForm,
        gettext_lazy("The agency is renamed."),
        _ends_once,
    ),
    Act(
        "merge",
        gettext_lazy("Merge"),
        gettext_lazy(
            "The chosen agencies end with the day before; one agency takes over all of them. What they owed "
            "passes to it; what they filed late stays theirs."
        ),
        MergeForm,
        gettext_lazy("The agencies are merged."),
        _ends_once,
    ),
    Act(
        "split",
        gettext_lazy("Split"),
        gettext_lazy(
            "Several agencies come of one. Exactly one takes over what it owed: one of the parts, or the "
            "agency itself when it goes on."
        ),
        SplitForm,
        gettext_lazy("The agency is split."),
        _ends_once,
    ),
    Act(
        "end",
        gettext_lazy("End"),
        gettext_lazy("The agency exists for the last time on the day before. Its units stay as they are."),
        EndForm,
        gettext_lazy("The end of the agency is recorded."),
        _ends_once,
        danger=True,
    ),
    Act(
        "edit",
        gettext_lazy("Correct"),
        gettext_lazy("Only what is not history: the place on letters and the note."),
        EditForm,
        gettext_lazy("The agency is corrected."),
        _exists,
    ),
    Act(
        "move-people",
        gettext_lazy("Move the people to the successor"),
        gettext_lazy(
            "Whoever still has a role here gets the same role at the principal successor. Who has it there "
            "already gets no second one."
        ),
        MovePeopleForm,
        gettext_lazy("The people are moved."),
        _left_behind,
    ),
    Act(
        "remove",
        gettext_lazy("Remove a wrong entry"),
        gettext_lazy(
            "Only of today, and only while nothing refers to it. The record of the acts keeps both entries."
        ),
        RemoveForm,
        gettext_lazy("The entry is removed."),
        _of_today,
        danger=True,
    ),
)
ACTS: Mapping[str, Act] = {act.name: act for act in _ACTS}
# Shown only where they are possible: on most pages they would be noise.
_RARE = ("move-people", "remove")


@dataclass(frozen=True)
class Offered:
    """The acts of an agency's page: those that are possible, and the others by the reason why not."""

    open: list[Act]
    shut: dict[str, list[Act]]


def offered(agency: Agency) -> Offered:
    found = Offered([], {})
    for act in _ACTS:
        reason = act.why_not(agency)
        if not reason:
            found.open.append(act)
        elif act.name not in _RARE:
            found.shut.setdefault(reason, []).append(act)
    return found
