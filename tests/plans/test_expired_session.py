"""A sign-in that expired while somebody typed: nothing is lost, applied unasked, or shown to others."""

import secrets
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies import expiry
from agencies.models import Membership
from plans.content.editing import save_line
from plans.models import Plan, Project
from tests.browsing import Form, form_with
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[Membership], Client]
LOGIN = "/accounts/login/"


@pytest.fixture
def here(draft: Plan, portal: Project) -> str:
    return reverse("line_edit", args=[draft.code, draft.version, "projects", portal.line_id])


@pytest.fixture
def grid(draft: Plan) -> str:
    return reverse("plan_grid", args=[draft.code, draft.version, "projects"])


def expire(client: Client) -> None:
    """What the server has forgotten; the browser's page is still open."""
    client.session.flush()


def from_page(client: Client, page: str) -> Form:
    answer = client.get(page)
    return form_with(answer, "row_version" if "grid" not in page else "once")


def send(client: Client, page: str, data: dict[str, Any]) -> Any:
    """A browser says from which page it posts."""
    return client.post(page, data, headers={"referer": f"http://testserver{page}"})


def sign_in(client: Client, page: Form, email: str, password: str = PASSWORD) -> Any:
    return client.post(LOGIN, page.post(login=email, password=password))


def test_the_sign_in_page_carries_what_was_typed_and_shows_it_again_unsaved(
    client_for: SignIn, cast: Cast, here: str, portal: Project
) -> None:
    client = client_for(cast.editor)
    form = from_page(client, here)
    expire(client)
    answer = send(client, here, form.post(name="Tên đã gõ <b>", total_need="2,500"))
    assert answer.status_code == 401
    asked = form_with(answer, "password")
    assert asked.fields["next"] == here
    assert "Tên đã gõ" not in answer.content.decode()  # signed and packed, not lying about on the page
    answer = sign_in(client, asked, "editor@cast.example")
    assert (answer.status_code, answer.headers["location"]) == (302, here)
    portal.refresh_from_db()
    assert portal.name != "Tên đã gõ <b>"
    shown = client.get(here)
    again = form_with(shown, "row_version")
    assert (again.fields["name"], again.fields["total_need"]) == ("Tên đã gõ <b>", "2,500")
    assert shown.content.decode().count("✎") == 2  # these two fields are marked as not saved
    portal.refresh_from_db()
    assert portal.name != "Tên đã gõ <b>"
    client.post(here, again.post())
    portal.refresh_from_db()
    assert portal.name == "Tên đã gõ <b>"
    assert "carried" not in client.session


def test_a_mistyped_password_loses_nothing(client_for: SignIn, cast: Cast, here: str) -> None:
    client = client_for(cast.editor)
    form = from_page(client, here)
    expire(client)
    asked = form_with(send(client, here, form.post(name="Tên đã gõ")), "password")
    asked = form_with(sign_in(client, asked, "editor@cast.example", "wrong"), "password")
    sign_in(client, asked, "editor@cast.example")
    assert form_with(client.get(here), "row_version").fields["name"] == "Tên đã gõ"


def test_it_stays_until_it_is_saved_or_thrown_away(
    client_for: SignIn, cast: Cast, here: str, portal: Project
) -> None:
    client = client_for(cast.editor)
    form = from_page(client, here)
    expire(client)
    asked = form_with(send(client, here, form.post(name="Tên đã gõ")), "password")
    sign_in(client, asked, "editor@cast.example")
    for _reload in range(2):
        assert form_with(client.get(here), "row_version").fields["name"] == "Tên đã gõ"
    thrown = send(client, here, {"carried": "forget"})
    assert (thrown.status_code, thrown.headers["location"]) == (302, here)
    assert form_with(client.get(here), "row_version").fields["name"] == portal.name


def test_what_somebody_else_saved_meanwhile_is_a_conflict_then(
    client_for: SignIn, cast: Cast, colleague: Membership, draft: Plan, here: str, portal: Project
) -> None:
    client = client_for(cast.editor)
    form = from_page(client, here)
    expire(client)
    asked = form_with(send(client, here, form.post(name="Tên đã gõ")), "password")
    raw = {"name": "Tên của người khác"}
    save_line(draft, "projects", portal.line_id, raw, actor=colleague, row_version=portal.row_version)
    sign_in(client, asked, "editor@cast.example")
    again = form_with(client.get(here), "row_version")
    assert again.fields["name"] == "Tên đã gõ"
    answer = client.post(here, again.post())
    assert answer.status_code == 409
    assert form_with(answer, "name").choices.getlist("name") == ["Tên đã gõ", "Tên của người khác"]


