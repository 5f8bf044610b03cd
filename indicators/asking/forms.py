"""The status figures of an outline, as rows."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from agencies.models.agency import CLASS_CHOICES
from core.vietnamese import clean
from indicators.asking.actions import GUIDANCE_LENGTH, AskedRow
from indicators.models import Indicator
from plans.models import Programme
from plans.programmes.forms.rows import RowsForm, text
from plans.programmes.outline import NUMBER_LENGTH


class AskedForm(RowsForm):
    """A figure a row: under which heading, which indicator, who is asked, in which words."""

    telling: ClassVar[tuple[str, ...]] = ("number", "indicator")

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        self.indicators = list(Indicator.objects.order_by("position", "id"))
        self.goals = list(programme.outline.values_list("number", "heading"))
        super().__init__(*args, **kwargs)

    def columns(self) -> Mapping[str, forms.Field]:
        return {
            "number": text(gettext_lazy("Heading"), most=NUMBER_LENGTH, list="goals", autocomplete="off"),
            "indicator": text(gettext_lazy("Indicator"), list="indicators", autocomplete="off"),
            "classes": forms.MultipleChoiceField(
                label=gettext_lazy("Who is asked (none: everybody)"),
                required=False,
                choices=CLASS_CHOICES,
                widget=forms.CheckboxSelectMultiple,
            ),
            "guidance": text(gettext_lazy("As printed"), rows=3, most=GUIDANCE_LENGTH),
        }

    def stated(self) -> list[AskedRow]:
        """An indicator is named by its name or its code."""
        known = {key: one for one in self.indicators for key in (one.code, clean(one.name).lower())}
        return [
            AskedRow(
                row["number"] or "",
                known.get(clean(row["indicator"] or "").lower()),
                tuple(row["classes"] or ()),
                row["guidance"] or "",
            )
            for row in self.stated_rows()
        ]


def asked_rows(rows: Sequence[AskedRow]) -> list[dict[str, Any]]:
    return [
        {
            "number": one.number,
            "indicator": one.indicator.name if one.indicator else "",
            "classes": list(one.classes),
            "guidance": one.guidance,
        }
        for one in rows
    ]
