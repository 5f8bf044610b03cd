"""The form of a programme's facts, and of another lead."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.changes.forms.choices import AgencyChoice
from agencies.keeping.forms import KeptForm, document_field, reason_field
from agencies.models import Agency, Membership
from agencies.models.agency import CLASS_CHOICES
from core import clock
from core.findings import Finding, Place
from core.forms import DayField
from core.notation import format_date
from plans.models import CoReviewer, DecidedBy, LegalDocument, Programme
from plans.programmes.checks import MOST_CO_REVIEWERS
from plans.programmes.shapes import ProgrammeData, ReviewScope

SPARE_SCOPES = 1
NEEDED = {"required": gettext_lazy("This is needed.")}


class DocumentChoice(forms.ModelChoiceField):
    """A registered document, by its code."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Document"))
        kwargs.setdefault("required", False)
        kwargs.setdefault("empty_label", gettext_lazy("none"))
        super().__init__(queryset=registered(), to_field_name="slug", **kwargs)

    def label_from_instance(self, obj: LegalDocument) -> str:
        return document_label(obj)


def registered() -> Any:
    return LegalDocument.objects.defer("text", "corrections").order_by("-issued_on", "id")


def document_label(document: LegalDocument) -> str:
    """ "43/2008/QĐ-TTg, 24/03/2008"; where no number is printed, its title."""
    called = document.number or f"{document.title[:90]}…"
    return f"{called}, {format_date(document.issued_on)}" if document.issued_on else called


def classes_field(label: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        required=False,
        choices=CLASS_CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )


