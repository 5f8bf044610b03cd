"""Folding words for comparison: as many characters as there were, so that what is found can be shown."""

import unicodedata


def fold(text: str) -> str:
    """Small letters without marks and with đ as d, one for each character of the text in NFC."""
    return "".join(map(_plain, unicodedata.normalize("NFC", text)))


def _plain(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0]
    return "d" if base in "đĐ" else base.casefold()[:1] or base
