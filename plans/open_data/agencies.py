"""Agencies as data sets: through time, what became of them, and the lists that documents make of them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, AgencyGroup, GroupMember, Succession
from plans.open_data.datasets import ON, Selection, TableData
from plans.open_data.fields import fields_of_model

_NAMED_BY = _("The documents named in the columns basis, end_basis and document_number.")


class Agencies(TableData):
    key = "agencies"
    title = _("Agencies through time")
    text = _(
        "Ministries, provinces and their units, each name for the time in which it held. "
        "With a day: those that existed on it."
    )
    legal = _NAMED_BY
    model = Agency
    filters = (ON,)
    group = "lists"
    changed_by = (Agency,)
    ordering = ("position", "sort_key", "id")
    fields = fields_of_model(
        Agency,
        {
            "key": "key",
            "name": "name",
            "short_name": "short_name",
            "kind": "kind",
            "parent": (
                "parent__key",
                _("Parent agency"),
                _("As it was entered; later ones follow its successors."),
            ),
            "province_code": "province_code",
            "region": "region",
            "place": "place",
            "valid_from": "valid_from",
            "valid_to": "valid_to",
            "basis": "basis",
            "end_basis": "end_basis",
        },
    )

    def queryset(self, selection: Selection) -> QuerySet[Any]:
        return Agency.objects.in_force(selection.on) if selection.on else Agency.objects.all()


class Successions(TableData):
    key = "successions"
    title = _("Successions of agencies")
    text = _(
        "What was renamed, merged or split, into what and since when. "
        "The principal successor takes the whole."
    )
    legal = _NAMED_BY
    model = Succession
    group = "lists"
    changed_by = (Agency,)
    ordering = ("on", "id")
    fields = fields_of_model(
        Succession,
        {
            "predecessor": ("predecessor__key", _("Predecessor")),
            "predecessor_name": ("predecessor__name", _("Predecessor: name")),
            "successor": ("successor__key", _("Successor")),
            "successor_name": ("successor__name", _("Successor: name")),
            "on": "on",
            "kind": "kind",
            "principal": "principal",
            "document_number": "document_number",
        },
    )


class Groups(TableData):
    key = "agency-groups"
    title = _("Lists of agencies")
    text = _("Dated lists of agencies, such as the 49 provinces that QĐ 43 supports.")
    legal = "QĐ 43/2008/QĐ-TTg, Phụ lục I-III"
    model = AgencyGroup
    group = "lists"
    changed_by = (AgencyGroup,)
    ordering = ("valid_on", "id")
    fields = fields_of_model(
        AgencyGroup,
        {
            "key": "key",
            "name": "name",
            "valid_on": "valid_on",
            "document_number": "document_number",
            "derived": ("derived", _("Derived"), _("true: no document prints the list.")),
            "note": "note",
        },
    )


class GroupMembers(TableData):
    key = "agency-group-members"
    title = _("Agencies of the lists")
    text = _("Who is on each list of agencies, in printed order.")
    legal = Groups.legal
    model = GroupMember
    group = "lists"
    changed_by = (AgencyGroup,)
    ordering = ("group__valid_on", "group_id", "position", "id")
    fields = fields_of_model(
        GroupMember,
        {
            "group": ("group__key", _("List")),
            "position": ("position", _("Position")),
            "agency": ("agency__key", _("Agency")),
            "agency_name": ("agency__name", _("Agency: name")),
        },
    )


def data_sets() -> Iterable[TableData]:
    return Agencies(), Successions(), Groups(), GroupMembers()
