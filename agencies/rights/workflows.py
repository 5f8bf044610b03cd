"""Which act leads from which state to which, and who may do it; each app registers its workflows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agencies.rights.tables import who_may
from core.findings import Text
from core.workflow import Workflow


@dataclass(frozen=True, slots=True)
class ShownAct:
    """One act: from which states (all where none is named) to which, "" where it changes none."""

    name: str
    label: Text
    permission: str
    sources: Sequence[str]
    target: str = ""
    needs_comment: bool = False
    four_eyes: bool = False

    @property
    def who(self) -> list[str]:
        return who_may(self.permission)

    @property
    def conditions(self) -> list[str]:
        said = []
        if self.four_eyes:
            said.append(_("not by whoever drafted or submitted it"))
        if self.needs_comment:
            said.append(_("with a reason"))
        return said


@dataclass(frozen=True, slots=True)
class ShownWorkflow:
    """A workflow with the words of its states, and the acts beside it that change none (`beside`)."""

    order: int
    key: str
    title: Text
    workflow: Workflow[Any]
    states: Mapping[str, Text]
    beside: Callable[[], Iterable[ShownAct]] = tuple

    def acts(self) -> list[ShownAct]:
        steps = (
            ShownAct(
                step.name,
                step.label,
                step.permission,
                [str(one) for one in step.sources],
                str(step.target),
                step.needs_comment,
                step.four_eyes,
            )
            for step in self.workflow
        )
        return [*steps, *self.beside()]

    def words(self, states: Sequence[str]) -> str:
        """Names of states; all of them are "any"."""
        if set(states) == set(self.states):
            return _("any")
        return ", ".join(str(self.states[one]) for one in states)


_workflows: list[ShownWorkflow] = []


def register(workflow: ShownWorkflow) -> None:
    if workflow.key not in {one.key for one in _workflows}:
        _workflows.append(workflow)
        _workflows.sort(key=lambda one: one.order)


def all_workflows() -> list[ShownWorkflow]:
    return list(_workflows)
