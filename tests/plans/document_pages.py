"""Addresses of clauses, and what a page costs."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse


def clause_page(slug: str, number: str) -> str:
    return reverse("clause_detail", args=[slug, number])


def cost(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
