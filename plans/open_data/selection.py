"""What an address asks for: a day, a programme, an agency. Anything unknown is refused by name."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import ErrorDetail

from agencies.models import Agency
from core import clock
from core.api.fields import NO_DAY, read_day
from core.api.problems import BadParameters
from core.findings import Text
from plans.models import Programme
from plans.open_data.datasets import AGENCY, ON, PROGRAMME, DataSet, Selection

_KNOWN: Mapping[str, tuple[Callable[[str], QuerySet[Any]], Text]] = {
    PROGRAMME: (
        lambda value: Programme.objects.filter(code=value),
        gettext_lazy("There is no programme “%(value)s”; the data set “programmes” lists them."),
    ),
    AGENCY: (
        lambda value: Agency.objects.filter(key=value),
        gettext_lazy("There is no agency “%(value)s”; the data set “agencies” lists them."),
    ),
}


def nothing_asked() -> Selection:
    """What is in force today, of everybody."""
    return Selection(clock.now(), clock.today())


def read_selection(data_set: DataSet, parameters: QueryDict, beside: tuple[str, ...] = ()) -> Selection:
    """What the query string asks for; `beside` are parameters that mean something else.

    Raises `BadParameters` with everything that is wrong at once.
    """
    known = {*data_set.filters, *beside}
    wrong: dict[str, list[ErrorDetail]] = {}
    for name in sorted(set(parameters) - known)[:20]:
        said = _("There is no such parameter here. Known: %(known)s.")
        listed = ", ".join(sorted(known)) or _("none")
        wrong[name] = [ErrorDetail(said % {"known": listed}, "unknown_parameter")]
    chosen: dict[str, Any] = {}
    for name in data_set.filters:
        if (value := parameters.get(name)) is not None:
            try:
                chosen[name] = _read(name, value)
            except _Unreadable as problem:
                wrong[name] = [ErrorDetail(str(problem), problem.args[1])]
    if wrong:
        raise BadParameters(wrong)
    asked = replace(nothing_asked(), **chosen)
    return replace(asked, day=asked.on) if asked.on else asked


class _Unreadable(Exception):
    """Said to people; the second argument is the code of the finding."""

    def __str__(self) -> str:
        return str(self.args[0])


def _read(name: str, value: str) -> Any:
    if not value:
        raise _Unreadable(_("Nothing is asked for. Leave the parameter out."), "blank")
    if name == ON:
        if (day := read_day(value)) is None:
            raise _Unreadable(NO_DAY % {"value": value[:50]}, "day")
        return day
    rows, unknown = _KNOWN[name]
    if "\0" in value or not rows(value).exists():
        raise _Unreadable(unknown % {"value": value[:50]}, "unknown_key")
    return value
