"""How hits of the search are written."""

from django import template
from django.utils.safestring import SafeString

from agencies.search import marking
from agencies.search.words import Words

register = template.Library()


@register.filter
def marked(text: str, words: Words) -> SafeString:
    """The text with the words that were looked for marked."""
    return marking.marked(text, words)


@register.filter
def excerpt(text: str, words: Words) -> SafeString:
    """The part of a long text that holds the words, marked."""
    return marking.marked(marking.excerpt(text, words), words)
