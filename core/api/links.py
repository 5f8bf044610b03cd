"""What follows on what: OpenAPI links, worked out from the addresses and from what each answer holds.

A list leads to its rows, a row to what stands below it, a change to the row again: the values that the next
address asks for are named where the answer has them, and an answer's ETag is what `If-Match` asks for.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

METHODS = ("get", "post", "put", "patch", "delete")
# An object that is named in an answer is asked for by one of these.
NAMES = ("key", "code", "slug", "number")


def add_links(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """drf-spectacular's hook: the schema with links."""
    schemas = result.get("components", {}).get("schemas", {})
    operations = list(_operations(result["paths"]))
    for path, method, operation in operations:
        for status in ("200", "201"):
            if status in operation["responses"]:
                body = operation["responses"][status]
                answer = _Answer(path, method, status, body, schemas)
                if links := dict(answer.links(operations)):
                    body["links"] = links
    return result


Operation = tuple[str, str, dict[str, Any]]


def _operations(paths: Mapping[str, Any]) -> Iterator[Operation]:
    for path, item in paths.items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


class _Answer:
    """One answer of one operation: what it holds, and where."""

    def __init__(
        self, path: str, method: str, status: str, body: Mapping[str, Any], schemas: Mapping[str, Any]
    ) -> None:
        self.path, self.method, self.schemas = path, method, schemas
        self.made = status == "201"
        self.tagged = "ETag" in body.get("headers", {})
        said = body.get("content", {}).get("application/json", {}).get("schema", {})
        self.properties, self.at = self._shape(said).get("properties", {}), ""
        self.listed = "results" in self.properties
        if self.listed:
            row = self._shape(self.properties["results"].get("items", {}))
            self.properties, self.at = row.get("properties", {}), "/results/0"

    def links(self, operations: list[Operation]) -> Iterator[tuple[str, Any]]:
        """The operations that can be called with what this answer holds, by their ids."""
        for path, method, operation in operations:
            wanted = {name: self._value(name) for name in _asked(path)}
            if not wanted or None in wanted.values() or not self._leads_to(path, method):
                continue
            parameters = {f"path.{name}": value for name, value in wanted.items()}
            headers = {one["name"] for one in operation.get("parameters", []) if one["in"] == "header"}
            if self.tagged and "If-Match" in headers:
                parameters["header.If-Match"] = "$response.header.ETag"
            name = operation["operationId"]
            yield name, {"operationId": name, "parameters": parameters}

    def _leads_to(self, path: str, method: str) -> bool:
        """A list and a change lead to a row, a row to what stands below it."""
        base = self.path.partition("acts/")[0]
        if not path.startswith(base) or (path, method) == (self.path, self.method):
            return False
        if self.listed or self.method != "get":
            return bool(re.fullmatch(r"(\{\w+\}/)*", path.removeprefix(base)))
        return True

    def _value(self, name: str) -> str | None:
        """Where the value stands that an address asks for by this name.

        What was made says it itself; otherwise what the request said comes first. A row's number is `id`.
        """
        of_request = f"$request.path.{name}" if name in _asked(self.path) else None
        return self._in_body(name) or of_request if self.made else of_request or self._in_body(name)

    def _in_body(self, name: str) -> str | None:
        if name not in self.properties:
            is_row = self.listed or self.made
            return f"$response.body#{self.at}/id" if is_row and "id" in self.properties else None
        inner = self._shape(self.properties[name]).get("properties")
        if inner is None:
            return f"$response.body#{self.at}/{name}"
        return next((f"$response.body#{self.at}/{name}/{one}" for one in NAMES if one in inner), None)

    def _shape(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """What a reference names; of several, the first."""
        while "$ref" in schema or (schema.get("allOf") or schema.get("oneOf") or schema.get("anyOf")):
            if "$ref" in schema:
                schema = self.schemas[schema["$ref"].rpartition("/")[2]]
            else:
                schema = (schema.get("allOf") or schema.get("oneOf") or schema["anyOf"])[0]
        return schema


def _asked(path: str) -> list[str]:
    return re.findall(r"\{(\w+)\}", path)
