"""What the forms of the acts have in common: the document, a new agency, the people who follow."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy

from agencies.changes.rules import DOCUMENT_LENGTH
from agencies.changes.shapes import Basis, Change, NewAgency
from agencies.models import Agency, AgencyKind
from core.fields import NAME_LENGTH
from core.findings import Finding, Text, error
from core.forms import DayField


class ChangeForm(forms.Form):
    """A form of an act. What it states is checked by the act itself, so that all findings come at once."""

    def __init__(self, *args: Any, agency: Agency | None, **kwargs: Any) -> None:
        self.agency = agency
        super().__init__(*args, **kwargs)

    def change(self) -> Change:
        """What the form states, as far as it could be read."""
        raise NotImplementedError

    # Headings with the fields under them, in the order of the page; what is not named stands nowhere.
    layout: tuple[tuple[Text, tuple[str, ...]], ...] = ()

    @property
    def groups(self) -> list[tuple[Text, list[forms.BoundField]]]:
        return [(heading, [self[name] for name in names]) for heading, names in self.layout]

    @property
    def faults(self) -> list[tuple[Finding, str]]:
        """Everything that is wrong, each with the place on the page where it is mended."""
        return faults_of(self)

    def leave_unchecked(self) -> None:
        """Show what was typed without judging it: it was not sent off yet."""
        self._errors = ErrorDict()

    def moves_people(self) -> bool:
        return bool(self.cleaned_data.get("with_people"))

    def blame(self, findings: Iterable[Finding]) -> None:
        """Put each finding at its field, where that does not say already what is wrong with it."""
        for finding in findings:
            form, field = self.form_of(finding.place.path)
            if field not in form.fields:
                form.add_error(None, str(finding.text))
            elif field not in form.errors:
                form.add_error(field, ValidationError(str(finding.text), finding.code))

    def form_of(self, path: str) -> tuple[forms.Form, str]:
        """The form and its field that a finding's path names."""
        return self, path


def faults_of(form: forms.Form) -> list[tuple[Finding, str]]:
    """The errors of a form as findings with the ids of their fields."""
    found = []
    for name, texts in form.errors.items():
        field = form[name] if name in form.fields else None
        for text in texts:
            said = f"{field.label}: {text}" if field else str(text)
            found.append((error("form", said), f"#{field.id_for_label or field.auto_id}" if field else ""))
    return found


DOCUMENT: tuple[Text, tuple[str, ...]] = (gettext_lazy("Document and day"), ("document", "on"))
PEOPLE: tuple[Text, tuple[str, ...]] = (gettext_lazy("People"), ("with_people",))
NEW = ("name", "short_name", "kind", "province_code", "region", "place")


class BasisForm(ChangeForm):
    """The document of the act and its day."""

    document = forms.CharField(
        label=gettext_lazy("Number of the document"),
        error_messages={
            "required": gettext_lazy("Give the number of the document that decides it, as printed.")
        },
        max_length=DOCUMENT_LENGTH,
        help_text=gettext_lazy("As printed, for example 15/2008/QH12."),
    )
    on = DayField(
        label=gettext_lazy("In effect from"),
        error_messages={
            "required": gettext_lazy("Give the day from which it is in effect, for example 01/08/2008.")
        },
        help_text=gettext_lazy("The first day on which it is so; what ends has its last day before it."),
    )

    def basis(self) -> Basis:
        return Basis(self.cleaned_data.get("document", ""), self.cleaned_data.get("on"))


class NewAgencyFields(forms.Form):
    """What is stated of a new agency."""

    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=NAME_LENGTH)
    short_name = forms.CharField(
        label=gettext_lazy("Short name"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=gettext_lazy("Blank: as the name."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), required=False, choices=[("", "–"), *AgencyKind.choices]
    )
    province_code = forms.CharField(
        label=gettext_lazy("Province code"),
        required=False,
        max_length=4,
        help_text=gettext_lazy("Of provinces and cities alone."),
    )
    region = forms.CharField(label=gettext_lazy("Region"), required=False, max_length=100)
    place = forms.CharField(
        label=gettext_lazy("Place on letters"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("As it stands before the date of a letter, for example Mỹ Tho."),
    )


def new_agency(said: dict[str, Any], parent: Agency | None = None) -> NewAgency:
    """What the fields of NewAgencyFields say."""
    return NewAgency(**{name: said.get(name, "") for name in NEW}, parent=parent)


def people_field(initial: bool) -> forms.BooleanField:
    return forms.BooleanField(
        label=gettext_lazy("Move the people to the principal successor"),
        required=False,
        initial=initial,
        help_text=gettext_lazy("Their roles end with the day before, and go on there from the day."),
    )
