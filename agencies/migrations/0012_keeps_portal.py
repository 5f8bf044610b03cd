"""One agency keeps the portal; in a database that is in use, the Ministry whose project it is."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from core.triggers import PeriodsApart

_CODES_APART = PeriodsApart("agencies_agency", "province_code")


def mark_ministry(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("agencies", "Agency").objects.filter(key="m-tttt").update(keeps_portal=True)


class Migration(migrations.Migration):
    dependencies = [("agencies", "0011_group_versions")]

    operations = [
        # A new column rebuilds the table on SQLite, which would lose its triggers.
        migrations.RunPython(_CODES_APART.reverse_code or migrations.RunPython.noop, _CODES_APART.code),
        migrations.AddField(
            model_name="agency",
            name="keeps_portal",
            field=models.BooleanField(default=False, editable=False, verbose_name="keeps the portal"),
        ),
        migrations.RunPython(mark_ministry, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.UniqueConstraint(
                condition=models.Q(("keeps_portal", True)),
                fields=("keeps_portal",),
                name="agency_one_keeps_portal",
            ),
        ),
        PeriodsApart("agencies_agency", "province_code"),
    ]
