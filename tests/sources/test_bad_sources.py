"""Fixtures that do not hold are refused with file, line, value and remedy, and nothing changes."""

from pathlib import Path

import pytest

from agencies.models import Agency
from sources.reading import FIXTURES
from tests.sources.loading import Edit, appending, copied, edited, line_of, refusal_of, replacing

pytestmark = pytest.mark.django_db

QD43, QD605 = "documents/43-2008-qd-ttg", "documents/605-qd-ubnd"
AGENCIES, UNITS, GROUPS = "agencies/agencies.csv", "agencies/units.csv", "agencies/groups.yaml"

HEAD = (FIXTURES / AGENCIES).read_text(encoding="utf-8").splitlines()[0].split(",")


def row(key: str, code: str = "", first: str = "", last: str = "", heir: str = "") -> str:
    cells = {"id": key, "name": key, "short_name": key, "kind": "tinh", "province_code": code}
    cells |= {"valid_from": first, "valid_to": last, "successor_id": heir}
    return ",".join(cells.get(name, "") for name in HEAD) + "\n"


# file, what somebody typed there, words on the line that the refusal must name, what else it must name
CASES = [
    pytest.param(
        f"{QD605}/totals.yaml",
        replacing("amount: '43.795'", "amount: '43.796'"),
        "amount: '43.796'",
        ["Gồm 17 dự án với tổng mức đầu tư", "VI.1", "43.796", "43.795"],
        id="a printed total that its lines do not make",
    ),
    pytest.param(
        f"{QD605}/projects.yaml",
        replacing("total: '2.500'", "total: '2.400'"),
        "total: '2.400'",
        ["I.1", "2.400 is printed", "add up to 2.500"],
        id="a project's total that its years do not make",
    ),
    pytest.param(
        f"{QD43}/projects.yaml",
        replacing("each: '1.100', derived: true", "each: '1.200', derived: true"),
        "each: '1.200'",
        ["B.4", "19.800", "21.600"],
        id="shares that their line does not make",
    ),
    pytest.param(
        "documents/1594-btttt-udcntt/targets.yaml",
        replacing("value: '80'\n  value_to: '90'", "value: '99'\n  value_to: '90'"),
        "value: '99'",
        ["99 comes after 90 (value_to)", "exchange them"],
        id="a range upside down",
    ),
    pytest.param(
        f"{QD605}/projects.yaml",
        replacing("year_to: 2010", "year_to: 2005"),
        None,
        ["year_from", "comes after 2005 (year_to)", "exchange them"],
        id="the years of a project upside down",
    ),
    pytest.param(
        "programmes/programmes.yaml",
        replacing("year_from: 2011", "year_from: 2016"),
        "year_from: 2016",
        ["2011-2015", "2016 comes after 2015 (year_to)"],
        id="the years of a programme upside down",
    ),
    pytest.param(
        "programmes/programmes.yaml",
        replacing("valid_to: 2013-04-30", "valid_to: 2013-05-01"),
        "valid_from: 2013-05-01",
        ["regimes 2", "“Báo cáo định kỳ 6 tháng tình hình thực hiện Chương trình” has not ended by then"],
        id="two regimes on one day",
    ),
    pytest.param(
        "programmes/programmes.yaml",
        replacing("cadence: half_year", "cadence: month"),
        "cadence: month",
        ["regimes 1", "“month” is not one of quarter, half_year, year"],
        id="a frequency that is none",
    ),
    pytest.param(
        AGENCIES,
        appending(row("p98", code="98", first="2009-01-01", last="2008-01-01")),
        "p98,p98",
        ["valid_from", "2009-01-01 comes after 2008-01-01"],
        id="the period of an agency upside down",
    ),
    pytest.param(
        GROUPS,
        replacing("members: [m-tttt, m-tc, m-gddt, m-tp]", "members: []"),
        "members: []",
        ["pilot-ministries-2008", "members", "is empty", "open: true"],
        id="a group without members",
    ),
    pytest.param(
        GROUPS,
        replacing("members: [m-tttt, m-tc, m-gddt, m-tp]", "members: [m-tttt, m-tc, m-tc]"),
        "m-tc, m-tc",
        ["pilot-ministries-2008", "“m-tc” stands twice"],
        id="a member twice",
    ),
    pytest.param(
        AGENCIES,
        appending(row("p98", code="98", heir="p01")),
        "p98,p98",
        ["valid_to", "is blank", "p01", "write its last day"],
        id="a merger without date",
    ),
    pytest.param(
        AGENCIES,
        appending(
            row("p97", code="97", last="2008-06-30", heir="p98")
            + row("p98", code="98", last="2008-09-30", heir="p97")
        ),
        "p97,p97",
        ["successor_id", "p97 → p98 → p97", "name the agency that took over"],
        id="mergers in a circle",
    ),
    pytest.param(
        AGENCIES,
        appending(row("p98", code="98", last="2008-09-30", heir="p98")),
        "p98,p98",
        ["successor_id", "p98 → p98"],
        id="an agency that succeeds itself",
    ),
    pytest.param(
        AGENCIES,
        appending(
            row("p97", code="97", last="2008-06-30", heir="p98") + row("p98", code="98", first="2009-01-01")
        ),
        "p97,p97",
        ["successor_id", "“p98” does not exist on 2008-07-01", "mend one of the dates"],
        id="a successor that does not exist yet",
    ),
    pytest.param(
        AGENCIES,
        appending(row("p98", code="82", first="2000-01-01", last="2005-12-31")),
        "p98,p98",
        ["province_code", "“82”", "Tỉnh Tiền Giang", "p82", "from 2000-01-01 to 2005-12-31"],
        id="a code used twice in one period",
    ),
    pytest.param(
        AGENCIES,
        appending(row("p82", code="98")),
        "p82,p82",
        ["id", "“p82” stands already in", "rename or remove one"],
        id="an agency listed twice",
    ),
    pytest.param(
        UNITS,
        replacing("p82", "p82x"),
        "p82x",
        ["parent", "there is no agency “p82x”"],
        id="an unknown parent",
    ),
    pytest.param(
        AGENCIES,
        appending(row("p98").replace("\n", ",one more\n")),
        "p98,p98",
        [f"{len(HEAD) + 1} cells", f"the head row names {len(HEAD)}"],
        id="a row with a cell too many",
    ),
    pytest.param(
        f"{QD43}/tasks.yaml",
        replacing("due: 2008-06-29", "due: 2008-06-31"),
        "due: 2008-06-31",
        ["no such day", "2008-06-31"],
        id="a day that no calendar has",
    ),
    pytest.param(
        f"{QD43}/tasks.yaml",
        replacing("  due: 2008-06-29", "  due: 2008-06-29\n  due: 2008-06-30"),
        "due: 2008-06-30",
        ["“due” stands twice", "remove one"],
        id="a field that stands twice",
    ),
    pytest.param(
        f"{QD43}/tasks.yaml",
        replacing("clause: II.1.b", "clause: II.1.a"),
        None,
        ["clause", "“II.1.a” stands already in", "tasks.yaml, line"],
        id="a clause of two tasks",
    ),
    pytest.param(
        f"{QD43}/projects.yaml",
        replacing("name: ", f"name: {'Xây dựng ' * 60}"),
        "Xây dựng Xây dựng",
        ["name", "at most 500 fit", "Shorten it"],
        id="a name that is too long",
    ),
]


