from django.db import migrations

from core.triggers import PeriodsApart


class Migration(migrations.Migration):
    dependencies = [("agencies", "0004_answers_for")]

    operations = [PeriodsApart("agencies_agency", "province_code")]
