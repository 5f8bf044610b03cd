"""The acts on a filing: hand over, hand back, submit, accept, return. One address for each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.idempotency import idempotent
from agencies.permissions import require
from core.api.problems import at_fields
from core.api.schema import describes
from plans.api.inputs import NothingInput
from reports.api.base import Act, OfFiling
from reports.api.inputs import FilingLetterInput, FilingNoteInput, FilingReturnInput
from reports.api.rows import FilingDetail
from reports.filing.actions import (
    Letter,
    accept_filing,
    hand_back_filing,
    hand_over_filing,
    return_filing,
    submit_filing,
)
from reports.filing.acts import ACTS
from reports.forms import FIELDS


@dataclass(frozen=True, slots=True)
class Handling:
    """How an act is told and done; `act` is its name in the table of acts."""

    act: str
    perform: Callable[..., Any]
    told: Any = NothingInput
    arguments: Callable[[dict[str, Any]], dict[str, Any]] = dict


HANDLING: Mapping[str, Handling] = {
    "hand-over": Handling("hand_over", hand_over_filing),
    "hand-back": Handling("hand_back", hand_back_filing, FilingNoteInput),
    "submit": Handling("submit", submit_filing, FilingLetterInput, lambda said: {"letter": Letter(**said)}),
    "accept": Handling("accept", accept_filing),
    "return": Handling("return_", return_filing, FilingReturnInput),
}


class FilingAct(Act, OfFiling):
    """One act on one filing; which one is said by the address."""

    handling = HANDLING["hand-over"]

    @extend_schema(responses=FilingDetail)
    @describes(if_match=True, tagged=True)
    @idempotent
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Do it, on the filing as it was read (`If-Match`). 422 says everything that bars it."""
        handling = self.handling
        require(self.membership, ACTS[handling.act].permission, self.filing)
        said = handling.arguments(self.said(request))
        with self.matched() as filing, at_fields(FIELDS):
            handling.perform(filing, actor=self.membership, **said)
        del self.filing
        return self.answer_filing(self.filing)
