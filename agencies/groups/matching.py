"""Which agencies a pasted list names: names, short names, codes, as they come out of Excel or a document."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from agencies.models import Agency
from core.findings import Finding, Place, error
from core.notation import format_date
from core.vietnamese import clean, search_key

MOST_LINES = 2000
MOST_NAMED = 5  # agencies that one remark names

_NUMBERING = re.compile(r"^(?:\d{1,4}\s*[.)]|[-–•*+])\s*")
_BEFORE = ("uy ban nhan dan ", "ubnd ")
_RANKS = ("thanh pho ", "tinh ", "tp ")


@dataclass(frozen=True, slots=True)
class Line:
    """One pasted line: the agency that it names, or why it names none."""

    number: int
    text: str
    agency: Agency | None = None
    finding: Finding | None = None


class Directory:
    """All agencies by what they are called; a list as of a day names those of that day."""

    def __init__(self, agencies: Iterable[Agency], day: date) -> None:
        self.day = day
        self.by_key: dict[str, Agency] = {}
        self.by_name: dict[str, dict[int, Agency]] = defaultdict(dict)
        self.by_code: dict[str, dict[int, Agency]] = defaultdict(dict)
        for one in agencies:
            self.by_key[one.key.lower()] = one
            for name in (one.name, one.short_name):
                for called in _called(name):
                    self.by_name[called][one.pk] = one
            if one.province_code:
                self.by_code[one.province_code][one.pk] = one

    def read(self, pasted: str) -> list[Line]:
        """The lines that are not blank, each with its agency or a finding."""
        lines = enumerate(pasted.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1)
        return [self._line(number, text) for number, text in lines if clean(text)]

    def _line(self, number: int, text: str) -> Line:
        cells = [_NUMBERING.sub("", clean(cell)) for cell in text.split("\t")]
        cells = [cell for cell in cells if cell]
        found = _merged(self._named(cell) for cell in cells if not cell.isdigit())
        if not found:
            found = _merged(self.by_code.get(cell.zfill(2), {}) for cell in cells if cell.isdigit())
        living = {pk: one for pk, one in found.items() if one.exists_on(self.day)}
        text = clean(text)
        if len(living) == 1:
            return Line(number, text, next(iter(living.values())))
        return Line(
            number, text, finding=self._fault(number, text, list(living.values()), list(found.values()))
        )

    def _named(self, cell: str) -> dict[int, Agency]:
        if (one := self.by_key.get(cell.lower())) is not None:
            return {one.pk: one}
        return _merged(self.by_name.get(called, {}) for called in _called(cell))

    def _fault(self, number: int, text: str, living: Sequence[Agency], ever: Sequence[Agency]) -> Finding:
        place = Place(path="pasted")
        said = {"line": number, "text": text[:80]}
        if living:
            listed = ", ".join(f"{one.name} ({one.key})" for one in living[:MOST_NAMED])
            words = _("Line %(line)d “%(text)s” names several agencies: %(listed)s. Write the code of one.")
            return error("agency_ambiguous", words % {**said, "listed": listed}, place, text)
        if ever:
            listed = ", ".join(f"{one.name} ({one.key})" for one in ever[:MOST_NAMED])
            words = _("Line %(line)d “%(text)s”: %(listed)s did not exist on %(day)s, the day of the list.")
            values = {**said, "listed": listed, "day": format_date(self.day)}
            return error("agency_not_in_force", words % values, place, text)
        words = _(
            "Line %(line)d “%(text)s”: there is no agency of this name or code. Mend or remove the line."
        )
        return error("agency_unknown", words % said, place, text)


def _called(name: str) -> Iterator[str]:
    """A name as it is compared, and shorter: without "UBND" before it, without its rank."""
    key = search_key(name.replace(".", " "))
    for before in _BEFORE:
        key = key.removeprefix(before)
    if key:
        yield key
    for rank in _RANKS:
        if key.startswith(rank):
            yield key.removeprefix(rank)


def _merged(found: Iterable[dict[int, Agency]]) -> dict[int, Agency]:
    return {pk: one for agencies in found for pk, one in agencies.items()}
