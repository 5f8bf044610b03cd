"""The pages of a change: the form, what it entails, the act; and both values where two came at once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from agencies.acting import ActingRequest
from agencies.keeping.forms import KeptForm
from core.findings import Conflict, Finding, Refused, Text, error
from core.notation import format_datetime

Fact = tuple[Text, Text]
# Fields of the page that belong to no change.
_OF_THE_PAGE = frozenset({"csrfmiddlewaretoken", "once", "back", "confirmed"})
# Buttons that draw the form again without judging it.
AGAIN = frozenset({"again", "back", "search"})


@dataclass(frozen=True, slots=True)
class KeepPage:
    """What the pages of a change say besides their form.

    `label` is the act; `ask` is on the form's button where a question always follows. `last` is who changed
    the row last, and when.
    """

    title: Text
    text: Text
    label: Text
    done: Text
    back_url: str
    crumbs: Sequence[tuple[Text, str]]
    ask: Text = ""
    danger: bool = False
    template: str = "administration/keep_form.html"
    last: tuple[str, datetime] | None = None


def typed(request: ActingRequest) -> Any:
    """What was posted, or what was typed here before the sign-in expired."""
    if request.method == "POST":
        return request.POST
    if request.carried:
        request.carried.shown = True
        return request.carried.data
    return None


def keep(
    request: ActingRequest,
    form: KeptForm,
    page: KeepPage,
    *,
    check: Callable[[], Iterable[Finding]],
    act: Callable[[], str],
    entails: Callable[[], Sequence[Fact]] = tuple,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """GET asks; a POST is judged by `check`, put as a question where `entails` has facts, and done by `act`.

    `act` returns the address that follows. `more` is what the page's own template needs besides.
    """
    if request.method != "POST" or AGAIN & set(request.POST):
        if form.is_bound:
            form.leave_unchecked()
        return _form_page(request, form, page, more)
    form.is_valid()
    try:
        form.blame(check())
        if form.faults:
            return _form_page(request, form, page, more, status=422)
        if "confirmed" not in request.POST and (facts := entails()):
            return _question(request, page, facts)
        url = act()
    except Conflict as conflict:
        form.leave_unchecked()
        return _form_page(request, form, page, {**(more or {}), **_both(form, conflict, page)}, status=409)
    except Refused as refused:
        form.blame(refused.findings or [error(refused.code, str(refused))])
        return _form_page(request, form, page, more, status=422)
    messages.success(request, str(page.done))
    return redirect(url)


@dataclass(frozen=True, slots=True)
class RemovePage:
    """What the page of a removal says: the question, what it means, the row's facts."""

    title: Text
    text: Text
    facts: Sequence[Fact]
    done: Text
    back_url: str
    list_url: str
    crumbs: Sequence[tuple[Text, str]]


def remove(
    request: ActingRequest, page: RemovePage, *, refuse: Callable[[], None], act: Callable[[], None]
) -> HttpResponse:
    """GET asks, unless `refuse` raises with what refers to the row; a POST removes it."""
    if request.method == "POST":
        act()
        messages.success(request, str(page.done))
        return redirect(page.list_url)
    refuse()
    context = {
        "heading": page.title,
        "text": page.text,
        "facts": page.facts,
        "label": _("Remove"),
        "kind": "danger",
        "cancel_url": page.back_url,
        "crumbs": page.crumbs,
    }
    return render(request, "components/confirm_page.html", context)


def why_not(refuse: Callable[[], None]) -> str:
    """The reason that `refuse` raises, or ""."""
    try:
        refuse()
    except Refused as refused:
        return str(refused)
    return ""


def _form_page(
    request: ActingRequest, form: KeptForm, page: KeepPage, more: dict[str, Any] | None, status: int = 200
) -> HttpResponse:
    faults = form.faults if form.is_bound else []
    context = {"form": form, "page": page, "faults": faults, "crumbs": page.crumbs, **(more or {})}
    return render(request, page.template, context, status=status)


def _question(request: ActingRequest, page: KeepPage, facts: Sequence[Fact]) -> HttpResponse:
    """What the change entails; the same fields go on, hidden."""
    fields = [
        (name, value) for name, values in request.POST.lists() if name not in _OF_THE_PAGE for value in values
    ]
    context = {"page": page, "facts": facts, "fields": fields, "crumbs": page.crumbs}
    return render(request, "administration/keep_confirm.html", context)


def _both(form: KeptForm, conflict: Conflict, page: KeepPage) -> dict[str, Any]:
    """For components/conflict.html: both values of each field that differs, the others hidden."""
    rows = [
        {
            "name": name,
            "label": form.fields[name].label,
            "yours": yours,
            "theirs": conflict.theirs[name],
            "yours_words": form.words_of(name, yours),
            "theirs_words": form.words_of(name, conflict.theirs[name]),
        }
        for name, yours in conflict.yours.items()
    ]
    hidden = {
        name: form.data[name]
        for name in form.fields
        if name in form.data and name not in conflict.yours and name != "row_version"
    }
    who, when = page.last or ("", None)
    return {
        "conflict": {
            "rows": rows,
            "row_version": conflict.row_version,
            "fields": hidden,
            "who": who,
            "when": format_datetime(when) if when else "",
        }
    }
