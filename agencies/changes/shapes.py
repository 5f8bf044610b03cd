"""What an administrator states for an act: the document, and the agencies that come of it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from agencies.models import Agency


@dataclass(frozen=True, slots=True)
class Basis:
    """The document of an act, and the day from which it is in effect."""

    document: str
    on: date | None

    @property
    def day(self) -> date:
        """The day, once the checks have seen that there is one."""
        assert self.on is not None
        return self.on

    @property
    def day_before(self) -> date:
        """The last day of what ends by the act."""
        return self.day - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NewAgency:
    """An agency that an act brings about."""

    name: str
    short_name: str = ""
    kind: str = ""
    parent: Agency | None = None
    province_code: str = ""
    region: str = ""
    place: str = ""
    note: str = ""
    position: int | None = None

    @property
    def shown_short_name(self) -> str:
        return self.short_name or self.name


Successor = Agency | NewAgency


@dataclass(frozen=True, slots=True)
class Create:
    """A new agency that comes from none."""

    new: NewAgency
    basis: Basis


@dataclass(frozen=True, slots=True)
class Rename:
    """Another name from a day: the old row ends, a new one takes everything over."""

    agency: Agency
    name: str
    short_name: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Merge:
    """Several become one: an agency that exists, or a new one."""

    agencies: Sequence[Agency]
    into: Successor | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Split:
    """One becomes several. `principal` is the number of the part that takes the whole.

    It is None when the agency itself continues and stays responsible for what it owed.
    """

    agency: Agency
    parts: Sequence[Successor]
    principal: int | None
    basis: Basis
    continues: bool = False


@dataclass(frozen=True, slots=True)
class End:
    """An agency ends; where there is a successor, the whole passes to it."""

    agency: Agency
    successor: Agency | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Edit:
    """What is not history: the place on letters and the note, with the reason of the change."""

    agency: Agency
    place: str
    note: str
    reason: str


@dataclass(frozen=True, slots=True)
class Remove:
    """An agency that was entered by mistake today, and to which nothing refers."""

    agency: Agency
    reason: str


@dataclass(frozen=True, slots=True)
class MovePeople:
    """The people of an agency that has ended follow it to its principal successor."""

    agency: Agency


Change = Create | Rename | Merge | Split | End | Edit | Remove | MovePeople


@dataclass(frozen=True)
class Outcome:
    """What an act brought about.

    `agency` is the page that follows, None when there is none; `moved` counts the memberships that followed.
    """

    agency: Agency | None
    made: tuple[Agency, ...] = ()
    moved: int = 0
    said: dict[str, object] = field(default_factory=dict)
