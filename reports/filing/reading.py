"""A filing as it is read: by those who decide on it, by its own leader, and once it is issued by everyone."""

from collections.abc import Mapping
from typing import Any

from reports.filing.form import build_form
from reports.filing.shapes import FilingContent
from reports.models import Filing, FundFlow

STATUS_LOOK: Mapping[str, tuple[str, str]] = {
    "": ("none", "–"),
    "not_started": ("none", "○"),
    "preparing": ("work", "◔"),
    "in_progress": ("work", "◐"),
    "done": ("ok", "✓"),
    "suspended": ("wait", "‖"),
}


def reading_of(filing: Filing, content: FilingContent, before: FilingContent | None) -> dict[str, Any]:
    """What the read-only page of a filing draws."""
    form = build_form(filing, content, before)
    return {
        "form": form,
        "sections": {section.key: section for section in form.sections},
        "texts": [one for name, one in form.texts.items() if name != "nothing_to_report" and one.value],
        "statuses": STATUS_LOOK,
        "flow_labels": [label for _kind, label in FundFlow.Kind.choices],
        "has_last": before is not None,
    }
