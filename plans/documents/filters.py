"""What the list of documents can be narrowed to; the page and its sheet use the same filters."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.vietnamese import clean, search_key
from plans.models import LegalDocument


class DataSelect(forms.Select):
    """A choice among words of the documents: Vietnamese in either language of the page."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"]["lang"] = "vi"
        return option


class DocumentFilter(django_filters.FilterSet):
    """By words without diacritics or the number, kind, issuer and year of issue."""

    q = django_filters.CharFilter(label=_("Search"), method="matching")
    kind = django_filters.ChoiceFilter(label=_("Kind"), empty_label=_("All kinds"), widget=DataSelect)
    issuer = django_filters.ChoiceFilter(
        label=_("Issued by"), empty_label=_("All issuers"), widget=DataSelect
    )
    year = django_filters.ChoiceFilter(
        label=_("Year"), field_name="issued_on__year", empty_label=_("All years")
    )

    class Meta:
        model = LegalDocument
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(LegalDocument.objects.order_by().values_list("kind", "issuer", "issued_on__year"))
        for nth, name in enumerate(("kind", "issuer", "year")):
            values = sorted({row[nth] for row in known if row[nth]})
            self.filters[name].extra["choices"] = [(str(value), str(value)) for value in values]
            self.filters[name].extra["null_label"] = None

    def matching(
        self, queryset: "QuerySet[LegalDocument]", name: str, value: str
    ) -> "QuerySet[LegalDocument]":
        key = search_key(value)
        if not key:
            return queryset
        return queryset.filter(Q(search_key__contains=key) | Q(number__icontains=clean(value)))
