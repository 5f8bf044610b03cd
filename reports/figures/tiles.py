"""Where each province stands on the tile map, and to which province each archipelago belongs."""

import csv
from dataclasses import dataclass
from functools import cache

from django.conf import settings

FILE = settings.BASE_DIR / "fixtures" / "agencies" / "tiles.csv"
ARCHIPELAGOS = {"hoang-sa": "Quần đảo Hoàng Sa", "truong-sa": "Quần đảo Trường Sa"}


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile: `key` of the agency, or of an archipelago that belongs to the agency `of`."""

    key: str
    label: str
    row: int
    col: int
    of: str

    @property
    def archipelago(self) -> str:
        """The name of the archipelago that the tile stands for, or ""."""
        return ARCHIPELAGOS.get(self.key, "")


@cache
def tiles() -> tuple[Tile, ...]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Tile(row["key"], row["label"], int(row["row"]), int(row["col"]), row["of"])
            for row in csv.DictReader(lines)
        )
