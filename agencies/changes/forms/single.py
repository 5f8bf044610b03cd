"""Forms of the acts on the list of agencies; each gives the change that it states."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.changes.forms.base import (
    DOCUMENT,
    NEW,
    PEOPLE,
    BasisForm,
    ChangeForm,
    NewAgencyFields,
    new_agency,
    people_field,
)
from agencies.changes.forms.choices import AgencyChoice, candidates, may_end
from agencies.changes.shapes import (
    Change,
    Create,
    Edit,
    End,
    Merge,
    MovePeople,
    Remove,
    Rename,
    Successor,
)
from agencies.models import Agency
from core.fields import NAME_LENGTH


class CreateForm(BasisForm, NewAgencyFields):
    """A new agency that comes from none."""

    parent = AgencyChoice(label=gettext_lazy("Part of"), empty_label=gettext_lazy("no agency"))
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    layout = (
        (
            gettext_lazy("Agency"),
            ("name", "short_name", "kind", "parent", "province_code", "region", "place", "note"),
        ),
        DOCUMENT,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = candidates()  # type: ignore[attr-defined]
        for name in ("name", "kind"):
            self.fields[name].required = True
        self.fields["name"].error_messages["required"] = _("Give the name of the agency in full.")
        self.fields["kind"].error_messages["required"] = _("Choose what kind of agency it is.")

    def change(self) -> Change:
        said = self.cleaned_data
        new = new_agency(said, said.get("parent"))
        return Create(replace(new, note=said.get("note", "")), self.basis())


class RenameForm(BasisForm):
    """Another name; everything else is carried over."""

    name = forms.CharField(
        label=gettext_lazy("New name"),
        error_messages={"required": gettext_lazy("Give the name of the agency in full.")},
        max_length=NAME_LENGTH,
    )
    short_name = forms.CharField(
        label=gettext_lazy("New short name"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=gettext_lazy("Blank: as the name."),
    )
    with_people = people_field(initial=True)
    layout = ((gettext_lazy("Name"), ("name", "short_name")), DOCUMENT, PEOPLE)

    def change(self) -> Change:
        assert self.agency is not None
        said = self.cleaned_data
        return Rename(self.agency, said.get("name", ""), said.get("short_name", ""), self.basis())


class MergeForm(BasisForm, NewAgencyFields):
    """Several become one: an agency of the list, or a new one."""

    agencies = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Agencies that end"),
        queryset=Agency.objects.none(),
        to_field_name="key",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    into = AgencyChoice(label=gettext_lazy("Merged into"), empty_label=gettext_lazy("a new agency"))
    with_people = people_field(initial=True)
    layout = (
        ("", ("agencies",)),
        (gettext_lazy("Who takes over"), ("into",)),
        (gettext_lazy("The new agency, if it is one"), NEW),
        DOCUMENT,
        PEOPLE,
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, agency=agency, **kwargs)
        self.fields["agencies"].queryset = may_end(agency)  # type: ignore[attr-defined]
        self.fields["into"].queryset = candidates(agency)  # type: ignore[attr-defined]
        self.initial = {
            "agencies": [agency.key],
            "kind": agency.kind,
            "region": agency.region,
            "place": agency.place,
            **self.initial,
        }

    def change(self) -> Change:
        assert self.agency is not None
        said = self.cleaned_data
        into: Successor = said.get("into") or new_agency(said, self.agency.parent)
        return Merge(list(said.get("agencies") or []), into, self.basis())


class EndForm(BasisForm):
    """An agency ends, with or without a successor."""

    successor = AgencyChoice(
        label=gettext_lazy("Successor"),
        empty_label=gettext_lazy("none"),
        help_text=gettext_lazy("Its open reports and its plans pass to it."),
    )
    with_people = people_field(initial=False)
    layout = ((gettext_lazy("Who takes over"), ("successor",)), DOCUMENT, PEOPLE)

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, agency=agency, **kwargs)
        choices = candidates(agency).exclude(pk=agency.pk)
        self.fields["successor"].queryset = choices  # type: ignore[attr-defined]

    def change(self) -> Change:
        assert self.agency is not None
        return End(self.agency, self.cleaned_data.get("successor"), self.basis())


REASON = {"required": gettext_lazy("Give the reason of the change; it is recorded with it.")}


class EditForm(ChangeForm):
    """What is not history."""

    layout = (("", ("place", "note", "reason")),)

    place = forms.CharField(label=gettext_lazy("Place on letters"), required=False, max_length=100)
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason of the change"),
        error_messages=REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, agency=agency, **kwargs)
        self.initial = {"place": agency.place, "note": agency.note, **self.initial}

    def change(self) -> Change:
        assert self.agency is not None
        said = self.cleaned_data
        return Edit(self.agency, said.get("place", ""), said.get("note", ""), said.get("reason", ""))


class RemoveForm(ChangeForm):
    """A wrong entry of today."""

    layout = (("", ("reason",)),)

    reason = forms.CharField(
        label=gettext_lazy("Reason"), error_messages=REASON, widget=forms.Textarea(attrs={"rows": 2})
    )

    def change(self) -> Change:
        assert self.agency is not None
        return Remove(self.agency, self.cleaned_data.get("reason", ""))


class MovePeopleForm(ChangeForm):
    """Nothing to state: the successor and the day are recorded already."""

    def change(self) -> Change:
        assert self.agency is not None
        return MovePeople(self.agency)
