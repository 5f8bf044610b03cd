"""For *Quản trị*: letters that the mail server did not take."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.administration import Missing
from agencies.models import Membership, UndeliveredLetter
from agencies.people.scope import people_kept
from agencies.permissions import can

MOST_SHOWN = 50


def undelivered_to(actor: Membership) -> QuerySet[UndeliveredLetter]:
    """Letters of the last days to people whom the actor keeps, the latest first."""
    recent = UndeliveredLetter.objects.recent().select_related("user")
    return recent.filter(user__in=people_kept(actor))


def undelivered_letters(membership: Membership) -> Iterator[Missing]:
    """One line for all of the last days; what to do about each stands where it was sent."""
    if not can(membership, "reference.manage"):
        return
    if count := undelivered_to(membership).count():
        text = ngettext("%(n)d letter was not delivered.", "%(n)d letters were not delivered.", count)
        yield Missing(text % {"n": count}, f"{reverse('letter_list')}#undelivered", _("See which, and why"))
