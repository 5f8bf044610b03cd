"""Changing the text of a kind of letter, and putting the default text back."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from agencies import audit
from agencies.keeping.versions import refuse_stale
from agencies.letters.kinds import PLACEHOLDER, LetterKind, kind_of, placeholders_in
from agencies.models import LetterText, Membership
from agencies.models.letters import BODY_LENGTH, SUBJECT_LENGTH
from agencies.permissions import require
from core import clock
from core.findings import Finding, Place, Refused, error
from core.vietnamese import clean


def edit_letter(kind: LetterKind, *, subject: str, body: str, version: int, actor: Membership) -> LetterText:
    """Give a kind of letter another text; `version` is that of the text it was made on, 0 for the default.

    Raises `NotAllowed`, `Conflict` when somebody changed the text first, and `Refused` with everything that
    is wrong: a placeholder that the kind does not have, one that it needs, a stray brace.
    """
    subject, body = cleaned(subject, body)
    with audit.recording() as record:
        require(actor, "reference.manage")
        row = _locked(kind, actor)
        yours = {"subject": subject, "body": body}
        refuse_stale(row.row_version, version, yours=yours, theirs=shown(kind, row))
        if findings := list(findings_of(kind, subject, body)):
            raise Refused(" ".join(str(one.text) for one in findings), findings, code="letter")
        if shown(kind, row) == yours:
            return row
        before = shown(kind, row)
        _write(row, subject, body, actor)
        record.add("edit_letter", row, actor=actor, before=before, subject=subject, body=body)
    return row


def restore_letter(kind: LetterKind, *, version: int, actor: Membership) -> LetterText:
    """Put the default text back. Raises `NotAllowed`, `Conflict`; a default text stays as it is."""
    with audit.recording() as record:
        require(actor, "reference.manage")
        row = _locked(kind, actor)
        default = {"subject": kind.subject, "body": kind.body}
        refuse_stale(row.row_version, version, yours=default, theirs=shown(kind, row))
        if row.body:
            before = shown(kind, row)
            _write(row, "", "", actor)
            record.add("restore_letter", row, actor=actor, before=before)
    return row


def stored(key: str) -> LetterText:
    """The row of a kind; one that nobody has changed yet is new, of version 0."""
    return LetterText.objects.select_related("changed_by__user").filter(key=key).first() or LetterText(
        key=key, row_version=0
    )


def shown(kind: LetterKind, row: LetterText) -> dict[str, str]:
    """Subject and body as they stand to be edited, whether or not they still fit the kind."""
    edited = bool(row.body)
    return {
        "subject": row.subject if edited else kind.subject,
        "body": row.body if edited else kind.body,
    }


def cleaned(subject: str, body: str) -> tuple[str, str]:
    return clean(subject), clean(body, multiline=True)


def findings_of(kind: LetterKind, subject: str, body: str) -> Iterator[Finding]:
    """Everything that is wrong with a text. Pure."""
    for path, text, most in (("subject", subject, SUBJECT_LENGTH), ("body", body, BODY_LENGTH)):
        if not text:
            said = _("The subject is empty.") if path == "subject" else _("The text is empty.")
            yield error("text_missing", said, Place(path=path))
        if len(text) > most:
            said = _("%(n)d characters are too many; at most %(most)d.") % {"n": len(text), "most": most}
            yield error("text_too_long", said, Place(path=path))
        yield from _braces(kind, path, text)
    for name in sorted(kind.required - set(placeholders_in(subject + body))):
        said = _("The letter is of no use without {%(name)s} (%(help)s). Put it in.")
        values = {"name": name, "help": kind.placeholders[name]}
        yield error("placeholder_missing", said % values, Place(path="body"), name)


def _braces(kind: LetterKind, path: str, text: str) -> Iterator[Finding]:
    """What stands in braces and is no placeholder, line by line."""
    known = ", ".join(f"{{{name}}}" for name in kind.placeholders)
    for number, line in enumerate(text.split("\n"), start=1):
        for name in placeholders_in(line):
            if name not in kind.placeholders:
                said = _("Line %(line)d: “{%(name)s}” is not a placeholder of this letter. Known: %(known)s.")
                values = {"line": number, "name": name[:60], "known": known}
                yield error("placeholder_unknown", said % values, Place(path=path), f"{{{name}}}")
        if {"{", "}"} & set(PLACEHOLDER.sub("", line)):
            said = _("Line %(line)d: a brace stands alone. Braces only enclose placeholders: %(known)s.")
            yield error("brace_alone", said % {"line": number, "known": known}, Place(path=path), line[:80])


def kind_or_none(key: str) -> LetterKind | None:
    try:
        return kind_of(key)
    except KeyError:
        return None


def _locked(kind: LetterKind, actor: Membership) -> LetterText:
    """The row, locked; made where it is the first change, so that two first ones wait for each other."""
    LetterText.objects.get_or_create(
        key=kind.key, defaults={"row_version": 0, "changed_by": actor, "changed_at": clock.now()}
    )
    return LetterText.objects.select_for_update(no_key=True, of=("self",)).get(key=kind.key)


def _write(row: LetterText, subject: str, body: str, actor: Membership) -> None:
    row.subject, row.body = subject, body
    row.row_version += 1
    row.changed_by, row.changed_at = actor, clock.now()
    row.save()
