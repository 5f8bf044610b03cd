"""Open data for programs with a token: which data sets there are, their columns, their rows as a stream."""

from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import Portal
from core.api.etags import etag_of_content, tagged
from core.api.lists import refused_parameter
from core.api.schema import describes
from plans.open_data import dictionary
from plans.open_data.answers import answer
from plans.open_data.datasets import AGENCY, ON, PROGRAMME, DataSet, get
from plans.open_data.listing import Listed, listed
from plans.open_data.selection import nothing_asked, read_selection
from plans.open_data.streams import FORMATS

FORMAT = "format"


class ColumnChoiceData(serializers.Serializer[Any]):
    value = serializers.CharField()
    label = serializers.CharField()


class ColumnData(serializers.Serializer[Any]):
    """One column of one data set; `refers_to` names the data set whose key it holds."""

    data_set = serializers.CharField()
    column = serializers.CharField()
    label = serializers.CharField()
    type = serializers.ChoiceField(choices=[one.value for one in dictionary.TYPES])
    unit = serializers.CharField(allow_null=True)
    help = serializers.CharField(allow_null=True)
    choices = ColumnChoiceData(many=True)
    refers_to = serializers.CharField(allow_null=True)
    legal_source = serializers.CharField(allow_null=True)


class DataSetData(serializers.Serializer[Any]):
    """One data set: `rows` as of today, `files` the addresses of its streams by format."""

    key = serializers.SlugField()
    title = serializers.CharField()
    text = serializers.CharField()
    legal_source = serializers.CharField()
    parameters = serializers.ListField(child=serializers.CharField())
    rows = serializers.IntegerField()
    changed = serializers.DateTimeField(allow_null=True)
    stream = serializers.URLField()
    files = serializers.DictField(child=serializers.URLField())


class DataSetDetail(DataSetData):
    """The same with its columns."""

    columns = ColumnData(many=True)


class DataSetsData(serializers.Serializer[Any]):
    as_of = serializers.DateTimeField()
    in_force_on = serializers.DateField()
    data_sets = DataSetData(many=True)


def _said(one: Listed, request: Request) -> dict[str, Any]:
    data_set = one.data_set
    files = {form: reverse("open_data_file", args=[data_set.key, form]) for form in FORMATS}
    return {
        "key": data_set.key,
        "title": data_set.title,
        "text": data_set.text,
        "legal_source": data_set.legal,
        "parameters": list(data_set.filters),
        "rows": one.rows,
        "changed": one.changed,
        "stream": request.build_absolute_uri(reverse("api:open_data_rows", args=[data_set.key])),
        "files": {form: request.build_absolute_uri(url) for form, url in files.items()},
    }


def _found(key: str) -> DataSet:
    if (found := get(key)) is None:
        raise Http404
    return found


class DataSets(Portal):
    """Which data sets there are."""

    @extend_schema(operation_id="open_data_list", responses=DataSetsData)
    def get(self, request: Request) -> Response:
        """Every data set with what it holds, its size as of today, and where it can be read."""
        selection = nothing_asked()
        said = {
            "as_of": selection.moment,
            "in_force_on": selection.day,
            "data_sets": [_said(one, request) for one in listed(selection)],
        }
        return Response(DataSetsData(said).data)


class DataDictionary(Portal):
    """What every column holds."""

    @extend_schema(responses=ColumnData(many=True))
    @describes(tagged=True)
    def get(self, request: Request) -> Response:
        """Every column of every data set, from the declarations of the parts of plans."""
        data = [dictionary.as_data(one) for one in dictionary.entries()]
        return tagged(request, data, etag_of_content(data))


class OneDataSet(Portal):
    """One data set."""

    @extend_schema(responses=DataSetDetail)
    def get(self, request: Request, key: str) -> Response:
        """What it holds, its size as of today, its columns."""
        data_set = _found(key)
        said = _said(listed(nothing_asked(), [data_set])[0], request)
        columns = [dictionary.as_data(one) for one in dictionary.entries([data_set])]
        return Response(DataSetDetail({**said, "columns": columns}).data)


_HELP = {
    ON: gettext_lazy("The day; today without one."),
    PROGRAMME: gettext_lazy("Code of a programme."),
    AGENCY: gettext_lazy("Key of the agency whose plan it is."),
}


def _parameter(name: str) -> OpenApiParameter:
    kind = {"type": "string", **({"format": "date"} if name == ON else {})}
    return OpenApiParameter(name, kind, description=_HELP[name])


class DataRows(Portal):
    """The rows of one data set, whole and streamed."""

    @property
    def filters_decide(self) -> bool:
        return True

    @extend_schema(
        parameters=[
            *(_parameter(name) for name in (ON, PROGRAMME, AGENCY)),
            OpenApiParameter(
                FORMAT,
                {"type": "string", "enum": list(FORMATS), "default": "json"},
                description="csv, json, jsonl",
            ),
        ],
        responses={
            (200, "application/json"): {"type": "array", "items": {"type": "object"}},
            (200, "text/csv"): OpenApiTypes.STR,
            (200, "application/jsonl"): OpenApiTypes.STR,
        },
    )
    @describes(tagged=True)
    def get(self, request: Request, key: str) -> HttpResponseBase:
        """As JSON, JSON lines or CSV: columns as in the dictionary, decimals as texts, null where blank.

        A data set takes only the parameters that it names; any other is refused.
        """
        data_set = _found(key)
        form = request.query_params.get(FORMAT, "json")
        if form not in FORMATS:
            said = _("“%(value)s” is none of %(known)s.")
            text = said % {"value": form[:50], "known": ", ".join(FORMATS)}
            raise refused_parameter(FORMAT, "unknown_format", text)
        selection = read_selection(data_set, request.query_params, beside=(FORMAT,))
        known = request.headers.get("If-None-Match", "")
        return answer(request.method, known, data_set, form, selection)
