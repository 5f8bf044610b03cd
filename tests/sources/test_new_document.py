"""A document that is added: clauses found by their first words, lines that rest on them, links to others."""

import shutil
from pathlib import Path

import pytest

from plans.models import Clause, LegalDocument, Plan, PlanKind, Task
from plans.parts import registry
from plans.parts.projects import ProjectRow
from sources import plans
from sources.clauses import read_clauses
from sources.plans import PrintedPlan
from sources.reading import SourceError
from tests.sources.loading import copied, load, refusal_of, whole_database

TEXT = "Mở đầu\nĐiều 1. Giao\na) Bộ A;\nb) Bộ B.\nĐiều 2. Giao\na) Bộ A;\nKết thúc\n"
CLAUSES = """
- {number: Điều 1, at: Điều 1.}
- {number: Điều 1.a, at: "a) Bộ A"}
- {number: Điều 1.b, at: "b) Bộ B", heading: Bộ B}
- {number: Điều 2, at: Điều 2.}
- {number: Điều 2.a, at: "a) Bộ A"}
- {number: Phụ lục, missing: true, note: Không có trong bản của ta}
"""


def read(folder: Path, written: str) -> list[Clause]:
    (folder / "clauses.yaml").write_text(written, encoding="utf-8")
    found = read_clauses(folder / "clauses.yaml", TEXT)
    assert found is not None
    return found


def test_a_clause_holds_its_own_words_up_to_the_next(tmp_path: Path) -> None:
    found = {one.number: TEXT[one.start : one.end] for one in read(tmp_path, CLAUSES)}
    assert found == {
        "Điều 1": "Điều 1. Giao\n",
        "Điều 1.a": "a) Bộ A;\n",
        "Điều 1.b": "b) Bộ B.\n",
        "Điều 2": "Điều 2. Giao\n",
        "Điều 2.a": "a) Bộ A;\nKết thúc\n",
        "Phụ lục": "",
    }


def test_what_our_copy_lacks_stands_where_the_words_before_it_end(tmp_path: Path) -> None:
    between = CLAUSES.replace("- {number: Điều 2,", "- {number: Điều 1.c, missing: true}\n- {number: Điều 2,")
    found = {one.number: one for one in read(tmp_path, between)}
    lacking = found["Điều 1.c"]
    assert lacking.missing
    assert lacking.start == lacking.end == found["Điều 1.b"].end == found["Điều 2"].start
    assert found["Phụ lục"].start == found["Phụ lục"].end == len(TEXT)


def test_a_document_without_list_has_no_clauses(tmp_path: Path) -> None:
    assert read_clauses(tmp_path / "clauses.yaml", TEXT) is None


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("- {number: '1', at: Điều 3.}", "line 1: 1 (record 1): at: “Điều 3.” is not found"),
        ("- {number: '1', at: Điều 2.}\n- {number: '2', at: Điều 1.}", "they stand before the clause above"),
        ("- {number: '1', at: null}", "at: is blank"),
        ("- {number: '1', at: 1}", "at: 1 is not a text; put it in quotes"),
        ("- {number: '1', at: Điều 1.}\n- {number: '1', at: Điều 2.}", "line 2: 1 (record 2): number: “1”"),
        ("- {number: '1', at: Điều 1., missing: true}", "at: is not a field of this file"),
    ],
)
def test_a_clause_that_cannot_be_placed_is_refused(tmp_path: Path, written: str, said: str) -> None:
    with pytest.raises(SourceError) as refusal:
        read(tmp_path, written)
    assert said in str(refusal.value)


SLUG = "thu-nghiem"
DOCUMENT = {
    "document.yaml": f"""
slug: {SLUG}
number: 1/TN
title: Văn bản thử nghiệm
kind: quyet_dinh
issuer: Bộ A
issued_on: 2008-01-02
signer: null
signer_title: null
effective_on: null
effective_note: null
corrections: []
note: Phụ lục không có trong bản của ta
""",
    "text.txt": TEXT,
    "clauses.yaml": CLAUSES,
    "tasks.yaml": """
- clause: Điều 1
  name: Giao
  leads: [m-tttt]
- clause: Điều 1.a
  name: Bộ A
  parent: Điều 1
  leads: [m-tttt]
  superseded_by: 43-2008-qd-ttg#II.2.d
- clause: Điều 1.b, gạch 1
  name: Bộ B
  parent: Điều 1
  leads: [m-tttt]
  superseded_by: Điều 1.a
""",
    "projects.yaml": """
- {group: A, no: '1', name: Dự án, clause: Điều 2, also_at: Điều 2.a}
""",
    "baselines.yaml": """
- clause: Điều 1.b
  indicator: computers-per-official
  as_of: null
  as_of_words: hiện nay
  value: '39,2'
  printed: 2,55 người/máy
  converted: true
- clause: Điều 1.b
  indicator: officials-using-email
  as_of: 2007-12-31
  numerator: '1.200'
  denominator: '3.000'
  printed: 1.200/3.000
- clause: Điều 1.b
  indicator: level-3-services
  text: chưa có
  printed: chưa có
""",
}


