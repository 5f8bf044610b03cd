"""Money as open data: by project, year and source, shares, printed totals, and the tree of sources."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import Case, CharField, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from budgets.models import FundingSource
from plans.open_data.datasets import Selection, TableData
from plans.open_data.fields import Field, Type, fields_of_model
from plans.open_data.parts import PartData

# How finely the money of a project is known; a total never adds two of them.
LEVELS = (
    ("year_source", _("by year and source")),
    ("year", _("by year alone")),
    ("source", _("by source alone")),
    ("total", _("in total alone")),
)


class Money(PartData):
    key, part = "money", "allocations"
    host = ("group_code", "number", "name", "year_from", "year_to")
    title = _("Planned money")
    text = _(
        "Money of each project of the plans in force, by year and source. Where only a margin is known, "
        "year or source is blank and “level” says so: never add rows of two levels of one project."
    )
    legal = "QĐ 43/2008/QĐ-TTg, Phụ lục I; QĐ 605/QĐ-UBND, phụ lục; CV 1594/BTTTT-UDCNTT, Phụ lục II"

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        margins = _("Whether the amount is of one year and source, or a margin over years, sources or both.")
        level = Field("level", _("Level"), Type.CHOICE, "level", help=margins, choices=LEVELS)
        return (*super().fields, level)

    def queryset(self, selection: Selection) -> QuerySet[Any]:
        level = Case(
            When(year__isnull=True, source__isnull=True, then=Value("total")),
            When(year__isnull=True, then=Value("source")),
            When(source__isnull=True, then=Value("year")),
            default=Value("year_source"),
            output_field=CharField(),
        )
        return super().queryset(selection).annotate(level=level)


class Shares(PartData):
    key = part = "shares"
    host = ("group_code", "number", "name")
    title = _("Shares")
    text = _("Each agency's share of a project of many, where a document prints it.")
    legal = "QĐ 43/2008/QĐ-TTg, Phụ lục I, nhóm B"


class StatedTotals(PartData):
    key, part = "stated-totals", "stated_totals"
    title = _("Totals as printed")
    text = _("Totals that a document prints, with what they cover; compared with sums, never added to them.")
    legal = "QĐ 43/2008/QĐ-TTg, Phụ lục I; QĐ 605/QĐ-UBND, phụ lục; Thông báo cuộc họp 28/12/2007"


class Sources(TableData):
    key = "funding-sources"
    title = _("Funding sources")
    text = _("The tree of sources: leaves carry money, a parent's figure is the sum of its leaves.")
    legal = "QĐ 43/2008/QĐ-TTg, Phụ lục I; QĐ 605/QĐ-UBND, phụ lục; QĐ 1605/QĐ-TTg"
    model = FundingSource
    group = "lists"
    changed_by = (FundingSource,)
    ordering = ("position", "id")
    fields = fields_of_model(
        FundingSource,
        {
            "code": "code",
            "name": "name",
            "short_name": "short_name",
            "parent": ("parent__code", _("Part of")),
            "tier": "tier",
            "nature": "nature",
        },
    )


def data_sets() -> Iterable[TableData]:
    return Money(), Shares(), StatedTotals(), Sources()
