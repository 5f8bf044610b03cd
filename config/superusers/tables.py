"""One table on the site: its list, searched, filtered and sorted; and the page of one row. Neither writes."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar, cast
from uuid import UUID

from django.contrib.admin import FieldListFilter, ModelAdmin, ShowFacets
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import BooleanField, CharField, ForeignKey, Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.superusers import columns
from config.superusers.hidden import TABLES, hidden_of, is_hidden
from core.notation import format_number
from core.vietnamese import search_key

MOST_COUNTED = 10_000
"""Rows that a list counts and pages through; what lies behind is found by a search or a filter."""

# Searched from their beginning, where a table has them; its search key is searched anywhere.
SEARCHED = ("key", "code", "slug", "email", "number", "verb", "object_id", "sha256", "hash", "kind", "path")


class CappedPaginator(Paginator):
    """Pages of the first rows, so that a table of millions is not counted each time."""

    @cached_property
    def found(self) -> int:
        """How many rows there are, one more than `MOST_COUNTED` standing for all above it."""
        rows = cast(QuerySet[Any], self.object_list)
        return rows[: MOST_COUNTED + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self.found, MOST_COUNTED)


def _keys(model: type[Model], typed: str) -> list[int | UUID]:
    """What was typed as the key of a row of this table; nothing where it cannot be one."""
    if not re.fullmatch("#?[0-9a-fA-F-]{1,36}", typed):
        return []
    try:
        key = model._meta.pk.to_python(typed.removeprefix("#"))
    except ValidationError:
        return []
    return [key] if isinstance(key, UUID) or 0 <= key < 2**63 else []


class OnlyOf(FieldListFilter):
    """The rows that refer to one row; shown when it is set, as the page of that row links here."""

    def expected_parameters(self) -> list[str | None]:
        return [f"{self.field_path}__exact"]

    def has_output(self) -> bool:
        return bool(self.used_parameters)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.used_parameters:
            return queryset
        referred = cast(type[Model], self.field.related_model)
        keys = [key for one in self._asked() for key in _keys(referred, one)]
        return queryset.filter(**{f"{self.field_path}__in": keys})

    def _asked(self) -> list[str]:
        return [str(one) for values in self.used_parameters.values() for one in cast(list[Any], values)]

    def choices(self, changelist: Any) -> Iterator[Any]:
        without = changelist.get_query_string(remove=[f"{self.field_path}__exact"])
        yield {"selected": False, "query_string": without, "display": _("All")}
        keys = ", ".join(f"#{one}" for one in self._asked())
        yield {"selected": True, "query_string": changelist.get_query_string(), "display": keys}


class Table(ModelAdmin):
    """A table that is read."""

    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    paginator = CappedPaginator
    ordering = ("-pk",)
    actions = None
    list_display_links = None
    list_select_related: ClassVar[Any] = ()  # columns.read() says what is read with a row
    lookups: ClassVar[frozenset[str]] = frozenset()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def get_urls(self) -> list[URLPattern]:
        name, seen = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        return [
            path("", seen(self.list_page), name=f"{name}_changelist"),
            path("<str:pk>/", seen(self.row_page), name=f"{name}_change"),
        ]

    # --- The list

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return columns.read(self.model._default_manager.all(), columns.listed(self.model))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Rows with this key, this beginning of a code, these words in their search key."""
        term = search_term.strip()
        if not term:
            return queryset, False
        found = Q(pk__in=_keys(self.model, term))
        for field in columns.shown(self.model):
            if field.name == "search_key" and (words := search_key(term)):
                found |= Q(search_key__contains=words)
            elif field.name in SEARCHED and isinstance(field, CharField):
                found |= Q(**{f"{field.name}__istartswith": term})
        return queryset.filter(found), False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """By no column that is not shown: a filter on a hash would tell it letter by letter."""
        return lookup in self.lookups and "\0" not in value

    def list_page(self, request: HttpRequest) -> HttpResponse:
        try:
            found = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(request.path)
        listed = columns.listed(self.model)
        rows = [
            (
                columns.address_of(row),
                [(one.name, columns.written(row, one, columns.SHORT)) for one in listed],
            )
            for row in found.result_list
        ]
        context = {
            **self._named(request),
            "found": found,
            "kept": [
                (key, one)
                for key, values in found.filter_params.items()
                if key != SEARCH_VAR
                for one in values
            ],
            "headers": list(zip(listed, map(columns.title_of, listed), result_headers(found), strict=True)),
            "rows": rows,
            "page": found.paginator.page(found.page_num) if found.multi_page else None,
            "count": _counted(found),
            "filters": [_filter(one, found) for one in found.filter_specs],
        }
        return TemplateResponse(request, "superusers/list.html", context)

    # --- One row

    def row_page(self, request: HttpRequest, pk: str) -> HttpResponse:
        shown = columns.shown(self.model)
        row = columns.read(self.model._default_manager.filter(pk__in=_keys(self.model, pk)), shown).first()
        if row is None:
            raise Http404
        context = {
            **self._named(request),
            "row": row,
            "name": columns.name_of(row),
            "values": [(one.name, columns.title_of(one), columns.written(row, one)) for one in shown],
            "lists": [(one.name, columns.many(row, one)) for one in columns.lists_of(self.model)],
            "hidden": hidden_of(self.model),
            "referring": [
                (
                    one.model._meta.label,
                    one.name,
                    f"{columns.list_address_of(one.model)}?{one.name}__exact={row.pk}",
                )
                for one in _referring(self.model)
            ],
        }
        return TemplateResponse(request, "superusers/row.html", context)

    def _named(self, request: HttpRequest) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "label": self.opts.label,
            "table": columns.name_of_table(self.model),
            "table_url": columns.list_address_of(self.model),
        }


def table_of(model: type[Model]) -> type[Table]:
    """The class for one model; the columns decide what it shows and filters by."""
    filters: list[Any] = []
    lookups = set()
    for field in columns.shown(model):
        if isinstance(field, ForeignKey):
            filters.append((field.name, OnlyOf))
            lookups.add(f"{field.name}__exact")
        elif field.choices or isinstance(field, BooleanField):
            filters.append(field.name)
            lookups |= {f"{field.name}__exact", f"{field.name}__isnull"}
    names = [field.name for field in columns.listed(model)]
    stated = {"list_display": names, "list_filter": filters, "lookups": frozenset(lookups)}
    return type(f"{model.__name__}Table", (Table,), stated)


def _referring(model: type[Model]) -> list[ForeignKey]:
    """The columns of other tables on the site that refer to this one."""
    relations = [one for one in model._meta.get_fields(include_hidden=True) if one.auto_created]
    fields = [getattr(one, "field", None) for one in relations]
    found = [one for one in fields if isinstance(one, ForeignKey) and one.related_model is model]
    return [one for one in found if _is_on_the_site(one.model) and not is_hidden(one)]


def _is_on_the_site(model: type[Model]) -> bool:
    return not model._meta.auto_created and not model._meta.swapped and model._meta.label not in TABLES


def _counted(found: ChangeList) -> str:
    number = cast(CappedPaginator, found.paginator).found
    if number > MOST_COUNTED:
        return _("more than %(n)s rows; the first are listed") % {"n": format_number(MOST_COUNTED)}
    return ngettext("%(n)s row", "%(n)s rows", number) % {"n": format_number(number)}


def _filter(one: Any, found: ChangeList) -> tuple[str, list[dict[str, Any]]]:
    return one.field.name, list(one.choices(found))
