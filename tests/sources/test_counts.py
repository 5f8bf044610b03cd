"""How many lines the documents hold and what they add up to, counted from the loaded database."""

from collections.abc import Callable
from datetime import date

import pytest

from agencies.models import Agency
from plans.models import LegalDocument, OutlineItem, Programme
from tests.sources.facts import (
    CV1594,
    QD43,
    QD605,
    cells,
    content,
    decision,
    group,
    labels,
    outline,
    printed,
    printed_totals_that_disagree,
    programme,
    projects,
    source,
    tasks,
    total,
    year,
)

pytestmark = pytest.mark.django_db

FACTS: list[tuple[str, Callable[[], object], object]] = [
    # Counts and sums: QĐ 43
    ("QD43 tasks", lambda: len(tasks(QD43)), 42),
    *(
        (f"QD43 tasks {clause}", lambda clause=clause: len(tasks(QD43, f"{clause}.")), count)
        for clause, count in {
            "II.1": 9,
            "II.2": 16,
            "II.3": 2,
            "II.4": 2,
            "II.5": 3,
            "II.6": 6,
            "II.7": 4,
        }.items()
    ),
    ("QD43 group A projects", lambda: labels(QD43, "A"), 19),
    ("QD43 group A", lambda: total(QD43, "A"), "127.000"),
    (
        "QD43 group A shared",
        lambda: (labels(QD43, "A", "Nhóm dự án dùng chung"), total(QD43, "A", "Nhóm dự án dùng chung")),
        (7, "93.500"),
    ),
    (
        "QD43 group A by sector",
        lambda: (
            labels(QD43, "A", "Nhóm dự án đặc thù cấp ngành"),
            total(QD43, "A", "Nhóm dự án đặc thù cấp ngành"),
        ),
        (12, "33.500"),
    ),
    (
        "QD43 group B",
        lambda: (labels(QD43, "B"), len(projects(QD43, "B")), total(QD43, "B")),
        (6, 7, "93.700"),
    ),
    ("QD43 annex II", lambda: group("pilot-2008"), 10),
    ("QD43 annex III", lambda: group("supported-provinces-2008"), 49),
    ("QD43 annex IV", lambda: (len(projects(QD43, "IV")), total(QD43, "IV")), (9, "0")),
    ("QD43 annex IV has no years", lambda: {row.year_from for row in projects(QD43, "IV")}, {None}),
    (
        "QD43 printed totals",
        lambda: (len(content(QD43)["stated_totals"]), printed_totals_that_disagree(QD43)),
        (4, []),
    ),
    (
        "QD43 decision",
        lambda: decision(QD43),
        ("43/2008/QĐ-TTg", "2008-03-24", "Thủ tướng Chính phủ", "Nguyễn Thiện Nhân"),
    ),
    # CV 1594
    (
        "CV1594 outline",
        lambda: [number for number in outline() if "." not in number],
        ["I", "II", "III", "IV", "V", "VI"],
    ),
    ("CV1594 targets are guidance", lambda: {row.guidance for row in content(CV1594)["targets"]}, {True}),
    ("CV1594 years", lambda: {row.year for row in content(CV1594)["targets"]}, {2008, 2009, 2010}),
    ("CV1594 priority services", lambda: OutlineItem.objects.get(number="IV.2.b").guidance.count("\n- "), 10),
    (
        "CV1594 plans are due",
        lambda: Programme.objects.get(code="2009-2010").plan_deadline,
        date(2008, 6, 29),
    ),
    (
        "CV1594 e-mail ministries",
        lambda: printed(CV1594, "officials-using-email", "ministries"),
        ["50", "70", "90"],
    ),
    (
        "CV1594 e-mail provinces",
        lambda: printed(CV1594, "officials-using-email", "provinces"),
        ["30", "50", "80"],
    ),
    (
        "CV1594 e-mail highland",
        lambda: printed(CV1594, "officials-using-email", "highland-2008"),
        ["10", "20", "50"],
    ),
    (
        "notice without number and date",
        lambda: list(LegalDocument.objects.filter(slug="tb-28-12-2007").values_list("number", "issued_on")),
        [("", None)],
    ),
    # QĐ 605
    (
        "QD605 projects",
        lambda: [len(projects(QD605, group)) for group in ("", "I", "II", "III")],
        [28, 17, 6, 5],
    ),
    (
        "QD605 money",
        lambda: [total(QD605, group) for group in ("", "I", "II", "III")],
        ["50.141", "43.795", "2.520", "3.826"],
    ),
    (
        "QD605 years",
        lambda: [year(QD605, one) for one in (2007, 2008, 2009, 2010)],
        ["0", "7.995", "23.168", "18.978"],
    ),
    (
        "QD605 sources",
        lambda: [source(QD605, one) for one in ("NSTW-HTDP", "NSDP-TT", "NSDP-SN")],
        ["6.800", "33.950", "9.391"],
    ),
    (
        "QD605 printed totals agree",
        lambda: (len(content(QD605)["stated_totals"]) > 90, printed_totals_that_disagree(QD605)),
        (True, []),
    ),
    (
        "QD605 decision",
        lambda: decision(QD605),
        ("605/QĐ-UBND", "2008-03-07", "Chủ tịch Ủy ban nhân dân tỉnh Tiền Giang", "Nguyễn Văn Phòng"),
    ),
    (
        "QD605 section headings",
        lambda: [row.number for row in content(QD605)["sections"] if "." not in row.number],
        ["I", "II", "III", "IV", "V", "VI", "VII"],
    ),
    ("QD605 VII as tasks", lambda: len(tasks(QD605)), 13),
    (
        "QD605 own lines with 2008 money",
        lambda: (
            sum(
                1 for row in projects(QD605) if any(year == 2008 for year, _source in cells(QD605, row.label))
            ),
            year(QD605, 2008),
        ),
        (6, "7.995"),
    ),
    # Programmes and documents
    (
        "programmes",
        lambda: list(Programme.objects.values_list("code", "cadence")),
        [
            ("2008", "quarter"),
            ("2007-2010-tien-giang", "year"),
            ("2009-2010", "quarter"),
            ("2011-2015", "half_year"),
        ],
    ),
    (
        "2008 reports with Tiền Giang",
        lambda: list(Programme.objects.get(code="2008").reports_with.values_list("code", flat=True)),
        ["2007-2010-tien-giang"],
    ),
    (
        "2009-2010 is reviewed",
        lambda: programme("2009-2010"),
        ("quarter", "m-tttt", {"m-khdt", "m-tc"}, "lead"),
    ),
    ("documents", lambda: LegalDocument.objects.exclude(text="").count(), 5),
    (
        "ministries, cities, provinces on 24/03/2008",
        lambda: [
            Agency.objects.in_force(date(2008, 3, 24)).of_classes([name]).count()
            for name in ("ministries", "central-cities", "provinces")
        ],
        [22, 5, 59],
    ),
]


@pytest.mark.parametrize(("count", "expected"), [fact[1:] for fact in FACTS], ids=[fact[0] for fact in FACTS])
def test_the_database_holds_what_the_documents_print(count: Callable[[], object], expected: object) -> None:
    assert count() == expected
