"""One data set as an answer: streamed, tagged, 304 for who has it already. Page and API give the same."""

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from agencies.models import AuditHead
from core.api.etags import etag_of
from plans.open_data.datasets import DataSet, Selection
from plans.open_data.streams import FORMATS, moment

AS_OF, IN_FORCE = "Portal-As-Of", "Portal-In-Force-On"


def tag_of(data_set: DataSet, form: str, selection: Selection) -> str:
    """The tag of what would be streamed: another one after any act that the audit chain records.

    That is more often than the data set changes, and never less: acts change the names in it too.
    """
    head = AuditHead.objects.filter(pk=1).values_list("hash", flat=True).first()
    names = ",".join(f"{field.name}:{field.kind}" for field in data_set.fields)
    return etag_of(
        data_set.key, form, selection.day, selection.on, selection.programme, selection.agency, head, names
    )


def answer(
    method: str | None, known: str, data_set: DataSet, form: str, selection: Selection
) -> HttpResponseBase:
    """The stream, or 304 where `known` (If-None-Match) holds its tag; to HEAD the headers alone."""
    media_type, write = FORMATS[form]
    tag = tag_of(data_set, form, selection)
    response: HttpResponseBase
    if {one.strip().removeprefix("W/") for one in known.split(",")} & {tag, "*"}:
        response = HttpResponse(status=304)
    elif method == "HEAD":
        response = HttpResponse(content_type=media_type)
    else:
        response = StreamingHttpResponse(write(data_set, selection), content_type=media_type)
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    response[AS_OF], response[IN_FORCE] = moment(selection.moment), selection.day.isoformat()
    if form == "csv":
        narrowed = [one for one in (selection.programme, selection.agency) if one]
        name = f"{'_'.join([data_set.key, *narrowed])}_{selection.day:%Y-%m-%d}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    patch_vary_headers(response, ["Cookie", "Authorization"])
    return response
