"""A period says under which regime it was opened; a report keeps the deadline of the day on which it was filed."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def fill(apps: Any, schema_editor: Any) -> None:
    cycle_model = apps.get_model("reports", "Cycle")
    regime_model = apps.get_model("plans", "ReportingRegime")
    for regime in regime_model.objects.all():
        regular = cycle_model.objects.filter(programme=regime.programme_id, ad_hoc=False)
        regular.filter(cadence=regime.cadence).update(regime=regime)
    cycle_model.objects.filter(ad_hoc=True).update(cadence="")


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0007_regimes_filled"),
        ("reports", "0004_in_charge"),
    ]

    operations = [
        migrations.AddField(
            model_name="cycle",
            name="regime",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cycles",
                to="plans.reportingregime",
                verbose_name="regime",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="due_when_filed",
            field=models.DateField(blank=True, null=True, verbose_name="deadline when it was filed"),
        ),
        migrations.AlterField(
            model_name="cycle",
            name="cadence",
            field=models.CharField(
                blank=True,
                choices=[("quarter", "quarterly"), ("half_year", "half-yearly"), ("year", "yearly")],
                max_length=10,
                verbose_name="cadence",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
