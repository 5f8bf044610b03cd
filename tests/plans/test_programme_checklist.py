"""What reviewers check: the list of a programme, its ticks during a review, and what a step keeps of them."""

from datetime import date

import pytest
from django.urls import reverse

from core.findings import NotAllowed, Refused, WrongState
from plans.models import LegalDocument, Plan, Programme
from plans.programmes.checklists import CheckRow, replace_checklist, rows_of
from plans.review.actions import Paper, approve_plan, return_plan
from plans.review.checklist import checks_of, tick
from tests.cast import Cast
from tests.plans.moves import in_review
from tests.reading import ClientFor, codes, in_english, posted, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]
DECISION = Paper(number="900/QĐ-BTTTT", on=date(2008, 6, 20), issuer="Bộ Thông tin và Truyền thông")


@pytest.fixture
def reviewed(draft: Plan, cast: Cast) -> Plan:
    """Tiền Giang's plan 2009-2010 in review."""
    in_review(draft, cast)
    draft.refresh_from_db()
    return draft


def require_the_first(programme: Programme, cast: Cast) -> list[int]:
    """The ids of the items, the first of which an approval needs now."""
    first, *others = rows_of(programme)
    rows = [CheckRow(first.text, first.document, first.basis, first.clause, True, first.pk), *others]
    return [one.pk for one in replace_checklist(programme, rows, actor=cast.admin)]


def test_the_items_are_what_documents_say_of_an_appraisal() -> None:
    found = {
        (one.programme.code, one.basis_words, one.required)
        for programme in Programme.objects.all()
        for one in programme.checklist.all()
    }
    assert found == {
        ("2009-2010", "1.a, 1594/BTTTT-UDCNTT", False),
        ("2009-2010", "1.b, 1594/BTTTT-UDCNTT", False),
        ("2009-2010", "Phụ lục II, VI, 1594/BTTTT-UDCNTT", False),
        ("2011-2015", "Điều 2.3.e, 1605/QĐ-TTg", False),
    }


def test_the_list_is_replaced_as_a_whole_and_items_that_stay_keep_their_ticks(
    cast: Cast, reviewed: Plan
) -> None:
    programme = reviewed.programme
    ids = [one.item.pk for one in checks_of(reviewed)]
    tick(reviewed, ids[:2], actor=cast.reviewer)
    first, second, *_others = rows_of(programme)
    document = LegalDocument.objects.get(slug="43-2008-qd-ttg")
    rows = [CheckRow("Đúng thẩm quyền", document, "", "II.2.o", True), second, first]
    replace_checklist(programme, rows, actor=cast.admin)
    checks = [(one.item.text, one.ticked) for one in checks_of(reviewed)]
    assert checks == [("Đúng thẩm quyền", False), (second.text, True), (first.text, True)]
    wrong = [
        CheckRow(""),
        CheckRow("x" * 501),
        CheckRow("Hai lần", document, "1/TT"),
        CheckRow("Hai lần"),
        CheckRow("Lạ", pk=99_999),
    ]
    with pytest.raises(Refused) as refused:
        replace_checklist(programme, wrong, actor=cast.admin)
    assert codes(refused) == {
        ("blank", "0-text"),
        ("too_long", "1-text"),
        ("two_documents", "2-basis"),
        ("item_twice", "3-text"),
        ("no_item", "4-pk"),
    }
    with pytest.raises(NotAllowed):
        replace_checklist(programme, rows, actor=cast.reviewer)


