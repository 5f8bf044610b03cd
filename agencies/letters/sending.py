"""Sending: after the commit, one message a person; a server that does not answer breaks no act.

What was not delivered stays written down (`UndeliveredLetter`): whoever sent it sees so, and sends it again
or hands it over on paper. Nothing is sent again by itself.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import models, transaction

from agencies.letters.composing import Letter, framed, text_of
from agencies.letters.kinds import FRAME, kind_of
from agencies.models import LetterText, UndeliveredLetter, User
from agencies.models.letters import REASON_LENGTH
from core import clock

logger = logging.getLogger(__name__)


def address_of(path: str = "/") -> str:
    """The full address of a page, for letters: `PORTAL_URL` and the path."""
    return settings.PORTAL_URL.rstrip("/") + path


@dataclass(frozen=True, slots=True)
class Posted:
    """A letter, to whom it goes, and the row that it is about, if any."""

    letter: Letter
    to: Sequence[User]
    about: models.Model | None = None


@dataclass(frozen=True, slots=True)
class _Outgoing:
    """One message to one person."""

    message: EmailMessage
    person: User
    about: models.Model | None


def post(letter: Letter, to: Sequence[User], about: models.Model | None = None) -> None:
    """Send the letter to each person once the transaction is committed; nothing goes if it is rolled back."""
    post_all([Posted(letter, to, about)])


def post_all(letters: Iterable[Posted]) -> None:
    """Several letters over one connection to the mail server, as `post`.

    Who was deactivated, the portal's own account and who has no address get nothing; who is named twice
    for one letter gets it once. A delivery that fails is logged and written down, and the others go on; a
    server that cannot be reached at all is asked once.
    """
    subject, body = text_of(kind_of(FRAME), LetterText.objects.filter(key=FRAME).first())
    outgoing = [
        _Outgoing(_message(one.letter, person, (subject, body)), person, one.about)
        for one in letters
        for person in dict.fromkeys(one.to)
        if person.is_active and not person.is_system and person.email
    ]
    if outgoing:
        transaction.on_commit(partial(_send, outgoing), robust=True)


def _message(letter: Letter, person: User, frame: tuple[str, str]) -> EmailMessage:
    whole = framed(letter, person.full_name or person.email, address_of("/"), frame)
    return EmailMessage(whole.subject, whole.body, settings.DEFAULT_FROM_EMAIL, [person.email])


def _send(outgoing: Sequence[_Outgoing]) -> None:
    connection = get_connection()
    try:
        connection.open()
    except OSError as problem:  # of the network and of SMTP alike
        logger.exception("The mail server cannot be reached; %d letters were not sent.", len(outgoing))
        _write_down([(one, problem) for one in outgoing])
        return
    failed: list[tuple[_Outgoing, Exception]] = []
    try:
        for one in outgoing:
            try:
                connection.send_messages([one.message])
            except Exception as problem:
                logger.exception("A letter to %s was not sent: %s", one.person.email, one.message.subject)
                failed.append((one, problem))
    finally:
        _write_down(failed)
        connection.close()


def _write_down(failed: Sequence[tuple[_Outgoing, Exception]]) -> None:
    now = clock.real_now()
    UndeliveredLetter.objects.bulk_create(
        UndeliveredLetter(
            user=one.person,
            subject=one.message.subject[:400],
            reason=f"{type(problem).__name__}: {problem}"[:REASON_LENGTH],
            at=now,
            about_kind=one.about._meta.label_lower if one.about else "",
            about_id=one.about.pk if one.about else None,
        )
        for one, problem in failed
    )
