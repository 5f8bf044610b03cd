"""The choice of the agencies under which figures of the past are shown: those of then, or those of a day."""

from django import forms
from django.utils.translation import gettext_lazy

from agencies.lineage import Attribution
from core import clock
from core.forms import DayField

THEN, DAY = "then", "day"


class AttributionForm(forms.Form):
    """To whom the money of the past belongs; without a choice to the agencies of its time."""

    agencies = forms.ChoiceField(
        label=gettext_lazy("Agencies"),
        choices=((THEN, gettext_lazy("as they were then")), (DAY, gettext_lazy("as of a day"))),
        required=False,
    )
    on = DayField(label=gettext_lazy("As of"), required=False)

    def attribution(self) -> Attribution:
        if not self.is_valid() or self.cleaned_data.get("agencies") != DAY:
            return Attribution.then()
        return Attribution.as_of(self.cleaned_data.get("on") or clock.today())
