"""Fills `Agency.answers_for` from the successions that are there already."""

from collections import defaultdict
from typing import Any

from django.db import migrations


def spread(apps: Any, schema_editor: Any) -> None:
    agencies = apps.get_model("agencies", "Agency").objects
    successions = apps.get_model("agencies", "Succession").objects
    heirs = defaultdict(list)
    for one in successions.filter(principal=True):
        heirs[one.successor_id].append((one.predecessor_id, one.on.isoformat(), one.kind == "renamed"))
    for agency in agencies.filter(pk__in=heirs):
        found, waiting = {}, [(agency.pk, "", True)]
        while waiting:
            current, since, same = waiting.pop()
            for predecessor, on, renamed in heirs.get(current, ()):
                if predecessor not in found and predecessor != agency.pk:
                    found[predecessor] = max(on, since), same and renamed
                    waiting.append((predecessor, *found[predecessor]))
        agency.answers_for = [[key, on, renamed] for key, (on, renamed) in sorted(found.items())]
        agency.save(update_fields=["answers_for"])


class Migration(migrations.Migration):
    dependencies = [("agencies", "0003_documents_whole")]
    operations = [migrations.RunPython(spread, migrations.RunPython.noop)]
