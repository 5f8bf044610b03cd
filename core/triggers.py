"""Migration operations that let both databases refuse by trigger what no constraint of both can say."""

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


_OVERLAP = """EXISTS (
    SELECT 1 FROM {table} other
    WHERE other.id <> NEW.id AND {same}
      AND (other.valid_to IS NULL OR NEW.valid_from IS NULL OR other.valid_to >= NEW.valid_from)
      AND (NEW.valid_to IS NULL OR other.valid_from IS NULL OR NEW.valid_to >= other.valid_from)
)"""
_APART_SQLITE = """
CREATE TRIGGER {name}_{act} AFTER {ACT} ON {table}
WHEN {counts} AND {overlap}
BEGIN SELECT RAISE(ABORT, '{table}: two periods of one {what} overlap'); END
"""
_APART_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
BEGIN
    IF {counts} AND {overlap} THEN
        RAISE EXCEPTION '{table}: two periods of one {what} overlap' USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NULL;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER {name} AFTER INSERT OR UPDATE{of} ON {table}
FOR EACH ROW EXECUTE FUNCTION {name}();
"""


class PeriodsApart(migrations.RunPython):
    """Refuse two rows of `table` with the same `columns` whose valid_from to valid_to overlap; reversible.

    `only` says which rows count, with "{row}" for the row; usual are those whose one column is not blank.
    An exclusion constraint would need an extension of PostgreSQL, and SQLite has none. A later migration that
    rebuilds the table drops the trigger on SQLite: repeat the operation after it; a test of the table tells.
    """

    def __init__(self, table: str, *columns: str, only: str = "") -> None:
        self.table, self.columns, self.only = table, columns, only
        super().__init__(self._create, self._drop)

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        return (
            self.__class__.__qualname__,
            [self.table, *self.columns],
            {"only": self.only} if self.only else {},
        )

    @property
    def _name(self) -> str:
        return f"{self.table}_{self.columns[0]}_apart"

    def _create(self, apps: object, schema_editor: object) -> None:
        only = self.only or f"{{row}}.{self.columns[0]} <> ''"
        same = [f"other.{one} = NEW.{one}" for one in self.columns]
        overlap = _OVERLAP.format(
            table=self.table, same=" AND ".join([*same, *([only.format(row="other")] if self.only else [])])
        )
        names = {
            "table": self.table,
            "name": self._name,
            "what": ", ".join(self.columns),
            "counts": only.format(row="NEW"),
            "of": "" if self.only else f" OF {', '.join(self.columns)}, valid_from, valid_to",
            "overlap": overlap,
        }
        if schema_editor.connection.vendor == "postgresql":  # type: ignore[attr-defined]
            schema_editor.execute(_APART_POSTGRESQL.format(**names), params=None)  # type: ignore[attr-defined]
            return
        for act in ("insert", "update"):
            sql = _APART_SQLITE.format(**names, act=act, ACT=act.upper())
            schema_editor.execute(sql, params=None)  # type: ignore[attr-defined]

    def _drop(self, apps: object, schema_editor: object) -> None:
        if schema_editor.connection.vendor == "postgresql":  # type: ignore[attr-defined]
            schema_editor.execute(f"DROP FUNCTION {self._name}() CASCADE", params=None)  # type: ignore[attr-defined]
            return
        for act in ("insert", "update"):
            schema_editor.execute(f"DROP TRIGGER {self._name}_{act}", params=None)  # type: ignore[attr-defined]
