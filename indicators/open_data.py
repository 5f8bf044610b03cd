"""What is measured as open data: indicators, the values to reach, the status at the start."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from indicators.models import Indicator
from plans.open_data.datasets import TableData
from plans.open_data.fields import fields_of_model
from plans.open_data.parts import PartData


class Targets(PartData):
    key = part = "targets"
    title = _("Targets")
    text = _("Which value whom binds by when, in the plans and directives in force; guidance is marked.")
    legal = (
        "QĐ 43/2008/QĐ-TTg, mục I; QĐ 48/2009/QĐ-TTg; QĐ 605/QĐ-UBND; QĐ 1605/QĐ-TTg; CV 1594/BTTTT-UDCNTT"
    )


class Baselines(PartData):
    key = part = "baselines"
    title = _("Status at the start")
    text = _("The values from which the plans in force start, as printed or as the agency answered.")
    legal = "CV 1594/BTTTT-UDCNTT, Phụ lục II, II.1.b; QĐ 605/QĐ-UBND"


class Indicators(TableData):
    key = "indicators"
    title = _("Indicators")
    text = _("What targets and reports measure: unit, kind, direction, what is divided by what.")
    legal = "QĐ 43/2008/QĐ-TTg; QĐ 48/2009/QĐ-TTg; QĐ 605/QĐ-UBND; QĐ 1605/QĐ-TTg; CV 1594/BTTTT-UDCNTT"
    model = Indicator
    group = "lists"
    changed_by = (Indicator,)
    ordering = ("position", "id")
    fields = fields_of_model(
        Indicator,
        {
            "code": "code",
            "name": "name",
            "unit": "unit",
            "kind": "kind",
            "direction": "direction",
            "numerator": "numerator",
            "denominator": "denominator",
            "may_exceed_whole": "may_exceed_whole",
            "definition": "definition",
        },
    )


def data_sets() -> Iterable[TableData]:
    return Targets(), Baselines(), Indicators()
