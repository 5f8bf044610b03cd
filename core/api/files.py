"""Files as answers: not JSON, whatever the caller accepts, but their refusals are problems all the same."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiResponse
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request

from core.downloads import download
from core.spreadsheets import CONTENT_TYPE as XLSX

__all__ = ["XLSX", "FileAnswer"]

BINARY = {"type": "string", "format": "binary"}


class AsItIs(DefaultContentNegotiation):
    """A file has one form; who asks for another gets it nevertheless (RFC 9110, 12.4.1)."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class FileAnswer:
    """Of a view that answers with a file."""

    content_negotiation_class = AsItIs

    @staticmethod
    def described(*media_types: str) -> dict[Any, Any]:
        """What `extend_schema` is told: an answer of bytes in one of the media types."""
        return {(200, one): OpenApiResponse(BINARY) for one in media_types}

    def file(self, body: bytes, media_type: str, name: str) -> HttpResponse:
        """The file as a download."""
        return download(body, name, media_type)
