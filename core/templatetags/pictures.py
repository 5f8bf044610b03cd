"""Pictures whose lengths are computed here and drawn as SVG attributes: bars, stacked bars, the tile map."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from core.findings import Text
from core.templatetags.components import draw

register = template.Library()

NARROW = 8  # per cent of the longest bar below which a number has no room in its piece
WIDE_ONLY = 24  # per cent below which it has none on a small screen

Number = Decimal | int | float


def _share(value: Number | None, of: Number | None) -> float:
    """`value` as per cent of `of`, between 0 and 100."""
    if value is None or not of:
        return 0.0
    return min(100.0, max(0.0, float(value) * 100 / float(of)))


def _attribute(share: float) -> str:
    """A length for an SVG attribute: a point, whatever the language of the page."""
    return f"{share:.2f}%"


@register.inclusion_tag("components/bar.html")
def bar(
    value: Number | None, text: Text, of: Number = 100, target: Number | None = None, family: str = ""
) -> dict[str, Any]:
    """A value against a whole, with the target as a line. Parameters: components/bar.html."""
    at = None if target is None else _attribute(min(99.5, _share(target, of)))
    return {"fill": _attribute(_share(value, of)), "target": at, "text": text, "family": family}


@register.simple_block_tag(takes_context=True)
def stacked_bars(
    context: Context, content: str, rows: Sequence[Mapping[str, Any]], series: Sequence[Text], summary: Text
) -> SafeString:
    """Amounts stacked by series, a row each; the body is the table behind. See stacked_bars.html."""
    whole = max((sum((float(part["value"] or 0) for part in row["parts"]), 0.0) for row in rows), default=0.0)
    drawn = []
    for row in rows:
        x, parts = 0.0, []
        for number, (part, name) in enumerate(zip(row["parts"], series, strict=True), start=1):
            width = _share(part["value"], whole)
            if width:
                shown = "" if width < NARROW else part["text"]
                piece: dict[str, Any] = {"x": _attribute(x), "width": _attribute(width)}
                piece |= {
                    "middle": _attribute(x + width / 2),
                    "number": number,
                    "name": name,
                    "text": part["text"],
                    "shown": shown,
                }
                parts.append(piece | {"wide_only": width < WIDE_ONLY})
            x += width
        label, url, total = row["label"], row.get("url", ""), row["total"]
        drawn.append({"label": label, "url": url, "total": total, "parts": parts})
    return draw(context, "stacked_bars", rows=drawn, series=series, summary=summary, table=content)


@register.simple_block_tag(takes_context=True)
def tile_map(
    context: Context,
    content: str,
    tiles: Iterable[Mapping[str, Any]],
    summary: Text,
    legend: Sequence[tuple[str, str, Text]] = (),
) -> SafeString:
    """One equal tile a province, about where it lies; the body is the table behind. See tile_map.html."""
    return draw(context, "tile_map", tiles=tiles, summary=summary, legend=legend, table=content)
