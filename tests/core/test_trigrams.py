"""The indexes of trigrams: where they stand, that they answer, and that they can be taken back."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from agencies import finding
from core.trigrams import TrigramIndex
from plans.models import Project

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE indexdef LIKE %s", ["%gin_trgm_ops%"])
        return {name for (name,) in cursor.fetchall()}


def test_every_kind_that_is_found_has_its_index() -> None:
    tables = {kind.model._meta.db_table for kind in finding.kinds()}
    assert indexes() == {f"{table}_search_key_trigrams" for table in tables}


@pytest.mark.parametrize(
    "condition", ["search_key LIKE '%thong tin dien tu%'", "'cong thong tni dien tu' <% search_key"]
)
def test_the_index_answers_for_words_anywhere_and_for_similar_ones(condition: str) -> None:
    table = Project._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT id FROM {table} WHERE {condition}")
        assert any(f"{table}_search_key_trigrams" in line for (line,) in cursor.fetchall())


def test_it_can_be_taken_back_and_made_again() -> None:
    before, operation = indexes(), TrigramIndex("Project")
    state = MigrationLoader(connection).project_state()
    with connection.schema_editor() as editor:
        operation.database_backwards("plans", editor, state, state)
    assert before - indexes() == {"plans_project_search_key_trigrams"}
    with connection.schema_editor() as editor:
        operation.database_forwards("plans", editor, state, state)
    assert indexes() == before


def test_it_is_no_part_of_the_models() -> None:
    name, arguments, _more = TrigramIndex("Project").deconstruct()
    assert (name, arguments) == ("TrigramIndex", ["Project", "search_key"])
    assert not any("trigrams" in index.name for model in apps.get_models() for index in model._meta.indexes)