class ProgrammeForm(KeptForm):
    """The facts of a programme. The lead is chosen once, when it is made."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        error_messages=NEEDED,
        help_text=gettext_lazy(
            "For addresses and files, such as 2011-2015: letters without marks, digits, hyphens."
        ),
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=500,
        error_messages=NEEDED,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    short_name = forms.CharField(label=gettext_lazy("Short name"), max_length=100, error_messages=NEEDED)
    document = DocumentChoice(help_text=gettext_lazy("The document that it rests on."))
    year_from = forms.IntegerField(
        label=gettext_lazy("First year"),
        error_messages=NEEDED,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    year_to = forms.IntegerField(
        label=gettext_lazy("Last year"),
        error_messages=NEEDED,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    parent = forms.ModelChoiceField(
        label=gettext_lazy("Part of"),
        queryset=Programme.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("no other programme"),
    )
    lead = AgencyChoice(
        label=gettext_lazy("Lead agency"), required=True, error_messages=NEEDED, empty_label=None
    )
    planning_classes = classes_field(
        gettext_lazy("Who plans"), gettext_lazy("None: nobody is asked for a plan of its own.")
    )
    plan_deadline = DayField(
        label=gettext_lazy("Plans are due"),
        required=False,
        help_text=gettext_lazy("The last timely day; “before 30/6/2008” is 29/06/2008."),
    )
    asks_route = forms.BooleanField(
        label=gettext_lazy("Asks how a plan came about: carved out of an approved one, or written"),
        required=False,
    )
    decided_by = forms.ChoiceField(
        label=gettext_lazy("Who decides"),
        choices=DecidedBy.choices,
        widget=forms.RadioSelect,
        error_messages=NEEDED,
    )
    deciding_body = forms.CharField(
        label=gettext_lazy("Deciding body"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("As it signs its decisions, for example Thủ tướng Chính phủ."),
    )
    reports_with = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Reports with"),
        queryset=Programme.objects.none(),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Plans of these programmes are reported on in its periods, each by itself."),
    )
    position = forms.IntegerField(
        label=gettext_lazy("Place in lists"),
        required=False,
        widget=forms.TextInput(attrs={"class": "short"}),
        help_text=gettext_lazy("Blank: after all others."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self, data: Any = None, *, programme: Programme | None, membership: Membership, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        others = Programme.objects.exclude(pk=programme.pk) if programme else Programme.objects.all()
        self.fields["parent"].queryset = self.fields["reports_with"].queryset = others  # type: ignore[attr-defined]
        for name in ("parent", "reports_with"):
            self.fields[name].label_from_instance = lambda one: one.short_name  # type: ignore[attr-defined]
        today = clock.today()
        if programme is None:
            own = Agency.objects.in_force(today).filter(pk__in=membership.agency_ids)
            self.fields["lead"].queryset = own.in_order()  # type: ignore[attr-defined]
        else:
            del self.fields["lead"]
        level = (programme.lead if programme else membership.agency).parent_id
        beside = Agency.objects.in_force(today).filter(parent=level).in_order()
        self._beside = {one.key: one for one in beside}
        self._make_scopes()

    def _make_scopes(self) -> None:
        """One pair of fields for each co-reviewer, and some more."""
        given = self.data if self.is_bound else self.initial
        there = sum(f"co_reviewers-{n}-agency" in given for n in range(MOST_CO_REVIEWERS))
        self.scopes = min(there if self.is_bound else there + SPARE_SCOPES, MOST_CO_REVIEWERS)
        known = self.initial.get("co_reviewer_agencies", ())
        self._beside |= {one.key: one for one in known}
        choices = [("", "–"), *((key, one.name) for key, one in self._beside.items())]
        for n in range(self.scopes):
            self.fields[f"co_reviewers-{n}-agency"] = forms.ChoiceField(
                label=_("Co-reviewer %(n)d") % {"n": n + 1}, required=False, choices=choices
            )
            self.fields[f"co_reviewers-{n}-scope"] = forms.ChoiceField(
                label=_("Its scope"), required=False, choices=[("", "–"), *CoReviewer.Scope.choices]
            )

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        scopes = [f"co_reviewers-{n}-{name}" for n in range(self.scopes) for name in ("agency", "scope")]
        layout = (
            (_("What it is"), ["code", "name", "short_name", "document", "year_from", "year_to", "parent"]),
            (_("Who leads and decides"), ["lead", "decided_by", "deciding_body"]),
            (_("Who co-reviews"), scopes),
            (_("Who plans, until when"), ["planning_classes", "plan_deadline", "asks_route"]),
            (_("Reports and lists"), ["reports_with", "position", "note"]),
        )
        return [(heading, [self[name] for name in names if name in self.fields]) for heading, names in layout]

    def stated(self, programme: Programme | None = None) -> ProgrammeData:
        """What the form says, as far as it could be read."""
        said = self.cleaned_data
        return ProgrammeData(
            code=said.get("code", ""),
            name=said.get("name", ""),
            short_name=said.get("short_name", ""),
            document=said.get("document"),
            year_from=said.get("year_from"),
            year_to=said.get("year_to"),
            parent=said.get("parent"),
            lead=programme.lead if programme else said.get("lead"),
            co_reviewers=tuple(self._stated_scopes()),
            decided_by=said.get("decided_by", ""),
            deciding_body=said.get("deciding_body", ""),
            plan_deadline=said.get("plan_deadline"),
            reports_with=tuple(said.get("reports_with") or ()),
            planning_classes=tuple(said.get("planning_classes") or ()),
            asks_route=bool(said.get("asks_route")),
            note=said.get("note", ""),
            position=said.get("position"),
        )

    def blame(self, findings: Iterable[Finding]) -> None:
        """Each finding on a co-reviewer at the pair of fields that names it."""
        super().blame(self._placed(one) for one in findings)

    def _placed(self, finding: Finding) -> Finding:
        head, _dash, rest = finding.place.path.partition("-")
        number, _dash, name = rest.partition("-")
        if head != "co_reviewers" or not number.isdecimal():
            return finding
        place = Place(path=f"{head}-{self.scope_places[int(number)]}-{name}")
        return replace(finding, place=place)

    def _stated_scopes(self) -> Iterable[ReviewScope]:
        """The pairs of which anything is filled in; `scope_places` says where each stands on the page."""
        self.scope_places: list[int] = []
        for n in range(self.scopes):
            agency = self._beside.get(self.cleaned_data.get(f"co_reviewers-{n}-agency", ""))
            scope = self.cleaned_data.get(f"co_reviewers-{n}-scope", "")
            if agency is not None or scope:
                self.scope_places.append(n)
                yield ReviewScope(agency, scope)


def initial_of(data: ProgrammeData) -> dict[str, Any]:
    """The stored facts as the form shows them."""
    initial: dict[str, Any] = {
        "code": data.code,
        "name": data.name,
        "short_name": data.short_name,
        "document": data.document.slug if data.document else "",
        "year_from": data.year_from,
        "year_to": data.year_to,
        "parent": data.parent.code if data.parent else "",
        "decided_by": data.decided_by,
        "deciding_body": data.deciding_body,
        "plan_deadline": data.plan_deadline,
        "planning_classes": list(data.planning_classes),
        "reports_with": [one.code for one in data.reports_with],
        "asks_route": data.asks_route,
        "note": data.note,
        "position": data.position,
        "co_reviewer_agencies": [one.agency for one in data.co_reviewers],
    }
    for n, one in enumerate(data.co_reviewers):
        initial[f"co_reviewers-{n}-agency"] = one.agency.key if one.agency else ""
        initial[f"co_reviewers-{n}-scope"] = one.scope
    return initial


class LeadForm(KeptForm):
    """Another agency that leads, by which document, and why."""

    lead = AgencyChoice(
        label=gettext_lazy("New lead agency"),
        required=True,
        error_messages={"required": gettext_lazy("Choose the agency that leads from now on.")},
    )
    document = document_field()
    reason = reason_field()
    layout = (("", ("lead", "document", "reason")),)

    def __init__(self, data: Any = None, *, programme: Programme, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        others = Agency.objects.in_force(clock.today()).exclude(pk=programme.lead_id)
        others = others.filter(parent=programme.lead.parent_id).in_order()
        self.fields["lead"].queryset = others  # type: ignore[attr-defined]
