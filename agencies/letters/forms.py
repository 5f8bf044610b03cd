"""The form of a letter's text."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from agencies.keeping.forms import KeptForm
from agencies.models.letters import SUBJECT_LENGTH


class SearchForm(forms.Form):
    """What the list of letters is narrowed to."""

    q = forms.CharField(label=gettext_lazy("Letter or its words"), required=False)


class LetterForm(KeptForm):
    """Subject and text; what stands in braces is judged by the act."""

    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        required=False,
        widget=forms.TextInput(attrs={"maxlength": SUBJECT_LENGTH, "class": "whole"}),
    )
    body = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=gettext_lazy("Plain text. What stands in braces is put in when the letter is sent."),
    )
    layout = (("", ("subject", "body")),)
    needed = frozenset({"subject", "body"})

    def stated(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name, "") for name in ("subject", "body")}
