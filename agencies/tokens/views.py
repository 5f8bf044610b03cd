"""Pages of API tokens: one's own, and everybody's for administrators."""

from collections.abc import Iterable, Iterator
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.cache import never_cache

from agencies.acting import ActingRequest, acting_required
from agencies.models import ApiToken
from agencies.permissions import can, require
from agencies.tokens.actions import issue_token, revoke_token
from agencies.tokens.filters import TokenFilter, tokens_kept
from agencies.tokens.forms import TokenForm
from core import clock
from core.findings import Refused
from core.notation import format_datetime
from core.spreadsheets import CONTENT_TYPE, CellKind, Sheet, SheetColumn, SheetSpec, Value, write_workbook

PAGE_SIZE = 50
MOST_ROWS = 50_000


@never_cache
@acting_required
def token_list(request: ActingRequest) -> HttpResponse:
    """One's own tokens, and the form of a new one; its secret is shown once, in the answer to the post.

    Who did not sign in just now gives the password again first; what was typed is kept meanwhile.
    """
    form = TokenForm(request.POST or None)
    made: tuple[ApiToken, str] | None = None
    if form.is_bound and form.is_valid():
        try:
            made = _issued(request, form)
        except Refused as refused:
            form.blame(refused)
    context: dict[str, Any] = {
        "form": TokenForm() if made else form,
        "made": made,
        "tokens": ApiToken.objects.with_people().filter(user=request.user),
        "crumbs": [(_("My account"), reverse("account"))],
        "sees_all": bool(can(request.membership, "people.manage")),
    }
    return render(request, "agencies/tokens/own.html", context, status=422 if form.errors else 200)


@reauthentication_required
def _issued(request: ActingRequest, form: TokenForm) -> tuple[ApiToken, str]:
    """A token outlasts the session, so whoever merely found one open cannot make it."""
    return issue_token(**form.cleaned_data, actor=request.membership)


@acting_required
def token_revoke(request: ActingRequest, pk: int) -> HttpResponse:
    """GET asks; a POST ends the token. Of others only where one manages people."""
    manages = bool(can(request.membership, "people.manage"))
    mine = ApiToken.objects.with_people().filter(user=request.user)
    token = get_object_or_404(mine | tokens_kept(request.membership) if manages else mine, pk=pk)
    back = reverse("token_list" if token.user_id == request.user.pk else "people_tokens")
    if request.method == "POST":
        revoke_token(token, actor=request.membership)
        messages.success(request, _("“%(name)s” is revoked.") % {"name": token.name})
        return redirect(back)
    context = {
        "heading": _("Revoke “%(name)s”?") % {"name": token.name},
        "text": _("Whatever uses it is refused at once. It cannot be made valid again."),
        "facts": [
            (_("In whose name"), str(token.membership.user)),
            (_("Agency"), token.membership.agency.name),
            (_("What it may do"), token.get_scope_display()),
        ],
        "label": _("Revoke"),
        "kind": "danger",
        "cancel_url": back,
        "crumbs": [(_("API tokens"), back)],
    }
    return render(request, "components/confirm_page.html", context)


@acting_required
def people_tokens(request: ActingRequest) -> HttpResponse:
    """The tokens of everybody whom the administrator keeps, the newest first."""
    require(request.membership, "people.manage")
    found = TokenFilter(request.GET, queryset=tokens_kept(request.membership))
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    total = page.paginator.count
    context = {
        "crumbs": [(_("Administration"), reverse("administration"))],
        "filter": found,
        "page": page,
        "count": ngettext("%(n)d token", "%(n)d tokens", total) % {"n": total},
        "exports": [(_("As XLSX"), reverse("people_tokens_export"))],
        "filtered": any(value for key, value in request.GET.items() if key != "page"),
    }
    return render(request, "agencies/tokens/list.html", context)


@acting_required
def people_tokens_export(request: ActingRequest) -> HttpResponse:
    """What the filters leave, as XLSX."""
    require(request.membership, "people.manage")
    tokens = TokenFilter(request.GET, queryset=tokens_kept(request.membership)).qs[:MOST_ROWS]
    headers = {"Content-Disposition": 'attachment; filename="ma-truy-cap.xlsx"'}
    return HttpResponse(_workbook(tokens), content_type=CONTENT_TYPE, headers=headers)


@override("vi")
def _workbook(tokens: Iterable[ApiToken]) -> bytes:
    """Vietnamese in either language of the pages, as are all files; dated in real time."""
    columns = (
        SheetColumn(_("In whose name"), width=30),
        SheetColumn(_("Agency"), width=40),
        SheetColumn(_("Token"), width=40),
        SheetColumn(_("What it may do"), width=18),
        SheetColumn(_("Made"), CellKind.DATETIME),
        SheetColumn(_("Valid until"), CellKind.DATETIME),
        SheetColumn(_("Last used"), CellKind.DATE),
        SheetColumn(_("Revoked"), CellKind.DATETIME),
    )
    now = clock.real_now()
    as_of = _("as of %(time)s") % {"time": format_datetime(now)}
    spec = SheetSpec(_("API tokens"), columns, titles=(_("API tokens"), as_of), frozen_columns=1)
    return write_workbook([Sheet(spec, _rows(tokens))], created=now, title=_("API tokens"))


def _rows(tokens: Iterable[ApiToken]) -> Iterator[tuple[Value, ...]]:
    for one in tokens:
        yield (
            str(one.membership.user),
            one.membership.agency.name,
            str(one),
            one.get_scope_display(),
            one.created,
            one.expiry,
            one.last_used_on,
            one.revoked_at,
        )
