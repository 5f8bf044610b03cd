"""What follows the story of 2008: its leftovers are tidied, and in July 2011 the first half-year is reported.

Who reports on the contents of QĐ 1605 that the document gives no lead is assigned on the system first; the
assignments are illustrative, as their basis says.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from core import clock
from core.clock import HANOI
from plans.content.assigning import assign_reporters
from plans.models import Plan
from plans.parts import registry
from plans.parts.columns import Party
from reports.models import Compilation, Cycle, IssuedFile
from scenario.people import People
from scenario.report_story import (
    LATE_COMER,
    STILL_RETURNED,
    Calendar,
    Course,
    Step,
    accept,
    courses,
    fill,
    mend,
    play,
    submit,
    take,
)

PLAN = "1605-qd-ttg"
BASIS = "Phân công số 01/PC-MH (minh họa)"
ASSIGNED_ON = date(2011, 6, 20)
HALF_YEAR = Calendar(
    programme="2011-2015",
    code="2011-H1",
    basis="điểm i khoản 3 Điều 2 Quyết định số 1605/QĐ-TTg",
    year=2011,
    compiled_at="2011-07-28T09:00",
    issued_at="2011-07-29T15:30",
    number="02/BC-MH",
    late_comer_at="2011-08-02T10:20",
)
CLASSES = ("class:ministries", "class:central-cities", "class:provinces")
COMMON = (
    *("B.I.7", "B.I.8"),
    *(f"B.III.{n}" for n in range(1, 5)),
    *(f"B.IV.{n}" for n in range(1, 6)),
)


def _systems(*numbers: int) -> tuple[str, ...]:
    return tuple(f"B.II.1, gạch {n}" for n in numbers)


def _databases(*numbers: int) -> tuple[str, ...]:
    return tuple(f"B.II.2, gạch {n}" for n in numbers)


ASSIGNED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(CLASSES, COMMON),
    "agency:m-tttt": ("B.I.1", "B.I.2", "B.I.5", *_systems(1, 2)),
    "agency:m-vpcp": (*_systems(3, 4, 5, 6, 7), *_databases(1)),
    "agency:m-tc": (*_systems(8, 9, 10), *_databases(9)),
    "agency:m-khdt": (*_systems(11, 12, 13, 14, 15, 16), *_databases(6, 7)),
    "agency:m-ca": (*_systems(17, 18), *_databases(8)),
    "agency:m-yt": _systems(19, 20),
    "agency:m-tp": _systems(21),
    "agency:m-xd": _systems(22),
    "agency:m-ldtbxh": _systems(23),
    "agency:m-gtvt": _systems(25),
    "agency:m-vhttdl": _systems(26),
    "agency:m-gddt": _systems(28, 29),
    "agency:m-tnmt": (*_systems(30), *_databases(4)),
    "agency:m-nhnn": _systems(32),
    "agency:m-nv": _databases(2),
    "agency:m-ct": _databases(3),
    "agency:m-ng": _databases(5),
}
"""Party -> clauses. On the others nobody reports: their bodies owe no reports, or nobody is assigned yet."""


def tidy(cycle: Cycle, people: People) -> None:
    """August 2008: what the issued report still missed comes in, is mended and accepted."""
    every = courses(cycle)
    steps: list[Step] = [(_at(6, 9), accept, every[LATE_COMER])]
    steps += _sent_again(every[STILL_RETURNED], _at(7, 9))
    missing = [course for course in every if not course.files and course.position != LATE_COMER]
    for number, course in enumerate(missing):
        filed = _at(11 + number, 10)
        steps += [
            (filed - timedelta(hours=2), fill, course),
            (filed, submit, course),
            (filed + timedelta(days=1), accept, course),
        ]
    take(steps, people)


def _sent_again(course: Course, moment: datetime) -> list[Step]:
    return [
        (moment, mend, course),
        (moment + timedelta(hours=1), submit, course),
        (moment + timedelta(days=1), accept, course),
    ]


def _at(day: int, hour: int) -> datetime:
    return datetime(2008, 8, day, hour, tzinfo=HANOI)


def assign(people: People) -> None:
    """The administrator of the lead agency says who reports on the lines without a lead."""
    plan = Plan.objects.get(code=PLAN)
    lines: dict[str, UUID | None] = {row.clause: row.line for row in registry.get("projects").read(plan)}
    with clock.at(f"{ASSIGNED_ON}T09:00"):
        for token, clauses in ASSIGNED.items():
            chosen = [line for clause in clauses if (line := lines[clause]) is not None]
            assign_reporters(chosen, Party.parse(token), basis=BASIS, actor=people.administrator)


def play_half_year(people: People) -> tuple[Cycle, Compilation, list[IssuedFile]]:
    """The first half of 2011, from the assignments to the issued report."""
    assign(people)
    return play(people, HALF_YEAR)
