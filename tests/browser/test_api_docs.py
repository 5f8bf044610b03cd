"""The page of the API in a real browser: it renders under the security policy, and a token works in it."""

import pytest
from playwright.sync_api import Page, expect

from agencies.models import ApiToken
from tests.browser.portal import Portal
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.browser


def docs(portal: Portal, people: Cast) -> Page:
    """The page once Swagger UI has drawn the schema."""
    page = portal.seat(people.editor, language="en")
    page.goto("/api/docs/")
    expect(page.locator(".swagger-ui .info .title")).to_contain_text("Agency IT planning portal")
    return page


def test_every_operation_is_drawn_without_a_breach(portal: Portal, people: Cast) -> None:
    page = docs(portal, people)
    expect(page.locator("#operations-tag-targets")).to_be_visible()
    tags = page.locator(".opblock-tag").all_inner_texts()
    assert {"agencies", "documents", "programmes", "targets"} <= {one.split()[0] for one in tags}
    page.locator("#operations-tag-agencies").click()
    page.locator(".opblock").filter(has_text="/api/v1/agencies/{key}/").first.locator(
        ".opblock-summary-control"
    ).first.click()
    opened = page.locator(".opblock.is-open")
    expect(opened).to_contain_text("One agency")
    expect(opened.locator(".responses-table").first).to_contain_text("application/problem+json")


def test_a_person_makes_a_token_and_tries_it_there(portal: Portal, people: Cast) -> None:
    page = portal.seat(people.editor, language="en")
    page.goto("/account/tokens/")
    page.get_by_label("What will use it").fill("trying the API")
    page.get_by_role("button", name="Make the token").click()
    expect(page.get_by_role("heading", name="Confirm that it is you")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    secret = page.locator("#secret").inner_text()
    page.goto("/api/docs/")
    expect(page.locator("#operations-tag-me")).to_be_visible()
    page.locator("button.authorize").first.click()
    page.locator(".auth-container input").fill(secret)
    page.locator(".auth-btn-wrapper .authorize").click()
    page.locator(".auth-btn-wrapper .btn-done").click()
    page.locator("#operations-tag-me").click()
    me = page.locator("#operations-me-me_retrieve")
    me.locator(".opblock-summary-control").first.click()
    me.locator(".try-out__btn").click()
    me.locator(".execute").click()
    expect(me.locator(".live-responses-table .response-col_status").last).to_contain_text("200")
    expect(me.locator(".live-responses-table")).to_contain_text("editor@cast.example")
    assert ApiToken.objects.get().last_used_on is not None
