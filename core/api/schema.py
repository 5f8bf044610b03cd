"""The schema: what drf-spectacular reads from the endpoints, and what is true of every one of them."""

from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from core.api.problems import MEDIA_TYPE, ProblemData


def describes(**said: Any) -> Any:
    """What a handler's decorator has to say in the schema: `idempotent`, `if_match`, `tagged`."""

    def mark(handler: Any) -> Any:
        handler.said_in_schema = {**getattr(handler, "said_in_schema", {}), **said}
        return handler

    return mark


class PortalSchema(AutoSchema):
    """Every operation names its refusals, its language, and the headers that its handler reads."""

    def _said(self) -> dict[str, Any]:
        handler = getattr(self.view, getattr(self.view, "action", None) or self.method.lower(), None)
        said: dict[str, Any] = getattr(handler, "said_in_schema", {})
        return said

    def get_operation_id(self) -> str:
        """An act is called by its address alone: `agencies_acts_rename`."""
        if self.method == "POST" and not hasattr(self.view, "action"):
            return "_".join(self._tokenize_path()).replace("-", "_")
        said: str = super().get_operation_id()
        return said

    def get_override_parameters(self) -> list[Any]:
        said = self._said()
        headers = [_header("Accept-Language", _("Language of the words: vi (usual) or en."))]
        if said.get("idempotent"):
            text = _("The same request under the same key acts once, and gets the first answer again.")
            headers.append(_header("Idempotency-Key", text, schema={"type": "string", "maxLength": 100}))
        if said.get("if_match"):
            text = _("The ETag that was read; the change is refused when the row has another one by now.")
            headers.append(_header("If-Match", text, required=True))
        if said.get("tagged"):
            headers.append(_header("If-None-Match", _("An ETag that was read: 304 while it is still so.")))
            headers.append(_header("ETag", _("Which version this is."), response=[200]))
        return headers

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        said = self._said()
        if said.get("tagged"):
            bodies["304"] = {"description": HTTPStatus.NOT_MODIFIED.phrase}
        problem = self.resolve_serializer(ProblemData, "response")
        bodies["4XX"] = {
            "description": str(_("Why the request was refused.")),
            "content": {MEDIA_TYPE: {"schema": problem.ref}},
        }
        return bodies


def _header(name: str, description: Any, **more: Any) -> OpenApiParameter:
    kind = more.pop("schema", str)
    return OpenApiParameter(name, kind, OpenApiParameter.HEADER, description=description, **more)
