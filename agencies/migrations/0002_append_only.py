from django.db import migrations

from core.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial")]

    operations = [AppendOnly("agencies_auditentry")]
