"""The form of a split: the document, who takes the whole, and one small form a part."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.changes.forms.base import (
    DOCUMENT,
    NEW,
    PEOPLE,
    BasisForm,
    NewAgencyFields,
    faults_of,
    new_agency,
    people_field,
)
from agencies.changes.forms.choices import AgencyChoice, candidates
from agencies.changes.shapes import Change, Split, Successor
from agencies.models import Agency
from core.findings import Finding

FEWEST, MOST = 2, 12


class PartForm(NewAgencyFields):
    """One part: an agency of the list, or a new one."""

    existing = AgencyChoice(
        label=gettext_lazy("An agency of the list"), empty_label=gettext_lazy("a new agency")
    )
    field_order = ["existing", *NEW]

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        self.fields["existing"].queryset = candidates(agency).exclude(pk=agency.pk)  # type: ignore[attr-defined]
        self.initial = {"kind": agency.kind, "region": agency.region, **self.initial}

    def leave_unchecked(self) -> None:
        self._errors = ErrorDict()

    @property
    def is_blank(self) -> bool:
        """Nothing is entered: the part is left out."""
        said = self.cleaned_data
        typed = ("existing", "name", "short_name", "province_code", "place")
        return not any(said.get(name) for name in typed)

    def part(self) -> Successor:
        return self.cleaned_data.get("existing") or new_agency(self.cleaned_data, self.agency.parent)


class SplitForm(BasisForm):
    """One agency becomes several; `parts` are forms of their own, as many as the page asked for."""

    principal = forms.ChoiceField(
        label=gettext_lazy("Who takes over its plans, reports and what it owed"),
        required=False,
        widget=forms.RadioSelect,
    )
    count = forms.IntegerField(
        widget=forms.HiddenInput, min_value=FEWEST, max_value=MOST, initial=FEWEST, required=False
    )
    with_people = people_field(initial=False)
    layout = ((gettext_lazy("Who takes over"), ("principal",)), DOCUMENT, PEOPLE)

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, agency=agency, **kwargs)
        number = self._count()
        self.initial = {**self.initial, "count": number}
        if self.is_bound:  # the form shows as many as there are now, not as many as were posted
            posted: Any = self.data
            self.data = posted.copy()
            self.data["count"] = str(number)  # type: ignore[index]
        data = self.data if self.is_bound else None
        self.parts = [PartForm(data, agency=agency, prefix=f"parts-{index}") for index in range(number)]
        choices = [(str(index), _("Part %(n)d") % {"n": index + 1}) for index in range(number)]
        goes_on = _("%(agency)s itself: it goes on") % {"agency": agency.name}
        self.fields["principal"].choices = [*choices, ("self", goes_on)]  # type: ignore[attr-defined]

    def _count(self) -> int:
        """How many parts are shown: as posted, and one more when that was asked for."""
        asked = str(self.data.get("count", "")) if self.is_bound else ""
        more = self.is_bound and "more" in self.data
        number = int(asked) if asked.isdecimal() and len(asked) < 3 else FEWEST
        return max(FEWEST, min(MOST, number + more))

    @property
    def may_add(self) -> bool:
        return len(self.parts) < MOST

    @property
    def faults(self) -> list[tuple[Finding, str]]:
        return [*faults_of(self), *(fault for part in self.parts for fault in faults_of(part))]

    def leave_unchecked(self) -> None:
        super().leave_unchecked()
        for part in self.parts:
            part.leave_unchecked()

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(part.is_valid() for part in self.parts)])

    def change(self) -> Change:
        assert self.agency is not None
        self.stated = [part for part in self.parts if not part.is_blank]
        chosen = self.cleaned_data.get("principal", "")
        prefixes = [part.prefix for part in self.stated]
        wanted = f"parts-{chosen}"
        principal = prefixes.index(wanted) if wanted in prefixes else None
        parts = [part.part() for part in self.stated]
        return Split(self.agency, parts, principal, self.basis(), continues=chosen == "self")

    def form_of(self, path: str) -> tuple[forms.Form, str]:
        """The part and its field that a finding's path names: "parts-1-name" counts the parts stated."""
        head, _dash, rest = path.partition("-")
        index, _dash, field = rest.partition("-")
        if head != "parts" or not index.isdecimal():
            return self, path
        return self.stated[int(index)], field
