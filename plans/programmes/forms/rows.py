"""A form of many rows, as one types them in a table: put in order, added and taken out at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from agencies.keeping.forms import KeptForm
from core.findings import Finding, Place

# The button that draws the form once more with further rows, or with what was pasted.
AGAIN, MORE, PASTE = "again", "more", "paste"
FURTHER = 5
MOST_SHOWN = 400


class RowsForm(KeptForm):
    """Fields "<n>-<column>" for every row, and beside them its place and whether it is taken out.

    A row without any of the columns `telling` is none. `stated_rows()` gives the others in their order;
    findings speak of them by their number there, "<number>-<column>".
    """

    rows = forms.IntegerField(required=False, widget=forms.HiddenInput)
    telling: ClassVar[tuple[str, ...]] = ()
    spare: ClassVar[int] = 3

    def columns(self) -> Mapping[str, forms.Field]:
        """The fields of one row, made anew for each."""
        raise NotImplementedError

    def __init__(
        self, data: Any = None, *, standing: Sequence[Mapping[str, Any]] = (), **kwargs: Any
    ) -> None:
        count = _count(data, len(standing) + self.spare)
        initial = {"rows": count, **kwargs.pop("initial", {})}
        for n, row in enumerate(standing):
            initial |= {f"{n}-{name}": value for name, value in row.items()}
            initial.setdefault(f"{n}-order", n + 1)
        if data is not None and "rows" in data:
            data = data.copy()
            data["rows"] = str(count)
        super().__init__(data, initial=initial, **kwargs)
        self.shown_rows = count
        self.places: list[int] = []
        for n in range(count):
            self.fields[f"{n}-order"] = forms.IntegerField(
                label=gettext_lazy("Place"), required=False, min_value=0, widget=_short()
            )
            for name, field in self.columns().items():
                self.fields[f"{n}-{name}"] = field
            self.fields[f"{n}-remove"] = forms.BooleanField(label=gettext_lazy("Take out"), required=False)
            for name in ("order", *self.columns(), "remove"):
                self._name_for_listeners(n, name)

    def _name_for_listeners(self, n: int, name: str) -> None:
        """The column's head is seen once; who listens hears it at each field, with the row."""
        field = self.fields[f"{n}-{name}"]
        if not isinstance(field.widget, forms.CheckboxSelectMultiple | forms.HiddenInput):
            field.widget.attrs["aria-label"] = format_lazy("{label}, {row}", label=field.label, row=n + 1)

    @property
    def lines(self) -> list[dict[str, forms.BoundField]]:
        """The rows for the page: column -> its field."""
        names = ("order", *self.columns(), "remove")
        return [{name: self[f"{n}-{name}"] for name in names} for n in range(self.shown_rows)]

    def stated_rows(self) -> list[dict[str, Any]]:
        """The rows that are filled in and stay, in their order."""
        found = []
        for n in range(self.shown_rows):
            row = {name: self.cleaned_data.get(f"{n}-{name}") for name in self.columns()}
            if self.cleaned_data.get(f"{n}-remove") or not any(row[name] for name in self.telling):
                continue
            order = self.cleaned_data.get(f"{n}-order")
            found.append((order if order is not None else MOST_SHOWN, n, row))
        found.sort(key=lambda one: one[:2])
        self.places = [n for _order, n, _row in found]
        return [row for _order, _n, row in found]

    def blame(self, findings: Iterable[Finding]) -> None:
        """Each finding at the field of the row as it stands on the page."""
        super().blame(self._placed(one) for one in findings)

    def _placed(self, finding: Finding) -> Finding:
        number, dash, name = finding.place.path.partition("-")
        if not dash or not number.isdecimal() or int(number) >= len(self.places):
            return finding
        return replace(finding, place=Place(path=f"{self.places[int(number)]}-{name}"))


def _count(data: Any, standing: int) -> int:
    """How many rows are drawn: those of the page before, and further ones where these are asked for."""
    if data is None or "rows" not in data:
        return min(standing, MOST_SHOWN)
    typed = str(data.get("rows", ""))
    count = int(typed) if typed.isdecimal() and len(typed) < 5 else standing
    return min(count + (FURTHER if data.get(AGAIN) == MORE else 0), MOST_SHOWN)


def _short() -> forms.TextInput:
    return forms.TextInput(attrs={"class": "tiny", "inputmode": "numeric"})


def text(label: Any, rows: int = 0, most: int = 500, **attrs: str) -> forms.CharField:
    """A text of one line, or of several where `rows` says how many are seen."""
    widget: forms.Widget = (
        forms.Textarea(attrs={"rows": rows, **attrs}) if rows else forms.TextInput(attrs=attrs)
    )
    return forms.CharField(label=label, required=False, max_length=most, widget=widget)
