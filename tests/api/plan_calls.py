"""Calls on Tiền Giang's plan of 2009-2010, as the tests of the API of plans make them."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api.calling import Caller, address
from tests.api.tables.plan_acts import DECISION, LETTER, REASON

__all__ = ["DECISION", "LETTER", "PDF", "PLAN", "REASON", "act", "post_form", "tag_of"]

PLAN = "plans/2009-2010-tien-giang/1"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"


def tag_of(caller: Caller, plan: str = PLAN) -> str:
    tag: str = caller.get(f"{plan}/")["ETag"]
    return tag


def act(caller: Caller, name: str, body: Any = None, status: int = 200, **headers: str) -> Any:
    """An act on the plan as the caller reads it now, unless a header names another version."""
    if "If_Match" not in headers:
        headers["If_Match"] = tag_of(caller)
    answer = caller.post(f"{PLAN}/acts/{name}/", body, **headers)
    assert answer.status_code == status, answer.content.decode()
    return answer


def post_form(
    caller: Caller,
    path: str,
    fields: Mapping[str, Any],
    scan: bytes,
    name: str = "cv-112.pdf",
    **headers: str,
) -> Any:
    """The same as a form with a file, between whose fields something else stands each time."""
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    sent = {**fields, "scan": SimpleUploadedFile(name, scan)}
    return caller.client.post(address(path), sent, headers={**caller.headers, **named})
