"""The API as a whole: its root, its schema and the page of it, and answers outside of any endpoint."""

from functools import cache
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import (
    Resolver404,
    URLPattern,
    URLResolver,
    get_script_prefix,
    include,
    path,
    re_path,
    resolve,
)
from django.utils import translation
from django.utils.translation import gettext as _
from django.views import defaults
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import NotAuthenticated, NotFound
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from agencies import expiry
from agencies.api import urls as agencies
from agencies.api.authentication import BearerToken
from agencies.api.base import Portal, asked_language
from budgets.api import urls as budgets
from core.api.problems import MEDIA_TYPE, problem_body
from indicators.api import urls as indicators
from plans.api import urls as plans
from reports.api import urls as reports

API = "/api/"


class Root(Portal):
    """Where everything begins."""

    @extend_schema(
        responses=inline_serializer(
            "Resources", {"resources": serializers.DictField(child=serializers.URLField())}
        )
    )
    def get(self, request: Request) -> Response:
        """The lists and single resources that need no further name, with their addresses."""
        names = [one.name for one in endpoints if "<" not in str(one.pattern) and not is_act(one)]
        return Response({"resources": {name: reverse(f"api:{name}", request=request) for name in names}})


def is_act(pattern: URLPattern) -> bool:
    """Whether something is done there, so that nothing can be read."""
    actions = getattr(pattern.callback, "actions", None)
    view: Any = getattr(pattern.callback, "cls", None)
    return "get" not in actions if actions else not hasattr(view, "get")


class InBrowser(BaseAuthentication):
    """Who has signed in with a browser: enough to read the schema, which holds no data."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        user = request._request.user
        return (user, None) if user.is_authenticated else None


class MayReadSchema(BasePermission):
    """Everybody where the portal says so; else who has signed in, by token or with a browser."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if settings.API_SCHEMA_PUBLIC or request.user.is_authenticated:
            return True
        raise NotAuthenticated


class ByParameter(DefaultContentNegotiation):
    """`?format=json` beside `Accept`: people open the schema in a browser."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return super().select_renderer(
            request, renderers, format_suffix or request.query_params.get("format")
        )


class Schema(APIView):
    """OpenAPI 3.1, as YAML or JSON (`?format=json`), in English unless another language is asked for.

    Programs are generated from it, so it does not follow its reader by itself.
    """

    renderer_classes: ClassVar[list[Any]] = [
        OpenApiYamlRenderer,
        OpenApiYamlRenderer2,
        OpenApiJsonRenderer,
        OpenApiJsonRenderer2,
    ]
    content_negotiation_class = ByParameter
    authentication_classes = [BearerToken, InBrowser]
    permission_classes = [MayReadSchema]
    schema = None

    def get(self, request: Request) -> HttpResponse:
        asked = request.headers.get("Accept-Language", "")
        body = rendered(asked_language(asked) if asked else "en", request.accepted_renderer.format)
        return HttpResponse(body, content_type=request.accepted_media_type)


@cache
def rendered(language: str, form: str) -> bytes:
    """The schema in a language; once for a process, for it depends on nothing that changes while it runs."""
    renderer = next(one for one in Schema.renderer_classes if one.format == form)
    with translation.override(language):
        body: bytes = renderer().render(SchemaGenerator().get_schema(public=True))
    return body


def docs(request: HttpRequest) -> HttpResponseBase:
    """The schema as a page, by Swagger UI, whose files come with drf-spectacular's sidecar."""
    if not (settings.API_SCHEMA_PUBLIC or request.user.is_authenticated):
        return expiry.ask_to_sign_in(request)
    return render(request, "api/docs.html", {"schema_url": reverse("api:schema")})


def guide(request: HttpRequest) -> HttpResponseBase:
    """docs/api.md as it is: who reads the schema need not have the sources at hand."""
    if not (settings.API_SCHEMA_PUBLIC or request.user.is_authenticated):
        return expiry.ask_to_sign_in(request)
    words = (settings.BASE_DIR / "docs" / "api.md").read_bytes()
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


class Nowhere(APIView):
    """Every other address below `/api/`, so that a program is told so in its own terms."""

    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        translation.activate(asked_language(request.headers.get("Accept-Language", "")))
        wanted = f"{request.path_info}/"
        if not request.path_info.endswith("/") and _leads_somewhere(wanted):
            said = _("Addresses end with a slash: %(address)s.")
            raise NotFound(said % {"address": get_script_prefix().rstrip("/") + wanted}, "slash_missing")
        raise NotFound(
            _("There is nothing at this address. /api/v1/ lists what there is."), "no_such_address"
        )


def _leads_somewhere(address: str) -> bool:
    try:
        return getattr(resolve(address).func, "cls", None) is not Nowhere
    except Resolver404:
        return False


# --- Faults -----------------------------------------------------------------------------------------------


def server_error(request: HttpRequest) -> HttpResponse:
    """500: as a problem where a program asked, as a page where a person did."""
    said = _("The portal failed. It is recorded; try again later.")
    return _problem(request, 500, "server_error", said) or defaults.server_error(request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 of what is refused before any view, such as a host name that is not ours."""
    said = _("The request is malformed.")
    return _problem(request, 400, "bad_request", said) or defaults.bad_request(request, exception)


def _problem(request: HttpRequest, status: int, code: str, detail: str) -> HttpResponse | None:
    if not request.path_info.startswith(API):
        return None
    body = problem_body(status, code, detail, instance=request.path)
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE)


# --- Addresses --------------------------------------------------------------------------------------------

endpoints: list[Any] = [
    *agencies.urlpatterns,
    *plans.urlpatterns,
    *budgets.urlpatterns,
    *indicators.urlpatterns,
    *reports.urlpatterns,
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", Root.as_view(), name="root"),
    path("v1/schema/", Schema.as_view(), name="schema"),
    path("v1/", include(endpoints)),
    path("docs/", docs, name="docs"),
    path("docs/guide/", guide, name="guide"),
    re_path(r"", Nowhere.as_view(), name="nowhere"),
]
