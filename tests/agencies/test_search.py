"""The search: what is found with which words and in which order, by whom, and in spite of typing errors."""

from urllib.parse import unquote

import pytest

from agencies.models import Agency, Membership
from agencies.search.results import Results, search
from agencies.search.words import Words
from plans.content.actions import amend_plan, create_plan, take_lines
from plans.models import Plan, PlanState, Programme, Project
from plans.parts import registry
from tests.agencies.searching import PAGE, ask, found, suggested, whole
from tests.cast import Cast
from tests.plans.moves import approved, submitted
from tests.reading import ClientFor, in_english, links, said

pytestmark = pytest.mark.django_db

PORTAL = "Xây dựng Cổng thông tin điện tử tỉnh Tiền Giang (Portal)"


@pytest.fixture
def draft(cast: Cast, june_2008: object) -> Plan:
    """Tiền Giang's draft with the projects of QĐ 605, one of which nobody else has."""
    plan = create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)
    source = Plan.objects.get(code="605-qd-ubnd")
    projects = [row.line for row in registry.get("projects").read(source)]
    take_lines(plan, source, {"projects": projects}, actor=cast.editor)
    rename(Project.objects.filter(plan=plan).earliest("position"), "Kho lưu trữ bản đồ giấy")
    return plan


def rename(project: Project, name: str) -> None:
    project.name = name
    project.save()


# --- Words


@pytest.mark.parametrize(
    "words",
    [
        "Cổng thông tin điện tử tỉnh Tiền Giang",
        "cong thong tin dien tu tinh tien giang",
        "CỔNG THÔNG TIN ĐIỆN TỬ",
        "tiền giang cổng điện tử",  # in any order
        "portal xây dựng",
        "xay dung  cong, thong tin; (portal)",
        "cong thong tin dien tu tinh tie",  # the last one unfinished
    ],
)
def test_words_are_found_without_diacritics_in_any_order(cast: Cast, june_2008: object, words: str) -> None:
    assert PORTAL in whole(cast.viewer, words, "projects")


def test_all_words_must_occur_as_words(cast: Cast, june_2008: object) -> None:
    assert PORTAL not in whole(cast.viewer, "cong thong tin nghe an", "projects")
    assert PORTAL not in whole(cast.viewer, "con thong tin", "projects")  # part of a word, and not the last


def test_one_word_is_found_inside_another(cast: Cast, june_2008: object) -> None:
    assert "Tỉnh Tiền Giang" in whole(cast.viewer, "iang", "agencies")


@pytest.mark.parametrize("words", ["Đắk Lắk", "dak lak", "ĐẮK LẮK", "đăk lăk"])
def test_the_crossed_letter_is_found_as_d(cast: Cast, june_2008: object, words: str) -> None:
    assert set(found(cast.viewer, words)["agencies"]) == {"Tỉnh Đắk Lắk"}


def test_it_does_not_matter_where_the_tone_is_written(cast: Cast, june_2008: object) -> None:
    old, new = whole(cast.viewer, "hiện đại hoá", "projects"), whole(cast.viewer, "hiện đại hóa", "projects")
    assert old == new
    assert {"Hiện đại hoá hải quan", "Hiện đại hóa quản lý thuế"} <= set(old)


@pytest.mark.parametrize(
    ("words", "kind", "title"),
    [
        ("Sở TTTT Tiền Giang", "agencies", "Sở Thông tin và Truyền thông tỉnh Tiền Giang"),
        ("43/2008/QĐ-TTg", "documents", "Phê duyệt Kế hoạch ứng dụng công nghệ thông tin trong hoạt động"),
        ("qd 43", "documents", "Phê duyệt Kế hoạch ứng dụng công nghệ thông tin trong hoạt động"),
        ("cv 1594", "documents", "Hướng dẫn xây dựng Kế hoạch ứng dụng công nghệ thông tin"),
        ("ke hoach tien giang 2007-2010", "plans", "Kế hoạch ứng dụng công nghệ thông tin trong hoạt động"),
        ("mang truyen so lieu chuyen dung", "tasks", "Chỉ đạo triển khai, hoàn thành giai đoạn I"),
        ("thu dien tu cong viec", "indicators", "Tỷ lệ cán bộ, công chức sử dụng thư điện tử"),
    ],
)
def test_each_kind_of_thing_is_found(
    cast: Cast, june_2008: object, words: str, kind: str, title: str
) -> None:
    assert any(one.startswith(title) for one in found(cast.viewer, words)[kind])


