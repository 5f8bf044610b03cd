"""A file that was issued, without rendering one."""

import hashlib
from datetime import date

from django.core.files.base import ContentFile

from agencies.models import Membership
from core import clock
from reports.models import Compilation, IssuedFile


def issued_file(compilation: Compilation, *, by: Membership, number: str, on: date) -> IssuedFile:
    body = b"PK as issued"
    file = IssuedFile(
        compilation=compilation,
        format="xlsx",
        number=number,
        issued_on=on,
        signer="Nguyễn Văn Ký",
        size=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        audit_count=1,
        audit_head="0" * 64,
        at=clock.now(),
        by=by.user,
    )
    file.file.save("issued.xlsx", ContentFile(body), save=True)
    return file
