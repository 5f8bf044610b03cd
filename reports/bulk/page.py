"""The page of an act on many: what is stated, what it does to each row, and only then the act."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.acting import ActingRequest
from agencies.letters import Letter
from core.findings import Conflict, Finding, Refused, Text, WrongState
from core.notation import format_date
from reports.bulk.acts import BulkKind
from reports.bulk.forms import StatedForm
from reports.bulk.shapes import Prospect, Stated
from reports.bulk.wording import after_words, before_words
from reports.models import BulkAct

FEW = 10
"""As many rows that cannot take part stand in one open list; more are folded by their reasons."""


@dataclass(frozen=True)
class Place:
    """Where an act on many stands: the chosen rows of a period or a programme, and how to go on them.

    `weigh` judges rows, `perform` does the act; `letter` gives a sample of what is sent.
    """

    kind: BulkKind
    keys: Sequence[str]
    weigh: Callable[[Sequence[str], Stated], list[Prospect]]
    perform: Callable[..., BulkAct]
    back_url: str
    context: Mapping[str, Any]
    letter: Callable[[Prospect], Letter] | None = None


@dataclass(frozen=True)
class ShownRow:
    """One row as the page draws it; `changed` when it is another than was shown before."""

    prospect: Prospect
    before: Text
    after: Text
    ticked: bool = True
    changed: bool = False


@dataclass(frozen=True)
class Fold:
    """Rows that cannot take part for one reason, behind a heading."""

    reason: Text
    rows: Sequence[ShownRow]

    @property
    def is_open(self) -> bool:
        return len(self.rows) <= FEW or any(row.changed for row in self.rows)


@dataclass
class _Asked:
    """What came with the request, and what came of it."""

    stated: Stated = field(default_factory=Stated)
    confirms: bool = False  # the page shows what happens and asks for the last word
    changed: frozenset[str] = frozenset()
    findings: Sequence[Finding] = ()
    said: Text = ""
    status: int = 200


def answer(request: ActingRequest, place: Place) -> HttpResponse:
    """GET asks what is stated (where anything is), a POST shows what happens, a confirmed one does it.

    An act `at_once` asks and shows on the same page.
    """
    posted = request.method == "POST" and "back" not in request.POST
    keys = list(dict.fromkeys(place.keys))
    form = StatedForm(place.kind, request.POST if posted else None, initial=_typed(request, place.kind))
    asked = _Asked(confirms=place.kind.at_once or not place.kind.asks)
    if posted and form.is_valid():
        asked = _Asked(form.stated(), confirms=True)
        if "confirmed" in request.POST:
            try:
                return redirect("bulk_receipt", pk=_done(request, place, keys, asked.stated).pk)
            except (Conflict, WrongState) as conflict:
                # A state that changed at the last moment is a conflict like any other.
                asked.changed, asked.said, asked.status = (
                    _changed(request, place, keys, asked),
                    conflict.text,
                    409,
                )
            except Refused as refused:
                asked.findings, asked.said, asked.status = refused.findings, refused.text, 422
    elif posted:
        asked.status = 422
    context = {**place.context, **_page(request, place, keys, form, asked)}
    return render(request, "reports/bulk/act.html", context, status=asked.status)


def _typed(request: ActingRequest, kind: BulkKind) -> dict[str, Any]:
    """What was stated before, on the way back from the question; or before the sign-in expired."""
    data = request.POST if request.method == "POST" else request.carried.data if request.carried else {}
    if request.carried:
        request.carried.shown = True
    return {name: data[name] for name in kind.asks if name in data}


def _seen(request: ActingRequest) -> dict[str, str]:
    """What the page kept of each row when it was shown, by key of the agency."""
    return dict(one.split(":", 1) for one in request.POST.getlist("seen") if ":" in one)


def _changed(request: ActingRequest, place: Place, keys: list[str], asked: _Asked) -> frozenset[str]:
    seen = _seen(request)
    now = place.weigh(keys, asked.stated)
    return frozenset(one.agency.key for one in now if seen.get(one.agency.key) != one.seen)


def _done(request: ActingRequest, place: Place, keys: list[str], stated: Stated) -> BulkAct:
    token = request.POST.get("once") or secrets.token_urlsafe(12)
    return place.perform(
        keys,
        actor=request.membership,
        stated=stated,
        token=token[:100],
        seen=_seen(request),
        leave_out=True,
    )


def _page(
    request: ActingRequest, place: Place, keys: list[str], form: StatedForm, asked: _Asked
) -> dict[str, Any]:
    """The context of reports/bulk/act.html."""
    kind = place.kind
    prospects = place.weigh(keys, asked.stated)
    possible = [_shown(kind, one, asked) for one in prospects if not one.refusal]
    barred = [_shown(kind, one, asked) for one in prospects if one.refusal]
    first = possible[0].prospect if possible else None
    return {
        "kind": kind,
        "form": form if form.fields else None,
        "asking": not asked.confirms,
        "asks_first": bool(kind.asks) and not kind.at_once,
        "stated": _stated_facts(kind, asked.stated) if asked.confirms else [],
        "hidden": [(name, request.POST.get(name, "")) for name in kind.asks if request.POST.get(name)],
        "possible": possible,
        "barred": barred,
        "folds": _folded(barred) if len(barred) > FEW else [],
        "afters": any(row.after for row in possible),
        "remarks": any(row.prospect.effect or row.prospect.warning or row.changed for row in possible),
        "count": ngettext("%(n)d agency", "%(n)d agencies", len(possible)) % {"n": len(possible)},
        "letter": place.letter(first) if place.letter and first else None,
        "letter_to": first.agency if first else None,
        "findings": asked.findings,
        "said": asked.said,
        "conflict": asked.status == 409,
        "back_url": place.back_url,
    }


def _shown(kind: BulkKind, one: Prospect, asked: _Asked) -> ShownRow:
    return ShownRow(
        one,
        before_words(kind.name, one.before),
        after_words(kind.name, one.after),
        changed=one.agency.key in asked.changed,
    )


def _folded(barred: Sequence[ShownRow]) -> list[Fold]:
    """By reason, the rarest first: that is where something can be mended."""
    by_reason: dict[Text, list[ShownRow]] = {}
    for row in barred:
        by_reason.setdefault(row.prospect.reason, []).append(row)
    return sorted((Fold(*one) for one in by_reason.items()), key=lambda fold: len(fold.rows))


def _stated_facts(kind: BulkKind, stated: Stated) -> list[tuple[Text, Text]]:
    """What was stated, as it goes into the act."""
    said: list[tuple[Text, Text]] = []
    if stated.to:
        said.append((_("Extended to"), format_date(stated.to)))
    if stated.document:
        day = format_date(stated.document_on)
        said.append((_("Document"), ", ".join(filter(None, (stated.document, day)))))
    if stated.reason:
        said.append((_("Reason"), stated.reason))
    if stated.again:
        said.append((_("Reminded today"), _("are reminded again")))
    if stated.paper:
        said.append((_("Where nobody acts"), _("the letter is made to be printed")))
    return said
