"""Role x address: what each of the cast gets at each address of the agencies.

The table is read against the list of addresses, so a new one without a row fails.
"""

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

import agencies.urls
from agencies.changes.acts import ACTS
from agencies.models import Agency, Membership
from tests.agencies.changes import made, snapshot
from tests.cast import CHARACTERS, Cast
from tests.reading import ClientFor, address_names, in_english, said, undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]


def everybody(status: int) -> dict[str, int]:
    return dict.fromkeys(CHARACTERS, status)


def administrator(status: int) -> dict[str, int]:
    """The administrator's answer; anybody else is told who may."""
    return {**everybody(403), "admin": status}


def approvers_and_administrator(status: int) -> dict[str, int]:
    """Whose role can delegate a signature, or record that."""
    found = ("approver", "other_approver", "lead_approver", "admin")
    return {**everybody(403), **dict.fromkeys(found, status)}


# Address -> method, arguments and statuses.
TABLE: dict[str, tuple[str, list[str], dict[str, int]]] = {
    "worklist": ("get", [], everybody(200)),
    "search": ("get", [], everybody(200)),
    "act_as": ("post", [], everybody(404)),  # what is posted is nobody's membership
    "account": ("get", [], everybody(200)),
    "session_left": ("get", [], everybody(200)),
    "session_end": ("post", ["0"], everybody(404)),  # nobody's session
    "session_end_others": ("post", [], everybody(302)),
    "token_list": ("get", [], everybody(200)),
    "token_revoke": ("get", ["0"], everybody(404)),  # nobody's token
    "people_tokens": ("get", [], administrator(200)),
    "people_tokens_export": ("get", [], administrator(200)),
    "administration": ("get", [], administrator(200)),
    "rights": ("get", [], administrator(200)),
    "rights_export": ("get", [], administrator(200)),
    "group_list": ("get", [], administrator(200)),
    "group_list_export": ("get", [], administrator(200)),
    "group_new": ("get", [], administrator(200)),
    "group_detail": ("get", ["pilot-2008"], administrator(200)),
    "group_edit": ("get", ["pilot-2008"], administrator(200)),
    "group_members": ("get", ["pilot-2008"], administrator(200)),
    "group_remove": ("get", ["pilot-2008"], administrator(422)),  # plans rest on it
    "letter_list": ("get", [], administrator(200)),
    "letter_list_export": ("get", [], administrator(200)),
    "letter_edit": ("get", ["frame"], administrator(200)),
    "letter_restore": ("get", ["frame"], administrator(200)),
    "sign_in_list": ("get", [], administrator(200)),
    "sign_in_list_export": ("get", [], administrator(200)),
    "people_list": ("get", [], administrator(200)),
    "people_list_export": ("get", [], administrator(200)),
    "person_invite": ("get", [], administrator(200)),
    "people_lacking": ("get", [], administrator(200)),
    "people_lacking_export": ("get", [], administrator(200)),
    "person_detail": ("get", ["0"], administrator(404)),  # nobody
    "person_act": ("get", ["0", "correct"], administrator(404)),
    "membership_act": ("get", ["0", "0", "change"], administrator(404)),
    # No such membership, delegation or draft; whose role gives none is told so.
    "delegation_new": ("get", ["0"], approvers_and_administrator(404)),
    "delegation_withdraw": ("get", ["0"], approvers_and_administrator(404)),
    "in_charge": ("get", ["plan", "0"], everybody(404)),
    "agency_list": ("get", [], everybody(200)),
    "agency_list_export": ("get", [], everybody(200)),
    "agency_new": ("get", [], administrator(200)),
    "agency_detail": ("get", ["p82"], everybody(200)),
    "agency_act": ("get", ["p40", "rename"], administrator(200)),
}
# One's own account, which needs no agency to act for.
OWN = {"account": 200, "session_left": 200, "session_end": 404, "session_end_others": 302}
# Act -> the administrator's answer on Nghệ An, on Tiền Giang whose end is recorded, on one of today.
OF_AN_AGENCY: dict[str, tuple[int, int, int]] = {
    "rename": (200, 409, 200),
    "merge": (200, 409, 200),
    "split": (200, 409, 200),
    "end": (200, 409, 200),
    "edit": (200, 200, 200),
    "move-people": (409, 409, 409),  # nobody's agency has ended yet
    "remove": (409, 409, 200),
}


