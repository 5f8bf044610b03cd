"""What the forms of reference lists have in common."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from agencies.changes.forms.base import faults_of
from agencies.keeping.findings import DOCUMENT_LENGTH
from core.findings import Finding, Text
from core.forms import DayField

BASIS_LENGTH = 300
SHOWN = 80
"""Characters of a stored value in a sentence."""


class KeptForm(forms.Form):
    """A form of one row. What it states is judged by the act, so that all findings come at once.

    `layout` gives the headings of the page with the fields under them; `locked` names fields that can no
    longer be changed, each with the reason.
    """

    row_version: forms.Field = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    layout: tuple[tuple[Text, tuple[str, ...]], ...] = ()
    # What the act will not do without, though the form itself does not ask for it.
    needed: frozenset[str] = frozenset({"basis"})

    def lock(self, reasons: Mapping[str, Text]) -> None:
        """Fields that stand fast: shown, not sent, with the reason beside them."""
        for name, reason in reasons.items():
            self.fields[name].disabled = True
            self.fields[name].help_text = str(reason)

    @property
    def groups(self) -> list[tuple[Text, list[forms.BoundField]]]:
        found = [
            (heading, [self[name] for name in names if name in self.fields]) for heading, names in self.layout
        ]
        return [(heading, fields) for heading, fields in found if fields]

    @property
    def faults(self) -> list[tuple[Finding, str]]:
        """Everything that is wrong, each with the place on the page where it is mended."""
        return faults_of(self)

    def leave_unchecked(self) -> None:
        """Show what was typed without judging it: it was not sent off yet."""
        self._errors = ErrorDict()

    def blame(self, findings: Iterable[Finding]) -> None:
        """Put each finding at its field, where that does not say already what is wrong with it."""
        for finding in findings:
            field = self.placed(finding)
            if field not in self.fields:
                self.add_error(None, str(finding.text))
            elif field not in self.errors or self.errors[field].as_data()[0].code == finding.code:
                self.add_error(field, ValidationError(str(finding.text), finding.code))

    def placed(self, finding: Finding) -> str:
        """The name of the field that a finding speaks of."""
        return finding.place.path

    def stored_words(self, name: str) -> str:
        """ "Short name: “X”": what the row says of a field; "" where it says nothing that people see."""
        field = self.fields[name]
        is_of_row = name in self.initial or field.initial is not None
        if not is_of_row or isinstance(field.widget, forms.HiddenInput):
            return ""
        stored = field.prepare_value(self.get_initial_for_field(field, name))
        values = stored if isinstance(stored, list | tuple) else [stored]
        words = ", ".join(self.words_of(name, "" if one in (None, False) else str(one)) for one in values)
        return f"{field.widget.attrs.get('aria-label', field.label)}: “{Truncator(words).chars(SHOWN)}”"

    def changes(self, old: Mapping[str, str], new: Mapping[str, str]) -> list[tuple[Text, Text]]:
        """What differs, as facts: label of the field, and "old → new" in words."""
        return [
            (
                str(self.fields[name].label),
                f"{self.words_of(name, old[name]) or '–'} → {self.words_of(name, new[name]) or '–'}",
            )
            for name in new
            if new[name] != old[name]
        ]

    def words_of(self, name: str, value: str) -> str:
        """A value as people read it, where a key stands for a name."""
        choices: Any = getattr(self.fields[name], "choices", ())
        if isinstance(self.fields[name], forms.BooleanField):
            choices = [("1", gettext_lazy("yes")), ("", gettext_lazy("no"))]
        flat = {}
        for key, label in choices:
            flat.update(
                {str(one): said for one, said in label} if isinstance(label, list) else {str(key): label}
            )
        return str(flat.get(value, value))


def basis_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Basis of the change"),
        required=False,
        max_length=BASIS_LENGTH,
        help_text=gettext_lazy(
            "The document that changes it, or the reason in a sentence. It stands in the record of acts."
        ),
    )


def document_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Number of the document"),
        max_length=DOCUMENT_LENGTH,
        help_text=gettext_lazy("Of the document that decides it, as printed."),
        error_messages={
            "required": gettext_lazy("Give the number of the document that decides it, as printed.")
        },
    )


def reason_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Reason of the change"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Give the reason of the change; it is recorded with it.")},
    )


class RetireForm(KeptForm):
    """The last day of a row, and on which basis; a subclass says what keeps it."""

    valid_to = DayField(label=gettext_lazy("Last day"), required=False)
    basis = basis_field()
    layout = (("", ("valid_to", "basis")),)
    needed = frozenset({"valid_to", "basis"})
    stays: Text = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_to"].help_text = str(self.stays)