def test_somebody_of_another_agency_neither_sees_nor_saves_it(
    client_for: SignIn, cast: Cast, here: str, portal: Project
) -> None:
    client = client_for(cast.editor)
    form = from_page(client, here)
    expire(client)
    asked = form_with(send(client, here, form.post(name="Tên đã gõ")), "password")
    sign_in(client, asked, "other-editor@cast.example")
    answer = client.get(here)
    assert answer.status_code == 404
    assert "Tên đã gõ" not in answer.content.decode()
    assert "Tên đã gõ" not in client.get("/").content.decode()
    portal.refresh_from_db()
    assert portal.name != "Tên đã gõ"


def test_a_leader_who_signs_in_instead_is_refused_without_seeing_a_form(
    client_for: SignIn, cast: Cast, here: str
) -> None:
    client = client_for(cast.editor)
    form = from_page(client, here)
    expire(client)
    asked = form_with(send(client, here, form.post(name="Tên đã gõ")), "password")
    sign_in(client, asked, "approver@cast.example")
    assert client.get(here).status_code == 403


def test_a_grid_comes_back_with_the_columns_it_had(
    client_for: SignIn, cast: Cast, draft: Plan, grid: str, portal: Project
) -> None:
    page = f"{grid}?col=allocations/2010/ODA"
    client = client_for(cast.editor)
    form = form_with(client.get(page), f"version:{portal.line_id}")
    expire(client)
    oda = f"{portal.line_id}:allocations/2010/ODA"
    answer = client.post(page, form.post(**{oda: "77"}), headers={"referer": f"http://testserver{page}"})
    asked = form_with(answer, "password")
    answer = sign_in(client, asked, "editor@cast.example")
    assert answer.headers["location"] == page
    shown = client.get(page)
    assert form_with(shown, oda).fields[oda] == "77"
    assert shown.content.decode().count("is-unsaved") == 1
    client.post(page, form_with(shown, oda).post())
    assert form_with(client.get(grid), oda).fields[oda] == "77"


def test_a_new_line_comes_back_as_a_form(client_for: SignIn, cast: Cast, draft: Plan) -> None:
    page = reverse("line_new", args=[draft.code, draft.version, "projects"])
    client = client_for(cast.editor)
    form = form_with(client.get(page), "line")
    expire(client)
    asked = form_with(send(client, page, form.post(name="Dự án mới", objective="Mục tiêu")), "password")
    sign_in(client, asked, "editor@cast.example")
    again = form_with(client.get(page), "line")
    assert (again.fields["name"], again.fields["objective"]) == ("Dự án mới", "Mục tiêu")
    assert not Project.objects.filter(plan=draft, name="Dự án mới").exists()


def test_a_page_without_such_a_form_shows_the_texts_to_copy(
    client_for: SignIn, cast: Cast, draft: Plan
) -> None:
    page = reverse("plan_detail", args=[draft.code, draft.version])
    client = client_for(cast.editor)
    expire(client)
    answer = client.post(
        reverse("plan_act", args=[draft.code, draft.version, "hand_over"]),
        {"note": "Kính chuyển lãnh đạo xem"},
        headers={"referer": f"http://testserver{page}"},
    )
    asked = form_with(answer, "password")
    assert asked.fields["next"] == page
    sign_in(client, asked, "editor@cast.example")
    assert "Kính chuyển lãnh đạo xem" in client.get(page).content.decode()
    draft.refresh_from_db()
    assert not draft.ready_for_approver


def test_passwords_tokens_and_files_are_never_carried(client_for: SignIn, cast: Cast, here: str) -> None:
    client = Client()
    secret = {
        "password": "bí mật",
        "old_password": "bí mật",
        "csrfmiddlewaretoken": "t",
        "once": "o",
        "next": "/x",
    }
    answer = send(client, here, {**secret, "name": "Tên đã gõ"})
    token = form_with(answer, "password").fields["carried"]
    sign_in(client, form_with(answer, "password"), "editor@cast.example")
    assert client.session["carried"]["fields"] == {"name": ["Tên đã gõ"]}
    assert len(token) < 300


