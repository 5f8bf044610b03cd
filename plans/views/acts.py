"""The acts on a plan as a whole: one page asks, one address performs, a receipt says what was frozen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.acting import ActingRequest, acting_required
from agencies.models import Membership
from agencies.models.delegation import in_one_line, signature_of, signer_words
from agencies.permissions import require
from core.findings import NotAllowed, Refused, Text, WrongState
from core.notation import format_date, format_datetime
from plans.content.actions import amend_plan, discard_plan
from plans.forms import ActForm, LetterForm, NoteForm, RemarkForm
from plans.models import Plan, PlanStep
from plans.review import actions
from plans.review.acts import ACTS, Act, label_of, why_not
from plans.review.checks import check_plan
from plans.review.forms import ReviewDecisionForm, ReviewForm, ReviewReasonForm
from plans.versions.chronicle import DONE
from plans.versions.snapshot import is_intact
from plans.views.frame import crumbs, located, may_edit, plan_url, visible_plan


@dataclass(frozen=True, slots=True)
class Handling:
    """How a page performs an act: what it asks, what it tells before, what it says after."""

    perform: Callable[..., Any]
    done: Text
    form: type[ActForm] = ActForm
    text: Text = ""
    shows_findings: bool = False


HANDLING: Mapping[str, Handling] = {
    "hand_over": Handling(
        actions.hand_over,
        gettext_lazy("The plan lies with the leader."),
        text=gettext_lazy(
            "The leader reads the plan, then submits it or hands it back. Until then nobody edits it."
        ),
        shows_findings=True,
    ),
    "hand_back": Handling(
        actions.hand_back,
        gettext_lazy("The plan is with the editor again."),
        NoteForm,
        gettext_lazy("The editor can change the plan again and sees your note."),
    ),
    "submit": Handling(
        actions.submit_plan,
        gettext_lazy("The plan is submitted."),
        LetterForm,
        gettext_lazy(
            "The plan is frozen as it stands and goes to the lead agency. "
            "You can withdraw it until the review is opened."
        ),
        shows_findings=True,
    ),
    "withdraw": Handling(
        actions.withdraw_plan,
        gettext_lazy("The plan is withdrawn; it is a draft again."),
        RemarkForm,
        gettext_lazy("The plan becomes a draft again. What was submitted stays in the history."),
    ),
    "discard": Handling(
        discard_plan,
        gettext_lazy("The draft is discarded."),
        text=gettext_lazy("The draft and all its lines are removed. This cannot be taken back."),
    ),
    "open_review": Handling(
        actions.open_review,
        gettext_lazy("The review is open."),
        text=gettext_lazy("From now on the agency can no longer withdraw the plan."),
    ),
    "return_": Handling(
        actions.return_plan,
        gettext_lazy("The plan is returned to the agency."),
        ReviewReasonForm,
        gettext_lazy("The agency mends the plan and submits it again."),
    ),
    "approve": Handling(
        actions.approve_plan,
        gettext_lazy("The plan is approved."),
        ReviewDecisionForm,
        gettext_lazy(
            "The plan is in force from the date of the decision; the version before it ends the day before."
        ),
        shows_findings=True,
    ),
    "reject": Handling(
        actions.reject_plan,
        gettext_lazy("The plan is rejected."),
        ReviewReasonForm,
        gettext_lazy("A rejected plan ends here. The agency can only begin a new one."),
    ),
    "amend": Handling(
        amend_plan,
        gettext_lazy("An amendment is open. The approved version stays in force until it is decided."),
        text=gettext_lazy(
            "A draft of the next version is made with the same lines. The approved one stays in force."
        ),
    ),
}


# Acts that errors bar; at an approval the findings are only shown.
BARRED_BY_ERRORS = frozenset({"hand_over", "submit"})


@acting_required
def plan_act(request: ActingRequest, code: str, version: int, name: str) -> HttpResponse:
    """GET asks, POST performs; who may not is told why."""
    plan = visible_plan(request, code, version)
    act, handling = _act(name)
    require(request.membership, act.permission, plan)
    posted = request.method == "POST"
    if not posted:
        _refuse_the_impossible(act, plan, request.membership)
    more: dict[str, Any] = {"plan": plan} if issubclass(handling.form, ReviewForm) else {}
    form = handling.form(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial=_initial(plan, request.membership),
        **more,
    )
    findings = check_plan(plan) if handling.shows_findings and not posted else []
    if posted and form.is_valid():
        try:
            done = handling.perform(plan, actor=request.membership, **form.arguments())
        except Refused as refused:
            if not refused.findings:
                raise
            findings = refused.findings
        else:
            messages.success(request, str(handling.done))
            return redirect(_after(name, plan, done))
    editable = may_edit(plan, request.membership)
    context = _question(act, handling, plan, request.membership) | {
        "form": form if form.fields else None,
        "may_edit": editable,
        "findings": located(plan, findings, editable=editable),
        "barred": name in BARRED_BY_ERRORS and any(finding.bars for finding in findings),
    }
    return render(request, "plans/act.html", context, status=422 if posted else 200)


def _act(name: str) -> tuple[Act, Handling]:
    if name not in ACTS:
        raise Http404
    return ACTS[name], HANDLING[name]


def _refuse_the_impossible(act: Act, plan: Plan, membership: Membership) -> None:
    if not act.possible(plan):
        raise WrongState(
            _("“%(label)s” is not possible now: the plan is “%(state)s”.")
            % {"label": act.label, "state": plan.get_state_display()},
            code="wrong_state",
        )
    if reason := why_not(act, plan, membership):
        raise NotAllowed(reason, code="not_allowed")


def _initial(plan: Plan, membership: Membership) -> dict[str, Any]:
    """Who decides; and who signs, where the signature is delegated to the reader."""
    issuer = {"issuer": plan.programme.deciding_body or plan.programme.lead.name}
    return issuer | ({"signer": membership.user.full_name} if membership.delegation else {})


def _question(act: Act, handling: Handling, plan: Plan, membership: Membership) -> dict[str, Any]:
    """What the page asks with."""
    url, label = plan_url("plan_detail", plan), label_of(act, plan)
    signed_as = signature_of(membership) if act.name == "submit" else ""
    return {
        "heading": label,
        "text": handling.text,
        "facts": [
            (_("Plan"), plan.title),
            (_("Agency"), plan.agency.name),
            (_("Programme"), plan.programme.name),
            (_("Version"), plan.version),
            *([(_("Signed as"), in_one_line(signed_as))] if signed_as else []),
        ],
        "label": label,
        "kind": "danger" if act.danger else "primary",
        "cancel_url": url,
        "fields": {"next": url},
        "crumbs": crumbs(plan, "act"),
        "illustrative": plan.illustrative,
        "current_programme": plan.programme,
    }


def _after(name: str, plan: Plan, done: Any) -> str:
    """The page that follows: a receipt after a submission, the new version after an amendment."""
    if name == "discard":
        return reverse("worklist")
    if name == "submit":
        return plan_url("plan_receipt", plan, number=done.revisions.count())
    return plan_url("plan_detail", done if isinstance(done, Plan) else plan)


@acting_required
def plan_receipt(request: ActingRequest, code: str, version: int, number: int) -> HttpResponse:
    """What one keeps after a submission: when, as what, and the SHA-256 of what was frozen."""
    plan = visible_plan(request, code, version)
    revision = get_object_or_404(plan.revisions.select_related("by"), number=number)
    step = revision.steps.select_related("by", "agency").order_by("id").first()
    if step is None:
        raise Http404
    context = {
        "plan": plan,
        "revision": revision,
        "intact": is_intact(revision),
        "heading": DONE.get(revision.reason, revision.reason),
        "facts": _receipt_facts(plan, step),
        "url": plan_url("plan_detail", plan),
        "history_url": plan_url("plan_history", plan),
        "crumbs": crumbs(plan, "receipt"),
        "illustrative": plan.illustrative,
        "current_programme": plan.programme,
    }
    return render(request, "plans/receipt.html", context)


def _receipt_facts(plan: Plan, step: PlanStep) -> list[tuple[Text, Text]]:
    assert step.revision is not None
    facts: list[tuple[Text, Text]] = [
        (_("Plan"), plan.title),
        (_("Agency"), plan.agency.name),
        (_("Time"), format_datetime(step.at)),
        (_("By"), _("%(who)s, %(agency)s") % {"who": step.by, "agency": step.agency.name}),
        (
            _("Version and revision"),
            _("version %(v)d, revision %(r)d") % {"v": plan.version, "r": step.revision.number},
        ),
    ]
    if step.paper_number:
        signer = signer_words(step.paper_signer, step.signed_as)
        paper = {"number": step.paper_number, "on": format_date(step.paper_on), "signer": signer}
        facts.append((_("Cover letter"), _("%(number)s of %(on)s, signed by %(signer)s") % paper))
    return facts
