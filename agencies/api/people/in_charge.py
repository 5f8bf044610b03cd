"""Who is in charge of a draft: what the endpoints of plans and reports share."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.response import Response

from agencies.api.people.inputs import ChargeInput
from agencies.api.people.shapes import ChargeData
from agencies.models import Membership
from agencies.people.keeping import Keeper, holders_for, put_in_charge
from agencies.people.rules import email_as_kept
from core.findings import Place, Refused, error


def charge(keeper: Keeper, row: Any, data: Any, actor: Membership) -> Response:
    """Put the named person in charge; the answer says who is it then."""
    told = ChargeInput(data=data)
    told.is_valid(raise_exception=True)
    wanted = told.validated_data["to"]
    to = None
    if wanted is not None:
        held = holders_for(keeper.agency_of(row)).filter(user__email__iexact=email_as_kept(wanted))
        to = held.order_by("-role").first()  # as editor, where somebody is both
        if to is None:
            text = _("“%(email)s” is no editor or approver of %(agency)s today.")
            words = text % {"email": wanted, "agency": keeper.agency_of(row).short_name}
            finding = error("not_of_agency", words, Place(path="to"), wanted)
            raise Refused(words, [finding], code="not_of_agency")
    put_in_charge(keeper, row, to, actor=actor)
    return Response(ChargeData({"in_charge": to.user if to else None}).data)
