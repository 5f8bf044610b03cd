"""What hangs on a programme, each replaced as a whole: outline, checklist, mapping; and another lead."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies import audit
from agencies.api.base import Portal
from agencies.api.idempotency import idempotent
from agencies.keeping.findings import at, refuse
from agencies.permissions import require
from agencies.workflow import lock
from core.api.etags import etag_of_content, require_match, tagged
from core.api.schema import describes
from core.findings import Finding, Place
from core.vietnamese import clean
from plans.api.programme_inputs import ChecklistInput, LeadInput, MappingInput, OutlineInput
from plans.api.programme_reading import Keys
from plans.api.programmes import OutlineData, ProgrammeDetail
from plans.models import Programme
from plans.programmes import checklists, mappings, outline
from plans.programmes.actions import change_lead
from plans.programmes.filters import all_programmes


class OfProgramme(Portal):
    """Base of the endpoints below `programmes/<code>/`.

    What changes it does so inside `with self.matched(read) as programme:`, where `read` gives the answer that
    the caller has read.
    """

    @cached_property
    def programme(self) -> Programme:
        return get_object_or_404(Programme.objects.select_related("lead"), code=self.kwargs["code"])

    @contextmanager
    def matched(self, read: Callable[[Programme], Any]) -> Iterator[Programme]:
        """The programme, locked, when the caller has read what it says now (`If-Match`)."""
        require(self.membership, "programme.manage", self.programme)
        with audit.recording():
            row = lock(self.programme)
            require_match(self.request, etag_of_content(read(row)))
            yield row

    def said(self, request: Request, serializer: Any) -> dict[str, Any]:
        """What was sent; who may not change the programme is told so before what is wrong in it."""
        require(self.membership, "programme.manage", self.programme)
        sent = serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return dict(sent.validated_data)

    def tagged_answer(self, data: Any) -> Response:
        return tagged(self.request, data, etag_of_content(data))


class OutlineShown(serializers.Serializer[Any]):
    """The outline in its order."""

    headings = OutlineData(many=True)


class ProgrammeOutline(OfProgramme):
    """The outline of a programme."""

    @extend_schema(responses=OutlineShown)
    @describes(tagged=True)
    def get(self, request: Request, code: str) -> Response:
        """Its headings, in their order."""
        return self.tagged_answer(_outline(self.programme))

    @extend_schema(request=OutlineInput, responses=OutlineShown)
    @describes(if_match=True, tagged=True)
    def put(self, request: Request, code: str) -> Response:
        """Put these headings in place of those that stand. 422 where one is lost that plans have."""
        rows = [outline.OutlineRow(**one) for one in self.said(request, OutlineInput)["headings"]]
        with self.matched(_outline) as programme:
            outline.replace_outline(programme, rows, actor=self.membership)
        return self.tagged_answer(_outline(programme))

    def pointer_of(self, place: Place) -> str:
        return "/headings/" + place.path.replace("-", "/") if place.path else ""


def _outline(programme: Programme) -> Any:
    return OutlineShown({"headings": list(programme.outline.all())}).data


class CheckShown(serializers.Serializer[Any]):
    """One thing that reviewers check, and what it rests on."""

    id = serializers.IntegerField(source="pk")
    text = serializers.CharField()
    document = serializers.SlugField(source="document.slug", allow_null=True)
    basis = serializers.CharField(allow_blank=True)
    clause = serializers.CharField(allow_blank=True)
    required = serializers.BooleanField()


class ChecklistShown(serializers.Serializer[Any]):
    """What reviewers of a programme check, in its order."""

    items = CheckShown(many=True)


class ProgrammeChecklist(OfProgramme):
    """What reviewers check before a plan is decided."""

    @extend_schema(responses=ChecklistShown)
    @describes(tagged=True)
    def get(self, request: Request, code: str) -> Response:
        """Its items, in their order."""
        return self.tagged_answer(_checklist(self.programme))

    @extend_schema(request=ChecklistInput, responses=ChecklistShown)
    @describes(if_match=True, tagged=True)
    def put(self, request: Request, code: str) -> Response:
        """Put these items in place of those that stand; one with `id` keeps the ticks of open reviews."""
        said, keys = self.said(request, ChecklistInput)["items"], Keys()
        rows = [
            checklists.CheckRow(
                one["text"],
                keys.document(one.get("document"), f"{number}-document"),
                one["basis"],
                one["clause"],
                one["required"],
                one.get("id"),
            )
            for number, one in enumerate(said)
        ]
        keys.refuse("checklist")
        with self.matched(_checklist) as programme:
            checklists.replace_checklist(programme, rows, actor=self.membership)
        return self.tagged_answer(_checklist(programme))

    def pointer_of(self, place: Place) -> str:
        path = place.path.replace("-", "/")
        return "/items/" + (f"{path[:-3]}/id" if path.endswith("/pk") else path) if path else ""


def _checklist(programme: Programme) -> Any:
    return ChecklistShown({"items": checklists.rows_of(programme)}).data


class GoalShown(serializers.Serializer[Any]):
    """A heading of the other programme, and the heading here under which its text goes; blank: nowhere."""

    number = serializers.CharField()
    heading = serializers.CharField(allow_blank=True)
    to = serializers.CharField(allow_blank=True)


class MappingShown(serializers.Serializer[Any]):
    """Every heading of the other programme that could be mapped."""

    headings = GoalShown(many=True)


class ProgrammeMapping(OfProgramme):
    """Where the headings of another programme go when text is taken over."""

    @cached_property
    def source(self) -> Programme:
        return get_object_or_404(Programme, code=self.kwargs["source"])

    @extend_schema(responses=MappingShown)
    @describes(tagged=True)
    def get(self, request: Request, code: str, source: str) -> Response:
        """The headings of the outline and of plans in force there, and where each goes."""
        return self.tagged_answer(self._read(self.programme))

    @extend_schema(request=MappingInput, responses=MappingShown)
    @describes(if_match=True, tagged=True)
    def put(self, request: Request, code: str, source: str) -> Response:
        """Put these in place of the mapping that stands; a heading that is left out goes nowhere."""
        sent = self.said(request, MappingInput)["headings"]
        self._headings = [{name: clean(text) for name, text in one.items()} for one in sent]
        goes = {one["number"]: one["to"] for one in self._headings}
        if len(goes) < len(self._headings):
            refuse(list(self._twice()), "mapping")
        with self.matched(self._read) as programme:
            mappings.replace_mapping(programme, self.source, goes, actor=self.membership)
        return self.tagged_answer(self._read(programme))

    def _twice(self) -> Iterator[Finding]:
        seen: set[str] = set()
        for number, one in enumerate(self._headings):
            if one["number"] in seen:
                text = _("“%(number)s” stands twice; say once where it goes.")
                said = {"number": one["number"]}
                yield at(f"{number}/number", "number_twice", text % said, one["number"])
            seen.add(one["number"])

    def _read(self, programme: Programme) -> Any:
        return MappingShown({"headings": mappings.headings_of(programme, self.source)}).data

    def pointer_of(self, place: Place) -> str:
        """A finding of the action names the number there: its place is in the heading that was sent."""
        if place.line:
            sent = [one["number"] for one in self._headings]
            return f"/headings/{sent.index(place.line)}/{place.path}"
        return "" if place.path in ("", "source") else f"/headings/{place.path}"


class ProgrammeLead(OfProgramme):
    """Another agency that leads."""

    @extend_schema(request=LeadInput, responses=ProgrammeDetail)
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Its people review and administer from now on, those of the former lead no more."""
        said, keys = self.said(request, LeadInput), Keys()
        lead = keys.agency(said.pop("lead"), "lead")
        keys.refuse("programme_lead")
        programme: Any = change_lead(self.programme, lead, **said, actor=self.membership)
        row: Any = all_programmes().get(pk=programme.pk)
        row.headings = row.outline.all()
        return Response(ProgrammeDetail(row).data)

    def pointer_of(self, place: Place) -> str:
        return f"/{place.path}" if place.path else ""
