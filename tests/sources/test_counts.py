"""How many lines the documents hold and what they add up to, counted from the loaded database."""

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from agencies.models import Agency
from plans.models import LegalDocument, OutlineItem, Programme
from tests.sources.facts import (
    CV1594,
    QD43,
    QD48,
    QD605,
    cells,
    content,
    decision,
    group,
    labels,
    outline,
    parts_of,
    printed,
    printed_totals_that_disagree,
    programme,
    projects,
    section,
    source,
    tasks,
    total,
    year,
)

pytestmark = pytest.mark.django_db

OUTLINE = [
    "I",
    "II", "II.1", "II.1.a", "II.1.b", "II.1.c", "II.2",
    "III", "III.1", "III.2", "III.2.a", "III.2.b", "III.2.c",
    "IV", "IV.1", "IV.1.a", "IV.1.b", "IV.1.c", "IV.1.d", "IV.1.e",
    "IV.2", "IV.2.a", "IV.2.b", "IV.2.c", "IV.3", "IV.3.a", "IV.3.b", "IV.4",
    "V", "V.1", "V.2", "V.3", "V.4",
    "VI",
]  # fmt: skip

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
    (
        "QD43 parts of tasks",
        lambda: {row.clause: len(parts_of(row.clause)) for row in tasks(QD43) if parts_of(row.clause)},
        {"II.1.b": 2, "II.1.c": 3, "II.2.k": 2, "II.7.c": 5, "II.7.d": 5},
    ),
    ("QD43 lines of tasks", lambda: len(tasks(QD43, parts=True)), 42 + 17),
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
    (
        "CV1594 sections",
        lambda: [row.number for row in content(CV1594)["sections"] if row.level == 1],
        ["Phần mở đầu", "1", "2", "Phần kết", "Phụ lục I", "Phụ lục II"],
    ),
    (
        "CV1594 annex II is the outline",
        lambda: [
            row.number.removeprefix("Phụ lục II, ")
            for row in content(CV1594)["sections"]
            if row.number.startswith("Phụ lục II, ")
        ],
        OUTLINE,
    ),
    ("CV1594 outline in the programme", outline, OUTLINE),
    ("CV1594 targets", lambda: len(content(CV1594)["targets"]), 63),
    ("CV1594 targets are guidance", lambda: {row.guidance for row in content(CV1594)["targets"]}, {True}),
    ("CV1594 years", lambda: {row.year for row in content(CV1594)["targets"]}, {2008, 2009, 2010}),
    ("CV1594 priority services", lambda: OutlineItem.objects.get(number="IV.2.b").guidance.count("\n- "), 10),
    (
        "CV1594 priority services in its text",
        lambda: section(CV1594, "Phụ lục II, IV.2.b").body.count("\n- "),
        10,
    ),
    (
        "CV1594 money is asked for by year, central and local",
        lambda: (
            "nhu cầu kinh phí theo từng năm từ ngân sách trung ương và ngân sách địa phương"
            in section(CV1594, "Phụ lục II, VI").body
        ),
        True,
    ),
    (
        "CV1594 computers are ranges",
        lambda: [printed(CV1594, "computers-per-official", scope) for scope in ("ministries", "provinces")],
        [["70 - 80", "80 - 90"], ["50 - 60", "60 - 70"]],
    ),
    (
        "CV1594 level-3 services of the cities",
        lambda: {
            row.agency: row.shown for row in content(CV1594)["targets"] if row.indicator == "level-3-services"
        },
        {"p01": "≥ 10", "p79": "≥ 10", "p48": "≥ 5", "p31": "≥ 5", "p92": "≥ 5"},
    ),
    # QĐ 48/2009: adopted levels without a text
    (
        "QD48 decision",
        lambda: decision(QD48),
        ("48/2009/QĐ-TTg", "2009-03-31", "Thủ tướng Chính phủ", ""),
    ),
    (
        "QD48 targets",
        lambda: (len(content(QD48)["targets"]), {row.guidance for row in content(QD48)["targets"]}),
        (14, {False}),
    ),
    (
        "QD48 holds nothing else",
        lambda: {part for part, rows in content(QD48).items() if rows},
        {"targets"},
    ),
    *(
        (f"QD48 {indicator} {scope}", lambda i=indicator, s=scope: printed(QD48, i, s), levels)
        for indicator, scope, levels in (
            ("leaders-directives-online", "ministries", ["30", "60"]),
            ("leaders-directives-online", "central-cities", ["30", "60"]),
            ("leaders-directives-online", "provinces", ["30", "60"]),
            ("officials-using-email", "ministries", ["70", "80"]),
            ("officials-using-email", "central-cities", ["70", "80"]),
            ("officials-using-email", "provinces", ["50", "60"]),
            ("officials-using-email", "highland-2008", ["20", "30"]),
        )
    ),
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
        "QD605 who is responsible",
        lambda: Counter(party.value for row in tasks(QD605) for party in row.leads if party.kind == "agency"),
        {"s-bcvt-82": 7, "tg-so-noi-vu": 4, "tg-so-khdt": 1, "tg-so-tc": 1},
    ),
    ("QD605 targets", lambda: len(content(QD605)["targets"]), 21 + 22),
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
        lambda: list(
            Programme.objects.values_list("code", "regimes__cadence").order_by(
                "position", "regimes__valid_from"
            )
        ),
        [
            ("2008", "quarter"),
            ("2007-2010-tien-giang", ""),  # "định kỳ": no frequency is printed
            ("2009-2010", None),
            ("2011-2015", "half_year"),
            ("2011-2015", "year"),  # Thông tư 06/2013/TT-BTTTT
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
        ([], "m-tttt", {"m-khdt", "m-tc"}, "lead"),
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
