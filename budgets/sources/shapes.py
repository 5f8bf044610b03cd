"""What an administrator states of a funding source. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from agencies.models.agency import CLASS_LABELS
from budgets.models import FundingSource, SourceUse
from core.findings import Text
from core.notation import format_date
from core.vietnamese import clean

EVERY = "*"
"""Stands for every programme in forms."""


@dataclass(frozen=True, slots=True)
class UseStated:
    """Who may use it: a programme's code or None for every one, a class or "" for every one."""

    programme: str | None = None
    agency_class: str = ""
    opens: bool = False

    @classmethod
    def of(cls, use: SourceUse) -> "UseStated":
        return cls(use.programme.code if use.programme else None, use.agency_class, use.opens)

    @property
    def whom(self) -> Text:
        return CLASS_LABELS.get(self.agency_class, self.agency_class) if self.agency_class else _("everybody")

    @property
    def words(self) -> str:
        where = _("programme %(code)s") % {"code": self.programme} if self.programme else _("every programme")
        return f"{self.whom}, {where}"


@dataclass(frozen=True, slots=True)
class SourceStated:
    """Everything that is stated of a source; `parent` is a code, "" at the top."""

    name: str
    tier: str
    short_name: str = ""
    parent: str = ""
    nature: str = ""
    position: int = 0
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    uses: tuple[UseStated, ...] = ()

    def cleaned(self) -> "SourceStated":
        return replace(
            self,
            name=clean(self.name),
            short_name=clean(self.short_name),
            note=clean(self.note),
            uses=tuple(self.uses),
        )

    @classmethod
    def of(cls, source: FundingSource, uses: Iterable[SourceUse] | None = None) -> "SourceStated":
        rows = source.uses.select_related("programme") if uses is None else uses
        return cls(
            name=source.name,
            tier=source.tier,
            short_name=source.short_name,
            parent=source.parent.code if source.parent else "",
            nature=source.nature,
            position=source.position,
            note=source.note,
            valid_from=source.valid_from,
            valid_to=source.valid_to,
            uses=tuple(UseStated.of(use) for use in rows),
        )

    def texts(self) -> dict[str, str]:
        """The values as a form would post them, but for the uses."""
        return {
            "name": self.name,
            "short_name": self.short_name,
            "parent": self.parent,
            "tier": self.tier,
            "nature": self.nature,
            "position": str(self.position),
            "note": self.note,
            "valid_from": format_date(self.valid_from),
            "valid_to": format_date(self.valid_to),
        }


# What past figures mean: a change of these asks for its basis once there is money.
MEANING = ("name", "parent", "tier", "nature", "valid_from", "valid_to")


def changed_meaning(before: SourceStated, after: SourceStated) -> list[str]:
    return [name for name in MEANING if getattr(before, name) != getattr(after, name)]


def use_texts(uses: Sequence[UseStated], rows: int) -> dict[str, str]:
    """The uses as a form with so many rows would post them."""
    found = {}
    for number in range(rows):
        use = uses[number] if number < len(uses) else None
        found[f"use-{number}-programme"] = (use.programme or EVERY) if use else ""
        found[f"use-{number}-class"] = use.agency_class if use else ""
        found[f"use-{number}-opens"] = "1" if use and use.opens else ""
    return found
