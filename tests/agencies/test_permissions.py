"""Who may do what: every role, permission and relation against a list that is written out."""

from dataclasses import dataclass

import pytest
from django.utils import translation

from agencies.models import Agency, Membership, Role, User
from agencies.permissions import GRANTS, PERMISSIONS, PORTAL, Relation, can, require
from core.findings import NotAllowed
from plans.models import Plan, Programme
from tests.cast import Cast

OWN, LED, ANY = {"own"}, {"led"}, {"own", "subordinate", "led", "co_reviewed", "foreign"}
KEPT = {"own", "subordinate", "led"}

# Literal: whoever changes the table of rights changes this list too, and says so in review.
EXPECTED: dict[str, dict[str, set[str]]] = {
    "plan.create": {"editor": OWN},
    "plan.edit": {"editor": OWN},
    "plan.hand_over": {"editor": OWN},
    "plan.hand_back": {"approver": OWN},
    "plan.discard": {"editor": OWN},
    "plan.amend": {"editor": OWN},
    "plan.submit": {"approver": OWN},
    "plan.withdraw": {"approver": OWN},
    "plan.review": {"reviewer": LED},
    "plan.register": {"reviewer": LED, "system": ANY},
    "plan.supersede": {"reviewer": LED, "system": ANY},
    "plan.export": {
        "editor": ANY,
        "approver": ANY,
        "reviewer": ANY,
        "co_reviewer": ANY,
        "administrator": ANY,
        "viewer": ANY,
    },
    "cycle.open": {"administrator": LED},
    "cycle.manage": {"administrator": LED},
    "filing.edit": {"editor": OWN},
    "filing.hand_over": {"editor": OWN},
    "filing.hand_back": {"approver": OWN},
    "filing.submit": {"approver": OWN},
    "filing.review": {"reviewer": LED},
    "report.extend": {"reviewer": LED, "administrator": LED},
    "report.compile": {"reviewer": LED},
    "report.issue": {"reviewer": LED},
    "report.export": {"reviewer": LED, "administrator": LED},
    "source.load": {"system": ANY},
    "portal.hand_over": {"system": ANY},
    "superuser.appoint": {"system": ANY},
    "people.manage": {"administrator": KEPT, "system": ANY},
    "agency.manage": {"administrator": LED},
    "line.assign": {"administrator": LED},
    "programme.manage": {"administrator": LED},
    "reference.manage": {"administrator": LED},
    "report.remind": {"reviewer": LED, "administrator": LED},
    "work.assign": {"editor": OWN, "approver": OWN, "administrator": KEPT},
    "signature.delegate": {"approver": OWN, "administrator": KEPT},
}
# Asked without an object, only who keeps the portal may these.
OF_THE_PORTAL = {"agency.manage", "reference.manage"}


@dataclass(frozen=True)
class Standing:
    """An object that stands to everybody as it is told to."""

    relations: frozenset[str]

    def relation_to(self, membership: Membership) -> frozenset[str]:
        return self.relations


def acting(role: Role, *, keeps: bool = False) -> Membership:
    return Membership(
        user=User(full_name="Người thử"),
        agency=Agency(short_name="Sở Thử nghiệm", name="Sở Thử nghiệm", keeps_portal=keeps),
        role=role,
    )


def test_every_permission_has_a_name_and_is_expected() -> None:
    assert set(PERMISSIONS) == set(EXPECTED)
    assert {permission for _role, permission in GRANTS} <= set(PERMISSIONS)


@pytest.mark.django_db
@pytest.mark.parametrize("permission", EXPECTED)
def test_a_role_may_what_the_list_says(permission: str) -> None:
    for role in Role:
        allowed = EXPECTED[permission].get(role.value, set())
        for relation in Relation:
            decision = can(acting(role), permission, Standing(frozenset({relation})))
            assert bool(decision) == (relation.value in allowed), (role, relation)
            assert bool(str(decision.reason)) != bool(decision)
        # Without an object the question is whether the role ever may, or this membership of the portal.
        anywhere = bool(allowed) and permission not in OF_THE_PORTAL
        assert bool(can(acting(role), permission)) == anywhere, role
        assert bool(can(acting(role, keeps=True), permission)) == bool(allowed), role


