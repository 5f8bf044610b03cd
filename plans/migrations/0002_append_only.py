from django.db import migrations

from core.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]

    operations = [AppendOnly("plans_planrevision")]
