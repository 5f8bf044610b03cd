"""The page of open data, its dictionary, and who may read them."""

import csv
import io
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from agencies.models import Membership
from plans.open_data.datasets import data_sets
from plans.open_data.dictionary import COLUMNS
from plans.parts import registry
from tests.cast import Cast
from tests.reading import ClientFor, in_english, links, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2008")]

PATHS = (
    "/open-data/",
    "/open-data/dictionary/",
    "/open-data/dictionary.csv",
    "/open-data/plans.csv",
    "/open-data/plans.json",
)


@pytest.fixture
def reader(cast: Cast, client_for: ClientFor) -> Client:
    return in_english(client_for(cast.viewer))


@pytest.fixture
def public(settings: Settings) -> None:
    cache.clear()
    settings.OPEN_DATA_PUBLIC = True


def test_the_page_lists_every_data_set_with_its_files(reader: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = reader.get("/open-data/")
    assert len(queries) <= 12
    words, found = said(page), links(page)
    assert f"{len(data_sets())} data sets, in force on 20/06/2008, as of 20/06/2008 09:00" in words
    for one in data_sets():
        assert f"{one.title} {one.key}" in words
        assert str(one.legal) in words
        for form in ("csv", "json", "jsonl"):
            assert f"/open-data/{one.key}.{form}" in found


def test_what_is_chosen_narrows_the_files_that_can_be_narrowed(reader: Client) -> None:
    page = reader.get("/open-data/", {"on": "04/08/2011", "programme": "2008", "agency": ""})
    found = links(page)
    assert "/open-data/projects.csv?on=2011-08-04&programme=2008" in found
    assert "/open-data/agencies.json?on=2011-08-04" in found
    assert "/open-data/documents.csv" in found
    for url in found:
        if url.startswith("/open-data/") and "." in url:
            assert reader.head(url).status_code == 200, url
    wrong = reader.get("/open-data/", {"on": "32/13/2011"})
    assert (wrong.status_code, "32/13/2011" in said(wrong)) == (200, True)


def test_who_has_not_signed_in_is_asked_to_unless_it_is_public(
    client: Client, cast: Cast, public: None, settings: Settings
) -> None:
    in_english(client)
    for path in PATHS:
        assert client.get(path).status_code == 200, path
    page = client.get("/open-data/")
    assert 'aria-label="Main"' not in page.content.decode()
    assert "Open data" in said(client.get("/accounts/login/"))
    settings.OPEN_DATA_PUBLIC = False
    for path in PATHS:
        response = client.get(path)
        assert (response.status_code, response["Location"].startswith("/accounts/login/")) == (302, True)
    assert "Open data" not in said(client.get("/accounts/login/"))


def test_who_acts_for_nobody_reads_as_a_stranger_does(
    client: Client, cast: Cast, public: None, settings: Settings
) -> None:
    Membership.objects.filter(pk=cast.viewer.pk).update(valid_to="2008-01-01")
    client.force_login(cast.viewer.user)
    assert client.get("/open-data/").status_code == 200
    settings.OPEN_DATA_PUBLIC = False
    assert client.get("/open-data/").status_code == 403


def test_strangers_are_told_when_they_came_too_often_and_members_are_not_counted(
    client: Client, cast: Cast, reader: Client, public: None, settings: Settings
) -> None:
    settings.OPEN_DATA_REQUESTS_PER_MINUTE = 3
    answers = [client.get("/open-data/programmes.json").status_code for _time in range(4)]
    assert answers == [200, 200, 200, 429]
    refused = client.get("/open-data/")
    assert 0 < int(refused["Retry-After"]) <= 60
    assert {reader.get("/open-data/programmes.json").status_code for _time in range(6)} == {200}


def test_nothing_can_be_posted(client: Client, reader: Client, public: None) -> None:
    for path in PATHS:
        assert reader.post(path).status_code == 405
        assert client.post(path).status_code == 405


def test_the_dictionary_is_that_of_the_declarations(reader: Client) -> None:
    rows: list[dict[str, Any]] = reader.get("/open-data/dictionary.json").json()
    by_name = {(row["data_set"], row["column"]): row for row in rows}
    assert set(by_name) == {(one.key, field.name) for one in data_sets() for field in one.fields}
    of_part = {getattr(one, "part", ""): one.key for one in data_sets()}
    for part in registry.parts():
        for column in part.columns:
            row = by_name[of_part[part.key], column.name]
            assert row["label"] == str(column.label)
            assert (row["unit"] or "") == str(column.unit)
            listed = [choice["value"] for choice in row["choices"]]
            assert listed == [value for value, _label in column.choices if value]
    assert by_name["projects", "total_need"]["help"].startswith("Blank means")
    assert by_name["tasks", "parent"]["type"] == "uuid"
    assert by_name["money", "plan_code"]["label"] == "Plan: Code"
    assert by_name["money", "project_name"]["label"] == "Project: Project"
    assert by_name["targets", "indicator_unit"]["label"] == "Indicator: unit"
    assert by_name["targets", "guidance"]["legal_source"] == "CV 1594/BTTTT-UDCNTT, Phụ lục I"
    text = reader.get("/open-data/dictionary.csv").content.decode("utf-8-sig")
    sheet = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert list(sheet[0]) == list(COLUMNS)
    assert [(row["data_set"], row["column"]) for row in sheet] == list(by_name)
    page = said(reader.get("/open-data/dictionary/"))
    assert all(f" {name} " in page for _key, name in by_name)
