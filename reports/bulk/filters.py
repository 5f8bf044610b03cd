"""What the list of acts on many agencies can be narrowed to; page, sheet and API use the same."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from plans.context import programmes_of
from reports.models import BulkAct, Reminder


class BulkActFilter(django_filters.FilterSet):
    """By programme, period and act."""

    programme = django_filters.ChoiceFilter(
        label=_("Programme"), field_name="programme__code", empty_label=_("All programmes")
    )
    cycle = django_filters.CharFilter(label=_("Code of the period"), field_name="cycle__code")
    name = django_filters.ChoiceFilter(
        label=_("Act"), choices=BulkAct.Name.choices, empty_label=_("All acts")
    )

    class Meta:
        model = BulkAct
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.code, one.short_name) for one in programmes_of(self.request)]
        self.filters["programme"].extra["choices"] = choices
        self.filters["programme"].extra["null_label"] = None


class ReminderFilter(django_filters.FilterSet):
    """By programme, period and agency."""

    programme = django_filters.CharFilter(label=_("Code of the programme"), field_name="programme__code")
    cycle = django_filters.CharFilter(label=_("Code of the period"), field_name="report__cycle__code")
    agency = django_filters.CharFilter(label=_("Key of the agency"), field_name="agency__key")

    class Meta:
        model = Reminder
        fields: list[str] = []
