"""Funding sources and indicators, to which money and targets refer. A row that is there is left alone."""

from collections.abc import Collection
from pathlib import Path

from agencies.keeping.references import removed_keys
from agencies.models.agency import CLASS_CHOICES
from budgets.models import FundingSource, SourceUse
from core.vietnamese import sort_key
from indicators.models import Indicator
from plans.models import Programme
from sources import reading


def load_funding_sources(directory: Path) -> list[str]:
    """The tree of sources.yaml; parents stand before their children there. The codes of those it made.

    One that people removed stays away; its code is known all the same to those that stood under it.
    """
    nodes = {source.code: source for source in FundingSource.objects.all()}
    gone = removed_keys("delete_source")
    made = []
    for record in reading.records(directory / "funding/sources.yaml", "code", unique=True):
        parent = record.key("parent", set(nodes) | gone, "funding source above this one")
        source = FundingSource(
            code=record.text("code", required=True),
            name=record.text("name", required=True),
            short_name=record.text("short_name"),
            parent=nodes.get(parent),
            tier=record.choice("tier", FundingSource.Tier.values),
            nature=record.optional_choice("nature", FundingSource.Nature.values),
            position=record.integer("position"),
            note=record.text("note"),
            valid_from=record.day("valid_from"),
            valid_to=record.day("valid_to"),
        )
        if source.valid_from and source.valid_to and source.valid_to < source.valid_from:
            raise record.wrong("valid_to", "comes before valid_from")
        record.finish()
        record.fits(source)
        if source.code not in nodes and source.code not in gone:
            source.save()
            nodes[source.code] = source
            made.append(source.code)
    return made


def load_source_uses(directory: Path, made: Collection[str]) -> None:
    """uses.yaml: who may use the sources that this run made; of the others people decided already."""
    sources = dict(FundingSource.objects.values_list("code", "pk"))
    known = set(sources) | removed_keys("delete_source")
    programmes = dict(Programme.objects.values_list("code", "pk"))
    uses: list[SourceUse] = []
    for record in reading.records(directory / "funding/uses.yaml", "source", unique=True):
        code = record.key("source", known, "funding source")
        named, classes = record.words("programmes"), record.words("opens_for")
        if unknown := [one for one in named if one not in programmes]:
            raise record.wrong("programmes", f"there is no programme “{unknown[0]}”")
        if unknown := [one for one in classes if one not in dict(CLASS_CHOICES)]:
            raise record.wrong("opens_for", f"there is no class “{unknown[0]}”")
        record.finish()
        if code in made:
            where: list[int | None] = [programmes[one] for one in named]
            whom = ["", *classes]
            uses += (
                SourceUse(source_id=sources[code], programme_id=one, agency_class=name, opens=bool(name))
                for one in where or [None]
                for name in whom
            )
    SourceUse.objects.bulk_create(uses)


def load_indicators(directory: Path) -> int:
    """indicators.yaml, then what single documents add in indicators-605.yaml, indicators-1594.yaml, ..."""
    present = set(Indicator.objects.values_list("code", flat=True)) | removed_keys("delete_indicator")
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
