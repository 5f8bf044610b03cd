"""Forms of acts on memberships, delegated signatures and who is in charge."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import DelegationKind, Membership, User
from agencies.models.delegation import NUMBER_LENGTH, POST_LENGTH
from agencies.people.delegations import SCOPE_LENGTH, Signing, candidates_for
from agencies.people.forms.base import NOBODY, MembershipFields, PersonForm
from agencies.people.keeping import Keeper, holders_for, who_goes_on
from core.forms import DayField


class MembershipForm(MembershipFields):
    """One more membership of a person."""


class DaysForm(PersonForm):
    """Other days of a membership."""

    first = DayField(
        label=gettext_lazy("First day"), required=False, help_text=gettext_lazy("Blank: not known.")
    )
    last = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Blank: without an end.")
    )


class DelegateForm(PersonForm):
    """Who signs for the head, as what, by which document, from when to when."""

    to = forms.ChoiceField(label=gettext_lazy("Who signs"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("How"),
        required=False,
        choices=DelegationKind.choices,
        initial=DelegationKind.KT,
        widget=forms.RadioSelect,
    )
    giver_post = forms.CharField(
        label=gettext_lazy("Post of the head"),
        required=False,
        max_length=POST_LENGTH,
        help_text=gettext_lazy("As documents print it, for example Bộ trưởng, Chủ tịch, Giám đốc."),
    )
    signer_post = forms.CharField(
        label=gettext_lazy("Post of who signs"),
        required=False,
        max_length=POST_LENGTH,
        help_text=gettext_lazy("For example Thứ trưởng, Phó Chủ tịch, Chánh Văn phòng."),
    )
    document = forms.CharField(
        label=gettext_lazy("Number of the document"),
        required=False,
        max_length=NUMBER_LENGTH,
        help_text=gettext_lazy("By which the signature is delegated, as printed."),
    )
    first = DayField(label=gettext_lazy("First day"), required=False)
    last = DayField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("TUQ. always has one; blank with the others: until it is withdrawn."),
    )
    scope = forms.CharField(
        label=gettext_lazy("What may be signed"),
        help_text=gettext_lazy("As the document limits it; blank: everything that the approver signs."),
        required=False,
        max_length=SCOPE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, giver: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(one.email, _name(one)) for one in candidates_for(giver)]
        self.fields["to"].choices = [("", _("choose a person")), *people]  # type: ignore[attr-defined]

    def signing(self) -> Signing:
        said = self.cleaned_data
        return Signing(
            to=said.get("to", ""),
            kind=said.get("kind", ""),
            giver_post=said.get("giver_post", ""),
            signer_post=said.get("signer_post", ""),
            document=said.get("document", ""),
            first=said.get("first"),
            last=said.get("last"),
            scope=said.get("scope", ""),
        )


def _name(person: User) -> str:
    return f"{person}, {person.post}" if person.post else str(person)


class ChargeForm(PersonForm):
    """Who is in charge of a draft."""

    to = forms.ChoiceField(
        label=gettext_lazy("In charge"),
        error_messages={"required": gettext_lazy("Choose who is in charge, or that nobody is.")},
    )

    def __init__(self, *args: Any, keeper: Keeper, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holders = {str(one.pk): one for one in holders_for(keeper.agency_of(row))}
        people = [(key, f"{one.user} ({one.get_role_display()})") for key, one in self.holders.items()]
        self.fields["to"].choices = [*people, (NOBODY, _("nobody"))]  # type: ignore[attr-defined]
        self.fields["to"].help_text = who_goes_on(keeper.agency_of(row), self.holders.values())
        self.initial.setdefault("to", str(row.in_charge_id) if row.in_charge_id else NOBODY)

    def holder(self) -> Membership | None:
        return self.holders.get(self.cleaned_data["to"])
