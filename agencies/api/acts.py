"""The acts on the list of agencies: what an administrator's page would post, judged and done by the same."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from agencies.api.base import Portal
from agencies.api.idempotency import idempotent
from agencies.api.inputs import (
    CreateInput,
    EditInput,
    EndInput,
    MergeInput,
    MovePeopleInput,
    RemoveInput,
    RenameInput,
    SplitInput,
)
from agencies.api.shapes import OutcomeData
from agencies.changes.actions import change_agencies
from agencies.changes.acts import ACTS
from agencies.changes.checks import findings_of
from agencies.changes.forms import ChangeForm, CreateForm, SplitForm
from agencies.changes.forms.base import NEW
from agencies.changes.forms.split import FEWEST
from agencies.changes.people import with_left_behind
from agencies.changes.register import Register
from agencies.models import Agency
from agencies.permissions import require
from core.findings import Finding, Place, Refused, WrongState, error
from core.notation import format_date

CREATE = "create"
INPUTS: Mapping[str, Any] = {
    CREATE: CreateInput,
    "rename": RenameInput,
    "merge": MergeInput,
    "split": SplitInput,
    "end": EndInput,
    "edit": EditInput,
    "move-people": MovePeopleInput,
    "remove": RemoveInput,
}


class AgencyAct(Portal, GenericAPIView[Any]):
    """One act; which one is said by the address."""

    act = ""

    @extend_schema(responses={200: OutcomeData, 201: OutcomeData})
    @idempotent
    def post(self, request: Request) -> Response:
        """Do it. 201 with the address of a new agency, 422 with everything that bars the act."""
        require(self.membership, "agency.manage")
        stated = self.get_serializer(data=request.data)
        stated.is_valid(raise_exception=True)
        form = self._form(stated.validated_data)
        form.is_valid()
        change = form.change()
        if findings := list(_merged(form, findings_of(change, Register.read()))):
            raise Refused(" ".join(str(one.text) for one in findings), findings, code="agency_change")
        outcome = change_agencies(change, actor=self.membership, with_people=form.moves_people())
        data = OutcomeData(outcome).data
        if self.act != CREATE or outcome.agency is None:
            return Response(data)
        url = reverse("api:agency_detail", args=[outcome.agency.key], request=request)
        return Response(data, status=201, headers={"Location": url})

    def _form(self, said: Mapping[str, Any]) -> ChangeForm:
        """The form of the page, filled in; it knows whom an act may concern."""
        if self.act == CREATE:
            return CreateForm(posted(said), agency=None)
        key = said["agency"] if "agency" in said else said["agencies"][0]
        agency = with_left_behind(Agency.objects.select_related("parent")).filter(key=key).first()
        if agency is None:
            text = _("There is no agency “%(key)s”.") % {"key": key}
            path = "agency" if "agency" in said else "agencies"
            raise Refused(text, [error("agency_unknown", text, Place(path=path), key)], code="agency_change")
        act = ACTS[self.act]
        if reason := act.why_not(agency):
            raise WrongState(f"{agency.name}: {reason}", code="wrong_state")
        return act.form(posted(said), agency=agency)

    def pointer_of(self, place: Place) -> str:
        """The fields of a new agency stand apart here: "parts-1-name" of the form is /parts/1/new/name."""
        if not place.path:
            return ""
        steps = place.path.split("-")
        if steps[-1] in (*NEW, "parent") and (len(steps) > 1 or self.act == "merge"):
            steps.insert(-1, "new")
        return "/" + "/".join(steps)


def posted(said: Mapping[str, Any]) -> QueryDict:
    """What the form of the page would post."""
    data = QueryDict(mutable=True)
    for name, value in _fields(said):
        data.appendlist(name, value)
    return data


def _fields(said: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in said.items():
        if isinstance(value, Mapping):  # a new agency, whose fields a form has beside the others
            yield from _fields(value, prefix)
        elif name == "parts":
            yield "count", str(max(FEWEST, len(value)))
            for number, part in enumerate(value):
                yield from _fields(part, f"parts-{number}-")
        elif name == "continues":
            yield from [("principal", "self")] if value else []
        elif isinstance(value, list):
            yield from ((name, str(one)) for one in value)
        elif isinstance(value, date):
            yield prefix + name, format_date(value)
        elif value is not None and value is not False:
            yield prefix + name, str(value)


def _merged(form: ChangeForm, found: list[Finding]) -> Iterator[Finding]:
    """What the form cannot read, and what bars the act; of one field the first says enough."""
    paths = set()
    for one in _of_form(form):
        paths.add(one.place.path)
        yield one
    yield from (one for one in found if not one.place.path or one.place.path not in paths)


def _of_form(form: ChangeForm) -> Iterator[Finding]:
    forms = [form, *(form.parts if isinstance(form, SplitForm) else ())]
    for one in forms:
        for name, errors in one.errors.as_data().items():
            path = f"{one.prefix}-{name}" if one.prefix else name
            for problem in errors:
                text = " ".join(problem.messages)
                yield error(problem.code or "invalid", text, Place(path="" if name == "__all__" else path))
