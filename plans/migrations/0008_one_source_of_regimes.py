from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("plans", "0007_regimes_filled")]

    operations = [
        migrations.RemoveField(
            model_name="programme",
            name="cadence",
        ),
        migrations.RemoveField(
            model_name="programme",
            name="cycle_due_days",
        ),
        migrations.RemoveField(
            model_name="programme",
            name="first_cycle",
        ),
        migrations.RemoveField(
            model_name="programme",
            name="obliged_classes",
        ),
    ]
