"""What an administrator states of a list of agencies. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from agencies.models import AgencyGroup
from core.notation import format_date
from core.vietnamese import clean


@dataclass(frozen=True, slots=True)
class GroupStated:
    """Everything that is stated of a list but its members."""

    name: str
    valid_on: date | None
    document_number: str = ""
    note: str = ""
    derived: bool = False

    def cleaned(self) -> "GroupStated":
        return GroupStated(
            clean(self.name),
            self.valid_on,
            clean(self.document_number),
            clean(self.note, multiline=True),
            self.derived,
        )

    @classmethod
    def of(cls, group: AgencyGroup) -> "GroupStated":
        return cls(group.name, group.valid_on, group.document_number, group.note, group.derived)

    def texts(self) -> dict[str, str]:
        """The values as a form would post them."""
        return {
            "name": self.name,
            "valid_on": format_date(self.valid_on),
            "document_number": self.document_number,
            "note": self.note,
            "derived": "1" if self.derived else "",
        }


@dataclass(frozen=True, slots=True)
class MembersChange:
    """Another order or other members: the keys as they stand then, what came and what went."""

    keys: Sequence[str]
    added: Sequence[str]
    removed: Sequence[str]

    def __bool__(self) -> bool:
        """Whether anybody came or went."""
        return bool(self.added or self.removed)

    @classmethod
    def between(cls, before: Sequence[str], after: Sequence[str]) -> "MembersChange":
        keys = list(dict.fromkeys(after))
        return cls(
            keys, [key for key in keys if key not in before], [key for key in before if key not in keys]
        )
