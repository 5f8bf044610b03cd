"""The acts on a plan as a whole: those of the pages' buttons, by the same table and the same actions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.idempotency import idempotent
from agencies.permissions import require
from core.api.problems import at_fields
from core.api.reading import StrictJson
from core.api.schema import describes
from core.findings import Text
from plans.api import inputs
from plans.api.detail import act_name, plan_answer
from plans.api.plan import PlanEndpoint
from plans.api.shapes import PlanDetail
from plans.content.actions import amend_plan, discard_plan
from plans.forms import SCAN_LIMIT
from plans.review import actions
from plans.review.acts import ACTS

AROUND_A_SCAN = 64 * 1024  # bytes of the other fields of a form
JSON, FORM = "application/json", "multipart/form-data"
Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Handling:
    """How an act is told and done: `stated` as JSON, `scanned` as a form with a file."""

    perform: Callable[..., Any]
    stated: type[serializers.Serializer[Any]] = inputs.NothingInput
    scanned: type[serializers.Serializer[Any]] | None = None
    arguments: Callable[[Said], Said] = dict

    @property
    def by_media_type(self) -> dict[str, type[serializers.Serializer[Any]]]:
        return {JSON: self.stated, **({FORM: self.scanned} if self.scanned else {})}


def _paper(said: Said) -> actions.Paper:
    names = ("number", "on", "signer", "issuer", "scan")
    return actions.Paper(**{name: said[name] for name in names if name in said})


def _letter(said: Said) -> Said:
    return {"letter": _paper(said), "comment": said.get("comment", "")}


def _decision(said: Said) -> Said:
    return {"decision": _paper(said), "comment": said.get("comment", ""), "checked": said.get("checked")}


# One for each act that a page offers.
HANDLING: Mapping[str, Handling] = {
    "hand_over": Handling(actions.hand_over),
    "hand_back": Handling(actions.hand_back, inputs.NoteInput),
    "submit": Handling(actions.submit_plan, inputs.CoverLetterInput, inputs.ScannedCoverLetter, _letter),
    "withdraw": Handling(actions.withdraw_plan, inputs.RemarkInput),
    "discard": Handling(discard_plan),
    "open_review": Handling(actions.open_review),
    "return_": Handling(actions.return_plan, inputs.ReasonInput),
    "approve": Handling(actions.approve_plan, inputs.DecisionInput, inputs.ScannedDecision, _decision),
    "reject": Handling(actions.reject_plan, inputs.ReasonInput),
    "amend": Handling(amend_plan),
}
# Of a refusal that names no place: the field that it speaks of.
FIELDS = {"decision_date": "on", "reason_missing": "reason"}
MAKES, ENDS = "amend", "discard"


class PlanAct(PlanEndpoint):
    """One act; which one is said by the address."""

    act: ClassVar[str] = ""
    parser_classes: Any = [StrictJson]

    @property
    def title(self) -> Text:
        """For the schema: what the button says."""
        return ACTS[self.act].label if self.act else ""

    @property
    def request_bodies(self) -> dict[str, Any]:
        """For the schema: what may be sent, by media type."""
        return {} if self._handling.stated is inputs.NothingInput else self._handling.by_media_type

    @property
    def answers(self) -> dict[int, Any]:
        """For the schema: what is answered, by status."""
        said: dict[str, dict[int, Any]] = {MAKES: {201: PlanDetail}, ENDS: {204: None}}
        return said.get(self.act, {200: PlanDetail})

    @property
    def _handling(self) -> Handling:
        return HANDLING[self.act]

    @describes(if_match=True, tagged=True)
    @idempotent
    def post(self, request: Request, code: str, version: int) -> Response:
        """Do it; the answer is the plan as it stands then."""
        require(self.membership, ACTS[self.act].permission, self.plan)
        sent = request.data  # 415 where the act takes no form
        media_type = FORM if (request.content_type or "").startswith(FORM) else JSON
        stated = self._handling.by_media_type[media_type](data=sent)
        stated.is_valid(raise_exception=True)
        said = self._handling.arguments(stated.validated_data)
        with self.matched() as plan, at_fields(FIELDS):
            done = self._handling.perform(plan, actor=self.membership, **said)
            if self.act == ENDS:
                return Response(status=204)
            return plan_answer(request, done, self.membership, 201 if self.act == MAKES else 200)


def act_views() -> dict[str, Any]:
    """The view of each act by its name in addresses."""
    views = {}
    for name, handling in HANDLING.items():
        more: dict[str, Any] = {"act": name}
        if handling.scanned:
            more |= {
                "parser_classes": [StrictJson, MultiPartParser],
                "most_bytes": SCAN_LIMIT + AROUND_A_SCAN,
            }
        views[act_name(name)] = PlanAct.as_view(**more)
    return views
