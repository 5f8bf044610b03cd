"""Open data of results: nothing of a report before its period is issued, then the figures as frozen."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import clock
from plans.open_data.datasets import data_sets, sizes
from plans.open_data.selection import nothing_asked
from plans.open_data.streams import FORMATS
from reports.compiling import compile_cycle, issue_report
from reports.cycles.granting import extend
from reports.figures.compliance import frozen
from reports.models import Compilation, Cycle, IssuedFile
from tests.cast import Cast
from tests.reading import ClientFor, in_english
from tests.reports.filings import People, begun, by, filed, report_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

MARKER = "DAU-HIEU-BAO-CAO"
SAID = {"text": {"summary": MARKER, "nothing_to_report": "1"}}
ISSUED = ("issued-timeliness", "issued-tasks", "issued-money", "issued-targets", "issued-files")


def rows_of(client: Client, key: str, **asked: str) -> list[dict[str, Any]]:
    answer: Any = client.get(f"/open-data/{key}.json", asked)
    assert answer.status_code == 200, answer.content
    rows: list[dict[str, Any]] = json.loads(b"".join(answer.streaming_content))
    return rows


def compiled(cycle: Cycle, cast: Cast) -> Compilation:
    with clock.at("2008-07-20T09:00"):
        return compile_cycle(cycle, actor=cast.reviewer)


def issued(compilation: Compilation, cast: Cast) -> list[IssuedFile]:
    paper = {"number": "05/BC-BTTTT", "signer": "Nguyễn Văn Ký", "signer_title": "BỘ TRƯỞNG"}
    with clock.at("2008-07-21T15:00"):
        return issue_report(compilation, **paper, issued_on=date(2008, 7, 21), actor=cast.reviewer)


def test_before_a_period_is_issued_nothing_of_its_reports_shows_and_never_their_texts(
    q2: Cycle, cast: Cast, client_for: ClientFor, staff: People
) -> None:
    reader = client_for(cast.viewer)
    begun(q2, People(cast.other_editor, cast.other_approver), SAID)
    filed(q2, staff, SAID)
    compilation = compiled(q2, cast)
    for key in ISSUED:
        assert rows_of(reader, key) == [], key
    assert [sizes(nothing_asked())[key] for key in ISSUED] == [0] * len(ISSUED)
    assert "20/07/2008" not in reader.get("/open-data/").content.decode()
    issued(compilation, cast)
    assert all(rows_of(reader, key) for key in ISSUED if key != "issued-targets")
    for one in data_sets():
        for form in FORMATS:
            said = b"".join(FORMATS[form][1](one, nothing_asked())).decode()
            assert MARKER not in said, one.key


def test_what_was_issued_is_what_was_frozen(
    q2: Cycle, cast: Cast, client_for: ClientFor, staff: People
) -> None:
    filed(q2, staff, SAID)
    compilation = compiled(q2, cast)
    files = issued(compilation, cast)
    with clock.at("2008-07-22T09:00"):
        extend(
            report_of(q2, "m-tc"),
            date(2008, 7, 30),
            actor=cast.reviewer,
            **by("1/BTTTT"),
        )
    figures, reader = frozen(compilation), in_english(client_for(cast.viewer))
    timeliness = rows_of(reader, "issued-timeliness")
    assert [(row["agency"], row["standing"], row["days"]) for row in timeliness] == [
        (one.agency, one.standing.value, one.days) for one in figures.obligations
    ]
    head = timeliness[0]
    assert (head["report"], head["issued_on"], head["programme"]) == ("05/BC-BTTTT", "2008-07-21", "2008")
    assert (head["as_of"], head["illustrative"]) == ("2008-07-20T09:00:00+07:00", False)
    money = rows_of(reader, "issued-money")
    totals = {row["of_programme"]: row for row in money if row["row"] == "total"}
    assert set(totals) == {one.programme for one in figures.money}
    national = next(one for one in figures.money if one.programme == "2008")
    assert totals["2008"]["planned"] == str(national.total.planned)
    assert totals["2008"]["settled"] is None
    assert sum(1 for row in money if row["row"] == "project") == sum(len(one.lines) for one in figures.money)
    assert [row["verdict"] for row in rows_of(reader, "issued-tasks")] == [
        one.verdict for one in figures.tasks
    ]
    targets = rows_of(reader, "issued-targets")
    assert [row["attainment"] for row in targets] == [str(one.attainment) for one in figures.targets]
    listed = rows_of(reader, "issued-files")
    assert [(row["format"], row["sha256"]) for row in listed] == [(one.format, one.sha256) for one in files]
    assert {row["figures_sha256"] for row in listed} == {compilation.sha256}
    reader.get("/open-data/")  # what was frozen is counted once and for all
    with CaptureQueriesContext(connection) as queries:
        page = reader.get("/open-data/")
    assert "21/07/2008" in page.content.decode()
    assert len(queries) <= 12


def test_it_is_narrowed_by_day_programme_and_agency_and_counted_so(
    q2: Cycle, cast: Cast, client_for: ClientFor, staff: People
) -> None:
    filed(q2, staff, SAID)
    compilation = compiled(q2, cast)
    issued(compilation, cast)
    reader = client_for(cast.viewer)
    assert [row["agency"] for row in rows_of(reader, "issued-timeliness", agency="p82")] == ["p82"]
    for key in ISSUED:
        assert rows_of(reader, key, on="2008-07-20") == [], key
        assert rows_of(reader, key, programme="2009-2010") == [], key
        assert len(rows_of(reader, key, on="2008-07-21")) == len(rows_of(reader, key)), key
    for _again in range(2):
        counted = sizes(replace(nothing_asked(), agency="p82"))
        assert counted["issued-timeliness"] == 1
        assert counted["issued-tasks"] == len(rows_of(reader, "issued-tasks"))
    cache.clear()
    assert sizes(nothing_asked())["issued-timeliness"] == 86
