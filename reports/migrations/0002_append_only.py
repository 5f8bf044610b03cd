from django.db import migrations

from core.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [AppendOnly("reports_issuedfile")]
