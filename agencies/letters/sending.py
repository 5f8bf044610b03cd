"""Sending: after the commit, one message a person; a server that does not answer breaks no act."""

import logging
from collections.abc import Iterable, Sequence
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from agencies.letters.composing import Letter, framed, text_of
from agencies.letters.kinds import FRAME, kind_of
from agencies.models import LetterText, User

logger = logging.getLogger(__name__)


def address_of(path: str = "/") -> str:
    """The full address of a page, for letters: `PORTAL_URL` and the path."""
    return settings.PORTAL_URL.rstrip("/") + path


def post(letter: Letter, to: Sequence[User]) -> None:
    """Send the letter to each person once the transaction is committed; nothing goes if it is rolled back."""
    post_all([(letter, to)])


def post_all(letters: Iterable[tuple[Letter, Sequence[User]]]) -> None:
    """Several letters over one connection to the mail server, as `post`.

    Who was deactivated, the portal's own account and who has no address get nothing; who is named twice
    for one letter gets it once. A delivery that fails is logged and the others go on; a server that cannot
    be reached at all is asked once.
    """
    subject, body = text_of(kind_of(FRAME), LetterText.objects.filter(key=FRAME).first())
    messages = [
        _message(framed(letter, person.full_name or person.email, address_of("/"), (subject, body)), person)
        for letter, people in letters
        for person in dict.fromkeys(people)
        if person.is_active and not person.is_system and person.email
    ]
    if messages:
        transaction.on_commit(partial(_send, messages), robust=True)


def _message(letter: Letter, person: User) -> EmailMessage:
    return EmailMessage(letter.subject, letter.body, settings.DEFAULT_FROM_EMAIL, [person.email])


def _send(messages: Sequence[EmailMessage]) -> None:
    connection = get_connection()
    try:
        connection.open()
    except OSError:  # of the network and of SMTP alike
        logger.exception("The mail server cannot be reached; %d letters were not sent.", len(messages))
        return
    try:
        for message in messages:
            try:
                connection.send_messages([message])
            except Exception:
                logger.exception("A letter to %s was not sent: %s", message.to[0], message.subject)
    finally:
        connection.close()
