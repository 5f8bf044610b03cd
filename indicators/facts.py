"""What the page of a clause says of the targets and status figures made of it: pairs of label and text.

What is printed is not said again: the clause's own words stand on the same page.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.findings import Text
from core.notation import format_date
from indicators.pages import scope_name
from indicators.rows import BaselineRow, TargetRow
from plans.parts.columns import Kind
from plans.parts.names import Names

Facts = list[tuple[Text, Text]]


def target_facts(row: TargetRow, names: Names) -> Facts:
    """Indicator, for whom, for which year, the value, and by when where that is not the year's last day."""
    due = "" if row.due_on == date(row.year, 12, 31) else format_date(row.due_on)
    return _stated(
        (
            (_("Indicator"), names.of(Kind.INDICATOR, row.indicator).full),
            (pgettext("target", "For"), scope_name(row, names)),
            (_("Year"), str(row.year)),
            (_("Value"), f"{row.shown} {_('(guidance)')}" if row.guidance else row.shown),
            (_("To be reached by"), due),
        )
    )


def baseline_facts(row: BaselineRow, names: Names) -> Facts:
    """Indicator, as of when, the value; marked where it was converted from another unit."""
    value = f"{row.shown} ({_('converted')})" if row.converted else row.shown
    return _stated(
        (
            (_("Indicator"), names.of(Kind.INDICATOR, row.indicator).full),
            (_("As of"), row.as_of_words or format_date(row.as_of)),
            (_("Value"), value),
        )
    )


def _stated(pairs: Iterable[tuple[Text, Text]]) -> Facts:
    return [(label, text) for label, text in pairs if text]
