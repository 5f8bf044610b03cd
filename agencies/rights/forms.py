"""The question of the checker."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.permissions import PERMISSIONS, Relation
from agencies.rights.tables import RELATIONS, right_groups


class RightForm(forms.Form):
    """Who, what, and to which object: by its address, or by how it stands to the agency."""

    person = forms.CharField(
        label=_("Person or agency"),
        max_length=200,
        help_text=_("Part of a name or of an e-mail address, or the whole name of an agency."),
    )
    permission = forms.ChoiceField(label=_("What"))
    relation = forms.ChoiceField(
        label=_("Object"),
        required=False,
        choices=[("", _("any at all")), *((one.value, RELATIONS[one]) for one in Relation)],
    )
    address = forms.CharField(
        label=_("Or the address of its page"),
        required=False,
        max_length=500,
        help_text=_("Of an agency, a plan, a period, a report or a compilation, as the browser shows it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["permission"].choices = [  # type: ignore[attr-defined]
            (group.label, [(row.permission, row.label) for row in group.rows]) for group in right_groups()
        ]

    def clean_permission(self) -> str:
        permission: str = self.cleaned_data["permission"]
        assert permission in PERMISSIONS
        return permission
