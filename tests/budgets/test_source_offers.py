"""Which sources a plan is offered: by programme, class and year; what stands in a plan already stays."""

from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps

from agencies.models import Agency
from budgets.grid import ProjectMoneyGrid
from budgets.models import Allocation, SourceUse
from budgets.sources.offer import offer_for, offer_of
from budgets.sources.retiring import retire_source
from budgets.sources.shapes import UseStated
from plans.content.actions import create_plan
from plans.content.editing import add_line, save_line
from plans.models import Plan, PlanDraftValue, Programme
from plans.review.checks import check_plan
from tests.budgets.source_changes import change, source
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]


@pytest.fixture
def draft(cast: Cast) -> Plan:
    """A plan of Nghệ An, 2009-2010, with one project."""
    programme = Programme.objects.get(code="2009-2010")
    plan = create_plan(programme, title="Kế hoạch", actor=cast.other_editor)
    add_line(plan, "projects", {"name": "Dự án"}, actor=cast.other_editor)
    return plan


def put(plan: Plan, cast: Cast, path: str, typed: str) -> None:
    project = plan.projects.get()
    save_line(
        plan,
        "projects",
        project.line_id,
        {path: typed},
        actor=cast.other_editor,
        row_version=project.row_version,
    )


def test_what_is_loaded_offers_what_it_always_did(cast: Cast) -> None:
    province = offer_of(Programme.objects.get(code="2009-2010"), "provinces", [2009, 2010])
    assert province.opening == ("NSTW-HTDP", "NSDP-TT", "NSDP-SN")
    assert [one.code for one in province.choices()] == [
        "NSTW-DTPT", "NSTW-SN", "NSTW-HTDP", "NSDP-TT", "NSDP-SN", "ODA", "PPP", "KHAC",
    ]  # fmt: skip
    of_2008 = offer_of(Programme.objects.get(code="2008"), "ministries", [2008])
    assert of_2008.opening == ("NSTW-DTPT", "NSTW-SN")
    assert {"NSTW-DP-DTPT", "NSTW-DP-SN"} <= of_2008.offered
    assert not {"NSTW", "NSDP"} & of_2008.offered


def test_sources_that_were_there_before_stay_open_to_everybody(cast: Cast) -> None:
    SourceUse.objects.all().delete()
    import_module("budgets.migrations.0004_source_uses_filled").fill(apps, None)
    for agency_class in ("provinces", "ministries"):
        offer = offer_of(Programme.objects.get(code="2008"), agency_class, [2008])
        assert set(offer.offered) == set(offer.leaves)
    assert offer.opening == ("NSTW-DTPT", "NSTW-SN")


def test_forms_and_checks_offer_only_what_is_meant_and_valid(cast: Cast, draft: Plan) -> None:
    grid = ProjectMoneyGrid()
    assert len(grid.columns(draft, {"allocations": (), "projects": ()}, ())) == 6  # three sources, two years
    put(draft, cast, "allocations/2009/NSDP-TT", "100")
    put(draft, cast, "allocations/2010/NSTW-DP-SN", "5")
    [kept] = PlanDraftValue.objects.filter(plan=draft)
    assert (kept.finding_code, kept.raw) == ("source_not_valid", "5")
    put(draft, cast, "allocations/2010/NSTW-DP-SN", "")
    retire_source(source("NSDP-TT"), date(2009, 12, 31), basis="x", version=1, actor=cast.admin)
    change(cast, "PPP", uses=(UseStated("2008"),))
    codes_of = {code for code, _label in grid.choosers(draft)[1].options}
    assert {"NSDP-TT", "PPP"} & codes_of == {"NSDP-TT"}
    assert grid.chosen(draft, {"year": "every", "source": "NSDP-TT"}) == ["allocations/2009/NSDP-TT"]
    assert grid.chosen(draft, {"year": "every", "source": "PPP"}) == []
    put(draft, cast, "allocations/2009/PPP", "7")
    assert PlanDraftValue.objects.get(plan=draft).finding_code == "source_not_offered"
    # Once a source stands in the plan, it goes on being used; where its years are over it bars submission.
    Allocation.objects.create(
        plan=draft, line=draft.projects.get().line, year=2010, source=source("NSDP-TT"), amount=3
    )
    Allocation.objects.create(
        plan=draft, line=draft.projects.get().line, year=2010, source=source("PPP"), amount=3
    )
    put(draft, cast, "allocations/2009/PPP", "8")
    assert Allocation.objects.get(plan=draft, year=2009, source__code="PPP").amount == Decimal(8)
    found = {(one.code, one.bars, one.place.path) for one in check_plan(draft)}
    assert ("source_not_valid", True, "allocations/2010/NSDP-TT") in found
    assert any(code == "source_not_offered" and not bars for code, bars, _path in found)
    assert offer_for(draft).opening == ("NSTW-HTDP", "NSDP-TT", "NSDP-SN")


def test_nobody_outside_the_class_is_offered_a_narrow_source(cast: Cast) -> None:
    change(cast, "ODA", uses=(UseStated("2009-2010", "provinces"), UseStated("2008")))
    programme = Programme.objects.get(code="2009-2010")
    assert "ODA" in offer_of(programme, "provinces", [2009]).offered
    assert "ODA" not in offer_of(programme, "ministries", [2009]).offered
    assert "ODA" in offer_of(Programme.objects.get(code="2008"), "ministries", [2008]).offered
    assert Agency.objects.get(key="p40").agency_class == "provinces"
