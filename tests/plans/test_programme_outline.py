"""The outline of a programme: pasted, replaced as a whole, and nothing lost that plans have."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from agencies.models import AuditEntry
from core.findings import NotAllowed, Refused
from indicators.models import OutlineIndicator
from plans.models import OutlineMapping, Plan, Programme
from plans.programmes.forms.outline import with_pasted
from plans.programmes.mappings import headings_of, mapping_of, replace_mapping
from plans.programmes.outline import OutlineRow, replace_outline, rows_of
from plans.programmes.outline_paste import read_outline
from tests.cast import Cast
from tests.reading import ClientFor, codes, in_english, posted, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]


@pytest.fixture
def programme(cast: Cast) -> Programme:
    return Programme.objects.get(code="2009-2010")


def test_the_text_of_cv_1594_pasted_is_its_outline(programme: Programme) -> None:
    text = Path(settings.BASE_DIR, "fixtures/documents/1594-btttt-udcntt/text.txt").read_text()
    pasted = read_outline(text[text.index("Căn cứ lập Kế hoạch") - 10 :])
    assert [row.number for row in pasted] == [row.number for row in rows_of(programme)]
    assert "10/4/2007" in pasted[0].guidance


def test_what_is_pasted_from_word_and_excel_is_read_as_rows() -> None:
    word = (
        "I. Căn cứ\n- Luật CNTT\n10/4/2007 và 2.5 lần\nII. Hiện trạng\n1. Hạ tầng\n- a) Mạng\nb) Máy\n"
        "2) Khó khăn\nIII.2.c Khác"
    )
    rows = [(row.number, row.heading, row.guidance) for row in read_outline(word)]
    assert rows == [
        ("I", "Căn cứ", "- Luật CNTT\n10/4/2007 và 2.5 lần"),
        ("II", "Hiện trạng", ""),
        ("II.1", "Hạ tầng", ""),
        ("II.1.a", "Mạng", ""),
        ("II.1.b", "Máy", ""),
        ("II.2", "Khó khăn", ""),
        ("III.2.c", "Khác", ""),
    ]
    excel = 'I\tCăn cứ\t"dòng 1\ndòng ""2"""\r\nI.1.\tLuật\r\n\t\t\r\n'
    assert read_outline(excel) == [
        OutlineRow("I", "Căn cứ", 'dòng 1\ndòng "2"'),
        OutlineRow("I.1", "Luật"),
    ]
    numbered = "I\tMục tiêu\n1\tChung\n2.\tCụ thể\na)\tBộ\nII\tNội dung\n1\tHạ tầng\n\tDự án\n2\tMáy\nII.3\tA"
    assert [row.number for row in read_outline(numbered)] == [
        *("I", "I.1", "I.2", "I.2.a", "II", "II.1", "", "II.2", "II.3")
    ]
    assert read_outline("không có số nào ở đây\nvà cũng không ở đây") == []


@pytest.mark.parametrize("mode", ["add", "replace"])
def test_what_is_pasted_twice_under_one_number_stays_to_be_corrected(mode: str) -> None:
    pasted = [
        OutlineRow("I", "Giải pháp"),
        OutlineRow("I", "Kinh phí"),
        OutlineRow("", "Dự án"),
        OutlineRow("", "Khác"),
    ]
    rows = with_pasted([OutlineRow("I", "Mục tiêu", was="I")], pasted, mode)
    assert [(row["was"], row["heading"]) for row in rows] == [
        ("I", "Giải pháp"),
        *(("", heading) for heading in ("Kinh phí", "Dự án", "Khác")),
    ]


def test_a_heading_that_plans_or_figures_or_mappings_have_is_not_lost(
    cast: Cast, programme: Programme, draft: Plan
) -> None:
    rows = [row for row in rows_of(programme) if row.number not in ("II.1.b", "VI")]
    with override("en"), pytest.raises(Refused) as refused:
        replace_outline(programme, rows, actor=cast.admin)
    assert {one.code for one in refused.value.findings} == {"heading_in_use"}
    with override("en"):
        text = str(refused.value)
    assert "1 plan has this heading" in text
    assert "12 status figures are asked there" in text
    assert "text taken over from “Tiền Giang 2007-2010” goes there" in text
    assert programme.outline.count() == 34


def test_headings_without_use_go_and_what_names_the_others_follows(cast: Cast, programme: Programme) -> None:
    rows = [
        OutlineRow("II.1.đ" if row.number == "II.1.b" else row.number, row.heading, row.guidance, row.number)
        for row in rows_of(programme)
        if row.number != "V.4.x"
    ]
    asked = OutlineIndicator.objects.filter(programme=programme, number="II.1.b").count()
    change = replace_outline(programme, [*rows, OutlineRow("VII", "Phụ lục")], actor=cast.admin)
    assert (dict(change.renumbered), [row.number for row in change.added]) == ({"II.1.b": "II.1.đ"}, ["VII"])
    assert OutlineIndicator.objects.filter(programme=programme, number="II.1.đ").count() == asked == 12
    assert OutlineMapping.objects.get(programme=programme, from_number="II.1.b").to_number == "II.1.đ"
    shorter = [row for row in rows_of(programme) if row.number != "VII"]
    assert [one.number for one in replace_outline(programme, shorter, actor=cast.admin).removed] == ["VII"]
    assert AuditEntry.objects.filter(verb="change_outline").count() == 2