@pytest.fixture
def folder(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The fixtures with one document more."""
    found = copied(tmp_path)
    (found / "documents" / SLUG).mkdir()
    for name, written in DOCUMENT.items():
        (found / "documents" / SLUG / name).write_text(written, encoding="utf-8")
    printed = PrintedPlan(SLUG, "2008", "m-tttt", PlanKind.DIRECTIVE)
    monkeypatch.setattr(plans, "PRINTED_PLANS", (printed, *plans.PRINTED_PLANS))
    return found


def write(folder: Path, name: str, old: str, new: str) -> None:
    assert old in DOCUMENT[name]
    path = folder / "documents" / SLUG / name
    path.write_text(DOCUMENT[name].replace(old, new), encoding="utf-8")


def test_it_is_loaded_beside_those_that_stand(folder: Path) -> None:
    load(folder)
    document = LegalDocument.objects.get(slug=SLUG)
    assert document.note == "Phụ lục không có trong bản của ta"
    assert document.clauses.count() == 6
    held = registry.read_content(Plan.objects.get(code=SLUG))
    whole, first, second = held["tasks"]
    assert (first.parent, second.parent) == (whole.line, whole.line)
    assert second.superseded_by == first.line
    taken_over = Task.objects.get(plan__code="43-2008-qd-ttg", clause="II.2.d")
    assert first.superseded_by == taken_over.line_id
    (project,) = held["projects"]
    assert isinstance(project, ProjectRow)
    assert project.also_at == "Điều 2.a"
    people, mail, services = held["baselines"]
    assert (str(people.stated), people.converted, people.as_of_words) == ("39.2000", True, "hiện nay")
    assert (mail.stated, mail.as_of.isoformat()) == (40, "2007-12-31")
    assert (services.stated, services.words) == (None, "chưa có")
    before = whole_database()
    assert "nothing was changed" in load(folder)
    assert whole_database() == before


def test_clauses_are_added_to_a_document_that_stood_without_them_but_never_replaced(folder: Path) -> None:
    load(folder)
    document = LegalDocument.objects.get(slug=SLUG)
    document.clauses.all().delete()
    assert "6 clauses" in load(folder)
    document.clauses.filter(number="Điều 2").delete()
    assert "nothing was changed" in load(folder)
    document.clauses.all().delete()
    LegalDocument.objects.filter(slug=SLUG).update(text=TEXT + "thêm")
    assert "nothing was changed" in load(folder)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (
            "tasks.yaml",
            "clause: Điều 1.b, gạch 1",
            "clause: Điều 3.b, gạch 1",
            "tasks.yaml, line 10: Điều 3.b, gạch 1 (record 3): clause: “Điều 3.b, gạch 1” is no clause",
        ),
        (
            "projects.yaml",
            "also_at: Điều 2.a",
            "also_at: Điều 3",
            "line 2: A.1 (record 1): also_at: “Điều 3”",
        ),
        (
            "tasks.yaml",
            "43-2008-qd-ttg#II.2.d",
            "43-2008-qd-ttg#II.2.z",
            "line 9: Điều 1.a (record 2): superseded_by: 43-2008-qd-ttg has no task at “II.2.z”",
        ),
        ("tasks.yaml", "superseded_by: Điều 1.a", "superseded_by: Điều 1.c", "line 14: Điều 1.b, gạch 1"),
        ("tasks.yaml", "name: Bộ A\n  parent: Điều 1", "name: Bộ A\n  parent: Điều 1.b", "line 7: Điều 1.a"),
        (
            "clauses.yaml",
            "at: Điều 2.",
            "at: Điều 4.",
            "line 5: Điều 2 (record 4): at: “Điều 4.” is not found",
        ),
        (
            "baselines.yaml",
            "  text: chưa có\n",
            "",
            "line 15: Điều 1.b.level-3-services (record 3): value: is blank",
        ),
        (
            "document.yaml",
            "issued_on: 2008-01-02",
            "issued_on: null",
            "line 7: thu-nghiem: issued_on: is blank, and the title names no day",
        ),
    ],
)
def test_what_rests_on_nothing_is_refused(folder: Path, name: str, old: str, new: str, said: str) -> None:
    write(folder, name, old, new)
    (problem,) = refusal_of(folder)
    assert problem.startswith(f"fixtures/documents/{SLUG}/{name}, line ")
    assert said in problem


def test_lines_that_are_nobodys_plan_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    problems = refusal_of(folder)
    assert len(problems) == 3
    assert f"fixtures/documents/{SLUG}/tasks.yaml, line 1: holds lines, but PRINTED_PLANS" in problems[0]


def test_a_plan_without_its_folder_is_refused(folder: Path) -> None:
    shutil.rmtree(folder / "documents" / SLUG)
    (problem,) = refusal_of(folder)
    assert problem.startswith(f"fixtures/documents/{SLUG}/document.yaml: is not there")


def test_without_a_day_it_holds_from_the_day_that_its_title_names(folder: Path) -> None:
    write(
        folder,
        "document.yaml",
        "title: Văn bản thử nghiệm\nkind: quyet_dinh\nissuer: Bộ A\nissued_on: 2008-01-02",
        "title: Cuộc họp ngày 03 tháng 01 năm 2008\nkind: thong_bao\nissuer: Bộ A\nissued_on: null",
    )
    load(folder)
    plan = Plan.objects.get(code=SLUG)
    assert plan.in_force_from is not None
    assert (plan.decision_on, plan.in_force_from.isoformat()) == (None, "2008-01-03")


def test_the_notice_holds_from_its_meeting(db: None) -> None:
    plan = Plan.objects.get(code="tb-28-12-2007")
    assert plan.in_force_from is not None
    assert (plan.decision_on, plan.in_force_from.isoformat()) == (None, "2007-12-28")
