"""Each part of a plan as a data set: the columns that the part declares, beside those of the plan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, ClassVar, cast

from django.db.models import F, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.findings import Text
from plans.models import IN_FORCE_STATES, Plan
from plans.open_data.datasets import AGENCY, ON, PROGRAMME, Order, Selection, TableData
from plans.open_data.fields import Field, Type, fields_of, fields_of_model
from plans.parts import registry
from plans.parts.base import PlanPart
from plans.parts.columns import Kind

PLAN = fields_of_model(
    Plan,
    {
        "code": "code",
        "version": "version",
        "kind": "kind",
        "state": "state",
        "title": "title",
        "programme": "programme__code",
        "programme_name": "programme__name",
        "agency": "agency__key",
        "agency_name": "agency__name",
        "document": "document__slug",
        "document_number": "document__number",
        "route": "route",
        "registered": "registered",
        "decision_number": "decision_number",
        "decision_on": "decision_on",
        "decision_issuer": "decision_issuer",
        "decision_signer": "decision_signer",
        "in_force_from": "in_force_from",
        "in_force_to": "in_force_to",
        "illustrative": (
            "illustrative",
            _("Illustrative"),
            _("true: figures of a demonstration, of no agency; never add them to others."),
        ),
    },
)
PLAN = tuple(
    replace(field, choices=tuple(one for one in field.choices if one[0] in IN_FORCE_STATES))
    if field.name == "state"
    else field
    for field in PLAN
)
# What of its plan stands on every line.
_ON_A_LINE = ("code", "version", "programme", "agency", "agency_name", "document", "illustrative")

OF_PLANS = (ON, PROGRAMME, AGENCY)


def decided(selection: Selection, at: str = "") -> Q:
    """What was approved once, of a programme and an agency: everybody's, whatever became of it since."""
    return Q(**{f"{at}state__in": IN_FORCE_STATES}) & _chosen(selection, at)


def in_force(selection: Selection) -> QuerySet[Plan]:
    """The plans in force on the day, of a programme and an agency."""
    return Plan.objects.in_force(selection.day).filter(_chosen(selection, ""))


def _chosen(selection: Selection, at: str) -> Q:
    chosen = {
        f"{at}programme__code": selection.programme,
        f"{at}agency__key": selection.agency,
    }
    return Q(**{lookup: value for lookup, value in chosen.items() if value})


class PartData(TableData):
    """The rows of one part in all plans in force on a day.

    Rows of a part that extends another say what they extend: `host` names the declared columns of that part.
    """

    part: ClassVar[str]
    host: ClassVar[tuple[str, ...]] = ()
    filters = OF_PLANS
    changed_by = (Plan,)

    def __init__(self) -> None:
        self.plan_part: PlanPart[Any] = registry.get(self.part)
        self.model = self.plan_part.model  # type: ignore[misc]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        plan = tuple(field.below("plan", "plan", _("Plan")) for field in PLAN if field.name in _ON_A_LINE)
        line = (Field("line", _("Line"), Type.UUID, "line_id", help=_LINE),) if self._has("line") else ()
        position = (
            (Field("position", _("Position"), Type.INTEGER, "position"),) if self._has("position") else ()
        )
        return (*plan, *line, *position, *self._host(), *self._own())

    def _own(self) -> tuple[Field, ...]:
        """The declared columns; those with many values are read for a chunk."""
        return tuple(
            replace(field, path="") if field.kind is Type.LIST else field
            for field in fields_of(self.plan_part.row_type)
        )

    def _host(self) -> Iterable[Field]:
        if not self.host:
            return ()
        host = registry.get(self.plan_part.extends)
        known = {field.name: field for field in fields_of(host.row_type)}
        whole = capfirst(cast(str, host.model._meta.verbose_name))
        return [known[name].below(_singular(host), self._way_to_host(host), whole) for name in self.host]

    def _way_to_host(self, host: PlanPart[Any]) -> str:
        return f"line__{_related(host)}"

    def _has(self, name: str) -> bool:
        return name in {field.name for field in self.model._meta.get_fields()}

    @property
    def ordering(self) -> tuple[Order, ...]:  # type: ignore[override]
        """Plan by plan, the lines of each as printed; no text decides: databases sort texts differently."""
        host = (f"{self._way_to_host(registry.get(self.plan_part.extends))}__position",) if self.host else ()
        own = ("position",) if self._has("position") else ()
        keys = (column for column in self.plan_part.columns if column.name in self.plan_part.key_fields)
        years = tuple(F(column.path).asc(nulls_last=True) for column in keys if column.kind is Kind.YEAR)
        return ("plan_id", *host, *own, *years, "id")

    def queryset(self, selection: Selection) -> QuerySet[Any]:
        rows = self.model._default_manager.filter(plan__in=in_force(selection).values("pk"))
        if self.host:
            way = self._way_to_host(registry.get(self.plan_part.extends))
            rows = rows.filter(**{f"{way}__plan": F("plan")})
        return rows

    def made(self, ids: Sequence[Any], rows: Sequence[Sequence[Any]]) -> Mapping[str, Sequence[Any]]:
        names = [field.name for field in self.fields if not field.path]
        found = self.plan_part.many_valued(pk__in=ids) if names else {}
        return {name: [_texts(found.get(pk, {}).get(name, ())) for pk in ids] for name in names}


def _texts(values: Iterable[Any]) -> list[str]:
    return [getattr(value, "token", None) or str(value) for value in values]


def _related(part: PlanPart[Any]) -> str:
    field: Any = part.model._meta.get_field("line")
    name: str = field.related_query_name()
    return name


def _singular(part: PlanPart[Any]) -> str:
    return str(part.model._meta.model_name)


_LINE: Text = _("The line's identity through all versions of its plan.")
