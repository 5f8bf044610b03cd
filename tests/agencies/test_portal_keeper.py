"""Who keeps the portal: one agency, by succession the next; and that its last administrator stays."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import translation

from agencies.answering import portal_keeper
from agencies.audit import verify
from agencies.changes.actions import change_agencies
from agencies.changes.shapes import Basis, Rename
from agencies.models import Agency, Membership, Role
from agencies.people.accounts import deactivate
from agencies.people.memberships import change_membership, stop_membership
from agencies.permissions import PORTAL, can
from agencies.portal import hand_over_portal
from agencies.system import system_actor
from core import clock
from core.findings import NotAllowed, Refused
from tests.agencies.people import last_entry
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]


def administrator(cast: Cast, agency: str) -> Membership:
    """The viewer of the Government Office administers an agency."""
    there = Agency.objects.get(key=agency)
    return Membership.objects.create(user=cast.viewer.user, agency=there, role=Role.ADMINISTRATOR)


def command(name: str, *arguments: str) -> str:
    out = io.StringIO()
    with translation.override("en"):
        call_command(name, *arguments, stdout=out)
    return out.getvalue()


def test_the_ministry_keeps_it_since_the_documents_are_loaded(cast: Cast) -> None:
    assert [one.key for one in Agency.objects.filter(keeps_portal=True)] == ["m-tttt"]
    assert cast.admin.keeps_portal
    assert not cast.editor.keeps_portal
    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.filter(key="p82").update(keeps_portal=True)


def test_its_principal_successor_keeps_it_from_its_day_on(cast: Cast) -> None:
    before, after = (Agency.objects.get(key=key) for key in ("m-tttt", "m-khcn25"))
    assert portal_keeper() == before
    heir = administrator(cast, "m-khcn25")
    with clock.at("2026-01-05T09:00"):
        assert portal_keeper() == after
        fresh = Membership.objects.get(pk=heir.pk)
        assert fresh.keeps_portal
        assert PORTAL.relation_to(fresh) == {"led"}
        assert can(fresh, "people.manage", Agency.objects.get(key="p40"))
        assert not can(administrator(cast, "p40"), "agency.manage")


def test_a_refusal_names_who_keeps_it(cast: Cast) -> None:
    province = administrator(cast, "p82")
    with translation.override("en"):
        said = str(can(province, "reference.manage").reason)
        assert "only an administrator of Bộ Thông tin và Truyền thông may" in said
        said = str(can(province, "people.manage", cast.other_editor.agency).reason)
        assert said.startswith("Tiền Giang may not manage people and rights of another agency.")
        assert "Bộ Thông tin và Truyền thông" in said


def test_an_operator_hands_it_to_an_agency_that_has_an_administrator(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Bộ Thông tin và Truyền thông keeps the portal" in command("keep_portal")
    for key, words in (("p999", "p999"), ("p82", "create_admin --agency p82"), ("m-bcvt", "taken over")):
        with pytest.raises(CommandError, match=words):
            command("keep_portal", key)
    province = administrator(cast, "p82")
    assert "Tỉnh Tiền Giang keeps the portal" in command("keep_portal", "p82")
    assert last_entry() == ("hand_over_portal", {"before": "m-tttt"})
    assert can(Membership.objects.get(pk=province.pk), "agency.manage")
    assert not can(Membership.objects.get(pk=cast.admin.pk), "agency.manage")
    # As long as none does, whoever is made administrator keeps it.
    Agency.objects.update(keeps_portal=False)
    with pytest.raises(CommandError):
        command("keep_portal")
    monkeypatch.setenv("ADMIN_PASSWORD", "mot-mat-khau-dai-2008")
    command("create_admin", "--email", "a@vidu.example", "--name", "Nguyễn Văn A", "--agency", "p40")
    command("create_admin", "--email", "b@vidu.example", "--name", "Nguyễn Văn B", "--agency", "p42")
    assert portal_keeper() == Agency.objects.get(key="p40")
    assert verify().broken_at is None


def test_the_last_administrator_who_keeps_it_stays(cast: Cast) -> None:
    """An administrator of a province is none who could mend the loss."""
    own = cast.admin
    province = administrator(cast, "p82")
    second = Membership.objects.create(user=cast.reviewer.user, agency=own.agency, role=Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        deactivate(own.user, reason="x", actor=province)
    with pytest.raises(NotAllowed):
        stop_membership(own, reason="x", actor=province)
    stop_membership(second, reason="x", actor=own)
    for act in (
        lambda: stop_membership(own, reason="x", actor=second),
        lambda: change_membership(own, first=None, last=date(2008, 12, 31), actor=second),
        lambda: deactivate(own.user, reason="x", actor=second),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "last_administrator"
    # That of a province may go: who keeps the portal enters another.
    stop_membership(province, reason="x", actor=own)


def test_it_goes_on_under_a_new_name_where_its_people_follow(cast: Cast) -> None:
    home = Agency.objects.get(key="p40")
    own = administrator(cast, home.key)
    hand_over_portal(home, actor=system_actor())
    own = Membership.objects.get(pk=own.pk)
    basis = Basis("1", date(2008, 8, 1))
    change = Rename(home, "Tỉnh Lam Giang", "", basis)
    with pytest.raises(Refused) as refusal:
        change_agencies(change, actor=own)
    assert refusal.value.code == "last_administrator"
    change_agencies(change, actor=own, with_people=True)
    with clock.at("2008-08-01T09:00"):
        [acting] = Membership.objects.active(basis.day).filter(user=own.user, role=Role.ADMINISTRATOR)
        assert acting.keeps_portal
        assert str(portal_keeper()) == "Tỉnh Lam Giang"
