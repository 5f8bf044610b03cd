"""Transitions as literal tables. Pure: `agencies.workflow.perform` is the one reader that changes a state."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from core.findings import Text

S = TypeVar("S", bound=str)


@dataclass(frozen=True, slots=True)
class Transition(Generic[S]):
    """One allowed step. `permission` is a key of `agencies.permissions`; `label` is the button's text."""

    name: str
    sources: tuple[S, ...]
    target: S
    permission: str
    label: Text
    needs_comment: bool = False
    four_eyes: bool = False
    verb: str = ""


@dataclass(frozen=True)
class Workflow(Generic[S]):
    """A table of transitions over one kind of object; names are unique."""

    kind: str
    transitions: tuple[Transition[S], ...]
    by_name: dict[str, Transition[S]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_name = {transition.name: transition for transition in self.transitions}
        if len(by_name) != len(self.transitions):
            raise ValueError(f"{self.kind}: a transition stands twice")
        object.__setattr__(self, "by_name", by_name)

    def __iter__(self) -> Iterator[Transition[S]]:
        return iter(self.transitions)

    def get(self, name: str) -> Transition[S]:
        return self.by_name[name]

    def leaving(self, state: str) -> tuple[Transition[S], ...]:
        """The transitions that start in `state`, in the table's order."""
        return tuple(transition for transition in self.transitions if state in transition.sources)
