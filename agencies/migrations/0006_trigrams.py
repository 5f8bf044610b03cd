"""Agencies are found by their short name too, and on PostgreSQL by an index of trigrams."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import core.fields
from core.trigrams import TrigramIndex
from core.vietnamese import search_key


def write_keys(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rows = apps.get_model("agencies", "Agency").objects
    for pk, name, short_name in rows.values_list("pk", "name", "short_name"):
        words = name if short_name in name else f"{name}\n{short_name}"
        rows.filter(pk=pk).update(search_key=search_key(words))


class Migration(migrations.Migration):
    dependencies = [("agencies", "0005_codes_apart")]

    operations = [
        # What the key is made of is nothing to the database; SQLite would lose the table's triggers over it.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="agency",
                    name="search_key",
                    field=core.fields.SearchKeyField(
                        blank=True, default="", editable=False, max_length=2000, source="words"
                    ),
                ),
            ]
        ),
        TrigramIndex("Agency"),
        migrations.RunPython(write_keys, migrations.RunPython.noop),
    ]
