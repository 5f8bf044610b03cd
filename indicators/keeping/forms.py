"""The forms of an indicator."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.keeping.forms import KeptForm, RetireForm, basis_field
from core.fields import NAME_LENGTH
from indicators.keeping.checks import CODE_LENGTH, LOCKED, MOST_POSITION
from indicators.keeping.shapes import FAST, IndicatorStated
from indicators.models import Indicator


class IndicatorForm(KeptForm):
    """What is measured. Where targets or figures are stated for it, kind, direction and unit stand fast."""

    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=CODE_LENGTH,
        help_text=_("Small letters, digits and hyphens. Blank: made of the name. It stays for good."),
    )
    name = forms.CharField(label=_("Name"), required=False, max_length=NAME_LENGTH)
    definition = forms.CharField(
        label=_("Definition"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    unit = forms.CharField(label=_("Unit"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=Indicator.Kind.choices)
    direction = forms.ChoiceField(label=_("Better"), required=False, choices=Indicator.Direction.choices)
    numerator = forms.CharField(
        label=_("Numerator"), required=False, max_length=300, help_text=_("Of ratios and shares, in words.")
    )
    denominator = forms.CharField(label=_("Denominator"), required=False, max_length=300)
    may_exceed_whole = forms.BooleanField(
        label=_("May exceed 100 %"),
        required=False,
        help_text=_("The numerator is no part of the denominator, such as computers per official."),
    )
    position = forms.IntegerField(
        label=_("Position"),
        required=False,
        min_value=0,
        max_value=MOST_POSITION,
        help_text=_("Small numbers stand first."),
    )
    basis = basis_field()
    layout = (
        ("", ("code", "name", "definition", "unit", "kind", "direction")),
        (_("What is divided by what"), ("numerator", "denominator", "may_exceed_whole")),
        ("", ("position", "basis")),
    )
    needed = frozenset({"name", "kind", "direction", "basis"})

    def __init__(self, *args: Any, is_new: bool = False, is_used: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["code"]
        if is_used:
            self.lock(dict.fromkeys(FAST, LOCKED))
        else:
            del self.fields["basis"]

    def stated(self) -> IndicatorStated:
        said = self.cleaned_data
        return IndicatorStated(
            name=said.get("name", ""),
            kind=said.get("kind", ""),
            unit=said.get("unit", ""),
            direction=said.get("direction", ""),
            numerator=said.get("numerator", ""),
            denominator=said.get("denominator", ""),
            may_exceed_whole=bool(said.get("may_exceed_whole")),
            definition=said.get("definition", ""),
            position=said.get("position") or 0,
        ).cleaned()


class RetireIndicatorForm(RetireForm):
    """The last day of an indicator."""

    stays = _("Nothing new is stated for later years; targets and figures stay.")
