"""How the documents are read where they leave room: each item bears its number in the list of readings."""

from collections.abc import Callable
from datetime import date

import pytest

from agencies.models import Agency, AgencyGroup, Succession
from plans.models import CoReviewer
from tests.sources.facts import (
    CV1594,
    QD43,
    QD48,
    QD605,
    cells,
    comparators,
    content,
    corrections,
    dated,
    districts,
    due,
    group,
    lines_with_shares,
    linked_totals,
    mapping,
    needs,
    obliged,
    parts_of,
    printed,
    programme,
    project,
    projects,
    projects_of_several_sources,
    roadmap_targets,
    shares,
    shown_by_document,
    side_by_side,
    tasks,
    tree,
)

pytestmark = pytest.mark.django_db

FACTS: list[tuple[str, Callable[[], object], object]] = [
    # Reading
    ("1 total need", needs, (13, 19, "160.000")),
    ("2 shares are printed in two lines", lines_with_shares, {"B.4", "B.5"}),
    ("2 B.4", lambda: shares("B.4"), (18, {"1.100"}, {True}, "19.800")),
    ("2 B.5", lambda: shares("B.5"), (49, {"1.100"}, {False}, "53.900")),
    (
        "2 B.2 has two lines",
        lambda: [(row.lead_group, row.lead_agency) for row in projects(QD43, "B") if row.number == "2"],
        [("pilot-2008", ""), ("", "m-tttt")],
    ),
    ("2 B.6 has no lead", lambda: project(QD43, "B.6").has_lead, False),
    ("2 B.3 is led in words", lambda: project(QD43, "B.3").lead_words, "Ban Điều hành"),
    (
        "2 the 18 are derived",
        lambda: (
            group("non-pilot-ministries-2008"),
            AgencyGroup.objects.get(key="non-pilot-ministries-2008").derived,
        ),
        (18, True),
    ),
    ("2 pilots", lambda: (group("pilot-ministries-2008"), group("pilot-provinces-2008")), (4, 6)),
    *(
        (f"3 II.2.{point}", lambda point=point: due(f"II.2.{point}")[0], date(2008, 3, 31))
        for point in "abcd"
    ),
    ("3 II.1.i before 30/06", lambda: due("II.1.i"), (date(2008, 6, 29), "Trước ngày 30 tháng 6 năm 2008")),
    ("3 II.2.p before 31/07", lambda: due("II.2.p")[0], date(2008, 7, 30)),
    ("3 II.2.k before 30/09", lambda: due("II.2.k")[0], date(2008, 9, 29)),
    *(
        (f"3 {clause}", lambda clause=clause: due(clause)[0], date(2008, 12, 31))
        for clause in ("II.2.l", "II.5.a", "II.7.c", "II.7.d")
    ),
    ("3 dated tasks", lambda: len(dated(QD43)), 11),
    (
        "3 the two milestones of II.2.k",
        lambda: [(row.clause, row.due_on, row.date_phrase) for row in parts_of("II.2.k")],
        [
            (f"II.2.k, giai đoạn {stage}", date(2008, 9, 29), "trước ngày 30 tháng 9 năm 2008")
            for stage in ("I", "II")
        ],
    ),
    (
        "3 the parts of a task are led and due as it is",
        lambda: [
            row.clause
            for row in tasks(QD43)
            for part in parts_of(row.clause)
            if (part.leads, part.due_on, part.date_phrase) != (row.leads, row.due_on, row.date_phrase)
        ],
        [],
    ),
    (
        "4 no task of QD43 is superseded by another of it",
        lambda: {row.superseded_by for row in tasks(QD43)},
        {None},
    ),
    ("5 only I.2 has two sources", lambda: projects_of_several_sources(QD605), ["I.2"]),
    (
        "5 I.2",
        lambda: cells(QD605, "I.2"),
        {(2008, "NSDP-TT"): "3.500", (2009, "NSTW-HTDP"): "5.000", (2009, "NSDP-TT"): "1.100"},
    ),
    (
        "6 seven rows of targets in three years",
        lambda: (
            len(roadmap_targets()),
            {row.year for row in roadmap_targets()},
            len({row.indicator for row in roadmap_targets()}),
        ),
        (21, {2008, 2009, 2010}, 7),
    ),
    (
        "6 fourteen rows of money",
        linked_totals,
        (14, {*(f"I.{n}" for n in range(5, 15)), "II.3", "II.4", "II.5", "III.3"}, "18.950"),
    ),
    (
        "6 text cells",
        lambda: printed(QD605, "it-staff-planning", "p82"),
        ["Các sở ngành, huyện, thị, thành", "Các sở ngành, huyện, thị, thành", "Các cơ quan còn lại"],
    ),
    (
        "6 expected levels",
        lambda: (
            comparators("digitised-information", "IV.2, lộ trình")[0],
            comparators("link-departments-mbps", "IV.1.a, lộ trình")[0],
        ),
        ("<", "<="),
    ),
    (
        "7 level-3 services",
        lambda: side_by_side("level-3-services", 2010),
        [("III.2.c", "≥ 5"), ("IV.3", "≥ 5"), ("Phụ lục I, nhóm II, số 4", "≥ 3")],
    ),
    (
        "7 Kbps",
        lambda: side_by_side("link-communes-kbps", 2010),
        [("IV.1.a, lộ trình", "≥ 64"), ("IV.1.a", "> 64")],
    ),
    (
        "7 literacy",
        lambda: side_by_side("officials-computer-literate", 2010),
        [("IV.4, lộ trình", "> 80"), ("IV.4.c", "> 70")],
    ),
    (
        "8 about is never computed",
        lambda: (
            {row.comparator for row in content(CV1594)["targets"] if "khoảng" in row.printed}
            - {"range", "approximate", "text"}
        ),
        set(),
    ),
    (
        "8 most and step by step are text",
        lambda: {
            row.comparator
            for code in (QD43, CV1594)
            for row in content(code)["targets"]
            if any(word in row.words.lower() for word in ("hầu hết", "đa số", "từng bước"))
        },
        {"text"},
    ),
    (
        "9 Tiền Giang's e-mail targets",
        lambda: printed(QD605, "officials-using-email", "p82"),
        ["20", ">45", ">70"],
    ),
    (
        "9 QĐ 48/2009 adopted less than CV 1594 proposed",
        lambda: [
            shown_by_document("officials-using-email", "provinces", year) for year in (2008, 2009, 2010)
        ],
        [{QD43: ["30"], CV1594: ["30"]}, {CV1594: ["50"], QD48: ["50"]}, {CV1594: ["80"], QD48: ["60"]}],
    ),
    (
        "9 e-mail in the highlands",
        lambda: [shown_by_document("officials-using-email", "highland-2008", year) for year in (2009, 2010)],
        [{CV1594: ["20"], QD48: ["20"]}, {CV1594: ["50"], QD48: ["30"]}],
    ),
    (
        "9 directives of leaders",
        lambda: [shown_by_document("leaders-directives-online", "ministries", year) for year in (2009, 2010)],
        [{CV1594: ["60"], QD48: ["30"]}, {CV1594: ["90"], QD48: ["60"]}],
    ),
    (
        "document software of the cities in 2008",
        lambda: shown_by_document("document-software-offices", "central-cities", 2008),
        {QD43: ["50"], CV1594: ["70"]},
    ),
    (
        "10 chapters",
        lambda: mapping("IV.1.a", "IV.1.b", "IV.2", "IV.3", "IV.4.a", "IV.4.c"),
        ["IV.3.a", "IV.3.b", "IV.1", "IV.2", "IV.4", "IV.4"],
    ),
    ("10 aims", lambda: mapping("III.2.a", "III.2.b", "III.2.c"), ["III.2.c", "III.2.a", "III.2.b"]),
    (
        "10 annex and organisation",
        lambda: mapping("VI", "VI.1", "VI.2", "VI.3", "VII.1", "VII.4"),
        ["-", "-", "-", "-", "VI", "VI"],
    ),
    ("12 districts named", districts, ["Gò Công", "Mỹ Tho"]),
    (
        "12 highland is in no document",
        lambda: AgencyGroup.objects.filter(key="highland-2008").values_list(
            "document_number", "note", "derived"
        )[0],
        ("", "văn bản không in danh mục", True),
    ),
    (
        "12 customs stand in the Ministry of Finance",
        lambda: (project(QD43, "IV.8").lead_agency, Agency.objects.filter(parent__key="m-tc").get().key),
        ("m-tchq", "m-tchq"),
    ),
    (
        "12 obliged until Hà Tây went",
        lambda: (obliged(date(2008, 6, 30)), obliged(date(2008, 9, 30))),
        (86, 85),
    ),
    (
        "12 Hà Tây went to Hà Nội",
        lambda: Succession.objects.values_list("successor__key", "on", "principal").get(
            predecessor__key="p28"
        ),
        ("p01", date(2008, 8, 1), True),
    ),
    ("14 corrections QD43", lambda: corrections("43-2008-qd-ttg"), ["phối hợp"]),
    (
        "14 corrections CV1594",
        lambda: corrections("1594-btttt-udcntt"),
        [
            "ĐỊNH HƯỚNG",
            "GIAI ĐOẠN",
            "cổng",
            "cổng",
            "trực thuộc Trung ương được đưa lên",
            "Tên dự án; mục tiêu và quy mô",
            "a)",
            "",
        ],
    ),
    (
        "15 three Sở hear the departments",
        lambda: {party.value for party in tasks(QD605, "VII.4")[0].co},
        {"s-bcvt-82", "tg-so-tc", "tg-so-khdt"},
    ),
    (
        "15 they hear of settlement too, and no frequency is printed",
        lambda: [
            word in tasks(QD605, "VII.4")[0].text
            for word in ("thanh quyết toán", "định kỳ, đột xuất", "tháng")
        ],
        [True, True, False],
    ),
    (
        "15 the province's own programme",
        lambda: programme("2007-2010-tien-giang"),
        ([""], "s-bcvt-82", {"tg-so-khdt", "tg-so-tc"}, "superior"),
    ),
    (
        "16 central reserve",
        lambda: (tree("NSTW-DP-DTPT"), tree("NSTW-DP-SN"), tree("NSTW-HTDP")),
        ("NSTW > NSTW-DP > NSTW-DP-DTPT", "NSTW > NSTW-DP > NSTW-DP-SN", "NSTW > NSTW-HTDP"),
    ),
    (
        "16 who looks at which money",
        lambda: {
            (one.agency.key, one.scope)
            for one in CoReviewer.objects.filter(programme__code__in=("2009-2010", "2011-2015"))
        },
        {("m-khdt", "investment"), ("m-tc", "recurrent")},
    ),
    ("16 local", lambda: (tree("NSDP-TT"), tree("NSDP-SN")), ("NSDP > NSDP-TT", "NSDP > NSDP-SN")),
    ("16 others", lambda: (tree("ODA"), tree("PPP"), tree("KHAC")), ("ODA", "PPP", "KHAC")),
]


@pytest.mark.parametrize(("count", "expected"), [fact[1:] for fact in FACTS], ids=[fact[0] for fact in FACTS])
def test_the_documents_are_read_as_agreed(count: Callable[[], object], expected: object) -> None:
    assert count() == expected
