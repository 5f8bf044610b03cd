"""What plans refer to: agencies and their successions, groups, funding sources, indicators.

A row that is there already is left alone with everything that hangs on it: people may have changed it.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from agencies.models import Agency, AgencyGroup, AgencyKind, GroupMember, Succession
from agencies.models.agency import MINISTRY_KINDS
from budgets.models import FundingSource
from indicators.models import Indicator
from sources import reading
from sources.reading import Record, SourceError

# Columns of the agency list that the groups hold instead.
_LISTED_IN_GROUPS = ("highland", "highland_basis", "pilot_2008", "supported_2008")
_CITIES_FROM, _PROVINCES_AT, _OTHERS_FROM, _UNITS_FROM = 100, 200, 300, 500


def load_agencies(directory: Path) -> int:
    """agencies.csv and units.csv: ministries in list order, then cities, then provinces."""
    listed = [
        *reading.rows(directory / "agencies/agencies.csv", "id"),
        *reading.rows(directory / "agencies/units.csv", "id"),
    ]
    present = set(Agency.objects.values_list("key", flat=True))
    keys = {record.label for record in listed} | present
    positions = _Positions()
    made: dict[str, Agency] = {}
    parents: dict[str, str] = {}
    successors: dict[str, str] = {}
    for record in listed:
        agency = _agency(record, positions)
        parents[agency.key] = record.key("parent", keys, "agency")
        successors[agency.key] = record.key("successor_id", keys, "agency")
        for name in _LISTED_IN_GROUPS:
            record.raw(name)
        record.finish()
        if agency.key not in present:
            made[agency.key] = agency
    for generation in _generations(made, parents):
        ids = dict(Agency.objects.filter(key__in=parents.values()).values_list("key", "pk"))
        for key in generation:
            made[key].parent_id = ids.get(parents[key])
        Agency.objects.bulk_create(made[key] for key in generation)
    ids = dict(Agency.objects.filter(key__in=successors.values()).values_list("key", "pk"))
    Succession.objects.bulk_create(
        Succession(
            predecessor=made[key], successor_id=ids[successor], on=_day_after(made[key]), principal=True
        )
        for key, successor in successors.items()
        if successor and key in made
    )
    return len(made)


def _agency(record: Record, positions: "_Positions") -> Agency:
    kind = record.choice("kind", AgencyKind.values)
    valid_from = record.day("valid_from")
    return Agency(
        key=record.text("id", required=True),
        name=record.text("name", required=True),
        short_name=record.text("short_name", required=True),
        kind=kind,
        province_code=record.text("province_code"),
        region=record.text("region"),
        place=record.text("place"),
        valid_from=valid_from,
        valid_to=record.day("valid_to"),
        verification=record.text("verification"),
        note=record.long_text("note"),
        position=positions.next(kind),
    )


class _Positions:
    """Where an agency stands in lists: ministries 1, 2, ..., cities 101, ..., provinces 200 by name."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def next(self, kind: str) -> int:
        series, start = self._series(kind)
        if series == "provinces":
            return start
        self._counts[series] = self._counts.get(series, start) + 1
        return self._counts[series]

    @staticmethod
    def _series(kind: str) -> tuple[str, int]:
        if kind in MINISTRY_KINDS:
            return "ministries", 0
        if kind == AgencyKind.CENTRAL_CITY:
            return "cities", _CITIES_FROM
        if kind == AgencyKind.PROVINCE:
            return "provinces", _PROVINCES_AT
        if kind in (AgencyKind.GOVERNMENT_AGENCY, AgencyKind.UNIT_OF_MINISTRY):
            return "others", _OTHERS_FROM
        return "units", _UNITS_FROM


def _generations(made: dict[str, Agency], parents: dict[str, str]) -> Iterator[list[str]]:
    """Keys of new agencies, parents before their units."""
    waiting = dict.fromkeys(made)
    while waiting:
        ready = [key for key in waiting if parents[key] not in waiting]
        if not ready:
            raise SourceError([f"agencies: {', '.join(waiting)} are each other's parents"])
        yield ready
        for key in ready:
            del waiting[key]


def _day_after(agency: Agency) -> date:
    if agency.valid_to is None:
        raise SourceError([f"agencies: {agency.key}: has a successor but no last day (valid_to)"])
    return agency.valid_to + timedelta(days=1)


def load_groups(directory: Path) -> int:
    """groups.yaml; a group that exists keeps the members that people gave it."""
    ids = dict(Agency.objects.values_list("key", "pk"))
    present = set(AgencyGroup.objects.values_list("key", flat=True))
    made: list[AgencyGroup] = []
    members: dict[str, list[str]] = {}
    for record in reading.records(directory / "agencies/groups.yaml", "key"):
        valid_on = record.day("valid_on")
        if valid_on is None:
            raise record.wrong("valid_on", "is blank")
        group = AgencyGroup(
            key=record.text("key", required=True),
            name=record.text("name", required=True),
            valid_on=valid_on,
            document_number=record.text("document"),
            note=record.long_text("note"),
            derived=record.flag("derived"),
        )
        members[group.key] = record.words("members")
        if unknown := [key for key in members[group.key] if key not in ids]:
            raise record.wrong("members", f"there is no agency “{unknown[0]}”")
        record.finish()
        if group.key not in present:
            made.append(group)
    AgencyGroup.objects.bulk_create(made)
    GroupMember.objects.bulk_create(
        GroupMember(group=group, agency_id=ids[key], position=position)
        for group in made
        for position, key in enumerate(members[group.key], start=1)
    )
    return len(made)


def load_funding_sources(directory: Path) -> int:
    """The tree of sources.yaml; parents stand before their children there."""
    nodes = {source.code: source for source in FundingSource.objects.all()}
    made = 0
    for record in reading.records(directory / "funding/sources.yaml", "code"):
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
        if source.code not in nodes:
            source.save()
            nodes[source.code] = source
            made += 1
    return made


def load_indicators(directory: Path) -> int:
    """Both files of indicators, in their order."""
    present = set(Indicator.objects.values_list("code", flat=True))
    listed = [
        *reading.records(directory / "indicators/indicators.yaml", "code"),
        *reading.records(directory / "indicators/indicators-605.yaml", "code"),
    ]
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
            definition=record.long_text("definition"),
            position=position,
        )
        record.finish()
        if indicator.code not in present:
            made.append(indicator)
    Indicator.objects.bulk_create(made)
    return len(made)
