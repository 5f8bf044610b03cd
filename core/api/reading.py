"""How a body is read: JSON alone, and nothing in it that the database or an answer could not hold."""

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request

from core.api.problems import TooLarge


def refuse_large(request: Request, most: int | None = None) -> None:
    """Raise 413 for a body of more than `most` bytes (`DATA_UPLOAD_MAX_MEMORY_SIZE`), before it is read."""
    length = request.headers.get("Content-Length", "")
    most = most or settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if length.isdigit() and int(length[:18]) > most:
        said = _("The body has more than %(most)d MB. Send it in several requests.")
        raise TooLarge(said % {"most": most // (1024 * 1024)})


class StrictJson(JSONParser):
    """JSON without endless nesting, NaN, and halves of characters."""

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The value of the body. Raises 400 with what cannot be read."""
        try:
            text = stream.read().decode("utf-8")
            data = json.loads(text, parse_constant=_refuse_constant)
            if "\\u" in text:
                json.dumps(data, ensure_ascii=False).encode("utf-8")
        except (ValueError, RecursionError) as problem:
            said = _("The body is not JSON that can be read: %(problem)s.") % {"problem": _in_words(problem)}
            raise ParseError(said, "not_json") from problem
        return data


class _NoNumber(ValueError):
    """NaN or Infinity."""


def _refuse_constant(name: str) -> Any:
    raise _NoNumber(name)


def _in_words(problem: ValueError | RecursionError) -> str:
    """What is wrong and where; Python's own words are English alone."""
    if isinstance(problem, json.JSONDecodeError):
        return _("line %(line)d, column %(column)d") % {"line": problem.lineno, "column": problem.colno}
    if isinstance(problem, UnicodeError):
        return _("it is not UTF-8")
    if isinstance(problem, _NoNumber):
        return _("%(name)s is no number of JSON") % {"name": problem}
    return _("it is nested too deeply, or a number is too long")