@pytest.mark.parametrize("permission", EXPECTED)
def test_a_refusal_for_the_role_names_it_and_who_may(permission: str) -> None:
    with translation.override("en"):
        for role in Role:
            if role.value in EXPECTED[permission]:
                continue
            reason = str(can(acting(role), permission, Standing(frozenset(Relation))).reason)
            assert str(role.label) in reason
            assert str(PERMISSIONS[permission]) in reason
            for other in EXPECTED[permission]:
                if other != "system" or set(EXPECTED[permission]) == {"system"}:
                    assert str(Role(other).label) in reason


def test_a_refusal_for_the_relation_names_agency_and_act() -> None:
    with translation.override("en"):
        decision = can(acting(Role.EDITOR), "plan.edit", Standing(frozenset({Relation.FOREIGN})))
        assert "Sở Thử nghiệm" in str(decision.reason)
        assert "edit a draft plan" in str(decision.reason)


def test_one_relation_of_several_is_enough() -> None:
    both = Standing(frozenset({Relation.OWN, Relation.LED}))
    assert can(acting(Role.REVIEWER), "plan.review", both)
    assert can(acting(Role.EDITOR), "plan.edit", both)


def test_require_raises_the_reason() -> None:
    with pytest.raises(NotAllowed) as refusal:
        require(acting(Role.VIEWER), "plan.edit", Standing(frozenset({Relation.OWN})))
    assert refusal.value.code == "not_allowed"
    assert str(refusal.value)


def test_nobody_who_administers_may_approve_anything() -> None:
    deciding = {
        "plan.review",
        "plan.register",
        "plan.submit",
        "filing.review",
        "filing.submit",
        "report.issue",
    }
    assert not deciding & {permission for role, permission in GRANTS if role is Role.ADMINISTRATOR}


@pytest.mark.django_db
def test_how_plans_and_programmes_stand_to_the_cast(cast: Cast) -> None:
    own = Plan.objects.get(code="605-qd-ubnd")
    national = Programme.objects.get(code="2009-2010")
    assert own.relation_to(cast.editor) == {"own"}
    assert own.relation_to(cast.other_editor) == {"foreign"}
    assert own.relation_to(cast.reviewer) == {"foreign"}  # the province leads its own programme
    assert national.relation_to(cast.reviewer) == {"led"}
    assert national.relation_to(cast.co_reviewer) == {"co_reviewed"}
    assert national.relation_to(cast.editor) == {"foreign"}
    assert Plan.objects.get(code="43-2008-qd-ttg").relation_to(cast.lead_editor) == {"own", "led"}


@pytest.mark.django_db
def test_how_agencies_stand_to_each_other(cast: Cast) -> None:
    unit = Agency.objects.get(key="tg-so-tc")
    assert cast.editor.agency.relation_to(cast.editor) == {"own"}
    assert unit.relation_to(cast.editor) == {"subordinate"}
    assert unit.relation_to(cast.other_editor) == {"foreign"}
    assert unit.relation_to(cast.admin) == {"led"}
    assert cast.admin.agency.relation_to(cast.admin) == {"own", "led"}
    assert PORTAL.relation_to(cast.admin) == {"led"}
    assert PORTAL.relation_to(cast.editor) == {"foreign"}
    # The database answers as the objects do.
    everything = list(Agency.objects.all())
    for who in (cast.editor, cast.admin, cast.viewer):
        for relations in ({"own"}, {"subordinate"}, {"led"}, {"foreign"}, KEPT, ANY):
            found = set(Agency.objects.standing_so(who, relations))
            assert found == {one for one in everything if one.relation_to(who) & relations}, relations
