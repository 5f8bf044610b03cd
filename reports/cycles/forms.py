"""The forms of what becomes of an open period."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from agencies.keeping.forms import KeptForm, document_field, reason_field
from agencies.models import Agency
from core.forms import DayField
from reports.cycles.keeping import TITLE_LENGTH, CycleChange


class ChangeCycleForm(KeptForm):
    """Another deadline or title."""

    row_version = forms.CharField(required=False, widget=forms.HiddenInput)
    due_on = DayField(
        label=gettext_lazy("Deadline"),
        help_text=gettext_lazy("The last timely day, for all agencies that have not filed yet."),
        error_messages={"required": gettext_lazy("Give the last timely day, for example 15/07/2008.")},
    )
    title = forms.CharField(
        label=gettext_lazy("Title of the period"),
        max_length=TITLE_LENGTH,
        error_messages={"required": gettext_lazy("Give the period a title.")},
    )
    document = document_field()
    reason = reason_field()
    layout = (("", ("due_on", "title", "document", "reason")),)

    def stated(self) -> CycleChange:
        said = self.cleaned_data
        return CycleChange(
            said.get("title", ""), said.get("due_on"), said.get("document", ""), said.get("reason", "")
        )


class AddAgenciesForm(KeptForm):
    """Agencies that owe a report as well."""

    agencies = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Agencies that report as well"),
        queryset=Agency.objects.none(),
        to_field_name="key",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one agency.")},
    )
    document = document_field()
    layout = (("", ("agencies", "document")),)

    def __init__(self, data: Any = None, *, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["agencies"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["agencies"].label_from_instance = lambda one: one.name  # type: ignore[attr-defined]


class WithdrawForm(KeptForm):
    """An agency that owes no report in the period any more."""

    agency = forms.ModelChoiceField(
        label=gettext_lazy("Agency"),
        queryset=Agency.objects.none(),
        to_field_name="key",
        empty_label="–",
        help_text=gettext_lazy("Only those for whose report nothing was begun or recorded."),
        error_messages={"required": gettext_lazy("Choose the agency.")},
    )
    document = document_field()
    layout = (("", ("agency", "document")),)

    def __init__(self, data: Any = None, *, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["agency"].label_from_instance = lambda one: one.name  # type: ignore[attr-defined]


class DeleteCycleForm(KeptForm):
    """Why a period is removed."""

    reason = reason_field()
    layout = (("", ("reason",)),)
