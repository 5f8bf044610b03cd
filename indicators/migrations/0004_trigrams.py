"""Indicators are found on PostgreSQL by an index of trigrams."""

from django.db import migrations

from core.trigrams import TrigramIndex


class Migration(migrations.Migration):
    dependencies = [("indicators", "0003_may_exceed_whole")]

    operations = [TrigramIndex("Indicator")]