def test_two_headings_change_places(cast: Cast, programme: Programme) -> None:
    swapped = {"V.1": "V.2", "V.2": "V.1"}
    rows = [
        OutlineRow(swapped.get(row.number, row.number), row.heading, row.guidance, row.number)
        for row in rows_of(programme)
    ]
    before = mapping_of(programme, Programme.objects.get(code="2007-2010-tien-giang"))
    replace_outline(programme, rows, actor=cast.admin)
    after = mapping_of(programme, Programme.objects.get(code="2007-2010-tien-giang"))
    assert (before["V.3"], after["V.3"]) == ("V.1", "V.2")
    assert (before["V.4"], after["V.4"]) == ("V.2", "V.1")


def test_what_is_wrong_in_rows_is_said_at_its_row(cast: Cast, programme: Programme, draft: Plan) -> None:
    rows = rows_of(programme)
    wrong = [*rows, OutlineRow("", "Không số"), OutlineRow("I", "Hai lần"), OutlineRow("x" * 41, "")]
    wrong.append(OutlineRow("VIII", "Từ đâu", was="XX"))
    with pytest.raises(Refused) as refused:
        replace_outline(programme, wrong, actor=cast.admin)
    assert codes(refused) == {
        ("blank", "34-number"),
        ("number_twice", "35-number"),
        ("too_long", "36-number"),
        ("blank", "36-heading"),
        ("was_unknown", "37-number"),
    }
    renumbered = [
        OutlineRow("I.x" if row.number == "I" else row.number, row.heading, was=row.number) for row in rows
    ]
    with pytest.raises(Refused) as refused:
        replace_outline(programme, renumbered, actor=cast.admin)
    assert ("number_in_use", "0-number") in codes(refused)
    with pytest.raises(NotAllowed):
        replace_outline(programme, rows, actor=cast.reviewer)


def test_the_page_reads_what_is_pasted_shows_what_it_entails_and_then_saves(
    client_for: ClientFor, cast: Cast, programme: Programme, draft: Plan
) -> None:
    client = in_english(client_for(cast.admin))
    url = reverse("programme_outline", args=[programme.code])
    typed = posted(client.get(url)) | {"pasted": "VII. Phụ lục\n1. Danh mục dự án", "mode": "add"}
    shown = client.post(url, typed | {"again": "paste"})
    assert "2 headings were read" in said(shown)
    assert programme.outline.count() == 34
    rows = posted(shown)
    assert (rows["34-number"], rows["35-number"], rows["35-heading"]) == ("VII", "VII.1", "Danh mục dự án")
    question = said(client.post(url, rows))
    assert "VII Phụ lục; VII.1 Danh mục dự án" in question
    assert "1 draft is under way" in question
    assert client.post(url, rows | {"confirmed": "1"}).status_code == 302
    assert [row.number for row in rows_of(programme)][-2:] == ["VII", "VII.1"]
    # The whole outline pasted anew marks what is not in it, and the act refuses to lose it.
    typed = posted(client.get(url)) | {"pasted": "I. Căn cứ\nII. Mới", "mode": "replace", "again": "paste"}
    rows = posted(client.post(url, typed))
    assert sum(1 for name in rows if name.endswith("-remove")) == 34
    refused = client.post(url, rows)
    assert refused.status_code == 422
    assert "1 plan has this heading" in said(refused)
    more = client.post(url, posted(client.get(url)) | {"again": "more"})
    assert more.context["form"].shown_rows == 36 + 3 + 5


def test_where_headings_of_another_programme_go_is_data(
    client_for: ClientFor, cast: Cast, programme: Programme
) -> None:
    source = Programme.objects.get(code="2007-2010-tien-giang")
    known = headings_of(programme, source)
    assert sum(1 for one in known if one.to) == 29
    goes = mapping_of(programme, source)
    with pytest.raises(Refused) as refused:
        replace_mapping(programme, source, goes | {"VII.4": "IX", "VII,5": "I"}, actor=cast.admin)
    found = {(one.code, one.place.line, one.place.path) for one in refused.value.findings}
    assert found == {("no_heading", "VII.4", "to"), ("no_source_heading", "VII,5", "number")}
    with pytest.raises(Refused):
        replace_mapping(programme, programme, {"I": "I"}, actor=cast.admin)
    client = client_for(cast.admin)
    url = reverse("programme_mapping", args=[programme.code, source.code])
    typed = posted(client.get(url))
    place = next(n for n, one in enumerate(known) if one.number == "VII.4")
    assert client.post(url, typed | {f"to-{place}": "IX"}).status_code == 422
    assert client.post(url, typed | {f"to-{place}": "V.4"}).status_code == 302
    assert mapping_of(programme, source)["VII.4"] == "V.4"
    assert client.get(reverse("programme_mapping", args=[programme.code, programme.code])).status_code == 404
