"""What upper apps show on an agency's page: each registers a panel at start-up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from agencies.models import Agency, Membership
from core.findings import Text


@dataclass(frozen=True, slots=True)
class AgencyPanel:
    """A framed piece of an agency's page: its plans, its reports."""

    title: Text
    template: str
    context: Mapping[str, Any]
    note: Text = ""


Provider = Callable[[Agency, Membership], AgencyPanel | None]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    if provider not in _providers:
        _providers.append(provider)


def of(agency: Agency, membership: Membership) -> list[AgencyPanel]:
    """The panels that have something to show to this reader."""
    return [panel for provider in _providers if (panel := provider(agency, membership)) is not None]
