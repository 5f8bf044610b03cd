"""Lists: pages of a fixed most, and parameters that are refused by name when nobody knows them."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters import CharFilter, FilterSet
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.extensions import OpenApiFilterExtension
from drf_spectacular.plumbing import build_parameter_type
from rest_framework.exceptions import ErrorDetail, NotFound
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.views import APIView

from core.api.fields import NO_DAY, read_day
from core.api.problems import BadParameters
from core.forms import DayField
from core.notation import format_date

PAGE_SIZE = 50
MOST = 200
PAGING = frozenset({"page", "page_size"})


def refuse_unknown(request: Request, known: Collection[str]) -> None:
    """Raise 400 for every parameter of the query string that is not known, so none is lost in silence."""
    if unknown := sorted(set(request.query_params) - set(known)):
        listed = ", ".join(sorted(known)) or _("none")
        text = _("There is no such parameter here. Known: %(known)s.") % {"known": listed}
        raise BadParameters({name: [ErrorDetail(text, "unknown_parameter")] for name in unknown[:20]})


def refused_parameter(name: str, code: str, text: str) -> BadParameters:
    """The refusal of one value of the query string."""
    return BadParameters({name: [ErrorDetail(text, code)]})


def day_parameter(request: Request, name: str = "on") -> date | None:
    """A day of the query string in ISO form, or None; raises 400 for anything else."""
    value = request.query_params.get(name)
    return None if value is None else _day(name, value)


def _day(name: str, value: str) -> date:
    day = read_day(value)
    if day is None:
        raise refused_parameter(name, "day", NO_DAY % {"value": value[:50]})
    return day


class Pages(PageNumberPagination):
    """`?page=2&page_size=100`; the answer says count, next and previous."""

    page_size = PAGE_SIZE
    max_page_size = MOST
    page_size_query_param = "page_size"

    def get_page_size(self, request: Request) -> int:
        """A page size that is no number, or above the most, is refused by name, never cut in silence."""
        asked = request.query_params.get("page_size")
        return PAGE_SIZE if asked is None else _number("page_size", asked, MOST)

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> Any:
        page_parameter(request)
        try:
            return super().paginate_queryset(queryset, request, view)
        except NotFound as problem:
            raise NotFound(_("The list ends before this page."), "page_missing") from problem

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """In the words of OpenAPI 3.1, which knows no `nullable`."""
        said: dict[str, Any] = super().get_paginated_response_schema(schema)
        for name in ("next", "previous"):
            said["properties"][name] = {"type": ["string", "null"], "format": "uri"}
        return said

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        said = {"page": (_("Number of the page."), None), "page_size": (_("Rows of a page."), MOST)}
        return [
            {
                "name": name,
                "in": "query",
                "required": False,
                "description": description,
                "schema": {"type": "integer", "minimum": 1, **({"maximum": most} if most else {})},
            }
            for name, (description, most) in said.items()
        ]


def page_parameter(request: Request) -> int:
    """The number of a page, 1 where none is asked for; raises 400 for what is none."""
    asked = request.query_params.get("page")
    return 1 if asked is None else _number("page", asked, 999_999_999)


def _number(name: str, asked: str, most: int) -> int:
    if asked.isascii() and asked.isdigit() and len(asked) <= 9 and 0 < int(asked) <= most:
        return int(asked)
    text = _("“%(value)s” is not a whole number from 1 to %(most)d.") % {"value": asked[:50], "most": most}
    raise refused_parameter(name, name, text)


def filters_of(filterset_class: type[FilterSet] | None) -> dict[str, Any]:
    """The filters of a page that the API has too: all but those that only choose how the page looks."""
    filters = filterset_class.base_filters if filterset_class else {}
    return {name: one for name, one in filters.items() if one.extra.get("widget") is not forms.HiddenInput}


def _is_day(one: Any) -> bool:
    return issubclass(one.field_class, DayField)


class StrictFilters(DjangoFilterBackend):
    """The FilterSet of the page. Days are ISO; what it does not know or cannot read is refused by name.

    The FilterSet stays on the view as `filterset`, for what else it says, such as the day that was asked for.
    """

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: APIView) -> QuerySet[Any]:
        filters = filters_of(self.get_filterset_class(view, queryset))
        refuse_unknown(request, {*filters, *(PAGING if getattr(view, "pagination_class", None) else ())})
        for name, one in filters.items():
            if request.query_params.get(name) == "" and not isinstance(one, CharFilter):
                raise refused_parameter(name, "blank", _("Nothing is asked for. Leave the parameter out."))
        found = self.get_filterset(request, queryset, view)
        if found is None:
            return queryset
        view.filterset = found
        if not found.is_valid():
            raise BadParameters(
                {
                    name: [ErrorDetail(str(text), one.code) for one in errors.as_data() for text in one]
                    for name, errors in found.errors.items()
                }
            )
        narrowed: QuerySet[Any] = found.qs
        return narrowed

    def get_filterset_kwargs(self, request: Request, queryset: QuerySet[Any], view: APIView) -> Any:
        """A page reads days as 31/07/2008; here they come as 2008-07-31 and are handed on in its notation."""
        data = request.query_params.copy()
        for name, one in filters_of(self.get_filterset_class(view, queryset)).items():
            if name in data and _is_day(one):
                data[name] = format_date(_day(name, data[name]))
        return {"data": data, "queryset": queryset, "request": request}


class StrictFiltersSchema(OpenApiFilterExtension):
    """The filters in the schema, from their declarations alone, without choices that come of the data."""

    target_class = "core.api.lists.StrictFilters"
    priority = 1

    def get_schema_operation_parameters(self, auto_schema: Any, *args: Any, **kwargs: Any) -> list[Any]:
        filters = filters_of(self.target.get_filterset_class(auto_schema.view, None))
        return [
            build_parameter_type(
                name=name,
                schema={"type": "string", **({"format": "date"} if _is_day(one) else {})},
                location="query",
                description=str(one.label or ""),
                enum=_choices(one),
            )
            for name, one in filters.items()
        ]


def _choices(one: Any) -> list[str] | None:
    choices = one.extra.get("choices", ())
    return None if callable(choices) else [value for value, _label in choices] or None
