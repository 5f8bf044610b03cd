"""Documents are found by number, kind and issuer, sections and clauses by their whole text; on PostgreSQL by indexes
of trigrams."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import core.fields
from core.trigrams import TrigramIndex
from core.vietnamese import search_key

SEARCHED = ("LegalDocument", "Clause", "Plan", "Section", "Task", "Project")


def write_keys(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    documents = apps.get_model("plans", "LegalDocument").objects
    for pk, number, kind, issuer, title in documents.values_list("pk", "number", "kind", "issuer", "title"):
        initials = "".join(word[0] for word in search_key(kind).split())
        key = search_key(f"{number} {kind} {initials} {issuer}\n{title}")[:2000]
        documents.filter(pk=pk).update(search_key=key)
    clauses = apps.get_model("plans", "Clause").objects
    for pk, start, end, text in clauses.values_list("pk", "start", "end", "document__text").iterator():
        clauses.filter(pk=pk).update(search_key=search_key(text[start:end])[:20_000])
    sections = apps.get_model("plans", "Section").objects
    for pk, heading, body in sections.values_list("pk", "heading", "body").iterator():
        sections.filter(pk=pk).update(search_key=search_key(f"{heading}\n{body}")[:20_000])


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_documents_whole")]

    operations = [
        migrations.AddField(
            model_name="section",
            name="search_key",
            field=core.fields.SearchKeyField(
                blank=True, default="", editable=False, max_length=20000, source="words"
            ),
        ),
        migrations.AlterField(
            model_name="clause",
            name="search_key",
            field=core.fields.SearchKeyField(
                blank=True, default="", editable=False, max_length=20000, source="text"
            ),
        ),
        migrations.SeparateDatabaseAndState(  # nothing to the database
            state_operations=[
                migrations.AlterField(
                    model_name="legaldocument",
                    name="search_key",
                    field=core.fields.SearchKeyField(
                        blank=True, default="", editable=False, max_length=2000, source="words"
                    ),
                ),
            ]
        ),
        *(TrigramIndex(model) for model in SEARCHED),
        migrations.RunPython(write_keys, migrations.RunPython.noop),
    ]
