"""The page of the search: clauses by number, groups and pages, where a hit stands, the box, suggestions."""

from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.search.results import search
from agencies.search.words import Words
from plans.content.actions import create_plan
from plans.models import Programme
from tests.agencies.searching import PAGE, ask, suggested
from tests.browsing import forms_in
from tests.cast import Cast
from tests.reading import ClientFor, in_english, links, said

pytestmark = pytest.mark.django_db

# --- Clauses


def test_the_number_of_one_clause_opens_it(client_for: ClientFor, cast: Cast, june_2008: object) -> None:
    client = in_english(client_for(cast.viewer))
    for words, clause in (("II.2.k", "43-2008-qd-ttg/II.2.k"), ("dieu 2.3.g", "1605-qd-ttg/Điều 2.3.g")):
        response = ask(client, words)
        assert unquote(response["Location"]) == f"/documents/{clause}/"
    words = said(client.get(PAGE, {"q": "II.2.k"}, follow=True))
    assert "Mạng truyền số liệu chuyên dùng" in words
    assert "Bộ Thông tin và Truyền thông" in words
    assert "29/09/2008" in words


def test_the_words_of_a_number_can_be_looked_for_in_all_texts(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    assert ask(client_for(cast.viewer), "II.2.k", all="1").status_code == 200


def test_a_number_in_several_documents_gives_a_card_for_each_in_the_order_of_their_days(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    response = ask(in_english(client_for(cast.viewer)), "II.1.b")
    cards = response.context["answer"].context["cards"]
    days = [card.clause.document.issued_on for card in cards if card.clause.number == "II.1.b"]
    assert len(days) == 2
    assert days == sorted(days)
    words = said(response)
    assert words.index("605/QĐ-UBND") < words.index("43/2008/QĐ-TTg")
    assert "Hiện trạng cơ sở hạ tầng công nghệ thông tin" in words
    assert "Task II.1.b, gạch 1 Hệ thống thư điện tử" in words


def test_the_card_of_a_clause_says_who_by_when_and_how_far(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    client = in_english(client_for(cast.viewer))
    page, rest = (
        ask(client, "II.1.c"),
        client.get(PAGE, {"q": "II.1.c", "whole": "1"}, headers={"HX-Request": "true"}),
    )
    card = next(one for one in page.context["answer"].context["cards"] if "43" in str(one.document))
    (task,) = card.tasks
    assert [str(one.name) for one in task.leads][:1] == ["Ministries and ministerial-level agencies"]
    assert "on the page of the clause" in said(page)
    assert "nothing reported yet" in said(rest)
    assert "on the page of the clause" not in said(rest)
    assert "whole=1" in response_attribute(page, "hx-get")


def response_attribute(response: Any, name: str) -> str:
    before = response.content.decode().partition(f'{name}="')[2]
    return before.partition('"')[0]


# --- The page


def test_hits_stand_under_their_kind_with_how_many_there_are(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    response = ask(in_english(client_for(cast.viewer)), "thư điện tử")
    groups = response.context["results"].groups
    assert [group.kind.key for group in groups] == ["clauses", "tasks", "projects", "indicators"]
    assert all(len(group.hits) <= 5 for group in groups)
    projects = response.context["results"].group("projects")
    assert f"All {projects.total} projects" in said(response)
    assert any("kind=projects" in link for link in links(response))


def test_all_of_a_kind_stand_on_pages_of_their_own(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    client = in_english(client_for(cast.viewer))
    first, second = ask(client, "cong nghe thong tin", kind="clauses"), None
    total = first.context["results"].group("clauses").total
    assert 50 < total < 200
    second = ask(client, "cong nghe thong tin", kind="clauses", page="2")
    shown = [[hit.url for hit in page.context["shown"][0].hits] for page in (first, second)]
    assert (len(shown[0]), len(shown[1])) == (50, min(50, total - 50))
    assert not set(shown[0]) & set(shown[1])
    assert any("page=2" in link and "kind=clauses" in link for link in links(first))
    beyond = ask(client, "cong nghe thong tin", kind="clauses", page="999")
    assert (beyond.status_code, "page" in beyond["Location"]) == (302, False)


def test_a_hit_says_where_it_stands(client_for: ClientFor, cast: Cast, june_2008: object) -> None:
    group = search(Words.read("cong thong tin dien tu tinh tien giang"), cast.viewer).group("projects")
    assert group is not None
    (hit,) = group.hits
    assert hit.where[:3] == ["605/QĐ-UBND", "Tiền Giang", "Tiền Giang 2007-2010"]
    assert hit.tag is not None
    assert hit.tag[:2] == ("ok", "✓")
    page, place = hit.url.split("#")
    assert f'id="{place}"' in client_for(cast.viewer).get(page).content.decode()


def test_the_words_are_marked_whole(client_for: ClientFor, cast: Cast, june_2008: object) -> None:
    body = ask(client_for(cast.viewer), "tien giang cong thong tin dien tu").content.decode()
    assert "Xây dựng <mark>Cổng thông tin điện tử</mark> tỉnh <mark>Tiền Giang</mark> (Portal)" in body


def test_an_empty_search_says_what_can_be_found(client_for: ClientFor, cast: Cast, june_2008: object) -> None:
    for words in ("", "...", "  "):
        page = said(ask(in_english(client_for(cast.viewer)), words))
        assert "What can be found" in page
        assert "Documents by number, kind, issuer and title" in page


def test_a_search_without_a_hit_says_what_may_help(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    page = said(ask(in_english(client_for(cast.viewer)), "zzqx wwvj"))
    assert "Nothing was found for “zzqx wwvj”." in page
    assert "Fewer words" in page


def test_the_box_on_every_page_is_a_form_that_needs_no_script(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    client = client_for(cast.viewer)
    forms = [form for form in forms_in(client.get("/plans/?programme=2008")) if form.action == PAGE]
    (top,) = forms
    assert top.method == "get"
    assert set(top.fields) == {"q"}  # not the programme that the list is filtered to
    (own,) = [form for form in forms_in(ask(client, "thu dien tu")) if "q" in form.fields]
    assert own.fields["q"] == "thu dien tu"
    assert client.get(top.action, top.post(q="tien giang")).status_code == 200


def test_suggestions_are_options_that_lead_to_their_hits(
    client_for: ClientFor, cast: Cast, june_2008: object
) -> None:
    client = client_for(cast.viewer)
    body = suggested(client, "thu dien").content.decode()
    assert "<html" not in body
    assert 1 < body.count('role="option"') <= 9
    assert body.count('role="option"') == body.count('tabindex="-1"')
    assert "/documents/43-2008-qd-ttg/II.2.k/" in links(suggested(client, "II.2.k"))
    assert suggested(client, "t").content.decode().count('role="option"') == 0


def test_every_hit_can_be_stepped_to(client_for: ClientFor, cast: Cast, june_2008: object) -> None:
    response = ask(client_for(cast.viewer), "thư điện tử")
    hits = [hit for group in response.context["results"].groups for hit in group.hits]
    more = sum(1 for group in response.context["results"].groups if group.more_than_shown)
    body = response.content.decode()
    assert body.count("data-hit>") == len(hits) + more
    assert "js/search.js" in body


@pytest.mark.parametrize(
    "words", ["", "thư điện tử", "tien giang", "II.1.b", "II.1", "zzqx wwvj", "cong thogn tin dien tu"]
)
def test_the_page_costs_at_most_twelve_queries(
    client_for: ClientFor, cast: Cast, june_2008: object, words: str
) -> None:
    create_plan(Programme.objects.get(code="2009-2010"), actor=cast.editor)
    for membership in cast:
        for more in ({}, {"kind": "projects"}):
            client = client_for(membership)
            with CaptureQueriesContext(connection) as queries:
                ask(client, words, **more)
            assert len(queries) <= 12, membership
