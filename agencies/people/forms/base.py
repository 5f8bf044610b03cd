"""What the forms have in common: findings at their fields, a reason, the choice of agency and role."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy

from agencies.changes.forms.base import faults_of
from agencies.changes.forms.choices import AgencyChoice, candidates
from agencies.models import Membership, User
from agencies.people.rules import NAME_LENGTH, REASON_LENGTH, ROLE_CHOICES, Stated
from agencies.people.scope import within
from core.findings import Finding
from core.forms import DayField

NOBODY = "nobody"
"""The choice of nobody, which is not to choose nothing."""


class PersonForm(forms.Form):
    """A form of an act on a person; the usual one asks nothing."""

    parts: Sequence["PersonForm"] = ()

    def __init__(
        self, *args: Any, person: User | None = None, actor: Membership | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.actor = person, actor

    @property
    def faults(self) -> list[tuple[Finding, str]]:
        """Everything that is wrong, each with the place on the page where it is mended."""
        return [*faults_of(self), *(fault for part in self.parts for fault in faults_of(part))]

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(part.is_valid() for part in self.parts)])

    def leave_unchecked(self) -> None:
        """Show what was typed without judging it: it was not sent off yet."""
        self._errors = ErrorDict()
        for part in self.parts:
            part.leave_unchecked()

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


class ReasonForm(PersonForm):
    """Why: it stands in the record of acts."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It is recorded with your name."),
    )


class MembershipFields(PersonForm):
    """For which agency, in which role, from when to when."""

    agency = AgencyChoice(label=gettext_lazy("Agency"), empty_label=gettext_lazy("choose an agency"))
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        required=False,
        choices=[("", gettext_lazy("choose a role")), *ROLE_CHOICES],
    )
    first = DayField(
        label=gettext_lazy("First day"), required=False, help_text=gettext_lazy("Blank: from now on.")
    )
    last = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Blank: without an end.")
    )

    def __init__(self, *args: Any, actor: Membership, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        self.fields["agency"].queryset = within(candidates(), "pk", actor)  # type: ignore[attr-defined]

    @property
    def is_blank(self) -> bool:
        return not any(self.cleaned_data.get(name) for name in self.fields) and not self.errors

    def stated(self) -> Stated:
        said = self.cleaned_data
        agency = said["agency"].key if said.get("agency") else ""
        return Stated(agency, said.get("role", ""), said.get("first"), said.get("last"))


def name_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Full name"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=gettext_lazy("As it stands on documents, without titles."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def post_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Post"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=gettext_lazy("For example Chuyên viên, Thứ trưởng; may stay blank."),
    )


def email_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("E-mail address"),
        required=False,
        help_text=gettext_lazy("With it the person signs in; capital letters make no difference."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
