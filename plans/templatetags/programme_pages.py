"""What the pages of programmes say in words."""

from django import template

from agencies.models.agency import CLASS_LABELS
from core.findings import Text

register = template.Library()


@register.filter
def class_words(name: str) -> Text:
    """A class of agencies in words."""
    return CLASS_LABELS.get(name, name)
