"""The forms of a list of agencies and of who is on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from agencies.groups.shapes import GroupStated
from agencies.keeping.forms import BASIS_LENGTH, KeptForm, basis_field
from core.fields import NAME_LENGTH
from core.forms import DayField

ADD, REPLACE = "add", "replace"
LONGEST_PASTE = 100_000


class GroupForm(KeptForm):
    """Name, day and document of a list; where anything `rests` on it, the basis of the change."""

    key = forms.CharField(
        label=gettext_lazy("Code"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Small letters, digits and hyphens, for addresses. Blank: made of the name."),
    )
    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=NAME_LENGTH)
    valid_on = DayField(
        label=gettext_lazy("As of"),
        required=False,
        help_text=gettext_lazy("The day of the document; who is on the list exists on it."),
    )
    document_number = forms.CharField(
        label=gettext_lazy("Document"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("As printed, with the annex: 43/2008/QĐ-TTg, Phụ lục III."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Where no document prints the list, say so here and where it comes from."),
    )
    derived = forms.BooleanField(
        label=gettext_lazy("Derived: no document prints this very list"), required=False
    )
    basis = basis_field()
    layout = (("", ("key", "name", "valid_on", "document_number", "note", "derived", "basis")),)
    needed = frozenset({"name", "valid_on", "basis"})

    def __init__(self, *args: Any, is_new: bool = False, rests: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["key"]
        if not rests:
            del self.fields["basis"]

    def stated(self) -> GroupStated:
        said = self.cleaned_data
        return GroupStated(
            said.get("name", ""),
            said.get("valid_on"),
            said.get("document_number", ""),
            said.get("note", ""),
            bool(said.get("derived")),
        ).cleaned()


class MembersForm(KeptForm):
    """Who is on the list: ticks against those on it, ticks on what was found, and pasted lines."""

    remove = forms.MultipleChoiceField(label=gettext_lazy("Take off"), required=False)
    add = forms.MultipleChoiceField(label=gettext_lazy("Put on"), required=False)
    q = forms.CharField(
        label=gettext_lazy("Look for an agency"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    pasted = forms.CharField(
        label=gettext_lazy("Paste names or codes"),
        required=False,
        max_length=LONGEST_PASTE,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "One agency a line, as copied out of Excel: name, short name, code or province code."
        ),
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("What was pasted"),
        required=False,
        choices=[
            (ADD, gettext_lazy("is put on, behind those who are there")),
            (REPLACE, gettext_lazy("is the whole list, in this order")),
        ],
        initial=ADD,
        widget=forms.RadioSelect,
    )
    basis = forms.CharField(
        label=gettext_lazy("Basis of the change"),
        required=False,
        max_length=BASIS_LENGTH,
        help_text=gettext_lazy(
            "Plans or reports rest on this list: the document, or the reason in a sentence."
        ),
    )

    def __init__(
        self,
        *args: Any,
        members: list[tuple[str, str]],
        offered: list[tuple[str, str]],
        rests: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remove"].choices = members  # type: ignore[attr-defined]
        self.fields["add"].choices = offered  # type: ignore[attr-defined]
        if not rests:
            del self.fields["basis"]
