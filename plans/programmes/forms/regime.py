"""The form of a reporting regime, and of taking one out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from agencies.keeping.forms import KeptForm, reason_field
from core.forms import DayField
from plans.models import Cadence
from plans.programmes.forms.programme import NEEDED, DocumentChoice, classes_field
from plans.programmes.regime_acts import COLUMNS, LENGTHS, LONG, RegimeData
from plans.programmes.shapes import cleaned

_TEXTS = (
    "name",
    "content",
    "basis",
    "clause",
    "reports_to",
    "passed_on",
    "means",
    "form",
    "due_printed",
    "note",
)


def _line(label: Any, name: str, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=LENGTHS[name], help_text=help_text)


def _number(label: Any, help_text: Any) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"class": "short", "inputmode": "numeric"})
    return forms.IntegerField(label=label, required=False, help_text=help_text, widget=widget)


class RegimeForm(KeptForm):
    """Who reports what to whom, how often, by when, from when on."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=LENGTHS["name"], error_messages=NEEDED)
    document = DocumentChoice(label=gettext_lazy("Document"))
    basis = _line(
        gettext_lazy("Document that is not in the portal"),
        "basis",
        gettext_lazy("Its number as printed, for example 06/2013/TT-BTTTT."),
    )
    clause = _line(
        gettext_lazy("Clause"), "clause", gettext_lazy("As documents are cited here: IV.2.a, Điều 2.1.b.")
    )
    content = forms.CharField(
        label=gettext_lazy("What is reported"),
        required=False,
        max_length=LENGTHS["content"],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    obliged_classes = classes_field(gettext_lazy("Who reports"))
    reports_to = _line(gettext_lazy("To whom"), "reports_to")
    passed_on = _line(
        gettext_lazy("Passed on to"), "passed_on", gettext_lazy("Who has the summary, how often, by when.")
    )
    means = _line(gettext_lazy("How it is sent"), "means")
    form = _line(
        gettext_lazy("Form of the report"), "form", gettext_lazy("The template that a document prescribes.")
    )
    cadence = forms.ChoiceField(
        label=gettext_lazy("Frequency"),
        required=False,
        choices=[("", gettext_lazy("none stated")), *Cadence.choices],
        widget=forms.RadioSelect,
    )
    ad_hoc = forms.BooleanField(label=gettext_lazy("Also ad hoc, on request"), required=False)
    cutoff_day = _number(
        gettext_lazy("Cut-off day"),
        gettext_lazy(
            "Of the period's last month. Blank: its last day, as in all regimes before 09/2019/NĐ-CP."
        ),
    )
    due_days = _number(
        gettext_lazy("Days from window to deadline"),
        gettext_lazy("Counted from the window's last day. Blank: each period states its own deadline."),
    )
    due_printed = _line(
        gettext_lazy("Deadline as printed"), "due_printed", gettext_lazy("Blank: no document prints one.")
    )
    first_cycle = _line(
        gettext_lazy("First regular period"),
        "first_cycle",
        gettext_lazy(
            "Such as 2008-Q2, 2011-H1 or 2013. From it on, a period that is over waits to be opened."
        ),
    )
    valid_from = DayField(label=gettext_lazy("Valid from"), error_messages=NEEDED)
    valid_to = DayField(
        label=gettext_lazy("Valid until"), required=False, help_text=gettext_lazy("Blank: no end is known.")
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=LENGTHS["note"],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    needed = frozenset()
    layout = (
        (gettext_lazy("What it rests on"), ("name", "document", "basis", "clause", "valid_from", "valid_to")),
        (
            gettext_lazy("Who reports what to whom"),
            ("obliged_classes", "content", "reports_to", "passed_on", "means", "form"),
        ),
        (
            gettext_lazy("How often, by when"),
            ("cadence", "ad_hoc", "first_cycle", "cutoff_day", "due_days", "due_printed"),
        ),
        ("", ("note",)),
    )

    def stated(self) -> RegimeData:
        """What the form says, as far as it could be read."""
        said = self.cleaned_data
        data = RegimeData(
            **{name: said.get(name, "") for name in _TEXTS},
            document=said.get("document"),
            obliged_classes=tuple(said.get("obliged_classes") or ()),
            cadence=said.get("cadence", ""),
            ad_hoc=bool(said.get("ad_hoc")),
            cutoff_day=said.get("cutoff_day"),
            due_days=said.get("due_days"),
            first_cycle=said.get("first_cycle", ""),
            valid_from=said.get("valid_from"),
            valid_to=said.get("valid_to"),
        )
        return cleaned(data, LONG)


def initial_of(data: RegimeData) -> dict[str, Any]:
    """The stored regime as the form shows it."""
    return {name: getattr(data, name) for name in COLUMNS} | {
        "document": data.document.slug if data.document else "",
        "obliged_classes": list(data.obliged_classes),
    }


class RemovalForm(KeptForm):
    """Why a wrong entry is taken out."""

    reason = reason_field()
    layout = (("", ("reason",)),)
