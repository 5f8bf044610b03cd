"""Entity tags: which version of a row was read, and that a change is made on it (RFC 9110)."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.problems import PreconditionFailed, PreconditionRequired


def etag_of(*parts: object) -> str:
    """A strong tag of whatever tells one version from the next, such as an id and a row version."""
    return _tag("\0".join(str(part) for part in parts))


def etag_of_content(data: Any) -> str:
    """The tag of what has no version of its own: it changes with anything that the answer says."""
    return _tag(json.dumps(data, cls=DjangoJSONEncoder, sort_keys=True))


def _tag(said: str) -> str:
    return f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


def _tags(header: str) -> set[str]:
    """The tags of a header. A proxy that compresses marks ours as weak; a hasty client forgets the quotes."""
    named = {tag.strip().removeprefix("W/") for tag in header.split(",")} - {""}
    return {tag if tag == "*" or tag.startswith('"') else f'"{tag}"' for tag in named}


def require_match(request: Request, current: str) -> None:
    """Raise 428 without `If-Match`, 412 when it names another version; `*` matches whatever is there."""
    if not matches(request, current):
        raise PreconditionFailed


def matches(request: Request, current: str) -> bool:
    """Whether `If-Match` names this version. Raises 428 without it."""
    tags = _tags(request.headers.get("If-Match", ""))
    if not tags:
        raise PreconditionRequired
    return bool({_of_row(tag) for tag in tags} & {"*", current})


def extended(current: str, data: Any) -> str:
    """The tag of an answer that says more than the row itself, such as what the caller may do with it today.

    It changes with anything that the answer says. `require_match` judges it by the row's own tag alone.
    """
    return f"{current[:-1]}.{etag_of_content(data)[1:]}"


def _of_row(tag: str) -> str:
    """The row's own tag of one that may be extended."""
    row, point, _said = tag.partition(".")
    return f'{row}"' if point else tag


def is_known(request: Request, current: str) -> bool:
    """Whether the client has this version already (`If-None-Match`)."""
    return bool(_tags(request.headers.get("If-None-Match", "")) & {"*", current})


def tagged(request: Request, data: Any, current: str, status: int = 200) -> Response:
    """The answer with its tag; 304 without a body when the client has this version already."""
    if request.method in ("GET", "HEAD") and is_known(request, current):
        return Response(status=304, headers={"ETag": current})
    return Response(data, status=status, headers={"ETag": current})
