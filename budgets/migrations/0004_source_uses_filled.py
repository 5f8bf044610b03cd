"""Every leaf that is there already stays open to everybody, and the first grids open as they did."""

from typing import Any

from django.db import migrations

_OPENS = {
    "ministries": ("NSTW-DTPT", "NSTW-SN"),
    "government-agencies": ("NSTW-DTPT", "NSTW-SN"),
    "central-cities": ("NSTW-HTDP", "NSDP-TT", "NSDP-SN"),
    "provinces": ("NSTW-HTDP", "NSDP-TT", "NSDP-SN"),
}


def fill(apps: Any, schema_editor: Any) -> None:
    sources = apps.get_model("budgets", "FundingSource").objects.filter(children__isnull=True)
    leaves = dict(sources.order_by().values_list("code", "pk"))
    use = apps.get_model("budgets", "SourceUse")
    use.objects.bulk_create(use(source_id=pk) for pk in leaves.values())
    use.objects.bulk_create(
        use(source_id=leaves[code], agency_class=agency_class, opens=True)
        for agency_class, codes in _OPENS.items()
        for code in codes
        if code in leaves
    )


class Migration(migrations.Migration):
    dependencies = [("budgets", "0003_source_uses")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
