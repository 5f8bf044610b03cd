"""Funding sources and indicators, to which money and targets refer. A row that is there is left alone."""

from pathlib import Path

from budgets.models import FundingSource
from core.vietnamese import sort_key
from indicators.models import Indicator
from sources import reading


def load_funding_sources(directory: Path) -> int:
    """The tree of sources.yaml; parents stand before their children there."""
    nodes = {source.code: source for source in FundingSource.objects.all()}
    made = 0
    for record in reading.records(directory / "funding/sources.yaml", "code", unique=True):
        parent = record.key("parent", set(nodes), "funding source above this one")
        source = FundingSource(
            code=record.text("code", required=True),
            name=record.text("name", required=True),
            short_name=record.text("short_name"),
            parent=nodes[parent] if parent else None,
            tier=record.choice("tier", FundingSource.Tier.values),
            nature=record.optional_choice("nature", FundingSource.Nature.values),
            position=record.integer("position"),
            note=record.text("note"),
        )
        record.finish()
        record.fits(source)
        if source.code not in nodes:
            source.save()
            nodes[source.code] = source
            made += 1
    return made


def load_indicators(directory: Path) -> int:
    """indicators.yaml, then what single documents add in indicators-605.yaml, indicators-1594.yaml, ..."""
    present = set(Indicator.objects.values_list("code", flat=True))
    files = sorted((directory / "indicators").glob("*.yaml"), key=lambda path: sort_key(path.stem))
    listed = [record for path in files for record in reading.records(path, "code")]
    reading.refuse_twice(listed, "code")
    made = []
    for position, record in enumerate(listed, start=1):
        indicator = Indicator(
            code=record.text("code", required=True),
            name=record.text("name", required=True),
            unit=record.text("unit"),
            kind=record.choice("kind", Indicator.Kind.values),
            direction=record.choice("direction", Indicator.Direction.values),
            numerator=record.text("numerator"),
            denominator=record.text("denominator"),
            may_exceed_whole=record.flag("may_exceed_whole"),
            definition=record.long_text("definition"),
            position=position,
        )
        record.finish()
        record.fits(indicator)
        if indicator.code not in present:
            made.append(indicator)
    Indicator.objects.bulk_create(made)
    return len(made)
