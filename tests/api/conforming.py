"""Whether an answer is one that the schema names: status, media type, headers, and what the JSON says."""

import json
import re
from functools import cache
from typing import Any

from django.urls import resolve
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from config.api import rendered

_PARAMETER = re.compile(r"<[^>]+>|\{[^}]+\}")


@cache
def _schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(rendered("en", "json"))
    return found


@cache
def _operations() -> dict[tuple[str, str], Any]:
    return {
        (_PARAMETER.sub("{}", path), method.upper()): said
        for path, item in _schema()["paths"].items()
        for method, said in item.items()
    }


def breaches(answer: Any) -> list[str]:
    """What an answer says otherwise than the schema; refusals have one shape, and streams are not read."""
    if answer.status_code >= 400:
        return []
    request = answer.wsgi_request
    route = "/" + _PARAMETER.sub("{}", resolve(request.path_info).route)
    responses = _operations()[route, request.method]["responses"]
    said = responses.get(str(answer.status_code))
    if said is None:
        return [f"{answer.status_code} is not among {[*responses]}"]
    missing = [name for name in said.get("headers", {}) if name not in answer]
    content = said.get("content", {})
    media_type = answer.get("Content-Type", "").partition(";")[0]
    if content and media_type not in content:
        return [*missing, f"{media_type} is not among {[*content]}"]
    if not content or media_type != "application/json" or answer.streaming:
        return missing
    wanted = {**content[media_type]["schema"], "components": _schema()["components"]}
    found = Draft202012Validator(wanted).iter_errors(answer.json())
    return [*missing, *(f"{one.json_path}: {one.message}" for one in found)]