def test_an_approval_needs_what_is_required_and_keeps_what_was_ticked(cast: Cast, reviewed: Plan) -> None:
    ids = require_the_first(reviewed.programme, cast)
    with pytest.raises(Refused) as refused:
        approve_plan(reviewed, actor=cast.reviewer, decision=DECISION)
    assert codes(refused) == {("check_missing", "checked")}
    tick(reviewed, ids[1:], actor=cast.reviewer2)
    approved = approve_plan(reviewed, actor=cast.reviewer, decision=DECISION, checked=ids[:2])
    step = approved.steps.get(verb="approve")
    assert [(one["required"], one["ticked"]) for one in step.checks] == [
        (True, True),
        (False, True),
        (False, False),
        (False, False),
    ]
    replace_checklist(reviewed.programme, [], actor=cast.admin)
    step.refresh_from_db()
    assert len(step.checks) == 4  # what was checked is a fact


def test_a_return_keeps_the_ticks_and_the_next_review_begins_without(cast: Cast, reviewed: Plan) -> None:
    ids = require_the_first(reviewed.programme, cast)
    tick(reviewed, ids[:1], actor=cast.reviewer2)
    returned = return_plan(reviewed, actor=cast.reviewer, reason="Thiếu danh mục dự án")
    assert [one["ticked"] for one in returned.steps.get(verb="return").checks] == [True, False, False, False]
    assert not any(one.ticked for one in checks_of(returned))
    with pytest.raises(WrongState):
        tick(returned, ids, actor=cast.reviewer)


def test_only_reviewers_of_the_lead_tick_and_only_items_of_the_list(cast: Cast, reviewed: Plan) -> None:
    for membership in (cast.editor, cast.co_reviewer, cast.admin, cast.lead_editor):
        with pytest.raises(NotAllowed):
            tick(reviewed, [], actor=membership)
    with pytest.raises(Refused) as refused:
        tick(reviewed, [99_999], actor=cast.reviewer)
    assert codes(refused) == {("no_item", "checked")}


def test_the_pages_of_a_review_show_tick_and_ask(client_for: ClientFor, cast: Cast, reviewed: Plan) -> None:
    ids = require_the_first(reviewed.programme, cast)
    client = in_english(client_for(cast.reviewer))
    where = {"code": reviewed.code, "version": reviewed.version}
    page, save = reverse("plan_detail", kwargs=where), reverse("plan_checklist", kwargs=where)
    assert "Checklist of the review" in said(client.get(page))
    assert client.post(save, {"checked": [ids[1]]}).status_code == 302
    shown = client.get(page).content.decode()
    assert f'value="{ids[1]}" checked' in shown
    own = said(in_english(client_for(cast.editor)).get(page))
    assert "Your role (Editor) may not review a plan." in own
    act = reverse("plan_act", kwargs={**where, "name": "approve"})
    paper = {"number": "900/QĐ-BTTTT", "on": "20/06/2008", "issuer": "Bộ TTTT"}
    refused = client.post(act, {**paper, "checked": [ids[2]]})
    assert refused.status_code == 422
    assert "Not checked yet: Nội dung phù hợp" in said(refused)
    assert client.post(act, {**paper, "checked": ids[:2]}).status_code == 302
    kept = said(in_english(client_for(cast.editor)).get(page))
    assert "left it on 20/06/2008" in kept
    assert "Checklist of the review" not in said(in_english(client_for(cast.other_editor)).get(page))


def test_the_list_is_typed_as_rows(client_for: ClientFor, cast: Cast) -> None:
    client = in_english(client_for(cast.admin))
    url = reverse("programme_checklist", args=["2008"])
    typed = posted(client.get(url))
    rows = {"0-order": "2", "0-text": "Thứ hai", "1-order": "1", "1-text": "Thứ nhất", "1-required": "on"}
    assert client.post(url, typed | rows | {"1-basis": "x" * 201}).status_code == 422
    assert client.post(url, typed | rows).status_code == 302
    programme = Programme.objects.get(code="2008")
    assert [(one.text, one.required) for one in rows_of(programme)] == [
        ("Thứ nhất", True),
        ("Thứ hai", False),
    ]
    typed = posted(client.get(url)) | {"0-remove": "on"}
    assert client.post(url, typed).status_code == 302
    assert [one.text for one in rows_of(programme)] == ["Thứ hai"]
