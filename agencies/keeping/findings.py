"""What bars a change, as findings at the fields of its form: shared by all that is kept."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from core.findings import Finding, Place, Refused, Text, error
from core.vietnamese import clean

DOCUMENT_LENGTH = 100


def at(path: str, code: str, text: Text, value: object = "") -> Finding:
    return error(code, text, Place(path=path), str(value))


def refuse(findings: Sequence[Finding], code: str) -> None:
    """Raise `Refused` with everything that bars the act, if anything does."""
    if findings:
        raise Refused(" ".join(str(one.text) for one in findings), findings, code=code)


def too_long(path: str, typed: str, most: int) -> Iterator[Finding]:
    """That a text does not fit its column, if it does not."""
    if len(typed) > most:
        text = _("It has %(length)d characters; at most %(most)d fit.")
        yield at(path, "too_long", text % {"length": len(typed), "most": most}, typed[:60])


def document_findings(document: str) -> Iterator[Finding]:
    """The number of the document that decides an act, as printed."""
    number = clean(document)
    if not number:
        text = _("Give the number of the document that decides it, as printed.")
        yield at("document", "document_missing", text)
    yield from too_long("document", number, DOCUMENT_LENGTH)


def reason_findings(reason: str) -> Iterator[Finding]:
    if not clean(reason):
        yield at("reason", "blank", _("Give the reason of the change; it is recorded with it."))
