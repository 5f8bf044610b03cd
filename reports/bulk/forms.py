"""What a person states for all rows of a bulk act."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayField
from reports.bulk.acts import MISSING, BulkKind, findings_of
from reports.bulk.shapes import Stated


class StatedForm(forms.Form):
    """The fields that the act asks for, and no others."""

    to = DayField(label=_("Extended to"))
    document = forms.CharField(label=_("Number of the document"), max_length=100)
    document_on = DayField(label=_("Date of the document"))
    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "class": "medium"})
    )
    again = forms.BooleanField(label=_("Remind those again who were reminded today"), required=False)
    paper = forms.BooleanField(
        label=_("Make letters to be printed for agencies that nobody acts for"), required=False
    )

    def __init__(self, kind: BulkKind, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.kind = kind
        for name in [name for name in self.fields if name not in kind.asks]:
            del self.fields[name]
        for name, field in self.fields.items():
            field.required = name in kind.needs
            if name in kind.needs:
                field.error_messages["required"] = str(MISSING[name])

    def clean(self) -> dict[str, Any]:
        """What the act itself would refuse in what is stated stands at its field."""
        cleaned: dict[str, Any] = super().clean() or {}
        for one in findings_of(self.kind, stated_of(cleaned)):
            if one.place.path in cleaned:
                self.add_error(one.place.path, str(one.text))
        return cleaned

    def stated(self) -> Stated:
        return stated_of(self.cleaned_data if self.is_bound and self.is_valid() else {})


def stated_of(cleaned: dict[str, Any]) -> Stated:
    return Stated(**{name: value for name, value in cleaned.items() if value})
