"""What a bulk act is given, what it would do to each agency, and why it cannot."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.models import Agency, User
from core.findings import Text
from reports.models import Filing, Report


@dataclass(frozen=True, slots=True)
class Stated:
    """What the person states for all rows; each act reads its own part.

    `again` lets a second reminder go out on one day, `paper` makes letters to be printed for agencies that
    nobody acts for.
    """

    to: date | None = None
    document: str = ""
    document_on: date | None = None
    reason: str = ""
    again: bool = False
    paper: bool = False


# Why a row cannot take part, by code: the code of the single act's refusal, or what bars a reminder.
REASONS: Mapping[str, Text] = {
    "exempt": _("exempt from this report"),
    "extension_date": _("the new day is not after the period's due day"),
    "not_submitted": _("nothing is submitted that could be accepted"),
    "accepted": pgettext_lazy("report", "accepted already"),
    "returned": pgettext_lazy("report", "returned; the agency mends it"),
    "four_eyes": _("you drafted or submitted it yourself; another member of your agency decides"),
    "filed": _("the report is submitted"),
    "received": _("the report was received on paper"),
    "plan_submitted": _("a plan is submitted"),
    "no_deadline": _("the programme has no day by which plans are due"),
    "reminded_today": _("reminded today already"),
    "no_recipient": _("nobody acts for it as editor or approver"),
}


@dataclass(frozen=True, slots=True)
class Prospect:
    """What an act would do to one agency, or in `refusal` the code of why it cannot.

    `before` and `after` are plain values as `BulkRow` keeps them; `effect` says in words what changes beside
    them; `basis` is everything of the stored row on which the judgement rests.
    """

    agency: Agency
    before: str
    after: str = ""
    refusal: str = ""
    effect: Text = ""
    warning: Text = ""
    basis: tuple[object, ...] = ()
    report: Report | None = None
    filing: Filing | None = None
    recipients: list[User] = field(default_factory=list)

    @property
    def reason(self) -> Text:
        return REASONS.get(self.refusal, self.refusal)

    @property
    def seen(self) -> str:
        """What a page keeps of the row, so that it is noticed when the row is another when the act comes."""
        said = "\0".join(str(part) for part in (self.agency.key, self.refusal, *self.basis))
        return hashlib.sha256(said.encode()).hexdigest()[:16]
