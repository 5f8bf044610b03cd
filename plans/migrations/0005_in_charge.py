import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0010_people"),
        ("plans", "0004_trigrams"),
    ]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="in_charge",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="plans_in_charge",
                to="agencies.membership",
                verbose_name="in charge",
            ),
        ),
        migrations.AddField(
            model_name="planstep",
            name="signed_as",
            field=models.CharField(blank=True, default="", max_length=500, verbose_name="signed as"),
            preserve_default=False,
        ),
    ]
