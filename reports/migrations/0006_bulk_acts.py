import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0010_people"),
        ("plans", "0008_one_source_of_regimes"),
        ("reports", "0005_regimes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkAct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        choices=[
                            ("extend", "Extend the deadline"),
                            ("exempt", "Exempt"),
                            ("remind", "Remind"),
                            ("accept", "Accept"),
                        ],
                        max_length=10,
                        verbose_name="act",
                    ),
                ),
                ("token", models.CharField(max_length=100)),
                (
                    "document",
                    models.CharField(blank=True, max_length=100, verbose_name="number of the document"),
                ),
                ("document_on", models.DateField(null=True, verbose_name="date of the document")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("to", models.DateField(null=True, verbose_name="extended to")),
                ("at", models.DateTimeField(verbose_name="time")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulk_acts",
                        to="reports.cycle",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulk_acts",
                        to="plans.programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "act on many agencies",
                "verbose_name_plural": "acts on many agencies",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="BulkRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("before", models.CharField(blank=True, max_length=40)),
                ("after", models.CharField(blank=True, max_length=40)),
                ("refusal", models.CharField(blank=True, max_length=40)),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="reports.bulkact"
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "document",
                    models.CharField(blank=True, max_length=100, verbose_name="number of the document"),
                ),
                ("subject", models.CharField(max_length=400, verbose_name="subject")),
                ("body", models.TextField(verbose_name="letter")),
                ("recipients", models.JSONField(default=list, verbose_name="recipients")),
                ("sent_at", models.DateTimeField(verbose_name="sent")),
                (
                    "act",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="reports.bulkact",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="agencies.agency",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="plans.programme",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="reports.report",
                    ),
                ),
            ],
            options={
                "verbose_name": "reminder",
                "verbose_name_plural": "reminders",
                "ordering": ["-sent_at", "-id"],
            },
        ),
        migrations.AddConstraint(
            model_name="bulkact",
            constraint=models.UniqueConstraint(fields=("by", "token"), name="bulk_act_once"),
        ),
        migrations.AddConstraint(
            model_name="bulkrow",
            constraint=models.UniqueConstraint(fields=("act", "agency"), name="bulk_row_once"),
        ),
        migrations.AddIndex(
            model_name="reminder",
            index=models.Index(fields=["programme", "agency", "-sent_at"], name="reminder_of_agency"),
        ),
        AppendOnly("reports_bulkact"),
        AppendOnly("reports_bulkrow"),
        AppendOnly("reports_reminder"),
    ]
