"""What programmes said of their reports becomes a regime of each that obliges anybody."""

from datetime import date
from typing import Any

from django.db import migrations


def fill(apps: Any, schema_editor: Any) -> None:
    programme_model = apps.get_model("plans", "Programme")
    regime_model = apps.get_model("plans", "ReportingRegime")
    for programme in programme_model.objects.exclude(obliged_classes=[]).select_related("document"):
        issued = programme.document.issued_on if programme.document else None
        regime_model.objects.create(
            programme=programme,
            name=f"Chế độ báo cáo, {programme.short_name}",
            document=programme.document,
            obliged_classes=programme.obliged_classes,
            reports_to=programme.lead.name[:300],
            cadence=programme.cadence,
            ad_hoc=True,
            due_days=programme.cycle_due_days,
            first_cycle=programme.first_cycle,
            valid_from=min(issued or date(programme.year_from, 1, 1), date(programme.year_from, 1, 1)),
        )


class Migration(migrations.Migration):
    dependencies = [("plans", "0006_regimes")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
