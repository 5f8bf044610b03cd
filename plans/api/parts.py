"""The dictionary of a plan: its parts and their columns, as they are declared."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from core.api.etags import etag_of_content, tagged
from core.api.schema import describes
from plans.api.line_shapes import PartsData, every_part
from plans.api.plan import PlanEndpoint
from plans.parts import registry
from plans.parts.base import PlanPart
from plans.parts.columns import Column, Kind

_WITH_LENGTH = (Kind.TEXT,)


class PlanParts(PlanEndpoint):
    """What a plan is made of."""

    @extend_schema(responses=PartsData)
    @describes(tagged=True)
    def get(self, request: Request, code: str, version: int) -> Response:
        """Every part with its columns: name, kind, unit, help, choices, and whether it can be written."""
        self.plan  # noqa: B018 - a 404 where it may not be seen
        data = PartsData({"parts": [self._said(part) for part in every_part()]}).data
        return tagged(request, data, etag_of_content(data))

    def _said(self, part: PlanPart[Any]) -> dict[str, Any]:
        where = {"code": self.kwargs["code"], "version": self.kwargs["version"], "part": part.key}
        return {
            "key": part.key,
            "label": part.label,
            "writable": part.line_kind is not None,
            "extends": part.extends,
            "extended_by": [one.key for one in registry.extensions_of(part.key)],
            "cell_keys": part.key_fields if part.extends else (),
            "cell_value": part.cell_value,
            "cells_writable": part.takes_cells,
            "columns": [_column(one) for one in part.columns],
            "lines": reverse("api:line_list", kwargs=where, request=self.request),
        }


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "label": column.label,
        "kind": column.kind,
        "unit": column.unit,
        "help": column.help,
        "required": column.required,
        "editable": column.editable,
        "longest": column.max_length if column.kind in _WITH_LENGTH else None,
        "listed": [{"value": value, "label": label} for value, label in column.choices],
    }
