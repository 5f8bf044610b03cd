"""Periods of a cadence: which days, which title, which code comes next."""

from datetime import date

import pytest

from plans.programmes.periods import ad_hoc_period, codes_of_year, next_code, period


@pytest.mark.parametrize(
    ("code", "cadence", "first", "last", "title"),
    [
        ("2008-Q1", "quarter", date(2008, 1, 1), date(2008, 3, 31), "Quý I năm 2008"),
        ("2008-Q2", "quarter", date(2008, 4, 1), date(2008, 6, 30), "Quý II năm 2008"),
        ("2008-Q4", "quarter", date(2008, 10, 1), date(2008, 12, 31), "Quý IV năm 2008"),
        ("2011-H1", "half_year", date(2011, 1, 1), date(2011, 6, 30), "6 tháng đầu năm 2011"),
        ("2011-H2", "half_year", date(2011, 7, 1), date(2011, 12, 31), "6 tháng cuối năm 2011"),
        ("2012", "year", date(2012, 1, 1), date(2012, 12, 31), "Năm 2012"),
    ],
)
def test_a_code_names_a_window(code: str, cadence: str, first: date, last: date, title: str) -> None:
    found = period(code, cadence)
    assert (found.first, found.last, found.title) == (first, last, title)


@pytest.mark.parametrize(
    ("code", "cadence"),
    [
        ("2008-Q5", "quarter"),
        ("2008-Q0", "quarter"),
        ("2008-H1", "quarter"),
        ("2008", "quarter"),
        ("2011-H3", "half_year"),
        ("2011-Q1", "half_year"),
        ("2012-Q1", "year"),
        ("", "quarter"),
        ("2008-Q2; DROP", "quarter"),
    ],
)
def test_a_code_of_another_cadence_names_nothing(code: str, cadence: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        period(code, cadence)


@pytest.mark.parametrize(
    ("cadence", "codes"),
    [
        ("quarter", ["2008-Q1", "2008-Q2", "2008-Q3", "2008-Q4"]),
        ("half_year", ["2008-H1", "2008-H2"]),
        ("year", ["2008"]),
    ],
)
def test_the_codes_of_a_year(cadence: str, codes: list[str]) -> None:
    assert codes_of_year(2008, cadence) == codes


@pytest.mark.parametrize(
    ("code", "cadence", "following"),
    [
        ("2008-Q2", "quarter", "2008-Q3"),
        ("2008-Q4", "quarter", "2009-Q1"),
        ("2011-H2", "half_year", "2012-H1"),
        ("2012", "year", "2013"),
    ],
)
def test_the_code_that_follows(code: str, cadence: str, following: str) -> None:
    assert next_code(code, cadence) == following


def test_the_deadline_counts_days_after_the_window() -> None:
    assert period("2008-Q2", "quarter").due_on(15) == date(2008, 7, 15)


def test_an_ad_hoc_period_has_a_code_of_its_own() -> None:
    found = ad_hoc_period(date(2008, 5, 1), date(2008, 5, 31), "Báo cáo đột xuất", 2)
    assert (found.code, found.title) == ("2008-A2", "Báo cáo đột xuất")
