"""Role x address: what each of the cast gets at the pages of the funding sources.

The table is read against the list of addresses, so a new one without a row fails.
"""

import pytest
from django.test import Client
from django.urls import reverse

import budgets.urls
from tests.cast import CHARACTERS, Cast
from tests.reading import ClientFor, address_names, in_english, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]

# Address -> arguments, and what the administrator gets; anybody else is told who may.
TABLE: dict[str, tuple[list[str], int]] = {
    "source_list": ([], 200),
    "source_list_export": ([], 200),
    "source_new": ([], 200),
    "source_edit": (["NSDP-TT"], 200),
    "source_retire": (["NSDP-TT"], 200),
    "source_remove": (["NSDP-TT"], 422),  # there is money of it
}


def test_every_address_has_a_row() -> None:
    assert set(address_names(budgets.urls.urlpatterns)) == set(TABLE)


def test_what_each_gets_at_each_address(client_for: ClientFor, client: Client, cast: Cast) -> None:
    for name, (arguments, status) in TABLE.items():
        url = reverse(name, args=arguments)
        assert client.get(url)["Location"].startswith("/accounts/login/"), name
        # The first page says it of everybody; the others of one who may, one who reviews and one who drafts.
        asked = CHARACTERS if name == next(iter(TABLE)) else ("admin", "reviewer", "editor")
        found = {who: client_for(getattr(cast, who)).get(url).status_code for who in asked}
        assert found == {**dict.fromkeys(asked, 403), "admin": status}, name
        assert client_for(cast.reviewer).post(url, {"name": "x", "confirmed": "1"}).status_code == 403, name
    refused = in_english(client_for(cast.reviewer)).get(reverse(next(iter(TABLE))))
    assert "may not keep the reference lists" in said(refused)