def test_nothing_typed_is_nothing_to_carry(client_for: SignIn, here: str, grid: str) -> None:
    for data in ({}, {"direction": "up"}, {"row_version": "3", "once": "x"}, {"name": "  "}):
        answer = send(Client(), here, data)
        assert answer.status_code == 302
        assert answer.headers["location"].startswith(LOGIN)


def test_too_much_is_not_carried(here: str) -> None:
    answer = send(Client(), here, {"name": secrets.token_urlsafe(expiry.LIMIT)})
    assert answer.status_code == 302


@pytest.mark.parametrize("token", ["", "x", "eyJ9:1:x"])
def test_a_forged_token_is_no_reason_to_show_anything(
    token: str, cast: Cast, here: str, portal: Project
) -> None:
    client = Client()
    client.post(LOGIN, {"login": "editor@cast.example", "password": PASSWORD, "next": here, "carried": token})
    assert "carried" not in client.session
    assert form_with(client.get(here), "row_version").fields["name"] == portal.name


def test_a_page_of_another_site_is_not_led_to(here: str) -> None:
    answer = Client().post(here, {"name": "Tên đã gõ"}, headers={"referer": "https://elsewhere.example/x"})
    assert form_with(answer, "password").fields["next"] == here


def test_a_script_is_told_and_keeps_what_it_holds(draft: Plan, here: str, grid: str) -> None:
    for page in (here, f"{grid}cell/"):
        answer = Client().post(page, {"name": "x"}, headers={"accept": "application/json"})
        assert (answer.status_code, answer.json()["status"]) == (401, "signed_out")
    assert Client().post(here, {"name": "x"}, headers={"hx-request": "true"}).status_code == 401


def test_reading_signed_out_leads_to_the_sign_in_and_back(here: str) -> None:
    answer = Client().get(here)
    assert (answer.status_code, answer.headers["location"]) == (302, f"{LOGIN}?next={here}")


# --- A page from before another sign-in, whose token is no longer good


@pytest.fixture
def strict(cast: Cast) -> Client:
    """A browser that is held to the token of its page, signed in as the editor."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.editor.user)
    return client


def stale(client: Client, page: str, data: dict[str, Any], origin: str = "http://testserver") -> Any:
    token = {"csrfmiddlewaretoken": "x" * 64}
    return client.post(page, data | token, headers={"origin": origin, "referer": f"{origin}{page}"})


def test_a_page_from_before_another_sign_in_gives_back_what_was_typed(
    strict: Client, here: str, portal: Project
) -> None:
    form = from_page(strict, here)
    answer = stale(strict, here, form.post(name="Tên đã gõ"))
    assert (answer.status_code, answer.headers["location"]) == (302, here)
    again = from_page(strict, here)
    assert again.fields["name"] == "Tên đã gõ"
    portal.refresh_from_db()
    assert portal.name != "Tên đã gõ"
    assert strict.post(here, again.post()).status_code == 302
    portal.refresh_from_db()
    assert portal.name == "Tên đã gõ"


def test_another_site_puts_nothing_into_a_form(strict: Client, here: str, portal: Project) -> None:
    for origin in ("https://elsewhere.example", "null", "http://testserver.elsewhere.example"):
        assert stale(strict, here, {"name": "Của kẻ khác"}, origin).status_code == 403
    assert strict.post(here, {"name": "Của kẻ khác"}).status_code == 403
    assert from_page(strict, here).fields["name"] == portal.name


def test_a_script_with_an_old_token_is_told_so(strict: Client, here: str) -> None:
    headers = {"origin": "http://testserver", "accept": "application/json"}
    assert strict.post(here, {"name": "x"}, headers=headers).status_code == 403
    assert "carried" not in strict.session


def test_two_sign_in_pages_side_by_side_lose_nothing(client_for: SignIn, cast: Cast, here: str) -> None:
    form = from_page(client_for(cast.editor), here)
    client = Client(enforce_csrf_checks=True)
    answer = stale(client, here, form.post(name="Tên đã gõ"))
    asked = form_with(answer, "password")
    assert asked.fields["next"] == here
    again = form_with(stale(client, LOGIN, asked.post(login="x", password="y")), "password")
    assert (again.fields["next"], again.fields["carried"]) == (here, asked.fields["carried"])
    client.force_login(cast.editor.user)  # in the other window
    answer = stale(client, LOGIN, again.post(login="x", password="y"))
    assert answer.headers["location"] == here
    assert from_page(client, here).fields["name"] == "Tên đã gõ"
