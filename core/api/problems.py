"""Refusals as problem details (RFC 9457): one shape for every error, with the codes of the findings."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rest_framework import exceptions, serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from core.findings import BusinessError, Conflict, Finding, Level, NotAllowed, Place, Refused, WrongState

MEDIA_TYPE = "application/problem+json"

STATUSES: tuple[tuple[type[BusinessError], int], ...] = (
    (NotAllowed, HTTPStatus.FORBIDDEN),
    (Conflict, HTTPStatus.CONFLICT),
    (WrongState, HTTPStatus.CONFLICT),
    (BusinessError, HTTPStatus.UNPROCESSABLE_ENTITY),
)


class PreconditionRequired(exceptions.APIException):
    """A change of a row without `If-Match`: nobody would know which version it was made on."""

    status_code = HTTPStatus.PRECONDITION_REQUIRED
    default_code = "if_match_missing"

    def __init__(self) -> None:
        super().__init__(
            _("Send the ETag that you read as If-Match; without it a change could undo another.")
        )


class PreconditionFailed(exceptions.APIException):
    """The row was changed since it was read; `both` may say what was sent and what is stored by now."""

    status_code = HTTPStatus.PRECONDITION_FAILED
    default_code = "if_match_old"

    def __init__(self, **both: Any) -> None:
        super().__init__(_("It was changed since you read it. Read it again and repeat the change on that."))
        self.both = both


class TooLarge(exceptions.APIException):
    """A body, or a list in it, beyond the limit."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"


class BadParameters(exceptions.ValidationError):
    """Values of the query string that cannot be read, by name of the parameter."""


class FindingData(serializers.Serializer[Any]):
    """One thing that is wrong.

    `pointer` (RFC 6901) leads to it in the request's body, `parameter` names it in the query string;
    `part`, `line` and `path` say where it stands in the plan or report that was checked.
    """

    level = serializers.ChoiceField(choices=[level.value for level in Level])
    code = serializers.CharField()
    detail = serializers.CharField()
    pointer = serializers.CharField(allow_blank=True)
    parameter = serializers.CharField(allow_blank=True)
    part = serializers.CharField(allow_blank=True)
    line = serializers.CharField(allow_blank=True)
    path = serializers.CharField(allow_blank=True)
    value = serializers.CharField(allow_blank=True)


class ProblemData(serializers.Serializer[Any]):
    """Why a request was refused; `code` is stable, `detail` is for people."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField(allow_blank=True)
    instance = serializers.CharField()
    findings = FindingData(many=True)
    yours = serializers.DictField(required=False, help_text="Of a conflict: the values that were sent.")
    theirs = serializers.DictField(required=False, help_text="Of a conflict: the values that are stored.")
    row_version = serializers.IntegerField(required=False, help_text="Of a conflict: the version stored.")


def problem_body(
    status: int,
    code: str,
    detail: str = "",
    *,
    instance: str = "",
    findings: Sequence[Mapping[str, Any]] = (),
    **more: Any,
) -> dict[str, Any]:
    """type, title, status, code, detail, instance, findings, and whatever else the refusal says."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "code": code,
        "detail": detail,
        "instance": instance,
        "findings": list(findings),
        **more,
    }


def finding_data(finding: Finding, pointer: str = "") -> dict[str, Any]:
    """A finding with the place in the request (JSON pointer), or in the plan or report, that it speaks of."""
    place = finding.place
    return {
        "level": finding.level.value,
        "code": finding.code,
        "detail": str(finding.text),
        "pointer": pointer,
        "parameter": "",
        "part": place.part,
        "line": place.line,
        "path": place.path,
        "value": finding.value,
    }


def handle(exception: Exception, context: Mapping[str, Any]) -> Response | None:
    """The answer to whatever an endpoint raises; None lets a real fault through to the server's 500.

    An endpoint that knows which value of the request a finding speaks of defines `pointer_of(place)`.
    """
    request: Request = context["request"]
    if isinstance(exception, BusinessError):
        return _answer(request, _refusal(exception, request.path, context.get("view")))
    if isinstance(exception, Http404):
        exception = exceptions.NotFound(_("There is nothing at this address that you may see."))
    elif isinstance(exception, PermissionDenied):
        exception = exceptions.PermissionDenied()
    if not isinstance(exception, exceptions.APIException):
        return None
    answer = _answer(request, api_problem(exception, request.path))
    if (scheme := getattr(exception, "auth_header", None)) is not None:
        answer["WWW-Authenticate"] = scheme
    if (wait := getattr(exception, "wait", None)) is not None:
        answer["Retry-After"] = str(math.ceil(wait))
    return answer


