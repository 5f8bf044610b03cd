"""The schema: what drf-spectacular reads from the endpoints, and what is true of every one of them."""

from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.serializers import PolymorphicProxySerializerExtension
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer

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

    def get_request_serializer(self) -> Any:
        """What a view says of its bodies by media type, such as a form beside JSON, or the usual."""
        by_media_type = getattr(self.view, "request_bodies", None)
        return super().get_request_serializer() if by_media_type is None else by_media_type

    def get_response_serializers(self) -> Any:
        """What a view says of its answers by status, or the usual."""
        by_status = getattr(self.view, "answers", None)
        return super().get_response_serializers() if by_status is None else by_status

    def _get_request_for_media_type(self, serializer: Any, direction: Any = "request") -> tuple[Any, bool]:
        """A body of one of several shapes is needed whichever it is."""
        said, required = super()._get_request_for_media_type(serializer, direction)
        return said, required or isinstance(serializer, AnyOf)

    def get_summary(self) -> str | None:
        """What a view calls itself where several operations share one handler."""
        title = getattr(self.view, "title", "")
        return str(title) if title else super().get_summary()

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
            if self.method == "GET":
                headers.append(
                    _header("If-None-Match", _("An ETag that was read: 304 while it is still so."))
                )
            headers.append(_header("ETag", _("Which version this is."), response=[200, 201]))
        return headers

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        said = self._said()
        if said.get("tagged") and self.method == "GET":
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


class AnyOf(PolymorphicProxySerializer):
    """In the schema: a body of one of several shapes, which may have fields in common."""


class AnyOfSchema(PolymorphicProxySerializerExtension):
    """The package says `oneOf`, which a body that fits two of the shapes would break."""

    target_class = "core.api.schema.AnyOf"

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        return {"anyOf": super().map_serializer(auto_schema, direction)["oneOf"]}
