"""Reporting regimes: loaded from their clauses, one at a time, and what periods rest on stays."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from core import clock
from core.findings import NotAllowed, Refused, WrongState
from plans.models import Programme
from plans.programmes.history import history_of
from plans.programmes.periods import period
from plans.programmes.regime_acts import (
    RegimeData,
    change_regime,
    create_regime,
    regime_data_of,
    remove_regime,
)
from plans.programmes.regimes import obliged_classes_on, regime_on
from reports.cycles.actions import open_cycle
from reports.cycles.proposals import find_period, regular_periods
from tests.cast import Cast
from tests.reading import ClientFor, codes, in_english, posted, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]

NATIONAL = ["ministries", "government-agencies", "central-cities", "provinces"]


def stated(**changes: Any) -> RegimeData:
    usual: dict[str, Any] = {
        "name": "Báo cáo quý",
        "obliged_classes": ("provinces",),
        "cadence": "quarter",
        "due_days": 15,
        "valid_from": date(2009, 1, 1),
    }
    return RegimeData(**{**usual, **changes})


def test_the_regimes_are_those_of_the_documents() -> None:
    found = {
        (one.programme.code, one.basis_words, one.cadence, one.due_days, one.due_printed, one.first_cycle)
        for programme in Programme.objects.all()
        for one in programme.regimes.all()
    }
    assert found == {
        ("2008", "IV.2.a, 43/2008/QĐ-TTg", "quarter", 15, "", "2008-Q2"),
        ("2007-2010-tien-giang", "VII.4, 605/QĐ-UBND", "", None, "", ""),
        ("2011-2015", "Điều 2.1.b, 1605/QĐ-TTg", "half_year", 15, "", "2011-H1"),
        ("2011-2015", "06/2013/TT-BTTTT", "year", 31, "trước ngày 01/02", "2013"),
    }


def test_window_and_deadline_of_a_period_come_from_the_regime_of_its_day() -> None:
    programme = Programme.objects.get(code="2011-2015")
    periods = regular_periods(programme, programme.regimes.all())
    # TT 06/2013/TT-BTTTT from 01/05/2013: the year 2013 is the first that is reported once, before 01/02.
    assert [(one.code, one.due_on) for one in periods] == [
        ("2011-H1", date(2011, 7, 15)),
        ("2011-H2", date(2012, 1, 15)),
        ("2012-H1", date(2012, 7, 15)),
        ("2012-H2", date(2013, 1, 15)),
        ("2013", date(2014, 1, 31)),
        ("2014", date(2015, 1, 31)),
        ("2015", date(2016, 1, 31)),
    ]
    assert find_period(programme, "2013-H1") is None
    assert obliged_classes_on(programme, date(2009, 1, 1)) == NATIONAL  # before the first: as it says
    assert regime_on(Programme.objects.get(code="2009-2010"), date(2009, 3, 1)) is None


def test_a_cut_off_day_shifts_the_window_as_in_nd_09_2019() -> None:
    windows = {
        code: period(code, cadence, 14) for code, cadence in (("2020-Q1", "quarter"), ("2020-Q2", "quarter"))
    }
    assert [(one.first, one.last) for one in windows.values()] == [
        (date(2019, 12, 15), date(2020, 3, 14)),
        (date(2020, 3, 15), date(2020, 6, 14)),
    ]
    halves = [period(code, "half_year", 14) for code in ("2020-H1", "2020-H2")]
    assert [(one.first, one.last) for one in halves] == [
        (date(2019, 12, 15), date(2020, 6, 14)),
        (date(2020, 6, 15), date(2020, 12, 14)),
    ]
    year = period("2020", "year", 14)
    assert (year.first, year.last) == (date(2019, 12, 15), date(2020, 12, 14))


def test_a_programme_of_today_is_reported_on_with_a_cut_off(cast: Cast) -> None:
    programme = Programme.objects.get(code="2011-2015")
    Programme.objects.filter(pk=programme.pk).update(year_to=2024)
    programme.refresh_from_db()
    last = programme.regimes.get(cadence="year")
    change_regime(last, replace(regime_data_of(last), valid_to=date(2019, 3, 11)), actor=cast.admin)
    new = stated(cutoff_day=14, valid_from=date(2019, 3, 12), due_days=6, first_cycle="2020-Q1")
    create_regime(programme, new, actor=cast.admin)
    with clock.at("2020-03-16T08:00"):
        cycle = open_cycle(programme, "2020-Q1", actor=cast.admin)
    window = (cycle.window_from, cycle.window_to, cycle.due_on, cycle.cadence)
    assert window == (date(2019, 12, 15), date(2020, 3, 14), date(2020, 3, 20), "quarter")


def test_everything_that_is_wrong_is_said_at_once(cast: Cast) -> None:
    programme = Programme.objects.get(code="2009-2010")
    document = programme.document
    wrong: list[tuple[RegimeData, set[tuple[str, str]]]] = [
        (
            stated(name="", obliged_classes=(), valid_from=None),
            {("blank", name) for name in ("name", "obliged_classes", "valid_from")},
        ),
        (stated(obliged_classes=("country",)), {("no_class", "obliged_classes")}),
        (stated(cadence="month"), {("no_choice", "cadence")}),
        (stated(cadence="", due_days=None), {("never_due", "cadence")}),
        (stated(due_days=0), {("no_days", "due_days")}),
        (stated(cutoff_day=14), {("cutoff_early", "cutoff_day")}),
        (stated(cutoff_day=31, valid_from=date(2020, 1, 1)), {("no_day", "cutoff_day")}),
        (stated(first_cycle="2009-H1"), {("no_period", "first_cycle")}),
        (stated(first_cycle="2012-Q1"), {("period_outside", "first_cycle")}),
        (stated(first_cycle="2009-Q1", valid_from=date(2009, 4, 1)), {("period_not_valid", "first_cycle")}),
        (stated(valid_to=date(2008, 1, 1)), {("runs_backward", "valid_to")}),
        (stated(document=document, basis="1/TT"), {("two_documents", "basis")}),
        (stated(clause="x" * 121), {("too_long", "clause")}),
    ]
    for data, expected in wrong:
        with pytest.raises(Refused) as refused:
            create_regime(programme, data, actor=cast.admin)
        assert codes(refused) == expected
    made = create_regime(programme, stated(valid_to=date(2009, 12, 31)), actor=cast.admin)
    with pytest.raises(Refused, match=r"Báo cáo quý"):
        create_regime(programme, stated(valid_from=date(2009, 12, 31)), actor=cast.admin)
    create_regime(programme, stated(valid_from=date(2010, 1, 1)), actor=cast.admin)
    with pytest.raises(NotAllowed):
        change_regime(made, stated(), actor=cast.reviewer)


def test_what_periods_rest_on_stays_and_the_rest_counts_from_the_next_on(cast: Cast) -> None:
    programme = Programme.objects.get(code="2008")
    regime = programme.regimes.get()
    with clock.at("2008-07-01T08:00"):
        opened = open_cycle(programme, "2008-Q2", actor=cast.admin)
    before = regime_data_of(regime)
    changed = replace(
        before, cadence="year", first_cycle="", valid_from=date(2008, 1, 1), valid_to=date(2008, 5, 31)
    )
    with pytest.raises(Refused) as refused:
        change_regime(regime, changed, actor=cast.admin)
    assert codes(refused) == {
        *(("locked", name) for name in ("cadence", "first_cycle", "valid_from")),
        ("ends_early", "valid_to"),
    }
    with pytest.raises(Refused):
        remove_regime(regime, reason="Nhầm", actor=cast.admin)
    change_regime(regime, replace(before, due_days=20), actor=cast.admin)
    opened.refresh_from_db()
    with clock.at("2008-10-01T08:00"):
        following = open_cycle(programme, "2008-Q3", actor=cast.admin)
    assert (opened.due_on, following.due_on) == (date(2008, 7, 15), date(2008, 10, 20))


def test_a_wrong_entry_is_taken_out_with_a_reason(cast: Cast) -> None:
    programme = Programme.objects.get(code="2009-2010")
    made = create_regime(programme, stated(), actor=cast.admin)
    with pytest.raises(Refused):
        remove_regime(made, reason=" ", actor=cast.admin)
    assert change_regime(made, stated(note=" \r\n"), actor=cast.admin).row_version == made.row_version
    remove_regime(made, reason="Nhập nhầm chương trình", actor=cast.admin)
    assert not programme.regimes.exists()
    assert [one["note"] for one in history_of(programme, [])] == ["Báo cáo quý · Nhập nhầm chương trình"]
    with pytest.raises(WrongState):  # somebody else was quicker
        remove_regime(made, reason="Nhầm", actor=cast.admin)


def test_a_regime_without_deadline_asks_for_one_when_a_period_is_opened(cast: Cast) -> None:
    programme = Programme.objects.get(code="2009-2010")
    create_regime(programme, stated(due_days=None), actor=cast.admin)
    with clock.at("2009-04-01T08:00"):
        with pytest.raises(Refused) as refused:
            open_cycle(programme, "2009-Q1", actor=cast.admin)
        assert refused.value.code == "cycle_due"
        cycle = open_cycle(programme, "2009-Q1", actor=cast.admin, due_on=date(2009, 4, 20))
    assert cycle.reports.count() == 58


def test_the_pages_enter_change_and_take_out(client_for: ClientFor, cast: Cast) -> None:
    client = in_english(client_for(cast.admin))
    url = reverse("regime_new", args=["2009-2010"])
    typed = posted(client.get(url)) | {
        "name": "Báo cáo quý",
        "obliged_classes": ["provinces"],
        "cadence": "quarter",
        "first_cycle": "2009-Q1",
        "valid_from": "01/01/2009",
    }
    refused = client.post(url, typed | {"cutoff_day": "14"})
    assert "Cut-off days came with 09/2019/NĐ-CP on 12/03/2019" in said(refused)
    assert client.post(url, typed).status_code == 302
    regime = Programme.objects.get(code="2009-2010").regimes.get()
    edit = reverse("regime_edit", args=["2009-2010", regime.pk])
    assert client.post(edit, posted(client.get(edit)) | {"due_days": "20"}).status_code == 302
    shown = said(client.get(reverse("programme_detail", args=["2009-2010"])))
    assert "20 days after the window printed in no document" in shown
    remove = reverse("regime_remove", args=["2009-2010", regime.pk])
    assert client.post(remove, {"reason": "Nhầm"}).status_code == 200  # asks first
    assert client.post(remove, {"reason": "Nhầm", "confirmed": "1"}).status_code == 302
    assert not Programme.objects.get(code="2009-2010").regimes.exists()
