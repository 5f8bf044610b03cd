"""The tile map of one period: a tile a province, in the colour and sign of its timeliness."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.findings import Text
from reports.cycles.timeliness import LABELS, LOOK, Standing, Timeliness, words
from reports.figures.shapes import Obligation
from reports.figures.tiles import tiles
from reports.models import Cycle


def province_tiles(cycle: Cycle, obligations: Iterable[Obligation]) -> list[dict[str, Any]]:
    """Tiles of the provinces that owe a report, as `tile_map` draws them, and of the archipelagos."""
    owing = {one.agency: one for one in obligations}
    drawn: list[dict[str, Any]] = []
    for tile in tiles():
        place = {"row": tile.row, "col": tile.col, "label": tile.label}
        one = owing.get(tile.of or tile.key)
        if tile.archipelago:
            of = one.short_name if one else ""
            drawn.append({**place, "name": f"{tile.archipelago} ({of})", "island": True})
        elif one is not None:
            family, sign = LOOK[one.standing]
            url = reverse("report_detail", args=[cycle.programme.code, cycle.code, one.agency])
            said = words(Timeliness(one.standing, one.days))
            drawn.append(
                {**place, "name": one.name, "word": said, "family": family, "sign": sign, "url": url}
            )
    return drawn


def provinces(obligations: Iterable[Obligation]) -> list[Obligation]:
    """The obligations that have a tile."""
    placed = {tile.key for tile in tiles()}
    return [one for one in obligations if one.agency in placed]


def tile_legend(obligations: Iterable[Obligation]) -> list[tuple[str, str, Text]]:
    """The signs that stand on the map."""
    present = {one.standing for one in provinces(obligations)}
    return [(*LOOK[standing], LABELS[standing]) for standing in Standing if standing in present]


def tile_summary(obligations: Sequence[Obligation]) -> str:
    """What the map shows, in a sentence."""
    counts = Counter(one.standing for one in provinces(obligations))
    said = ", ".join(f"{counts[standing]} {LABELS[standing]}" for standing in Standing if counts[standing])
    return _(
        "Each tile is a province, about where it lies; the archipelago of Hoàng Sa belongs to Đà Nẵng, "
        "that of Trường Sa to Khánh Hòa. %(counts)s."
    ) % {"counts": said}