@contextmanager
def at_fields(fields: Mapping[str, str]) -> Iterator[None]:
    """Say of a refusal that names no place which field of the body it speaks of: its code -> the field."""
    try:
        yield
    except Refused as refusal:
        if refusal.findings or refusal.code not in fields:
            raise
        place = Place(path=fields[refusal.code])
        found = Finding(Level.ERROR, refusal.code, refusal.text, place)
        raise Refused(refusal.text, [found], code=refusal.code) from refusal


def _answer(request: Request, body: dict[str, Any]) -> Response:
    """JSON, whatever the endpoint answers with when all is well."""
    request.accepted_renderer, request.accepted_media_type = JSONRenderer(), MEDIA_TYPE
    return Response(body, status=body["status"], content_type=MEDIA_TYPE)


def _refusal(refusal: BusinessError, path: str, view: Any) -> dict[str, Any]:
    status = next(status for kind, status in STATUSES if isinstance(refusal, kind))
    more: dict[str, Any] = {}
    if isinstance(refusal, Conflict):
        more = {"yours": refusal.yours, "theirs": refusal.theirs, "row_version": refusal.row_version}
    findings = refusal.findings if isinstance(refusal, Refused) else []
    pointer_of = getattr(view, "pointer_of", _nowhere)
    said = [finding_data(one, pointer_of(one.place)) for one in findings]
    return problem_body(status, refusal.code, str(refusal), instance=path, findings=said, **more)


def _nowhere(place: Place) -> str:
    return ""


def api_problem(exception: exceptions.APIException, path: str) -> dict[str, Any]:
    """The body that says what a refused request was refused for."""
    detail: Any = exception.detail
    status = exception.status_code
    if isinstance(exception, BadParameters):
        findings = [
            _invalid_data(text, parameter=name) for name, texts in detail.items() for text in _listed(texts)
        ]
        said = _("The address cannot be read as it is; see the findings.")
        return problem_body(status, "invalid_parameters", said, instance=path, findings=findings)
    if isinstance(exception, exceptions.ValidationError):
        said = _("The request cannot be read as it is; see the findings.")
        return problem_body(status, "invalid", said, instance=path, findings=list(_invalid(detail, "")))
    if isinstance(exception, exceptions.Throttled) and exception.wait is not None:
        # The package puts the number in before it looks for a translation, and so never finds one.
        seconds = math.ceil(exception.wait)
        said = ngettext(
            "Too many requests. Send it again in %(seconds)d second.",
            "Too many requests. Send it again in %(seconds)d seconds.",
            seconds,
        )
        return problem_body(status, exception.default_code, said % {"seconds": seconds}, instance=path)
    code = getattr(detail, "code", None) or exception.default_code
    more = exception.both if isinstance(exception, PreconditionFailed) else {}
    return problem_body(status, str(code), str(detail), instance=path, **more)


def _listed(texts: Any) -> list[Any]:
    return list(texts) if isinstance(texts, list | tuple) else [texts]


def _invalid(detail: Any, pointer: str) -> Iterable[dict[str, Any]]:
    """Every message of a nested validation error, each with the JSON pointer of its value."""
    if isinstance(detail, Mapping):
        for key, value in detail.items():
            below = pointer if key == "non_field_errors" else f"{pointer}/{escaped(str(key))}"
            yield from _invalid(value, below)
    elif isinstance(detail, list | tuple):
        for number, value in enumerate(detail):
            nested = isinstance(value, Mapping | list | tuple)
            yield from _invalid(value, f"{pointer}/{number}" if nested else pointer)
    else:
        yield _invalid_data(detail, pointer)


def _invalid_data(text: Any, pointer: str = "", parameter: str = "") -> dict[str, Any]:
    finding = Finding(Level.ERROR, getattr(text, "code", None) or "invalid", str(text))
    return {**finding_data(finding, pointer), "parameter": parameter}


def escaped(token: str) -> str:
    """One step of a JSON pointer."""
    return token.replace("~", "~0").replace("/", "~1")
