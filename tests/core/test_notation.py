"""Vietnamese notation: what is read, what is refused and why; what is written reads back the same."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from core.notation import (
    MESSAGES,
    NotationError,
    decimal_string,
    format_date,
    format_datetime,
    format_long_date,
    format_money,
    format_number,
    format_percent,
    parse_date,
    parse_integer,
    parse_money,
    parse_number,
    parse_year,
)

BLANKS = ["", " ", "\u00a0", "\u200b", "\t\n", None]
PARSERS: list[Callable[..., object]] = [parse_money, parse_number, parse_integer, parse_date, parse_year]


def refusal(parse: Callable[..., object], text: str, **limits: object) -> NotationError:
    with pytest.raises(NotationError) as caught:
        parse(text, **limits)
    return caught.value


@pytest.mark.parametrize("text", BLANKS)
@pytest.mark.parametrize("parse", PARSERS)
def test_a_blank_is_not_stated_and_can_be_required(parse: Callable[..., object], text: str | None) -> None:
    assert parse(text) is None
    kind = parse.__name__.removeprefix("parse_")
    assert refusal(parse, text or "", allow_blank=False).code == f"{kind}_required"


NUMBERS = [
    ("0", "0"),
    ("7", "7"),
    ("2500", "2500"),
    ("2.500", "2500"),
    ("50.141", "50141"),
    ("1.234.567,8", "1234567.8"),
    ("2,55", "2.55"),
    ("0,5", "0.5"),
    ("1234,567", "1234.567"),
    ("1.234,567", "1234.567"),
    ("2,1250", "2.125"),
    ("0,000001", "0.000001"),
    ("007", "7"),
    (" 2.500 ", "2500"),
    ("\u00a02.500\u202f", "2500"),
    ("\u200b2.500\ufeff", "2500"),
    ("-0", "0"),
]


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_vietnamese_notation_is_read(text: str, value: str) -> None:
    assert parse_money(text) == parse_number(text) == Decimal(value)
    assert not str(parse_money(text)).startswith("-")


@pytest.mark.parametrize(
    ("text", "value"), [("2,500", "2.5"), ("-2,5", "-2.5"), ("-1.250", "-1250"), ("9" * 40, "9" * 40)]
)
def test_a_number_that_is_no_money_may_be_what_money_may_not(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)
    with pytest.raises(NotationError):
        parse_money(text)


REFUSED = [
    ("12.5", "english_notation", "“12,5”"),
    ("1,234.5", "english_notation", "“1.234,5”"),
    ("1,234,567", "english_notation", "“1.234.567”"),
    ("0.500", "english_notation", "“0,5”"),
    ("2500.00", "english_notation", "“2.500”"),
    ("1.50", "english_notation", "“1,5”"),
    ("2 500", "blank_inside", "2.500"),
    ("2\u00a0500", "blank_inside", "2.500"),
    ("2\u202f500,5", "blank_inside", "2.500"),
    ("2.500 000", "blank_inside", "2.500"),
    ("2. 500", "blank_inside", "2.500"),
    ("2.500.00", "notation", "1.234,5"),
    ("25.00.000", "notation", "1.234,5"),
    ("2500.000,5", "notation", "1.234,5"),
    ("1,5,5", "notation", "1.234,5"),
    ("2,", "notation", "1.234,5"),
    (",5", "notation", "1.234,5"),
    (".5", "notation", "1.234,5"),
    ("2.500,", "notation", "1.234,5"),
    ("+5", "notation", "1.234,5"),
    ("--5", "notation", "1.234,5"),
    ("- 5", "notation", "1.234,5"),
    ("−5", "notation", "1.234,5"),
    ("5-", "notation", "1.234,5"),
    ("1e3", "notation", "1.234,5"),
    ("NaN", "notation", "1.234,5"),
    ("2_500", "notation", "1.234,5"),
    ("2'500", "notation", "1.234,5"),
    ("2.500 triệu", "notation", "1.234,5"),
    ("<=2", "notation", "1.234,5"),
    ("=1+1", "notation", "1.234,5"),
    ("２５００", "notation", "1.234,5"),
    ("٢٥٠٠", "notation", "1.234,5"),
    ("10²", "notation", "1.234,5"),
    ("không", "notation", "1.234,5"),
    ("9" * 41, "notation", "1.234,5"),
    ("1 " * 5000 + "x", "notation", "1.234,5"),
]


@pytest.mark.parametrize(("text", "code", "remedy"), REFUSED, ids=lambda text: str(text)[:20])
def test_other_notations_are_refused_never_guessed(text: str, code: str, remedy: str) -> None:
    with translation.override("en"):
        for parse in (parse_money, parse_number):
            error = refusal(parse, text)
            assert error.code == f"{parse.__name__.removeprefix('parse_')}_{code}"
            assert remedy in str(error.remedy)
            assert " ".join(text.split())[:39] in str(error.message)
            assert len(str(error.message)) < 120


MONEY_REFUSED = [
    ("2,500", "money_ambiguous", "“2.500” if the comma groups thousands, “2,5” if"),
    ("7,125", "money_ambiguous", "“7.125” if the comma groups thousands, “7,1250” if"),
    ("123,456", "money_ambiguous", "“123.456”"),
    ("0,500", "money_ambiguous", "“500”"),
    ("-2,500", "money_ambiguous", "“-2.500”"),
    ("-1", "money_negative", "0 or more"),
    ("-1.250,5", "money_negative", "0 or more"),
    ("0,0000001", "money_too_fine", "six decimals"),
    ("1.000,1234567", "money_too_fine", "six decimals"),
    ("10.000.000,000001", "money_too_large", "not in đồng"),
    ("43795000000", "money_too_large", "not in đồng"),
]


@pytest.mark.parametrize(("text", "code", "remedy"), MONEY_REFUSED)
def test_money_is_refused_where_it_is_doubtful(text: str, code: str, remedy: str) -> None:
    with translation.override("en"):
        error = refusal(parse_money, text)
        assert (error.code, error.value) == (code, text)
        assert f"“{text}”" in str(error)
        assert remedy in str(error.remedy)


@pytest.mark.parametrize("text", ["10.000.000", "10000000", "0,123456", "1,0000000"])
def test_money_reaches_to_its_limits(text: str) -> None:
    assert parse_money(text) is not None


def test_numbers_keep_within_the_limits_that_are_given() -> None:
    assert parse_number("100", minimum=0, maximum=100) == 100
    assert refusal(parse_number, "-0,1", minimum=0).code == "number_too_small"
    with translation.override("en"):
        error = refusal(parse_number, "100,5", minimum=0, maximum=100)
        assert error.code == "number_too_large"
        assert str(error) == "“100,5” is more than 100. Enter 100 or less."
    assert refusal(parse_integer, "5", minimum=6).code == "number_too_small"


@pytest.mark.parametrize(
    ("text", "value"), [("0", 0), ("12", 12), ("1.250", 1250), ("-3", -3), (" 1250\u00a0", 1250)]
)
def test_whole_numbers_are_read(text: str, value: int) -> None:
    assert parse_integer(text) == value


@pytest.mark.parametrize("text", ["1,0", "2,500", "1.5", "12.50", "0.500", "1 250", "٣", "một", "9" * 41])
def test_other_whole_numbers_are_refused(text: str) -> None:
    assert refusal(parse_integer, text).code == "integer_notation"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("07/03/2008", date(2008, 3, 7)),
        ("7/3/2008", date(2008, 3, 7)),
        (" 29/2/2008\u00a0", date(2008, 2, 29)),
        ("31/12/2100", date(2100, 12, 31)),
        ("01/01/1900", date(1900, 1, 1)),
    ],
)
def test_dates_are_read_day_first(text: str, value: date) -> None:
    assert parse_date(text) == value


DATES_REFUSED = [
    ("2008-03-07", "date_iso"),
    ("2008/3/7", "date_iso"),
    ("2008-03-07T14:02", "date_iso"),
    ("7/3/08", "date_short_year"),
    ("7-3-2008", "date_notation"),
    ("7.3.2008", "date_notation"),
    ("7 / 3 / 2008", "date_notation"),
    ("07/03/2008 14:02", "date_notation"),
    ("3/2008", "date_notation"),
    ("2008", "date_notation"),
    ("quý I/2008", "date_notation"),
    ("٧/٣/٢٠٠٨", "date_notation"),
    ("007/03/2008", "date_notation"),
    ("31/02/2008", "date_impossible"),
    ("29/2/2009", "date_impossible"),
    ("0/3/2008", "date_impossible"),
    ("03/25/2008", "date_month_impossible"),
    ("7/0/2008", "date_month_impossible"),
    ("7/3/1899", "date_out_of_range"),
    ("7/3/0000", "date_out_of_range"),
    ("7/3/2101", "date_out_of_range"),
]


@pytest.mark.parametrize(("text", "code"), DATES_REFUSED)
def test_other_dates_are_refused(text: str, code: str) -> None:
    error = refusal(parse_date, text)
    assert (error.code, error.value) == (code, text)
    assert f"“{text}”" in str(error.message)


def test_an_impossible_date_says_why() -> None:
    with translation.override("en"):
        assert (
            str(refusal(parse_date, "31/02/2008"))
            == "“31/02/2008”: month 2/2008 has 29 days. Correct the day."
        )
        assert "there is no month 25" in str(refusal(parse_date, "03/25/2008"))


def test_years_have_four_digits_and_are_of_our_time() -> None:
    assert parse_year(" 2008 ") == 2008
    assert refusal(parse_year, "2.008").code == "year_notation"
    assert refusal(parse_year, "08").code == "year_notation"
    assert refusal(parse_year, "٢٠٠٨").code == "year_notation"
    assert refusal(parse_year, "1899").code == refusal(parse_year, "2101").code == "year_out_of_range"
    assert refusal(parse_year, "2011", maximum=2010).code == "year_out_of_range"


def test_every_code_of_the_table_is_tried_here() -> None:
    tried = {f"{kind}_{code}" for kind in ("money", "number") for _text, code, _remedy in REFUSED}
    tried |= {code for _text, code, _remedy in MONEY_REFUSED} | {code for _text, code in DATES_REFUSED}
    tried |= {f"{parse.__name__.removeprefix('parse_')}_required" for parse in PARSERS}
    tried |= {
        "number_too_small",
        "number_too_large",
        "integer_notation",
        "year_notation",
        "year_out_of_range",
    }
    assert tried == set(MESSAGES)


def test_messages_follow_the_language_of_the_reader_not_of_the_writer() -> None:
    with translation.override("en"):
        error = refusal(parse_money, "2,500")
        english = str(error)
    with translation.override("vi"):
        assert "“2,500”" in str(error)
    assert english == (
        "“2,500” can be read in two ways. "
        "Write “2.500” if the comma groups thousands, “2,5” if it stands before decimals."
    )


@pytest.mark.parametrize("text", ["{value}", "{0}", "%s", "%(value)s", "<b>"])
def test_what_was_typed_is_quoted_as_it_is(text: str) -> None:
    assert f"“{text}”" in str(refusal(parse_money, text))


# --- Writing ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "number", "money"),
    [
        (None, "", ""),
        (0, "0", "0"),
        (Decimal("-0"), "0", "0"),
        (Decimal("0.00"), "0", "0"),
        (Decimal("1234567.80"), "1.234.567,8", "1.234.567,8"),
        (Decimal("1E+3"), "1.000", "1.000"),
        (Decimal("1E-6"), "0,000001", "0,000001"),
        (Decimal(-2500), "-2.500", "-2.500"),
        (Decimal("2.5"), "2,5", "2,5"),
        (Decimal("2.125"), "2,125", "2,1250"),
        (Decimal("-2.125"), "-2,125", "-2,1250"),
        (Decimal("999.999"), "999,999", "999,9990"),
        (Decimal("1000.125"), "1.000,125", "1.000,125"),
        (Decimal("0.1234"), "0,1234", "0,1234"),
        (2.5, "2,5", "2,5"),
        (100, "100", "100"),
        (Decimal("123456789012345678901234567890.5"),) + ("123.456.789.012.345.678.901.234.567.890,5",) * 2,
    ],
)
def test_numbers_are_written_in_vietnamese_notation(value: Decimal | None, number: str, money: str) -> None:
    assert format_number(value) == number
    assert format_money(value) == money


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        ("2.45", 1, "2,5"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("2", 2, "2,00"),
        ("-0.04", 1, "0,0"),
        ("1234567.891", 2, "1.234.567,89"),
        ("1250", 0, "1.250"),
    ],
)
def test_places_round_half_up_and_keep_their_zeros(value: str, places: int, written: str) -> None:
    assert format_number(Decimal(value), places=places) == written


def test_percentages_are_written_with_their_sign() -> None:
    assert format_percent(Decimal("80.2")) == "80,2 %"
    assert format_percent(80) == "80,0 %"
    assert format_percent(80, 0) == "80 %"
    assert format_percent(0) == "0,0 %"
    assert format_percent(None) == ""


def test_what_is_written_reads_back_the_same() -> None:
    dong = [0, 1, 10, 999, 1000, 2_125_000, 2_500_000, 999_999_000, 1_000_125_000, 10**13, 10**13 - 1]
    dong += [7**power for power in range(15)] + [125 * 10**power for power in range(11)]
    for amount in (Decimal(one) / 10**6 for one in dong):
        assert parse_money(format_money(amount)) == amount
        assert parse_number(format_number(amount)) == amount
        assert parse_number(format_number(-amount)) == -amount
        assert Decimal(decimal_string(amount) or "") == amount
    for day in (date(1900, 1, 1) + timedelta(days=97 * step) for step in range(750)):
        assert parse_date(format_date(day)) == day


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, None),
        (Decimal("0.000"), "0"),
        (Decimal("-0"), "0"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1000.50"), "1000.5"),
        (Decimal("-2.0"), "-2"),
        (Decimal("1E-7"), "0.0000001"),
        (100, "100"),
    ],
)
def test_json_has_one_text_for_one_number(value: Decimal | None, written: str | None) -> None:
    assert decimal_string(value) == written


def test_dates_are_written_as_documents_print_them() -> None:
    assert format_date(date(2008, 3, 7)) == "07/03/2008"
    assert format_long_date(date(2008, 3, 7)) == "ngày 07 tháng 3 năm 2008"
    assert format_long_date(date(2008, 1, 28)) == "ngày 28 tháng 01 năm 2008"
    assert format_long_date(date(2008, 2, 9)) == "ngày 09 tháng 02 năm 2008"
    assert format_long_date(date(2010, 12, 10)) == "ngày 10 tháng 12 năm 2010"
    assert format_date(None) == format_long_date(None) == format_datetime(None) == ""


def test_moments_are_written_as_the_clocks_of_hanoi_show_them() -> None:
    late = datetime(2008, 3, 6, 18, 2, tzinfo=UTC)
    assert format_datetime(late) == "07/03/2008 01:02"
    assert format_date(late) == "07/03/2008"
    assert format_long_date(late) == "ngày 07 tháng 3 năm 2008"
    assert format_datetime(late.replace(tzinfo=None)) == "06/03/2008 18:02"
