"""How the plain values of a row read: a day, a standing, a state, how many people get a letter."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.findings import Text
from core.notation import format_date
from reports.bulk.shapes import REASONS
from reports.cycles.timeliness import LABELS, Standing
from reports.figures.names import FILING_STATES
from reports.models import BulkAct

Name = BulkAct.Name


def before_words(name: str, value: str) -> Text:
    """What a row was before; "" where nothing is known, such as an earlier reminder."""
    if name == Name.EXEMPT:
        return _standing(value)
    if name == Name.ACCEPT:
        return FILING_STATES.get(value, value)
    return _day(value)


def after_words(name: str, value: str) -> Text:
    """What a row is then; "" where the act left it out."""
    if name == Name.REMIND and value:
        number = int(value)
        people = ngettext("%(n)d person", "%(n)d people", number) % {"n": number}
        return people if number else _("on paper")
    return before_words(name, value)


def reason_words(refusal: str) -> Text:
    return REASONS.get(refusal, refusal)


def _standing(value: str) -> Text:
    return LABELS[Standing(value)] if value else ""


def _day(value: str) -> Text:
    return format_date(date.fromisoformat(value)) if value else ""