def test_every_address_and_every_act_has_a_row() -> None:
    assert set(address_names(agencies.urls.urlpatterns)) == set(TABLE)
    assert set(OF_AN_AGENCY) == set(ACTS)


def ask(client: Client, name: str) -> HttpResponseBase:
    method, arguments, _statuses = TABLE[name]
    url = reverse(name, args=arguments)
    return client.post(url) if method == "post" else client.get(url)


def clients(client_for: ClientFor, cast: Cast) -> dict[str, Client]:
    return {who: client_for(getattr(cast, who)) for who in CHARACTERS}


def test_what_each_gets_at_each_address(client_for: ClientFor, cast: Cast) -> None:
    by_character = clients(client_for, cast)
    for name, (method, arguments, statuses) in TABLE.items():
        url = reverse(name, args=arguments)
        assert {who: undone(one, method, url) for who, one in by_character.items()} == statuses, name


def test_who_has_not_signed_in_is_asked_to(client: Client, cast: Cast) -> None:
    for name in TABLE:
        response = ask(client, name)
        assert response.status_code == 302, name
        assert response["Location"].startswith("/accounts/login/"), name


def test_who_acts_for_no_agency_is_told_whom_to_ask(client: Client, cast: Cast) -> None:
    Membership.objects.filter(user=cast.viewer.user).update(valid_to="2008-01-01")
    client.force_login(cast.viewer.user)
    for name, (method, arguments, _statuses) in TABLE.items():
        assert undone(client, method, reverse(name, args=arguments)) == OWN.get(name, 403), name


def test_the_acts_are_the_administrators_alone(client_for: ClientFor, cast: Cast) -> None:
    fresh = made(cast, "Ban Một", kind="don_vi")
    by_character = clients(client_for, cast)
    for name, statuses in OF_AN_AGENCY.items():
        for key, status in zip(("p40", "p82", fresh.key), statuses, strict=True):
            url = reverse("agency_act", args=[key, name])
            found = {who: one.get(url).status_code for who, one in by_character.items()}
            assert found == administrator(status), (name, key)


def test_a_post_of_anybody_else_writes_nothing(client_for: ClientFor, cast: Cast) -> None:
    by_character = clients(client_for, cast)
    del by_character["admin"]
    before = snapshot()
    stated = {"name": "Tỉnh Mới", "kind": "tinh", "document": "1", "on": "01/08/2008", "confirmed": "1"}
    for client in map(in_english, by_character.values()):
        for url in ("/agencies/new/", *(f"/agencies/p40/acts/{name}/" for name in ACTS)):
            answer = client.post(url, stated)
            assert answer.status_code == 403
            assert "may not change the list of agencies" in said(answer)
    assert snapshot() == before


@pytest.mark.parametrize("path", ["p999/", "p999/acts/rename/", "p40/acts/steal/", "P40/acts/rename/"])
def test_what_is_not_there_is_a_404(client_for: ClientFor, cast: Cast, path: str) -> None:
    assert client_for(cast.admin).get(f"/agencies/{path}").status_code == 404


def test_buttons_stand_on_the_administrators_page_alone(client_for: ClientFor, cast: Cast) -> None:
    shown = client_for(cast.admin).get("/agencies/p40/").content.decode()
    assert 'href="/agencies/p40/acts/rename/"' in shown
    assert 'href="/agencies/p40/acts/remove/"' not in shown
    assert "/acts/" not in client_for(cast.reviewer).get("/agencies/p40/").content.decode()
    closed = in_english(client_for(cast.admin)).get("/agencies/p82/")
    assert 'href="/agencies/p82/acts/rename/"' not in closed.content.decode()
    assert "Rename, Merge, Split, End: Its end is recorded: 30/06/2025" in said(closed)


def test_an_agency_of_which_nothing_is_known_shows_no_gap(client_for: ClientFor, cast: Cast) -> None:
    Agency.objects.create(key="trong", name="Ban Trống", short_name="Ban Trống", kind="don_vi")
    words = said(in_english(client_for(cast.viewer)).get("/agencies/trong/"))
    assert "dates not in our sources" in words
