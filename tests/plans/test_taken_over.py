"""Plans of an agency that has ended: its successor goes on with them, and plans for itself beside."""

from collections.abc import Iterator
from datetime import date

import pytest

from agencies.changes.shapes import Basis, Merge, NewAgency, Rename
from agencies.models import Agency, AuditEntry, Membership, Role
from core import clock
from core.findings import NotAllowed, Refused
from plans.content.actions import amend_plan, create_plan
from plans.content.editing import save_line
from plans.models import Plan, PlanState, Programme
from plans.parts import registry
from plans.review.actions import hand_over
from plans.standing import standing_of
from plans.worklist import programmes_to_plan_in
from tests.agencies.changes import BASIS, agency, do, made
from tests.cast import Cast
from tests.reading import ClientFor, in_english, links, said

pytestmark = pytest.mark.django_db

CODE = "2009-2010-nghe-an"


@pytest.fixture
def programme(cast: Cast) -> Programme:
    return Programme.objects.get(code="2009-2010")


@pytest.fixture
def plan(cast: Cast, programme: Programme, june_2008: object) -> Plan:
    """Nghệ An's draft."""
    return create_plan(programme, actor=cast.other_editor)


@pytest.fixture
def august() -> Iterator[object]:
    with clock.at("2008-08-06T09:00") as moment:
        yield moment


def editor_of(key: str, cast: Cast) -> Membership:
    """Nghệ An's editor, now acting for another."""
    found, _made = Membership.objects.get_or_create(
        user=cast.other_editor.user, agency=agency(key), role=Role.EDITOR
    )
    return Membership.objects.select_related("agency", "user").get(pk=found.pk)


@pytest.fixture
def renamed(cast: Cast, plan: Plan) -> Membership:
    """Nghệ An is Lam Giang from 01/08/2008; its editor acts there."""
    do(Rename(agency("p40"), "Tỉnh Lam Giang", "Lam Giang", BASIS), cast, with_people=True)
    return editor_of("lam-giang", cast)


@pytest.fixture
def merged(cast: Cast, plan: Plan) -> Membership:
    """Nghệ An is part of Thanh Hóa from 01/08/2008; its editor acts there."""
    do(Merge([agency("p40")], agency("p38"), BASIS), cast, with_people=True)
    return editor_of("p38", cast)


def first_section(plan: Plan) -> tuple[object, int]:
    row = registry.get("sections").read(plan)[0]
    return row.line, row.row_version


def test_the_successor_edits_the_draft_and_the_record_names_it(
    cast: Cast, plan: Plan, renamed: Membership, august: object
) -> None:
    line, version = first_section(plan)
    save_line(plan, "sections", line, {"body": "Tỉnh Lam Giang"}, actor=renamed, row_version=version)  # type: ignore[arg-type]
    assert plan.line_edits.order_by("-id")[0].by == renamed.user
    hand_over(plan, actor=renamed)
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.verb, entry.user, entry.agency) == ("hand_over", renamed.user, renamed.agency)
    plan.refresh_from_db()
    assert plan.agency.key == "p40"


def test_before_the_day_it_does_not(cast: Cast, plan: Plan, renamed: Membership) -> None:
    line, version = first_section(plan)
    with clock.at("2008-07-31T09:00"), pytest.raises(NotAllowed):
        save_line(plan, "sections", line, {"body": "x"}, actor=renamed, row_version=version)  # type: ignore[arg-type]


def test_pages_say_whose_it_was_and_whose_turn_it_is(
    cast: Cast, plan: Plan, renamed: Membership, client_for: ClientFor, august: object
) -> None:
    page = said(in_english(client_for(renamed)).get(f"/plans/{CODE}/1/"))
    assert "Nghệ An: taken over by Tỉnh Lam Giang from 01/08/2008" in page
    assert "Lam Giang (succeeding Nghệ An)" in page
    band = standing_of(Plan.objects.get(pk=plan.pk), renamed)
    assert band.mine
    assert f"/plans/{CODE}/1/" in links(client_for(renamed).get("/"))
    agency_page = said(in_english(client_for(renamed)).get("/agencies/lam-giang/"))
    assert "taken over from Tỉnh Nghệ An" in agency_page


def test_under_its_new_name_an_agency_has_that_plan_already(
    cast: Cast, programme: Programme, plan: Plan, renamed: Membership, august: object
) -> None:
    assert programme not in programmes_to_plan_in(renamed)
    with pytest.raises(Refused) as refusal:
        create_plan(programme, actor=renamed)
    assert refusal.value.code == "plan_exists"


def test_who_took_another_over_still_plans_for_itself(
    cast: Cast, programme: Programme, plan: Plan, merged: Membership, august: object
) -> None:
    assert programme in programmes_to_plan_in(merged)
    own = create_plan(programme, actor=merged)
    assert (own.agency.key, own.code) == ("p38", "2009-2010-thanh-hoa")
    assert Plan.objects.visible_to(merged).filter(code__in=(CODE, own.code)).count() == 2


def test_the_plan_in_force_is_amended_by_the_successor(
    cast: Cast, plan: Plan, merged: Membership, august: object
) -> None:
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.APPROVED, in_force_from=date(2008, 7, 1))
    draft = amend_plan(plan, actor=merged)
    assert (draft.agency.key, draft.code, draft.version) == ("p40", CODE, 2)


def test_two_agencies_of_one_short_name_have_plans_of_their_own(
    cast: Cast, programme: Programme, june_2008: object
) -> None:
    """As Đồng Tháp, which was merged into a province of its own name."""
    first = made(cast, "Tỉnh Đồng Lam", short_name="Đồng Lam")
    create_plan(programme, actor=editor_of(first.key, cast))
    new = NewAgency("Tỉnh Đồng Lam", "Đồng Lam", "tinh")
    second = do(Merge([first, agency("p40")], new, Basis("2", date(2008, 8, 1))), cast).agency
    assert isinstance(second, Agency)
    with clock.at("2008-08-06T09:00"):
        plan = create_plan(programme, actor=editor_of(second.key, cast))
    assert plan.code == f"2009-2010-{second.key}"
    assert Plan.objects.filter(programme=programme, agency__in=(first, second)).count() == 2
