"""What the lists of agencies can be narrowed to; page, workbook and API use the same filters."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import AgencyGroup
from core.vietnamese import search_key


class GroupFilter(django_filters.FilterSet):
    """By name, code or document, and by an agency that is on it."""

    q = django_filters.CharFilter(label=_("Name, code or document"), method="matching")
    agency = django_filters.CharFilter(label=_("Agency on it (name or code)"), method="naming")

    class Meta:
        model = AgencyGroup
        fields: list[str] = []

    def matching(self, queryset: QuerySet[AgencyGroup], name: str, value: str) -> QuerySet[AgencyGroup]:
        """Lists are few and have no stored key to search by: their words are compared here."""
        key = search_key(value)
        rows = AgencyGroup.objects.values_list("pk", "name", "key", "document_number")
        found = [pk for pk, *words in rows if key in search_key(" ".join(words))]
        return queryset.filter(pk__in=found)

    def naming(self, queryset: QuerySet[AgencyGroup], name: str, value: str) -> QuerySet[AgencyGroup]:
        key = search_key(value)
        by_name = queryset.filter(members__search_key__contains=key) if key else queryset.none()
        found = by_name | queryset.filter(members__key__iexact=value.strip())
        return queryset.filter(pk__in=found.order_by().values("pk"))
