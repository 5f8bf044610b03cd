"""Agencies with their periods and successions, and the groups that documents list them in.

A row that is there already is left alone with everything that hangs on it: people may have changed it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from agencies.keeping.references import removed_keys
from agencies.models import Agency, AgencyGroup, AgencyKind, GroupMember, Succession
from agencies.models.agency import MINISTRY_KINDS
from agencies.system import SYSTEM_AGENCY
from sources import reading
from sources.reading import Record

# Columns of the agency list that the groups hold instead.
_LISTED_IN_GROUPS = ("highland", "highland_basis", "pilot_2008", "supported_2008")
_DOCUMENT_LENGTH = 100  # of `Succession.document_number`
_CITIES_FROM, _PROVINCES_AT, _OTHERS_FROM, _UNITS_FROM = 100, 200, 300, 500


class _Listed:
    """One row of the lists: the agency, and the keys of its parent and its principal successor."""

    __slots__ = ("agency", "parent", "record", "successor")

    def __init__(self, record: Record, position: int, keys: set[str]) -> None:
        self.record = record
        self.agency = _agency(record, position)
        self.parent = record.key("parent", keys, "agency")
        self.successor = record.key("successor_id", keys, "agency")
        if self.successor:  # the document that ended it is that of the succession
            record.fits_in("end_basis", self.agency.end_basis, _DOCUMENT_LENGTH)
        for name in _LISTED_IN_GROUPS:
            record.raw(name)
        record.finish()
        record.fits(self.agency)
        record.runs_forward("valid_from", "valid_to", self.agency.valid_from, self.agency.valid_to)


def load_agencies(directory: Path) -> int:
    """agencies.csv and units.csv: ministries in list order, then cities, then provinces."""
    records = [
        *reading.rows(directory / "agencies/agencies.csv", "id"),
        *reading.rows(directory / "agencies/units.csv", "id"),
    ]
    reading.refuse_twice(records, "id")
    present = {one.key: one for one in Agency.objects.all()}
    keys = {record.label for record in records} | present.keys()
    positions = _Positions()
    listed = {record.label: _Listed(record, positions.next(record.text("kind")), keys) for record in records}
    _refuse_shared_codes(listed, present)
    _refuse_circles(listed, "parent", "a unit cannot stand above itself; name another parent")
    _refuse_circles(listed, "successor", "it would succeed itself; name the agency that took over in the end")
    _refuse_undated_successions(listed)
    made = {key: one for key, one in listed.items() if key not in present}
    if SYSTEM_AGENCY in made and not any(agency.keeps_portal for agency in present.values()):
        made[
            SYSTEM_AGENCY
        ].agency.keeps_portal = True  # the database is the Ministry's: QĐ 43/2008, project 18
    ids = {key: agency.pk for key, agency in present.items()}
    for generation in _generations(made):
        for one in generation:
            one.agency.parent_id = ids.get(one.parent)
        Agency.objects.bulk_create(one.agency for one in generation)
        ids.update({one.agency.key: one.agency.pk for one in generation})
    Succession.objects.bulk_create(_successions(listed, made, ids))
    if made:
        Succession.objects.spread()
    return len(made)


def _agency(record: Record, position: int) -> Agency:
    return Agency(
        key=record.text("id", required=True),
        name=record.text("name", required=True),
        short_name=record.text("short_name", required=True),
        kind=record.choice("kind", AgencyKind.values),
        province_code=record.text("province_code"),
        region=record.text("region"),
        place=record.text("place"),
        valid_from=record.day("valid_from"),
        valid_to=record.day("valid_to"),
        basis=record.text("basis"),
        end_basis=record.text("end_basis"),
        verification=record.text("verification"),
        note=record.long_text("note"),
        position=position,
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
        if kind in (AgencyKind.GOVERNMENT_AGENCY, AgencyKind.UNIT_OF_MINISTRY, AgencyKind.CENTRAL_BODY):
            return "others", _OTHERS_FROM
        return "units", _UNITS_FROM


def _refuse_shared_codes(listed: Mapping[str, _Listed], present: Mapping[str, Agency]) -> None:
    """A province code belongs to one agency at a time."""
    holders: dict[str, list[Agency]] = defaultdict(list)
    for agency in present.values():
        if agency.province_code and agency.key not in listed:
            holders[agency.province_code].append(agency)
    for one in listed.values():
        agency = present.get(one.agency.key, one.agency)
        if not agency.province_code:
            continue
        for other in holders[agency.province_code]:
            if _overlap(agency, other):
                raise one.record.wrong(
                    "province_code",
                    f"“{agency.province_code}” is the code of {other.name} ({other.key}) {_period(other)} "
                    f"too; {agency.name} has it {_period(agency)}. End one the day before, or mend the code",
                )
        holders[agency.province_code].append(agency)


def _overlap(one: Agency, other: Agency) -> bool:
    def begins_in_time(agency: Agency, end: date | None) -> bool:
        return agency.valid_from is None or end is None or agency.valid_from <= end

    return begins_in_time(one, other.valid_to) and begins_in_time(other, one.valid_to)


def _period(agency: Agency) -> str:
    return f"from {agency.valid_from or '...'} to {agency.valid_to or '...'}"


def _refuse_circles(listed: Mapping[str, _Listed], link: str, remedy: str) -> None:
    for key, one in listed.items():
        way = [key]
        while (found := listed.get(way[-1])) and (following := getattr(found, link)):
            if following == key:
                field = {"parent": "parent", "successor": "successor_id"}[link]
                raise one.record.wrong(field, f"goes in a circle, {' → '.join([*way, key])}: {remedy}")
            if following in way:
                break  # a circle that does not lead through this one; it is named at one that stands in it
            way.append(following)


def _refuse_undated_successions(listed: Mapping[str, _Listed]) -> None:
    """Who is succeeded has a last day, and its successor exists on the day after."""
    for one in listed.values():
        if not one.successor:
            continue
        if one.agency.valid_to is None:
            raise one.record.wrong(
                "valid_to", f"is blank, but “{one.successor}” is the successor; write its last day"
            )
        heir = listed.get(one.successor)
        if heir is not None and not heir.agency.exists_on(_day_after(one.agency)):
            raise one.record.wrong(
                "successor_id",
                f"“{one.successor}” does not exist on {_day_after(one.agency)}, the day after the last day "
                f"of “{one.agency.key}”; mend one of the dates",
            )


def _day_after(agency: Agency) -> date:
    assert agency.valid_to is not None
    return agency.valid_to + timedelta(days=1)


def _generations(made: Mapping[str, _Listed]) -> Iterator[list[_Listed]]:
    """New agencies, parents before their units."""
    waiting = dict(made)
    while waiting:
        ready = [one for one in waiting.values() if one.parent not in waiting]
        yield ready
        for one in ready:
            del waiting[one.agency.key]


def _successions(
    listed: Mapping[str, _Listed], made: Iterable[str], ids: Mapping[str, int]
) -> Iterator[Succession]:
    """One successor that has one predecessor and begins the day after is the same body under a new name."""
    predecessors = Counter(one.successor for one in listed.values() if one.successor)
    for key in made:
        one = listed[key]
        if not one.successor:
            continue
        on, heir = _day_after(one.agency), listed.get(one.successor)
        renamed = predecessors[one.successor] == 1 and heir is not None and heir.agency.valid_from == on
        yield Succession(
            predecessor_id=ids[key],
            successor_id=ids[one.successor],
            on=on,
            kind=Succession.Kind.RENAMED if renamed else Succession.Kind.MERGED,
            principal=True,
            document_number=one.agency.end_basis,
        )


def load_groups(directory: Path) -> int:
    """groups.yaml; a group keeps the members that people gave it, and one that they removed stays away."""
    ids = dict(Agency.objects.values_list("key", "pk"))
    present = set(AgencyGroup.objects.values_list("key", flat=True)) | removed_keys("delete_group")
    made: list[AgencyGroup] = []
    members: dict[str, list[str]] = {}
    for record in reading.records(directory / "agencies/groups.yaml", "key", unique=True):
        group = _group(record)
        members[group.key] = _members(record, ids)
        record.finish()
        record.fits(group)
        if group.key not in present:
            made.append(group)
    AgencyGroup.objects.bulk_create(made)
    GroupMember.objects.bulk_create(
        GroupMember(group=group, agency_id=ids[key], position=position)
        for group in made
        for position, key in enumerate(members[group.key], start=1)
    )
    return len(made)


def _group(record: Record) -> AgencyGroup:
    valid_on = record.day("valid_on")
    if valid_on is None:
        raise record.wrong("valid_on", "is blank")
    return AgencyGroup(
        key=record.text("key", required=True),
        name=record.text("name", required=True),
        valid_on=valid_on,
        document_number=record.text("document"),
        note=record.long_text("note"),
        derived=record.flag("derived"),
    )


def _members(record: Record, known: Mapping[str, int]) -> list[str]:
    """A list that is open holds who was entered so far, perhaps nobody yet; any other has members."""
    members, is_open = record.words("members"), record.flag("open")
    if not members and not is_open:
        raise record.wrong("members", "is empty; list the members, or mark the group “open: true”")
    if unknown := [key for key in members if key not in known]:
        raise record.wrong("members", f"there is no agency “{unknown[0]}”")
    if twice := [key for key, count in Counter(members).items() if count > 1]:
        raise record.wrong("members", f"“{twice[0]}” stands twice; remove one")
    return members
