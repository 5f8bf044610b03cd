"""Many lines at once: new ones and changes, all of them or none."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.idempotency import idempotent
from core.api.problems import TooLarge
from core.findings import Finding, Place, error
from plans.api.line_shapes import any_of, bulk_class, lined_parts
from plans.api.line_values import read_line
from plans.api.lines import OF_LINED, PartEndpoint
from plans.content.bulk import LinePlace, Outcome, TypedLine, save_lines
from plans.parts.base import PlanPart

IDENTITY = ("line", "row_version")
ENVELOPE = ("rows", "dry_run")


class BulkLine(serializers.Serializer[Any]):
    """What became of one row; `line` is null of one that a dry run would add."""

    line = serializers.UUIDField(allow_null=True)
    row_version = serializers.IntegerField(allow_null=True)
    outcome = serializers.CharField(help_text="added, changed, unchanged")


class BulkOutcome(serializers.Serializer[Any]):
    """What became of the rows, in the order in which they were sent."""

    dry_run = serializers.BooleanField()
    added = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    lines = BulkLine(many=True)


class LineBulk(PartEndpoint):
    """Many lines of a part."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """The usual refusals; then too many rows, before one of them is looked at or asked about."""
        super().initial(request, *args, **kwargs)
        request._request.body  # noqa: B018 - kept: the idempotency key hashes it
        rows = request.data.get("rows") if isinstance(request.data, dict) else None
        most = settings.API_BULK_ROWS
        if isinstance(rows, list) and len(rows) > most:
            said = _("%(sent)d rows are too many: send at most %(most)d in one request.")
            raise TooLarge(said % {"sent": len(rows), "most": most})

    @extend_schema(
        parameters=[OF_LINED],
        request=any_of("ManyRows", bulk_class, lined_parts),
        responses=BulkOutcome,
    )
    @idempotent
    def post(self, request: Request, code: str, version: int, part: str) -> Response:
        """Add the rows without `line`, change the others: all in one transaction, or none.

        422 says everything that is wrong in them, each with its pointer: /rows/17/allocations/2009/NSTW; 409
        says the same where somebody else saved one of the lines since its `row_version`.
        """
        self.require_edit()
        rows, dry_run = _envelope(request.data)
        lines = [_row(self.part, one) for one in rows]
        outcome = save_lines(self.plan, part, lines, actor=self.membership, dry_run=dry_run)
        return Response(BulkOutcome(_said(outcome, lines, dry_run)).data)

    def pointer_of(self, place: Place) -> str:
        if not isinstance(place, LinePlace):
            return super().pointer_of(place)
        return f"/rows/{place.number}" + super().pointer_of(place)


def _envelope(said: Any) -> tuple[list[Any], bool]:
    """The rows, and whether nothing is to be kept. Raises 400 with what is wrong around the rows."""
    if not isinstance(said, dict):
        text = _("Send an object: {“rows”: [...]}.")
        raise ValidationError({"non_field_errors": [ErrorDetail(text, "not_object")]})
    wrong: dict[str, Any] = {}
    for name in sorted(set(said) - set(ENVELOPE)):
        text = _("There is no such field. Known: {known}.").format(known=", ".join(ENVELOPE))
        wrong[name] = [ErrorDetail(text, "unknown_field")]
    rows, dry_run = said.get("rows"), said.get("dry_run", False)
    if not isinstance(rows, list) or not rows:
        wrong["rows"] = [ErrorDetail(_("Send a list of at least one row."), "not_rows")]
    if not isinstance(dry_run, bool):
        wrong["dry_run"] = [ErrorDetail(_("Write true or false."), "not_boolean")]
    if wrong:
        raise ValidationError(wrong)
    return rows or [], bool(dry_run)


def _row(part: PlanPart[Any], said: Any) -> TypedLine:
    """One row: which line, as of which version, and its values; what is wrong goes along."""
    if not isinstance(said, dict):
        return read_line(part, said)
    read = read_line(part, {name: value for name, value in said.items() if name not in IDENTITY})
    line, row_version = said.get("line"), said.get("row_version")
    found = [*read.found, *_wrong_identity(line, row_version)]
    return replace(
        read,
        line=_uuid(line) if isinstance(line, str) else None,
        row_version=row_version if _is_version(row_version) else None,
        found=found,
    )


def _wrong_identity(line: Any, row_version: Any) -> Iterator[Finding]:
    if line is not None and (not isinstance(line, str) or _uuid(line) is None):
        text = _("Write the UUID of a line, or leave it out to add one.")
        yield error("not_uuid", text, Place(path="line"), str(line)[:50])
    if row_version is not None and not _is_version(row_version):
        text = _("Write the row_version that you read, a whole number.")
        yield error("not_integer", text, Place(path="row_version"), str(row_version)[:50])
    elif row_version is not None and line is None:
        text = _("A new row has no version yet. Say which “line” it is, or leave the version out.")
        yield error("row_version_alone", text, Place(path="row_version"), str(row_version))


def _uuid(text: str) -> UUID | None:
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text.lower() else None


def _is_version(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31


def _said(outcome: Outcome, lines: list[TypedLine], dry_run: bool) -> dict[str, Any]:
    rows = []
    for saved, sent in zip(outcome.lines, lines, strict=True):
        new = sent.line is None
        hidden = new and dry_run
        rows.append(
            {
                "line": None if hidden else saved.line,
                "row_version": None if hidden else saved.row_version,
                "outcome": "added" if new else "changed" if saved.changed else "unchanged",
            }
        )
    counts = {"added": outcome.added, "changed": outcome.changed, "unchanged": outcome.unchanged}
    return {"dry_run": dry_run, **counts, "lines": rows}
