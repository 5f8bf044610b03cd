"""The data sets of plans: plans, their texts, tasks and projects, programmes, documents, clauses."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from plans.models import Clause, LegalDocument, Plan, Programme
from plans.open_data.datasets import Selection, TableData
from plans.open_data.fields import Field, Type, fields_of_model
from plans.open_data.parts import OF_PLANS, PLAN, PartData, decided, in_force


class Plans(TableData):
    key = "plans"
    title = _("Plans")
    text = _(
        "Plans that are approved or were, with decision, document and the days between which each version is "
        "in force. With a day: the versions in force on it."
    )
    legal = "QĐ 43/2008/QĐ-TTg; QĐ 605/QĐ-UBND; QĐ 1605/QĐ-TTg; CV 1594/BTTTT-UDCNTT"
    model = Plan
    filters = OF_PLANS
    changed_by = (Plan,)
    ordering = ("agency__sort_key", "programme__year_from", "sort_key", "version", "id")
    fields = PLAN

    def queryset(self, selection: Selection) -> QuerySet[Any]:
        if selection.on is None:
            return Plan.objects.filter(decided(selection))
        return in_force(selection)


class Sections(PartData):
    key = part = "sections"
    title = _("Texts of plans")
    text = _("The headings of the plans in force, each with its text.")
    legal = "CV 1594/BTTTT-UDCNTT, Phụ lục II"


class Tasks(PartData):
    key = part = "tasks"
    title = _("Tasks")
    text = _(
        "Who leads what by when, in the plans and directives in force, each with the clause it stands in."
    )
    legal = "QĐ 43/2008/QĐ-TTg, mục II; Thông báo cuộc họp 28/12/2007; QĐ 1605/QĐ-TTg"


class Projects(PartData):
    key = part = "projects"
    title = _("Projects")
    text = _("The projects of the plans in force. Their money by year and source is a data set of its own.")
    legal = "QĐ 43/2008/QĐ-TTg, Phụ lục I-III; QĐ 605/QĐ-UBND, phụ lục; CV 1594/BTTTT-UDCNTT, Phụ lục II, III"


class Programmes(TableData):
    key = "programmes"
    title = _("Programmes")
    text = _("For which years who plans, who leads, who decides, by which document.")
    legal = "QĐ 43/2008/QĐ-TTg; QĐ 48/2009/QĐ-TTg; QĐ 1605/QĐ-TTg; QĐ 605/QĐ-UBND"
    model = Programme
    group = "lists"
    changed_by = (Programme,)
    ordering = ("position", "id")
    fields = fields_of_model(
        Programme,
        {
            "code": "code",
            "name": "name",
            "short_name": "short_name",
            "year_from": "year_from",
            "year_to": "year_to",
            "parent": ("parent__code", _("Part of")),
            "lead": ("lead__key", _("Lead agency")),
            "lead_name": ("lead__name", _("Lead agency: name")),
            "decided_by": "decided_by",
            "deciding_body": "deciding_body",
            "document": ("document__slug", _("Document")),
            "plan_deadline": "plan_deadline",
        },
    )


class Documents(TableData):
    key = "documents"
    title = _("Documents")
    text = _("The legal documents that programmes, plans and targets rest on.")
    legal = "Luật Sở hữu trí tuệ 50/2005/QH11, Điều 15"
    model = LegalDocument
    group = "lists"
    changed_by = (LegalDocument,)
    ordering = (F("issued_on").asc(nulls_last=True), "id")
    fields = fields_of_model(
        LegalDocument,
        {
            "slug": "slug",
            "number": "number",
            "title": "title",
            "kind": "kind",
            "issuer": "issuer",
            "issued_on": "issued_on",
            "signer": "signer",
            "signer_title": "signer_title",
            "effective_on": "effective_on",
            "effective_note": "effective_note",
            "note": "note",
        },
    )


class Clauses(TableData):
    key = "clauses"
    title = _("Clauses of the documents")
    text = _(
        "Every place of a document that people cite, with its own words, "
        "without those of the clauses below it."
    )
    legal = "Luật Sở hữu trí tuệ 50/2005/QH11, Điều 15"
    model = Clause
    group = "lists"
    changed_by = (LegalDocument,)
    ordering = ("document_id", "position", "id")
    chunk = 200  # the texts of all their documents are in memory with them
    _read = fields_of_model(
        Clause,
        {
            "document": ("document__slug", _("Document")),
            "number": "number",
            "heading": "heading",
            "missing": "missing",
            "note": "note",
            "position": ("position", _("Position")),
        },
    )
    _where = ("document_id", "start", "end")

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        return (*self._read, Field("text", _("Text"), Type.TEXT))

    def made(self, ids: Sequence[Any], rows: Sequence[Sequence[Any]]) -> Mapping[str, Sequence[Any]]:
        read = Clause.objects.filter(pk__in=ids).values_list("pk", *self._where)
        places = {pk: where for pk, *where in read}
        documents = {document for document, _start, _end in places.values()}
        texts = dict(LegalDocument.objects.filter(pk__in=documents).values_list("pk", "text"))
        return {"text": [texts[document][start:end] for document, start, end in (places[pk] for pk in ids)]}


def data_sets() -> Iterable[TableData]:
    return Plans(), Sections(), Tasks(), Projects(), Programmes(), Documents(), Clauses()
