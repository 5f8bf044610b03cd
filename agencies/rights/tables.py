"""The table of rights in words: permission x role x relation, as `permissions.GRANTS` holds it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from agencies.models import Role
from agencies.permissions import GRANTS, OF_AN_AGENCY, OF_THE_PORTAL, PERMISSIONS, Relation
from core.findings import Text

# How an object stands to the agency that a person acts for.
RELATIONS: Mapping[Relation, Text] = {
    Relation.OWN: _("of the own agency"),
    Relation.SUBORDINATE: _("of a unit of it"),
    Relation.LED: _("of a programme that it leads"),
    Relation.CO_REVIEWED: _("of a programme that it co-reviews"),
    Relation.FOREIGN: _("of anybody else"),
}
EVERYTHING = _("everything")
# The same relation, where it is not a programme's objects that a permission is about.
OF_EVERYBODY = _("of everybody, where it keeps the portal")

# By the beginning of a permission's key; a new one falls to the last.
GROUPS: Sequence[tuple[Text, frozenset[str]]] = (
    (_("Plans"), frozenset({"plan", "line"})),
    (_("Reports"), frozenset({"cycle", "filing", "report"})),
    (_("Administration"), frozenset()),
)
ROLES: Sequence[Role] = tuple(Role)


@dataclass(frozen=True, slots=True)
class RightRow:
    """One permission: `relations` gives by role for which objects it holds, "" where it never does."""

    permission: str
    label: Text
    relations: Mapping[Role, str]

    @property
    def cells(self) -> list[tuple[Text, str]]:
        """Role and words, in the order of the columns."""
        return [(role.label, self.relations[role]) for role in ROLES]


@dataclass(frozen=True, slots=True)
class RightGroup:
    label: Text
    rows: Sequence[RightRow]


def right_groups() -> list[RightGroup]:
    """Every permission once, in the order of the table, under its group."""
    found = []
    left = list(PERMISSIONS)
    for label, beginnings in GROUPS:
        mine = [one for one in left if not beginnings or one.partition(".")[0] in beginnings]
        left = [one for one in left if one not in mine]
        found.append(RightGroup(label, [right_row(one) for one in mine]))
    return found


def right_row(permission: str) -> RightRow:
    relations = {role: words_of(GRANTS.get((role, permission), frozenset()), permission) for role in ROLES}
    return RightRow(permission, capfirst(str(PERMISSIONS[permission])), relations)


def words_of(relations: Collection[Relation], permission: str = "") -> str:
    """ "everything", or the relations in words with ";" between, as the permission means them."""
    if set(relations) == set(Relation):
        return str(EVERYTHING)
    kept = permission in OF_THE_PORTAL | OF_AN_AGENCY
    words = {**RELATIONS, **({Relation.LED: OF_EVERYBODY} if kept else {})}
    return "; ".join(str(words[one]) for one in Relation if one in relations)


def who_may(permission: str) -> list[str]:
    """Roles with the objects for which they may: "Reviewer (of a programme that it leads)"."""
    row = right_row(permission)
    return [f"{role.label} ({words})" for role, words in row.relations.items() if words]
