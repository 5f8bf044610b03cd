"""Forms of acts on an account."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Membership, User
from agencies.people.forms.base import (
    NOBODY,
    MembershipFields,
    PersonForm,
    ReasonForm,
    email_field,
    name_field,
    post_field,
)
from agencies.people.keeping import Handing, Work, by_membership, holders_for, in_hand_of, who_goes_on
from agencies.people.rules import Stated

__all__ = ["CorrectForm", "DeactivateForm", "HandOverForm", "InviteForm", "PersonForm", "ReasonForm"]

MOST_MEMBERSHIPS = 8


class CorrectForm(PersonForm):
    """Who the person is."""

    full_name = name_field()
    post = post_field()
    email = email_field()


class InviteForm(PersonForm):
    """A person and the memberships; `parts` are as many small forms as the page asked for."""

    email = email_field()
    full_name = name_field()
    post = post_field()
    count = forms.IntegerField(
        widget=forms.HiddenInput, min_value=1, max_value=MOST_MEMBERSHIPS, initial=1, required=False
    )

    def __init__(self, *args: Any, actor: Membership, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        number = self._count()
        self.initial = {"agency": "", "role": "", **self.initial, "count": number}
        if self.is_bound:
            posted: Any = self.data
            self.data = posted.copy()
            self.data["count"] = str(number)  # type: ignore[index]
        first = {name: self.initial[name] for name in ("agency", "role")}
        data = self.data if self.is_bound else None
        self.rows: list[MembershipFields] = [
            MembershipFields(
                data, prefix=f"memberships-{at}", initial=first if at == 0 else None, actor=actor
            )
            for at in range(number)
        ]
        self.parts = self.rows

    def _count(self) -> int:
        """How many are shown: as posted, and one more when that was asked for."""
        asked = str(self.data.get("count", "")) if self.is_bound else ""
        more = self.is_bound and "more" in self.data
        number = int(asked) if asked.isdecimal() and len(asked) < 3 else 1
        return max(1, min(MOST_MEMBERSHIPS, number + more))

    @property
    def may_add(self) -> bool:
        return len(self.parts) < MOST_MEMBERSHIPS

    def memberships(self) -> list[Stated]:
        """Those that were filled in; the first also when it is blank, so that it is asked for."""
        self.filled = [row for at, row in enumerate(self.rows) if at == 0 or not row.is_blank]
        return [row.stated() for row in self.filled]

    def form_of(self, path: str) -> tuple[forms.Form, str]:
        head, _dash, rest = path.partition("-")
        index, _dash, field = rest.partition("-")
        if head != "memberships" or not index.isdecimal():
            return self, path
        return self.filled[int(index)], field


class HandOverForm(PersonForm):
    """For each membership with drafts in hand, who takes them over."""

    def __init__(self, *args: Any, person: User, actor: Membership, **kwargs: Any) -> None:
        super().__init__(*args, person=person, actor=actor, **kwargs)
        works = by_membership(in_hand_of(person, actor))
        givers = Membership.objects.filter(pk__in=works).select_related("agency", "user").order_by("pk")
        self.givers = {f"to-{one.pk}": one for one in givers}
        self.takers: Mapping[str, dict[str, Membership]] = {
            name: _takers(works[giver.pk], person) for name, giver in self.givers.items()
        }
        for name, giver in self.givers.items():
            self.fields[name] = _choice(giver, works[giver.pk], self.takers[name])

    def handings(self) -> list[Handing]:
        """What was said; of a membership of which nothing was said there is none."""
        return [
            Handing(giver, None if said == NOBODY else self.takers[name][said])
            for name, giver in self.givers.items()
            if (said := self.cleaned_data.get(name))
        ]


def _takers(works: list[Work], person: User) -> dict[str, Membership]:
    found = holders_for(works[0].agency).exclude(user=person)
    return {str(one.pk): one for one in found}


def _choice(giver: Membership, works: list[Work], takers: Mapping[str, Membership]) -> forms.ChoiceField:
    count = ngettext("%(n)d draft at %(agency)s goes to", "%(n)d drafts at %(agency)s go to", len(works))
    return forms.ChoiceField(
        label=count % {"n": len(works), "agency": giver.agency.short_name},
        required=False,
        choices=[
            ("", _("choose somebody")),
            *((key, f"{one.user} ({one.get_role_display()})") for key, one in takers.items()),
            (NOBODY, _("nobody yet: the agency's editors see that nobody is in charge")),
        ],
        help_text=format_html(
            "{}. {}",
            format_html_join("; ", "{} ({})", ((one.title, one.word) for one in works)),
            who_goes_on(works[0].agency, takers.values()),
        ),
    )


class DeactivateForm(HandOverForm, ReasonForm):
    """Why, and who takes over what is in hand."""
