"""Open data: the list of data sets, the data dictionary, and both and every data set as files."""

from collections.abc import Iterable
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from rest_framework.exceptions import APIException

from agencies.acting import ActingRequest
from agencies.models import Agency
from core.api.problems import MEDIA_TYPE, api_problem
from core.downloads import download
from core.findings import Text
from core.forms import DayField
from plans.context import known_programmes
from plans.documents.filters import DataSelect
from plans.models import IN_FORCE_STATES, Programme
from plans.open_data import dictionary
from plans.open_data.access import open_to_readers
from plans.open_data.answers import answer
from plans.open_data.datasets import ON, DataSet, Selection, data_sets, get
from plans.open_data.listing import listed
from plans.open_data.selection import nothing_asked, read_selection
from plans.open_data.streams import FORMATS

GROUPS: dict[str, Text] = {
    "plans": _("What was promised"),
    "issued": _("What was issued on the results"),
    "lists": _("Lists that the others refer to"),
}


class SelectionForm(forms.Form):
    """What the files are narrowed to."""

    on = DayField(label=_("In force on"), required=False)
    programme = forms.ChoiceField(label=_("Programme"), required=False, widget=DataSelect)
    agency = forms.ChoiceField(label=_("Agency"), required=False, widget=DataSelect)

    def __init__(self, data: Any, programmes: Iterable[Programme]) -> None:
        super().__init__(data)
        planning = Agency.objects.filter(plans__state__in=IN_FORCE_STATES).distinct().in_order()
        choices: dict[str, tuple[Text, Any]] = {
            "programme": (_("All programmes"), [(one.code, one.short_name) for one in programmes]),
            "agency": (_("All agencies"), planning.values_list("key", "name")),
        }
        for name, (nothing, rows) in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", nothing), *rows]

    def selection(self) -> Selection:
        """What is chosen; of what cannot be read nothing."""
        self.is_valid()
        read = getattr(self, "cleaned_data", {})
        chosen = {name: value for name, value in read.items() if value}
        asked = nothing_asked()
        return Selection(asked.moment, chosen.get(ON) or asked.day, **chosen)


@open_to_readers
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Every data set with what it holds, how large it is as selected, when it last changed, and its files."""
    membership = cast(ActingRequest, request).membership
    known = known_programmes(membership) if membership else Programme.objects.all()
    form = SelectionForm(request.GET or None, known)
    selection = form.selection()
    rows = listed(selection)
    context = {
        "form": form,
        "selection": selection,
        "narrowed": bool(selection.on or selection.programme or selection.agency),
        "groups": [
            (label, [(one, _files(one.data_set, selection)) for one in rows if one.data_set.group == group])
            for group, label in GROUPS.items()
        ],
        "total": len(rows),
        "forms": list(FORMATS),
    }
    return render(request, "plans/open_data/index.html", context)


def _files(data_set: DataSet, selection: Selection) -> list[tuple[str, str]]:
    """Ending and address of each file, with what the data set can be narrowed to."""
    said: dict[str, str] = {}
    for name in data_set.filters:
        if value := getattr(selection, name):
            said[name] = str(value)
    query = f"?{urlencode(said)}" if said else ""
    return [(form, reverse("open_data_file", args=[data_set.key, form]) + query) for form in FORMATS]


@open_to_readers
@require_safe
def open_data_file(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """One data set as a stream. An address that cannot be read as it is gets a problem, in the API's form."""
    data_set = get(key)
    if data_set is None or form not in FORMATS:
        raise Http404
    try:
        selection = read_selection(data_set, request.GET)
    except APIException as problem:
        return _problem(request, problem)
    response = answer(request.method, request.headers.get("If-None-Match", ""), data_set, form, selection)
    dictionary_url = request.build_absolute_uri(reverse("open_data_dictionary_file", args=["json"]))
    response["Link"] = f'<{dictionary_url}>; rel="describedby"'
    return response


def _problem(request: HttpRequest, problem: APIException) -> HttpResponse:
    body = api_problem(problem, request.path)
    return JsonResponse(body, status=problem.status_code, content_type=MEDIA_TYPE)


@open_to_readers
@require_safe
def open_data_dictionary(request: HttpRequest) -> HttpResponse:
    """Every column of every data set: what it holds, in which unit, by which document."""
    sets = [(one, list(dictionary.entries([one]))) for one in data_sets()]
    context = {
        "sets": sets,
        "types": list(dictionary.TYPES.items()),
        "crumbs": [(_("Open data"), reverse("open_data"))],
    }
    return render(request, "plans/open_data/dictionary.html", context)


@open_to_readers
@require_safe
def open_data_dictionary_file(request: HttpRequest, form: str) -> HttpResponse:
    """The same as CSV or JSON, in the reader's language."""
    if form == "csv":
        return download(dictionary.as_csv(), "dictionary.csv", FORMATS[form][0])
    if form != "json":
        raise Http404
    data = [dictionary.as_data(one) for one in dictionary.entries()]
    return JsonResponse(data, safe=False, json_dumps_params={"ensure_ascii": False})
