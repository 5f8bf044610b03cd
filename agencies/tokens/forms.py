"""What is stated of a new token."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import ApiToken
from agencies.tokens.actions import NAME_LENGTH
from core.findings import Refused

USUAL_DAYS = 90


class TokenForm(forms.Form):
    """Name, scope and how long it lasts; the rest is the action's to judge."""

    name = forms.CharField(
        label=gettext_lazy("What will use it"),
        max_length=NAME_LENGTH,
        help_text=gettext_lazy(
            "For example “nightly export”; you will know it by this name when you revoke it."
        ),
        error_messages={"required": gettext_lazy("Name what will use the token, such as “nightly export”.")},
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("What it may do"),
        choices=ApiToken.Scope.choices,
        initial=ApiToken.Scope.READ,
        widget=forms.RadioSelect,
    )
    days = forms.IntegerField(label=gettext_lazy("For how many days"), min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = settings.API_TOKEN_DAYS
        self.fields["days"].help_text = _("At most %(most)d.") % {"most": most}
        self.fields["days"].initial = min(USUAL_DAYS, most)
        self.fields["days"].widget.attrs.update({"max": most, "class": "short"})

    def blame(self, refusal: Refused) -> None:
        """Put each finding at its field."""
        for finding in refusal.findings:
            field = finding.place.path if finding.place.path in self.fields else None
            self.add_error(field, str(finding.text))
