"""Issued files as they were stored, and copies held against them."""

import hashlib
from collections.abc import Mapping

from django.utils.translation import gettext as _

from core.findings import WrongState
from reports.models import IssuedFile

MEDIA_TYPES: Mapping[IssuedFile.Format, str] = {
    IssuedFile.Format.PDF: "application/pdf",
    IssuedFile.Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def stored_bytes(file: IssuedFile) -> bytes:
    """The file as it was issued; one that no longer has its SHA-256 is refused."""
    with file.file.open("rb") as stored:
        body: bytes = stored.read()
    if hashlib.sha256(body).hexdigest() != file.sha256:
        raise WrongState(
            _("The stored file is not the one that was issued. Tell the administrator."), code="file_changed"
        )
    return body


def file_name(file: IssuedFile) -> str:
    """Such as "2008-Q2-05-BC-BTTTT.pdf"."""
    return f"{file.compilation.cycle.code}-{file.number.replace('/', '-')}.{file.format}"


def issued_as(sha256: str) -> IssuedFile | None:
    """The issued file of which something with this SHA-256 is a true copy."""
    files = IssuedFile.objects.select_related("compilation__cycle__programme")
    return files.filter(sha256=sha256).first()