@pytest.mark.parametrize(("file", "edit", "stands", "named"), CASES)
def test_it_is_refused_by_file_and_line_and_nothing_changes(
    tmp_path: Path, file: str, edit: Edit, stands: str | None, named: list[str]
) -> None:
    folder = copied(tmp_path)
    edited(folder, file, edit)
    Agency.objects.get(key="tg-so-tdtt").delete()  # would be made anew, were it not for the mistake
    (problem,) = [one for one in refusal_of(folder) if all(word in one for word in named)]
    place = f"fixtures/{file}, line "
    assert problem.startswith(place)
    if stands:
        assert problem.startswith(f"{place}{line_of(folder, file, stands)}:")


def test_targets_without_a_document_are_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    stray = folder / "documents/48-2009-x"
    stray.mkdir()
    (stray / "targets.yaml").write_text(
        "# The figures\n\n- clause: Điều 1\n  indicator: officials-using-email\n  year: 2009\n",
        encoding="utf-8",
    )
    (problem,) = refusal_of(folder)
    place, remedy = "fixtures/documents/48-2009-x", "write slug, title, kind and issuer into it"
    assert problem.startswith(f"{place}/targets.yaml, line 3: Điều 1 (record 1): rests on no document")
    assert f"{place}/document.yaml is not there; {remedy}" in problem


def test_every_problem_of_a_sum_is_named_at_once_with_its_line(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    files = {
        f"{QD605}/totals.yaml": ("'50.141'", "'50.142'"),
        f"{QD43}/totals.yaml": ("'127.000'", "'128.000'"),
    }
    for file, (old, new) in files.items():
        edited(folder, file, replacing(old, new))
    problems = refusal_of(folder)
    assert len(problems) == 2
    for file, (_old, new) in files.items():
        (problem,) = [one for one in problems if new.strip("'") in one]
        assert problem.startswith(f"fixtures/{file}, line {line_of(folder, file, new)}: ")
