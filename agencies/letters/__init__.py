"""Letters that the portal sends by e-mail: kinds with a default text, composing, sending after the commit.

    letters.register(LetterKind("invitation", _("Invitation"), subject, body, {"agency": _("the agency")}))
    letters.post(letters.compose("invitation", {"agency": agency.name}), [user])

Texts are Vietnamese and plain; each recipient gets a letter of his or her own in the frame `FRAME`.
"""

from agencies.letters.composing import Letter, compose, framed
from agencies.letters.kinds import FRAME, LetterKind, all_kinds, kind_of, placeholders_in, register
from agencies.letters.sending import Posted, address_of, post, post_all

__all__ = [
    "FRAME",
    "Letter",
    "LetterKind",
    "Posted",
    "address_of",
    "all_kinds",
    "compose",
    "framed",
    "kind_of",
    "placeholders_in",
    "post",
    "post_all",
    "register",
]
