"""The filters by which templates write numbers and dates."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Engine
from django.utils import formats, translation

ENGINE = Engine(libraries={"notation": "core.templatetags.notation"})
MOMENT = datetime(2008, 3, 6, 18, 2, tzinfo=UTC)


def render(expression: str, value: object = None) -> str:
    template = ENGINE.from_string(f"{{% load notation %}}{{{{ {expression} }}}}")
    return template.render(Context({"value": value}))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("expression", "value", "shown"),
    [
        ("value|money", Decimal("1234567.80"), "1.234.567,8"),
        ("value|money", Decimal("2.125"), "2,1250"),
        ("value|money", 0, "0"),
        ("value|money", None, ""),
        ("value|money", "", ""),
        ("missing|money", None, ""),
        ("value|number", Decimal("2.125"), "2,125"),
        ("value|number:1", Decimal("2.25"), "2,3"),
        ("value|number", "<=2", "&lt;=2"),
        ("value|percent", Decimal("80.2"), "80,2 %"),
        ("value|percent:0", 80, "80 %"),
        ("value|percent", None, ""),
        ("value|date_vn", date(2008, 3, 7), "07/03/2008"),
        ("value|date_vn", MOMENT, "07/03/2008"),
        ("value|date_vn", None, ""),
        ("value|datetime_vn", MOMENT, "07/03/2008 01:02"),
        ("value|datetime_vn", None, ""),
        ("value|long_date_vn", date(2008, 3, 7), "ngày 07 tháng 3 năm 2008"),
        ("value|long_date_vn", MOMENT, "ngày 07 tháng 3 năm 2008"),
        ("missing|long_date_vn", None, ""),
    ],
)
def test_filters_write_vietnamese_notation_in_both_languages(
    language: str, expression: str, value: object, shown: str
) -> None:
    with translation.override(language):
        assert render(expression, value) == shown


@pytest.mark.parametrize("value", [None, ""])
def test_a_blank_is_a_dash_that_is_read_aloud(value: object) -> None:
    with translation.override("en"):
        shown = render("value|money|blank", value)
    assert shown == '<span aria-hidden="true">—</span><span class="aloud">not stated</span>'


@pytest.mark.parametrize(("value", "shown"), [(0, "0"), (Decimal("0.0"), "0"), (5, "5")])
def test_zero_is_not_blank(value: object, shown: str) -> None:
    assert render("value|money|blank", value) == shown


def test_what_is_not_blank_is_still_escaped() -> None:
    assert render("value|blank", "<b>") == "&lt;b&gt;"
    assert render("value|blank", False) == "False"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_read_and_write_dates_alike_in_both_languages(language: str) -> None:
    """Django's own formats of `vi` read 7/3/2008 as 3 July and begin weeks on Sunday."""
    with translation.override(language):
        formats.reset_format_cache()
        assert formats.date_format(date(2008, 3, 7)) == "07/03/2008"
        assert formats.date_format(date(2008, 3, 7), "SHORT_DATE_FORMAT") == "07/03/2008"
        assert formats.get_format("DATE_INPUT_FORMATS")[0] == "%d/%m/%Y"
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1
        assert (
            formats.number_format(Decimal("1234567.8"), use_l10n=True, force_grouping=True) == "1.234.567,8"
        )
        assert formats.localize(2008) == "2008"
