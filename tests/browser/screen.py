"""One screen of the portal: who looks at it, and where it is."""

from collections.abc import Callable
from dataclasses import dataclass

from agencies.models import Membership
from tests.browser.world import World

Who = Callable[[World], Membership | None]


@dataclass(frozen=True)
class Screen:
    """One page as one person sees it. `status` is how the portal answers."""

    name: str
    who: Who
    where: Callable[[World], str]
    status: int = 200

    def __str__(self) -> str:
        return self.name


def visitor(world: World) -> None:
    return None


def editor(world: World) -> Membership:
    return world.editor()


def approver(world: World) -> Membership:
    return world.approver()


def reviewer(world: World) -> Membership:
    return world.people.reviewer


def administrator(world: World) -> Membership:
    return world.people.administrator


def of(agency: str, role: str) -> Who:
    """The editor or approver of an agency other than Tiền Giang."""
    return lambda world: world.editor(agency) if role == "editor" else world.approver(agency)
