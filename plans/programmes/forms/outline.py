"""The forms of what is typed as rows: the outline, the checklist, and where headings go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from agencies.keeping.forms import KeptForm
from core.fields import NAME_LENGTH
from core.findings import Finding, Place
from plans.models import LegalDocument, Programme
from plans.programmes.checklists import CheckRow
from plans.programmes.forms.programme import document_label, registered
from plans.programmes.forms.rows import RowsForm, text
from plans.programmes.mappings import SourceHeading
from plans.programmes.outline import GUIDANCE_LENGTH, NUMBER_LENGTH, OutlineRow

ADD, REPLACE = "add", "replace"
LONGEST_PASTE = 200_000


class OutlineForm(RowsForm):
    """The headings of an outline as rows, and a place to paste some from Excel or Word."""

    telling: ClassVar[tuple[str, ...]] = ("number", "heading", "guidance")
    pasted = forms.CharField(
        label=gettext_lazy("Paste headings"),
        required=False,
        max_length=LONGEST_PASTE,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "From Excel: number, heading, guidance in columns. From Word: a line for each heading, with its "
            "number; what stands below it is its guidance."
        ),
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("What was pasted"),
        required=False,
        choices=[
            (ADD, gettext_lazy("is added; a number that is there already takes the pasted words")),
            (REPLACE, gettext_lazy("is the whole outline, in this order; other headings are marked to go")),
        ],
        initial=ADD,
        widget=forms.RadioSelect,
    )

    def columns(self) -> Mapping[str, forms.Field]:
        return {
            "was": forms.CharField(required=False, widget=forms.HiddenInput),
            "number": text(gettext_lazy("Number"), most=NUMBER_LENGTH),
            "heading": text(gettext_lazy("Heading"), rows=2, most=NAME_LENGTH),
            "guidance": text(gettext_lazy("Guidance"), rows=2, most=GUIDANCE_LENGTH),
        }

    def stated(self) -> list[OutlineRow]:
        return [
            OutlineRow(row["number"] or "", row["heading"] or "", row["guidance"] or "", row["was"] or "")
            for row in self.stated_rows()
        ]


def standing_rows(rows: Sequence[OutlineRow]) -> list[dict[str, Any]]:
    return [
        {"was": one.was, "number": one.number, "heading": one.heading, "guidance": one.guidance}
        for one in rows
    ]


def with_pasted(typed: Sequence[OutlineRow], pasted: Sequence[OutlineRow], mode: str) -> list[dict[str, Any]]:
    """The rows of the page with what was pasted; nothing that stands is lost, at most marked to go.

    A number that was pasted twice, or none, gives a row of its own, for the check to find.
    """
    there = {one.number: one for one in typed if one.number}
    new = {one.number: one for one in reversed(pasted) if one.number}
    if mode == REPLACE:
        kept = [there.get(one.number) if new.get(one.number) is one else None for one in pasted]
        rows = [
            {"was": standing.was if standing else "", **_words(one)}
            for one, standing in zip(pasted, kept, strict=True)
        ]
        left = [one for one in typed if one.number not in new]
        return rows + [{"was": one.was, **_words(one), "remove": True} for one in left]
    rows = [{"was": one.was, **_words(new.get(one.number, one))} for one in typed]
    further = [one for one in pasted if one.number not in there or new.get(one.number) is not one]
    return rows + [{"was": "", **_words(one)} for one in further]


def _words(row: OutlineRow) -> dict[str, Any]:
    return {"number": row.number, "heading": row.heading, "guidance": row.guidance}


class ChecklistForm(RowsForm):
    """What reviewers check, as rows."""

    telling: ClassVar[tuple[str, ...]] = ("text",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._documents: dict[str, LegalDocument] = {one.slug: one for one in registered()}
        super().__init__(*args, **kwargs)

    def columns(self) -> Mapping[str, forms.Field]:
        documents = [("", "–"), *((slug, document_label(one)) for slug, one in self._documents.items())]
        return {
            "pk": forms.IntegerField(required=False, widget=forms.HiddenInput),
            "text": text(gettext_lazy("What is checked"), rows=3, most=NAME_LENGTH),
            "document": forms.ChoiceField(label=gettext_lazy("Document"), required=False, choices=documents),
            "basis": text(gettext_lazy("Other document"), most=200),
            "clause": text(gettext_lazy("Clause"), most=120),
            "required": forms.BooleanField(label=gettext_lazy("Required"), required=False),
        }

    def stated(self) -> list[CheckRow]:
        return [
            CheckRow(
                row["text"] or "",
                self._documents.get(row["document"] or ""),
                row["basis"] or "",
                row["clause"] or "",
                bool(row["required"]),
                row["pk"],
            )
            for row in self.stated_rows()
        ]


def checklist_rows(rows: Sequence[CheckRow]) -> list[dict[str, Any]]:
    return [
        {
            "pk": one.pk,
            "text": one.text,
            "document": one.document.slug if one.document else "",
            "basis": one.basis,
            "clause": one.clause,
            "required": one.required,
        }
        for one in rows
    ]


class MappingForm(KeptForm):
    """For each heading of another programme the number here under which its text goes; blank: nowhere."""

    def __init__(
        self, data: Any = None, *, headings: Sequence[SourceHeading], programme: Programme, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.headings = headings
        self.goals = list(programme.outline.values_list("number", "heading"))
        for n, one in enumerate(headings):
            field = text(f"{one.number} {one.heading}", most=NUMBER_LENGTH, list="goals", autocomplete="off")
            field.initial = one.to
            self.fields[f"to-{n}"] = field

    @property
    def lines(self) -> list[tuple[SourceHeading, forms.BoundField]]:
        return [(one, self[f"to-{n}"]) for n, one in enumerate(self.headings)]

    def stated(self) -> dict[str, str]:
        """Number there -> number here, of the headings that go somewhere."""
        said = {one.number: self.cleaned_data.get(f"to-{n}", "") for n, one in enumerate(self.headings)}
        return {number: to for number, to in said.items() if to}

    def blame(self, findings: Iterable[Finding]) -> None:
        """Each finding at the field beside the number of which it speaks."""
        fields = {one.number: f"to-{n}" for n, one in enumerate(self.headings)}
        super().blame(
            replace(one, place=Place(path=fields[one.place.line])) if one.place.line in fields else one
            for one in findings
        )
