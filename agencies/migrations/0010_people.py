"""Invitations, delegated signatures, memberships that come again, and people found and sorted by name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import core.fields
from core.triggers import PeriodsApart
from core.vietnamese import search_key, sort_key


def write_keys(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rows = apps.get_model("agencies", "User").objects
    for pk, name in rows.values_list("pk", "full_name"):
        *before, given = name.split() or [""]
        in_order = " ".join([given, *before])
        rows.filter(pk=pk).update(search_key=search_key(name), sort_key=sort_key(in_order))


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0009_letters"),
    ]

    operations = [
        migrations.CreateModel(
            name="Delegation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("kt", "KT.: a deputy signs for the head"),
                            ("tl", "TL.: signs by order of the head"),
                            ("tuq", "TUQ.: signs by authority of the head"),
                        ],
                        max_length=3,
                        verbose_name="kind",
                    ),
                ),
                ("giver_post", models.CharField(max_length=200, verbose_name="post of the head")),
                ("signer_post", models.CharField(max_length=200, verbose_name="post of the signer")),
                ("document_number", models.CharField(max_length=100, verbose_name="document")),
                ("scope", models.TextField(blank=True, verbose_name="what may be signed")),
            ],
            options={
                "verbose_name": "delegation of signature",
                "verbose_name_plural": "delegations of signature",
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sent_at", models.DateTimeField(verbose_name="sent")),
                ("sendings", models.PositiveIntegerField(default=1)),
                ("expires_at", models.DateTimeField(verbose_name="valid until")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
            },
        ),
        migrations.RemoveConstraint(
            model_name="membership",
            name="membership_once",
        ),
        migrations.AddField(
            model_name="membership",
            name="stopped_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="stopped at once"),
        ),
        migrations.AddField(
            model_name="user",
            name="search_key",
            field=core.fields.SearchKeyField(
                blank=True, default="", editable=False, max_length=2000, source="full_name"
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="sort_key",
            field=core.fields.SortKeyField(
                blank=True, default="", editable=False, max_length=2000, source="name_in_order"
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="giver",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delegations_given",
                to="agencies.membership",
                verbose_name="delegated by",
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="delegation",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="membership",
                to="agencies.delegation",
                verbose_name="delegation of signature",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("delegation__isnull", True), ("stopped_at__isnull", True), ("valid_from__isnull", True)
                ),
                fields=("user", "agency", "role"),
                name="membership_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("delegation__isnull", True), ("role", "approver"), _connector="OR"),
                name="membership_delegated_approves",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="user",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitation",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(fields=["expires_at"], name="invitation_expiry"),
        ),
        migrations.RunPython(write_keys, migrations.RunPython.noop),
        PeriodsApart(
            "agencies_membership",
            "user_id",
            "agency_id",
            "role",
            only="{row}.stopped_at IS NULL AND {row}.delegation_id IS NULL",
        ),
    ]
