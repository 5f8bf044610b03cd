"""The versions of one plan, and what a version is compared with."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from agencies.models import Membership
from core.findings import Text
from core.notation import format_date
from plans.models import OPEN_STATES, Plan, PlanRevision, PlanState

DECIDED = ("approve", "register")


def other_versions(plan: Plan, membership: Membership) -> list[Plan]:
    """The other versions that the reader may see, the latest first."""
    versions = Plan.objects.visible_to(membership).filter(code=plan.code).exclude(pk=plan.pk)
    return list(versions.order_by("-version"))


def current_version(code: str, membership: Membership) -> int | None:
    """The open version that the reader may see, else the one in force, else the last; None without any."""
    versions = Plan.objects.visible_to(membership).filter(code=code).order_by("-version")
    ranked = sorted(
        versions.only("version", "state"),
        key=lambda plan: (plan.state not in OPEN_STATES, plan.state != PlanState.APPROVED),
    )
    return ranked[0].version if ranked else None


@dataclass(frozen=True, slots=True)
class Basis:
    """Something frozen to hold a plan against. `key` stands in the address: "2", or "v1" for a version."""

    key: str
    label: Text
    revision_id: int
    own: bool  # a revision of this version itself


def bases_of(plan: Plan) -> list[Basis]:
    """What a plan can be compared with, the latest first: its own revisions, then the version before it."""
    own: list[Basis] = []
    submissions = 0
    for revision in plan.revisions.defer("content").order_by("number"):
        submissions += revision.reason == "submit"
        own.append(Basis(str(revision.number), _label(revision, submissions), revision.pk, own=True))
    own.reverse()
    earlier = (
        PlanRevision.objects.filter(plan__code=plan.code, plan__version__lt=plan.version, reason__in=DECIDED)
        .defer("content")
        .select_related("plan")
        .order_by("-plan__version", "-number")
        .first()
    )
    if earlier is None:
        return own
    label = _("Version %(n)d, as decided") % {"n": earlier.plan.version}
    return [*own, Basis(f"v{earlier.plan.version}", label, earlier.pk, own=False)]


def _label(revision: PlanRevision, submissions: int) -> Text:
    said = {"n": submissions, "on": format_date(revision.at)}
    if revision.reason == "submit":
        return _("Submission %(n)d, %(on)s") % said
    return (_("As decided, %(on)s") if revision.reason == "approve" else _("As registered, %(on)s")) % said


def usual_basis(plan: Plan, bases: list[Basis]) -> Basis | None:
    """The last submission while it is drafted, while it is reviewed the one before, then the last version."""
    own = [basis for basis in bases if basis.own]
    before = [basis for basis in bases if not basis.own]
    if plan.is_editable:
        ranked = [*own, *before]
    elif plan.state in OPEN_STATES:
        ranked = [*own[1:], *before]
    else:
        ranked = [*before, *own[1:]]
    return next(iter(ranked), None)
