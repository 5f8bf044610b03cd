"""The history of a plan, its frozen revisions, and what changed since the last submission."""

import itertools

import pytest

from core import clock
from plans.content.actions import amend_plan
from plans.content.editing import remove_line, save_line
from plans.models import Plan, PlanRevision
from plans.parts import registry
from plans.review.actions import hand_back, hand_over
from plans.versions.snapshot import SCHEMA
from plans.versions.words import diff_words
from tests.cast import Cast
from tests.plans.moves import REASON, approved, returned, submitted, write
from tests.reading import ClientFor, in_english, links, said

pytestmark = pytest.mark.django_db


def page(plan: Plan, name: str) -> str:
    return f"/plans/{plan.code}/{plan.version}/{name}/"


def test_steps_stand_with_papers_and_people(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    returned(draft, cast)
    words = said(in_english(client_for(cast.reviewer)).get(page(draft, "history")))
    assert "112/UBND-CNTT of 20/06/2008, signed by Trần Văn Lãnh Đạo" in words
    assert "Returned · Hoàng Thị Thẩm Định, Bộ Thông tin và Truyền thông" in words
    assert REASON in words
    assert words.index("Returned ·") < words.index("Submitted ·") < words.index("Draft begun ·")


def test_what_happened_inside_the_agency_is_shown_to_it_alone(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    hand_over(draft, actor=cast.editor)
    hand_back(draft, actor=cast.approver, note="Việc nội bộ.")
    submitted(draft, cast)
    inside = said(in_english(client_for(cast.editor)).get(page(draft, "history")))
    outside = said(in_english(client_for(cast.reviewer)).get(page(draft, "history")))
    assert "Việc nội bộ." in inside
    assert "Việc nội bộ." not in outside
    assert "Handed to the leader" not in outside


def test_revisions_stand_with_their_hash_and_are_intact(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    submitted(draft, cast)
    words = said(in_english(client_for(cast.editor)).get(page(draft, "history")))
    assert draft.revisions.get().sha256 in words
    assert "intact" in words


def test_a_revision_that_was_changed_is_told(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    submitted(draft, cast)
    forged = draft.revisions.get()
    PlanRevision.objects.bulk_create(
        [
            PlanRevision(
                plan=draft,
                number=2,
                schema=SCHEMA,
                content=forged.content.replace("2.500", "9.500"),
                sha256="0" * 64,
                reason="submit",
                at=forged.at,
                by=forged.by,
            )
        ]
    )
    words = said(in_english(client_for(cast.editor)).get(page(draft, "history")))
    assert "does not match its hash" in words


def test_edits_are_counted_by_person(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    for text in ("Một.", "Hai.", "Ba."):
        write(draft, cast, "V.1", text)
    response = client_for(cast.editor).get(page(draft, "history"))
    row = response.context["editors"][0]
    assert row["by__full_name"] == "Nguyễn Thị Biên Tập"
    assert row["edits"] == 3 + 26  # and one for each line taken over


def test_the_changes_since_the_last_submission(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    write(draft, cast, "V.1", "Bố trí đầy đủ vốn cho các dự án.")
    returned(draft, cast)
    write(draft, cast, "V.1", "Bố trí đủ vốn cho các dự án hằng năm.")
    rows = registry.get("projects").read(draft)
    cell = {"allocations/2009/NSDP-TT": "1.600"}
    save_line(draft, "projects", rows[0].line, cell, actor=cast.editor, row_version=rows[0].row_version)
    remove_line(draft, "projects", rows[-1].line, actor=cast.editor)
    response = in_english(client_for(cast.editor)).get(page(draft, "compare"))
    words = said(response)
    assert "3 lines differ" in words
    assert "2009 · Ngân sách địa phương: vốn đầu tư tập trung 1.500 → 1.600 (+100)" in words
    assert "removed" in words
    body = response.content.decode()
    assert "<del>" in body
    assert "hằng năm" in body[body.index("<ins>") :]


def test_the_money_that_moved_is_added_up(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    returned(draft, cast)
    first, second, *_rest = registry.get("projects").read(draft)
    for row, path, amount in (
        (first, "allocations/2009/NSDP-TT", "1.600"),
        (second, "allocations/2009/NSTW-HTDP", "4.500"),
    ):
        save_line(draft, "projects", row.line, {path: amount}, actor=cast.editor, row_version=row.row_version)
    words = said(in_english(client_for(cast.editor)).get(page(draft, "compare")))
    assert "money −400 million VND" in words


def test_no_change_is_said(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    returned(draft, cast)
    words = said(in_english(client_for(cast.editor)).get(page(draft, "compare")))
    assert "No change: Submission 1, 20/06/2008" in words


def test_a_reviewer_compares_with_the_submission_before(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    returned(draft, cast)
    write(draft, cast, "V.1", "Bố trí vốn hằng năm.")
    with clock.at("2008-06-24T16:10"):
        submitted(draft, cast)
    response = in_english(client_for(cast.reviewer)).get(page(draft, "compare"))
    assert response.context["basis"].key == "1"
    assert "1 line differs" in said(response)
    own = in_english(client_for(cast.reviewer)).get(page(draft, "compare"), {"with": "2"})
    assert "No change: Submission 2, 24/06/2008" in said(own)


def test_before_the_first_submission_there_is_nothing_to_compare(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    words = said(in_english(client_for(cast.editor)).get(page(draft, "compare")))
    assert "Nothing to compare with yet" in words
    assert client_for(cast.editor).get(page(draft, "compare"), {"with": "7"}).status_code == 404


def test_an_amendment_is_compared_with_the_version_in_force(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    approved(draft, cast)
    with clock.at("2008-07-09T09:00"):
        amendment = amend_plan(draft, actor=cast.editor)
        write(amendment, cast, "V.1", "Bổ sung.")
        response = in_english(client_for(cast.editor)).get(page(amendment, "compare"))
    assert "Version 1, as decided: 1 line differs" in said(response)
    assert any("with=v1" in link for link in links(response))


def test_names_stand_in_a_comparison_and_not_keys(client_for: ClientFor, cast: Cast, draft: Plan) -> None:
    returned(draft, cast)
    row = registry.get("projects").read(draft)[0]
    lead = {"lead_agency": "tg-so-tc"}
    save_line(draft, "projects", row.line, lead, actor=cast.editor, row_version=row.row_version)
    words = said(in_english(client_for(cast.editor)).get(page(draft, "compare")))
    assert "Sở Tài chính tỉnh Tiền Giang" in words
    assert "tg-so-tc" not in words


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Bố trí đầy đủ vốn.", "Bố trí đủ vốn."),
        ("Một.\nHai.\nBa.", "Một.\nHai rưỡi.\nBa.\nBốn."),
        ("", "Mới."),
        ("Cũ.", ""),
        ("giống nhau", "giống nhau"),
        ("80%", "90%"),
        ("từ " * 3000, "chữ " * 3000),
    ],
)
def test_the_pieces_of_a_difference_give_both_texts(old: str, new: str) -> None:
    pieces = diff_words(old, new)
    assert "".join(text for operation, text in pieces if operation != "ins") == old
    assert "".join(text for operation, text in pieces if operation != "del") == new
    assert all(one[0] != two[0] for one, two in itertools.pairwise(pieces))


def test_one_changed_word_leaves_the_rest_of_the_sentence() -> None:
    pieces = diff_words("Đảm bảo trên 80% văn bản.", "Đảm bảo trên 90% văn bản.")
    assert pieces == [
        ("same", "Đảm bảo trên "),
        ("del", "80"),
        ("ins", "90"),
        ("same", "% văn bản."),
    ]


def test_lines_taken_are_said_to_come_from_the_number_of_the_document(
    client_for: ClientFor, cast: Cast, draft: Plan
) -> None:
    page = said(client_for(cast.editor).get(f"/plans/{draft.code}/1/history/"))
    assert "605/QĐ-UBND" in page
    assert "605-qd-ubnd" not in page
