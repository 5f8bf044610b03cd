"""Forms of the reports pages: filters, the opening of a period, the paper that goes with an act."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from agencies.models.agency import CLASS_LABELS
from core.findings import Refused
from core.forms import DayField
from core.vietnamese import search_key
from plans.forms import ActForm, NoteForm, ReasonForm
from reports.cycles.timeliness import LABELS
from reports.figures.shapes import Obligation
from reports.filing.actions import Letter
from reports.models import FilingState

__all__ = ["ActForm", "NoteForm", "ReasonForm"]
COPY_LIMIT = 50 * 1024 * 1024

# Of a refusal that names no place: the field of the form, or of the body, that it speaks of.
FIELDS: Mapping[str, str] = {
    "extension_date": "to",
    "receipt_date": "on",
    "document_missing": "document",
    "document_long": "document",
    "document_on_missing": "document_on",
    "document_future": "document_on",
    "reason_missing": "reason",
    "number_missing": "number",
    "number_taken": "number",
    "number_illustrative": "number",
    "issued_before": "issued_on",
    "issued_future": "issued_on",
    "signer_illustrative": "signer",
    "paper_incomplete": "number",
}


def say_at_field(form: forms.Form, refused: Refused) -> None:
    """Show a refusal that names no place at the field of which it speaks, or else above the form."""
    field = FIELDS.get(refused.code, "")
    form.add_error(field if field in form.fields else None, str(refused))


class ObligationFilter(forms.Form):
    """What the list of obligations can be narrowed to; its sheet uses the same."""

    q = forms.CharField(label=_("Agency"), required=False, max_length=200)
    agency_class = forms.ChoiceField(label=_("Class"), required=False)
    standing = forms.ChoiceField(
        label=_("Timeliness"),
        required=False,
        choices=[("", _("All")), *((one.value, label) for one, label in LABELS.items())],
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("none", _("nothing submitted")),
            (FilingState.SUBMITTED, _("to be accepted")),
            (FilingState.ACCEPTED, _("accepted")),
            (FilingState.RETURNED, _("returned")),
            ("nothing", _("nothing to report")),
        ],
    )

    def __init__(self, *args: Any, classes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(name, CLASS_LABELS.get(name, _("Others"))) for name in classes]
        self.fields["agency_class"].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]

    def narrowed(self, obligations: Sequence[Obligation]) -> list[Obligation]:
        """The obligations that the filters leave; a filter that does not exist leaves all."""
        asked = self.cleaned_data if self.is_valid() else {}
        key = search_key(asked.get("q", ""))
        return [
            one
            for one in obligations
            if (not key or key in search_key(one.name) or key == one.agency)
            and asked.get("agency_class") in ("", None, one.agency_class)
            and asked.get("standing") in ("", None, one.standing)
            and _in_state(one, asked.get("state", ""))
        ]


def _in_state(one: Obligation, state: str) -> bool:
    if state == "nothing":
        return one.nothing
    return not state or one.state == ("" if state == "none" else state)


class RegularCycleForm(forms.Form):
    """Opening a period of the programme's cadence; which one stands in the address."""

    code = forms.CharField(widget=forms.HiddenInput)
    due_on = DayField(label=_("Deadline"))
    basis = forms.CharField(label=_("Basis"), required=False, max_length=300)
    illustrative = forms.BooleanField(label=_("Illustrative figures"), required=False)


class AdHocCycleForm(forms.Form):
    """Opening a report outside the cadence, for a chosen list of agencies."""

    title = forms.CharField(label=_("Title"), max_length=200)
    first = DayField(label=_("From"))
    last = DayField(label=_("To"))
    due_on = DayField(label=_("Deadline"), required=False)
    basis = forms.CharField(
        label=_("Basis"), max_length=300, help_text=_("The document or request that asks for the report.")
    )
    agencies = forms.ModelMultipleChoiceField(
        label=_("Agencies that report"),
        queryset=Agency.objects.none(),
        to_field_name="key",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one agency.")},
    )
    illustrative = forms.BooleanField(label=_("Illustrative figures"), required=False)

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agencies"].queryset = agencies  # type: ignore[attr-defined]


class LetterForm(ActForm):
    """The cover letter with which a report is submitted."""

    number = forms.CharField(label=_("Number of the letter"), max_length=100)
    on = DayField(label=_("Date of the letter"))
    signer = forms.CharField(label=_("Signer"), max_length=200)

    def arguments(self) -> dict[str, Any]:
        return {"letter": Letter(**self.cleaned_data)}


class ExtensionForm(ActForm):
    """A later deadline for one agency."""

    to = DayField(label=_("Extended to"))
    document = forms.CharField(label=_("Number of the document that grants it"), max_length=100)
    document_on = DayField(label=_("Date of the document"))


class ExemptionForm(ActForm):
    document = forms.CharField(label=_("Number of the document that grants it"), max_length=100)
    document_on = DayField(label=_("Date of the document"))


class ReminderForm(ActForm):
    """A reminder; the letter itself is the portal's."""

    document = forms.CharField(label=_("Number of the letter"), max_length=100, required=False)
    again = forms.BooleanField(label=_("Remind again, even if it was reminded today"), required=False)
    paper = forms.BooleanField(
        label=_("If nobody acts for the agency, make the letter to be printed"), required=False
    )


class ReceiptForm(ActForm):
    """A report that came on paper."""

    on = DayField(label=_("Received on"))
    document = forms.CharField(label=_("Number of the paper"), max_length=100)


class IssueForm(forms.Form):
    """What makes a compilation an issued report."""

    number = forms.CharField(label=_("Number"), max_length=100)
    issued_on = DayField(label=_("Date"))
    signer_title = forms.CharField(label=_("Post of the signer"), max_length=200, required=False)
    signer = forms.CharField(label=_("Signer"), max_length=200, required=False)

    def __init__(self, *args: Any, illustrative: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if illustrative:
            self.fields["number"].help_text = _("Illustrative figures are numbered …/BC-MH.")
            self.fields["signer"].help_text = _("Nobody signs illustrative figures: leave it blank.")
        else:
            self.fields["number"].help_text = _("As printed, for example 05/BC-BTTTT.")
            self.fields["signer"].required = self.fields["signer_title"].required = True


class CopyForm(forms.Form):
    """A copy of a file, to be held against what was issued."""

    copy = forms.FileField(label=_("File"), help_text=_("The PDF or XLSX file as you received it."))

    def clean_copy(self) -> Any:
        copy = self.cleaned_data["copy"]
        if copy.size > COPY_LIMIT:
            raise ValidationError(_("The file is larger than 50 MB; no issued report is."))
        return copy
