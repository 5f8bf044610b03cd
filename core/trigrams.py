"""A migration operation: an index of letter triples, with which PostgreSQL finds words anywhere in a text.

The extension pg_trgm is trusted since PostgreSQL 13: the owner of the database may create it. SQLite has
nothing of the kind and reads every key instead.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState

# Changes go into the index at once: a list of pending ones would have to be read through by every search.
_CREATE = "CREATE INDEX {name} ON {table} USING gin ({column} gin_trgm_ops) WITH (fastupdate = off)"
# PostgreSQL holds every word against its whole sample of the column before it begins: of long texts that
# takes longer than the search itself, and tells little of words that stand anywhere in them.
_SAMPLE = "ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS {sample}"
_SMALL, _USUAL = 10, -1


class TrigramIndex(Operation):
    """`LIKE '%words%'` and `words <% column` by index over a column of text; nothing on SQLite; reversible.

    No part of the models' state: they are the same on both databases.
    """

    reduces_to_sql = True
    reversible = True
    category = OperationCategory.ADDITION

    def __init__(self, model_name: str, column: str = "search_key") -> None:
        self.model_name = model_name
        self.column = column

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__qualname__, [self.model_name, self.column], {})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The state stays as it is."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            names = self._names(app_label, schema_editor, to_state)
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm", params=None)
            schema_editor.execute(_CREATE.format(**names), params=None)
            schema_editor.execute(_SAMPLE.format(**names, sample=_SMALL), params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """The extension stays: other indexes may need it."""
        if schema_editor.connection.vendor == "postgresql":
            names = self._names(app_label, schema_editor, from_state)
            schema_editor.execute(_SAMPLE.format(**names, sample=_USUAL), params=None)
            schema_editor.execute(f"DROP INDEX {names['name']}", params=None)

    def describe(self) -> str:
        return f"Create an index of trigrams on {self.model_name}.{self.column} (PostgreSQL)"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.model_name.lower()}_trigrams"

    def _names(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, state: ProjectState
    ) -> dict[str, str]:
        quote = schema_editor.connection.ops.quote_name
        table = state.apps.get_model(app_label, self.model_name)._meta.db_table
        return {
            "name": quote(f"{table}_{self.column}_trigrams"),
            "table": quote(table),
            "column": quote(self.column),
        }
