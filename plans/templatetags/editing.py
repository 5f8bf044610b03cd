"""Small questions of the entry pages."""

from collections.abc import Container

from django import template
from django.forms import BoundField

register = template.Library()


@register.filter
def among(field: BoundField, names: Container[str]) -> bool:
    """Whether the field's name is one of them."""
    return field.html_name in names
