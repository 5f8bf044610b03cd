"""Migration operations that make a table append-only on both databases."""

from django.db import migrations

_SQLITE = """
CREATE TRIGGER {table}_no_{act} BEFORE {ACT} ON {table}
BEGIN SELECT RAISE(ABORT, '{table}: rows are only added, never changed or removed'); END
"""
_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{table}: rows are only added, never changed or removed'; END
$$ LANGUAGE plpgsql;
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_refuse();
"""


class AppendOnly(migrations.RunPython):
    """Refuse UPDATE and DELETE on `table` by trigger; reversible."""

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(self._create, self._drop)

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        return (self.__class__.__qualname__, [self.table], {})

    def _create(self, apps: object, schema_editor: object) -> None:
        if schema_editor.connection.vendor == "postgresql":  # type: ignore[attr-defined]
            schema_editor.execute(_POSTGRESQL.format(table=self.table), params=None)  # type: ignore[attr-defined]
            return
        for act in ("update", "delete"):
            schema_editor.execute(_SQLITE.format(table=self.table, act=act, ACT=act.upper()), params=None)  # type: ignore[attr-defined]

    def _drop(self, apps: object, schema_editor: object) -> None:
        if schema_editor.connection.vendor == "postgresql":  # type: ignore[attr-defined]
            schema_editor.execute(f"DROP FUNCTION {self.table}_refuse() CASCADE", params=None)  # type: ignore[attr-defined]
            return
        for act in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {self.table}_no_{act}", params=None)  # type: ignore[attr-defined]
