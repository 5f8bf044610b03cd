"""What can be chosen in a field: agencies by class, groups, classes, indicators; one query for each kind."""

from collections import defaultdict
from functools import cached_property

from django.utils.translation import gettext as _

from agencies.models import Agency, AgencyGroup
from agencies.models.agency import CLASS_CHOICES, class_of
from core import clock
from core.findings import Text
from plans.models import Plan
from plans.parts.columns import REFERENCES, Column, Kind, Party
from plans.parts.references import OFFERED, REFERRED

Option = tuple[str, Text]
Grouped = list[tuple[Text, list[Option]]]


class Choices:
    """The lists from which a line of one plan chooses."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    @cached_property
    def _agencies(self) -> list[Agency]:
        return list(Agency.objects.in_force(clock.today()).in_order())

    @cached_property
    def agency_groups(self) -> Grouped:
        """Agencies of today: the plan's own with its units first, then class by class."""
        own: list[Option] = []
        by_class: dict[str, list[Option]] = defaultdict(list)
        for agency in self._agencies:
            option = (agency.key, agency.name)
            if self.plan.agency_id in (agency.pk, agency.parent_id):
                own.append(option)
            else:
                by_class["" if agency.parent_id else class_of(agency.kind)].append(option)
        head = _("%(agency)s and its units") % {"agency": self.plan.agency.short_name}
        found: Grouped = [(head, own)]
        found += [(label, by_class[key]) for key, label in CLASS_CHOICES if by_class[key]]
        if by_class[""]:
            found.append((_("Other agencies and units"), by_class[""]))
        return found

    @cached_property
    def _lists(self) -> list[Option]:
        return [(group.key, group.name) for group in AgencyGroup.objects.order_by("valid_on", "name")]

    def party_groups(self) -> Grouped:
        """Everyone who can lead or co-operate, as tokens."""
        classes: list[Option] = [(Party("class", key).token, label) for key, label in CLASS_CHOICES]
        lists: list[Option] = [(Party("group", key).token, name) for key, name in self._lists]
        own, *others = [
            (label, [(Party("agency", key).token, name) for key, name in options])
            for label, options in self.agency_groups
        ]
        return [own, (_("Classes of agencies"), classes), (_("Lists of agencies"), lists), *others]

    def parties(self) -> dict[str, Text]:
        """What each token is called, also that of an agency which no longer exists."""
        return {token: label for _group, options in self.party_groups() for token, label in options}

    def options(self, column: Column, current: str) -> list[Option | tuple[Text, list[Option]]]:
        """The choices of a select; what stands there now is among them, whatever it is."""
        found: list[Option | tuple[Text, list[Option]]] = []
        if column.kind is Kind.AGENCY:
            found += self.agency_groups
            known = {key for _label, options in self.agency_groups for key, _name in options}
        else:
            flat = self._offered(column, current)
            found += flat
            known = {key for key, _label in flat}
        if current and current not in known:
            found.insert(0, (current, self._name_of(column, current)))
        return [("", _("— not stated —") if not column.required else _("— choose —")), *found]

    def _offered(self, column: Column, current: str) -> list[Option]:
        """What may be chosen in this plan, and what stands there now though it is offered no more."""
        flat = self._flat(column)
        if column.kind not in OFFERED:
            return flat
        offered = OFFERED[column.kind](self.plan)
        return [option for option in flat if option[0] in offered or option[0] == current]

    def _flat(self, column: Column) -> list[Option]:
        if column.kind is Kind.CHOICE:
            return list(column.choices)
        if column.kind is Kind.GROUP:
            return self._lists
        if column.kind is Kind.CLASS:
            return list(CLASS_CHOICES)
        if column.kind in REFERRED:
            rows = REFERRED[column.kind]()._default_manager.all()
            return [(str(getattr(row, REFERENCES[column.kind])), _with_unit(row)) for row in rows]
        return []

    def _name_of(self, column: Column, key: str) -> str:
        if column.kind is Kind.AGENCY:
            agency = Agency.objects.filter(key=key).first()
            return agency.name if agency else key
        return key

    def words(self, column: Column, text: str) -> str:
        """A stored text as people read it."""
        if not text:
            return ""
        if column.kind is Kind.PARTIES:
            labels = self.parties()
            parties = [Party.parse(token) for token in text.splitlines() if token.strip()]
            return "; ".join(
                party.value if party.kind == "text" else str(labels.get(party.token, party.value))
                for party in parties
            )
        if column.kind is Kind.AGENCY:
            return self._name_of(column, text)
        return str(dict(self._flat(column)).get(text, text))


def _with_unit(row: object) -> str:
    unit = getattr(row, "unit", "")
    return f"{row} ({unit})" if unit else str(row)
