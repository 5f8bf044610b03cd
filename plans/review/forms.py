"""The forms of the steps that end a review: with each of them stands what was checked."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.forms import ActForm, DecisionForm, ReasonForm
from plans.models import Plan
from plans.review.checklist import Check, checks_of


def label_of(check: Check) -> str:
    """What is checked, on what it rests, and whether an approval needs it."""
    notes = [check.basis, _("required for approval") if check.item.required else ""]
    said = ", ".join(filter(None, notes))
    return f"{check.item.text} ({said})" if said else check.item.text


class ReviewForm(ActForm):
    """Shows the programme's checklist, where it has one, with the ticks of the review."""

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        checks = checks_of(plan)
        if checks:
            self.fields["checked"] = forms.TypedMultipleChoiceField(
                label=gettext_lazy("What was checked"),
                help_text=gettext_lazy("What is ticked is kept with this step."),
                coerce=int,
                required=False,
                choices=[(check.item.pk, label_of(check)) for check in checks],
                initial=[check.item.pk for check in checks if check.ticked],
                widget=forms.CheckboxSelectMultiple,
            )

    def arguments(self) -> dict[str, Any]:
        said = super().arguments()
        return said | {"checked": self.cleaned_data["checked"]} if "checked" in self.fields else said


class ReviewReasonForm(ReviewForm, ReasonForm):
    """Why a plan is returned or rejected."""


class ReviewDecisionForm(ReviewForm, DecisionForm):
    """The decision that approves a plan."""
