"""What upper apps show on a programme's page: each registers a panel at start-up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from agencies.models import Membership
from core.findings import Text
from plans.models import Programme


@dataclass(frozen=True, slots=True)
class ProgrammePanel:
    """A framed piece of a programme's page: its periods, the status figures that its outline asks for.

    `url` and `label` lead to where it is changed, for those who may.
    """

    title: Text
    template: str
    context: Mapping[str, Any]
    note: Text = ""
    url: str = ""
    label: Text = ""


Provider = Callable[[Programme, Membership], ProgrammePanel | None]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    if provider not in _providers:
        _providers.append(provider)


def of(programme: Programme, membership: Membership) -> list[ProgrammePanel]:
    """The panels that have something to show to this reader."""
    return [panel for provider in _providers if (panel := provider(programme, membership)) is not None]
