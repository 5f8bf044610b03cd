"""Which status figures an outline asks for: stated as rows, replaced as a whole, following the headings."""

import pytest
from django.urls import reverse

from core.findings import NotAllowed, Refused
from indicators.asking.actions import AskedRow, replace_asked, rows_of
from indicators.models import Baseline, Indicator
from plans.content.actions import create_plan
from plans.models import Programme
from tests.cast import Cast
from tests.reading import ClientFor, codes, in_english, posted, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]


@pytest.fixture
def programme(cast: Cast) -> Programme:
    return Programme.objects.get(code="2009-2010")


def test_the_figures_are_replaced_as_a_whole_and_a_new_plan_begins_with_them(
    cast: Cast, programme: Programme
) -> None:
    plan = create_plan(programme, actor=cast.editor)
    assert Baseline.objects.filter(plan=plan).count() == 10  # what provinces are asked
    email = Indicator.objects.get(code="officials-using-email")
    rows = [
        *rows_of(programme)[:1],
        AskedRow("II.2", email, ("ministries",), "Tỷ lệ cán bộ dùng thư điện tử"),
    ]
    made = replace_asked(programme, rows, actor=cast.admin)
    assert [(one.number, one.classes) for one in made][1:] == [("II.2", ["ministries"])]
    other = create_plan(programme, actor=cast.other_editor)
    assert Baseline.objects.filter(plan=other).count() == 1
    assert Baseline.objects.filter(plan=plan).count() == 10  # a draft keeps what it has
    programme.refresh_from_db()
    assert programme.row_version == 2
    with pytest.raises(NotAllowed):
        replace_asked(programme, rows, actor=cast.reviewer)


def test_what_is_wrong_is_said_at_its_row(cast: Cast, programme: Programme) -> None:
    email = Indicator.objects.get(code="officials-using-email")
    Indicator.objects.filter(code="level-3-services").update(valid_to="2008-01-01")
    retired = Indicator.objects.get(code="level-3-services")
    wrong = [
        AskedRow("IX", email, ("country",)),
        AskedRow("II.2", email),
        AskedRow("II.2", None),
        AskedRow("II.2", retired),
    ]
    with pytest.raises(Refused) as refused:
        replace_asked(programme, wrong, actor=cast.admin)
    assert codes(refused) == {
        ("no_heading", "0-number"),
        ("no_class", "0-classes"),
        ("indicator_twice", "1-indicator"),
        ("blank", "2-indicator"),
        ("indicator_retired", "3-indicator"),
    }


def test_the_page_takes_an_indicator_by_name_or_code_and_asks_before_it_saves(
    client_for: ClientFor, cast: Cast, programme: Programme
) -> None:
    client = in_english(client_for(cast.admin))
    url = reverse("programme_asked", args=[programme.code])
    for who, status in ((cast.reviewer, 403), (cast.editor, 403)):
        assert client_for(who).get(url).status_code == status
    typed = posted(client.get(url))
    assert client.post(url, typed).status_code == 422  # nothing changes
    unknown = client.post(url, typed | {"12-number": "II.2", "12-indicator": "không có"})
    assert "Choose an indicator of the list" in said(unknown)
    new = typed | {"12-number": "II.2", "12-indicator": "officials-using-email", "0-remove": "on"}
    question = said(client.post(url, new))
    assert Indicator.objects.get(code="officials-using-email").name in question
    assert "No longer asked for Mật độ thuê bao điện thoại cố định" in question
    assert client.post(url, new | {"confirmed": "1"}).status_code == 302
    assert len(rows_of(programme)) == 12
    assert client.get(reverse("programme_asked", args=["2007-2010-tien-giang"])).status_code == 403