def test_the_words_of_a_clause_are_found_and_shown_with_its_document(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    response = ask(client_for(cast.viewer), "mạng truyền số liệu chuyên dùng", kind="clauses")
    assert "/documents/43-2008-qd-ttg/II.2.k/" in map(unquote, links(response))
    assert "43/2008/QĐ-TTg" in said(response)


@pytest.mark.parametrize("words", ["\0", "%", "_", "'", "x" * 5000, "\u00a0", "-", "a " * 500, "..", '"'])
def test_any_words_can_be_searched_for(
    client_for: ClientFor, cast: Cast, june_2008: object, words: str
) -> None:
    for more in ({}, {"kind": "projects"}, {"kind": "nothing", "page": "x"}, {"page": "99999999999"}):
        assert client_for(cast.viewer).get(PAGE, {"q": words, **more}, follow=True).status_code == 200


def test_nothing_is_taken_for_a_pattern(cast: Cast, june_2008: object) -> None:
    assert found(cast.viewer, "x%y") == {}
    results = search(Words.read("ti_n giang"), cast.viewer)
    assert results.similar or not results.groups


# --- Order


def test_the_same_text_stands_before_one_that_begins_so_and_that_before_one_with_it_inside(
    cast: Cast, june_2008: object
) -> None:
    names = [
        "Sổ tay về kho số liệu",
        "Kho số liệu dùng chung",
        "Kho số liệu",
        "Số liệu của các kho",
    ]
    for project, name in zip(Project.objects.filter(plan__code="43-2008-qd-ttg"), names, strict=False):
        rename(project, name)
    expected = ["Kho số liệu", "Kho số liệu dùng chung", "Sổ tay về kho số liệu", "Số liệu của các kho"]
    assert [one for one in whole(cast.viewer, "kho số liệu", "projects") if one in names] == expected


def test_own_lines_stand_before_others_of_the_same_name(cast: Cast, june_2008: object) -> None:
    for code in ("43-2008-qd-ttg", "605-qd-ubnd"):
        rename(Project.objects.filter(plan__code=code).latest("position"), "Kho số liệu dân cư")
    groups = {
        who: search(Words.read("kho số liệu dân cư"), getattr(cast, who)).group("projects")
        for who in ("editor", "lead_editor")
    }
    first = {who: group.hits[0].where for who, group in groups.items() if group}
    assert "605/QĐ-UBND" in first["editor"]
    assert "43/2008/QĐ-TTg" in first["lead_editor"]


def test_an_agency_that_exists_stands_before_one_that_ended(cast: Cast, june_2008: object) -> None:
    ended = Agency.objects.get(key="p28")  # Hà Tây, until 31/07/2008
    Agency.objects.filter(pk=ended.pk).update(valid_to="2008-01-31")
    Agency.objects.create(key="p28n", name=ended.name, short_name="Hà Tây", kind="tinh")
    group = search(Words.read("tỉnh hà tây"), cast.viewer).group("agencies")
    assert group is not None
    assert [hit.tag is None for hit in group.hits] == [True, False]


# --- Who may see it


def seen(membership: Membership, words: str = "kho lưu trữ bản đồ giấy") -> bool:
    return bool(found(membership, words).get("projects"))


def test_another_agencys_draft_is_not_found(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    for membership in cast:
        own = membership.agency_id == draft.agency_id
        assert seen(membership) is own, membership
        assert ("bản đồ giấy" in said(suggested(client_for(membership), "bản đồ giấ"))) is own
        plans = found(membership, "ke hoach tien giang 2009-2010").get("plans", [])
        assert (draft.title in plans) is own


def test_a_submitted_plan_is_found_by_those_who_review_it(cast: Cast, draft: Plan) -> None:
    submitted(draft, cast)
    who = {
        name
        for name in ("editor", "reviewer", "co_reviewer", "other_editor", "viewer")
        if seen(getattr(cast, name))
    }
    assert who == {"editor", "reviewer", "co_reviewer"}


def test_an_approved_plan_is_found_by_everybody(cast: Cast, draft: Plan) -> None:
    approved(draft, cast)
    assert all(seen(membership) for membership in cast)


def test_the_text_of_an_agencys_own_plan_is_found(cast: Cast, draft: Plan) -> None:
    section = draft.sections.latest("position")
    section.body = "Mỗi huyện có một tổ vận hành."
    section.save()
    assert found(cast.editor, "tổ vận hành")["sections"] == [section.heading]
    assert "sections" not in found(cast.other_editor, "tổ vận hành")


def test_a_line_is_one_hit_whatever_versions_its_plan_has(cast: Cast, june_2008: object) -> None:
    amendment = amend_plan(Plan.objects.get(code="605-qd-ubnd"), actor=cast.editor)
    assert whole(cast.editor, "cong thong tin dien tu tinh tien giang", "projects") == [PORTAL]
    project = amendment.projects.get(name=PORTAL)
    rename(project, "Nâng cấp Cổng thông tin điện tử tỉnh Tiền Giang")
    names = whole(cast.editor, "cong thong tin dien tu tinh tien giang", "projects")
    assert names == [PORTAL]  # the version in force holds the words too
    results = search(Words.read("nang cap cong thong tin dien tu"), cast.editor).group("projects")
    assert results is not None
    (hit,) = results.hits
    assert hit.tag is not None
    assert hit.tag[2] == PlanState.DRAFT.label
    assert any("2" in str(one) for one in hit.where)
    assert whole(cast.viewer, "nang cap cong thong tin dien tu tinh tien giang", "projects") == []


def test_a_superseded_version_is_not_found(cast: Cast, june_2008: object) -> None:
    Plan.objects.filter(code="605-qd-ubnd").update(state=PlanState.SUPERSEDED)
    assert PORTAL not in whole(cast.editor, "cong thong tin dien tu", "projects")


# --- Typing errors


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "words",
    [
        "cổng thông tni điện tử tiền giang",
        "cong thogn tin dien tu tinh tien giang",
        "xay dugn cong thong tin dien tu tien giang",
        "cong thong tin dien tu tien gaing",
        "cng thong tin dien tu tinh tien giang",
    ],
)
def test_a_typing_error_is_tolerated(
    client_for: ClientFor, cast: Cast, june_2008: object, words: str
) -> None:
    results = search(Words.read(words), cast.viewer)
    assert results.similar
    assert PORTAL in [hit.title for group in results.groups for hit in group.hits]
    response = ask(in_english(client_for(cast.viewer)), words, kind="projects")
    assert "come near them" in said(response)
    assert PORTAL in said(response)


@pytest.mark.postgresql
def test_what_is_similar_in_a_foreign_draft_is_not_found_either(cast: Cast, draft: Plan) -> None:
    assert "Kho lưu trữ bản đồ giấy" in whole(cast.editor, "kho lưu trữ bnả đồ giấy", "projects")
    assert "Kho lưu trữ bản đồ giấy" not in whole(cast.other_editor, "kho lưu trữ bnả đồ giấy", "projects")


def test_nothing_similar_is_looked_for_where_the_words_are_found(cast: Cast, june_2008: object) -> None:
    results: Results = search(Words.read("thư điện tử"), cast.viewer)
    assert not results.similar
