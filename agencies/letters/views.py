"""Pages of the reference texts of letters."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from agencies.acting import ActingRequest, acting_required
from agencies.keeping.pages import KeepPage, keep, typed
from agencies.keeping.versions import refuse_stale
from agencies.letters.actions import (
    cleaned,
    edit_letter,
    findings_of,
    kind_or_none,
    restore_letter,
    shown,
    stored,
)
from agencies.letters.composing import Letter, filled, framed, text_of
from agencies.letters.forms import LetterForm, SearchForm
from agencies.letters.kinds import FRAME, LetterKind, all_kinds
from agencies.letters.sending import address_of
from agencies.letters.undelivered import MOST_SHOWN, undelivered_to
from agencies.models import LetterText
from agencies.permissions import require
from core import clock
from core.findings import Finding
from core.notation import format_datetime
from core.spreadsheets import CONTENT_TYPE, CellKind, Sheet, SheetColumn, SheetSpec, Value, write_workbook
from core.vietnamese import search_key

SAMPLE_RECIPIENT = "Nguyễn Văn An"


@dataclass(frozen=True, slots=True)
class Listed:
    """One kind in the list: its texts as they are sent, and who changed them when."""

    kind: LetterKind
    row: LetterText | None

    @property
    def subject(self) -> str:
        return text_of(self.kind, self.row)[0]

    @property
    def body(self) -> str:
        return text_of(self.kind, self.row)[1]

    @property
    def is_edited(self) -> bool:
        return self.row is not None and bool(self.row.body)

    @property
    def changed_by(self) -> str | None:
        return str(self.row.changed_by.user) if self.row else None

    @property
    def placeholders(self) -> list[dict[str, Any]]:
        return [
            {"name": name, "help": str(text), "required": name in self.kind.required}
            for name, text in self.kind.placeholders.items()
        ]


def listed(query: str = "") -> list[Listed]:
    """The kinds whose name or words hold the query, without diacritics; one query."""
    rows = {row.key: row for row in LetterText.objects.select_related("changed_by__user")}
    found = [Listed(kind, rows.get(kind.key)) for kind in all_kinds()]
    key = search_key(query)
    return [one for one in found if key in search_key(f"{one.kind.label}\n{one.subject}\n{one.body}")]


@acting_required
def letter_list(request: ActingRequest) -> HttpResponse:
    """All kinds of letters with their subject and whether their text was changed."""
    require(request.membership, "reference.manage")
    form = SearchForm(request.GET or None)
    found = listed(request.GET.get("q", ""))
    context = {
        "form": form,
        "letters": found,
        "count": ngettext("%(n)d letter", "%(n)d letters", len(found)) % {"n": len(found)},
        "exports": [(_("As XLSX"), reverse("letter_list_export"))],
        "undelivered": undelivered_to(request.membership)[:MOST_SHOWN],
        "crumbs": [(_("Administration"), reverse("administration"))],
    }
    return render(request, "agencies/letters/list.html", context)


@acting_required
def letter_list_export(request: ActingRequest) -> HttpResponse:
    """What the search leaves, as XLSX."""
    require(request.membership, "reference.manage")
    headers = {"Content-Disposition": 'attachment; filename="mau-thu.xlsx"'}
    return HttpResponse(
        _workbook(listed(request.GET.get("q", ""))), content_type=CONTENT_TYPE, headers=headers
    )


@acting_required
def letter_edit(request: ActingRequest, key: str) -> HttpResponse:
    """The form with the placeholders beside it and a preview under it; `preview` shows what is typed."""
    require(request.membership, "reference.manage")
    kind = _kind(key)
    row = stored(kind.key)
    form = LetterForm(typed(request), initial={**shown(kind, row), "row_version": row.row_version})
    page = KeepPage(
        title=kind.label,
        text=gettext_lazy("The text of this letter, as the portal sends it by e-mail."),
        label=_("Save"),
        done=gettext_lazy("The text is saved; letters use it from now on."),
        back_url=reverse("letter_list"),
        crumbs=_crumbs(),
        template="agencies/letters/edit.html",
        last=(str(row.changed_by.user), row.changed_at) if row.row_version else None,
    )
    more: dict[str, Any] = {"kind": kind, "row": row, "aside": "agencies/letters/_placeholders.html"}
    if request.method == "POST" and "preview" in request.POST:
        form.is_valid()
        texts = cleaned(**form.stated())
        form.blame(findings_of(kind, *texts))
        more |= {"form": form, "page": page, "crumbs": page.crumbs, "faults": form.faults}
        more["preview"] = None if form.faults else previewed(kind, *texts)
        return render(request, page.template, more)

    def check() -> Iterator[Finding]:
        texts = cleaned(**form.stated())
        refuse_stale(
            row.row_version,
            form.cleaned_data.get("row_version"),
            yours=dict(zip(("subject", "body"), texts, strict=True)),
            theirs=shown(kind, row),
        )
        return findings_of(kind, *texts)

    def act() -> str:
        edit_letter(
            kind, **form.stated(), version=form.cleaned_data["row_version"] or 0, actor=request.membership
        )
        return reverse("letter_edit", args=[kind.key])

    more["preview"] = previewed(kind, **shown(kind, row))
    return keep(request, form, page, check=check, act=act, more=more)


@acting_required
def letter_restore(request: ActingRequest, key: str) -> HttpResponse:
    """GET asks; a POST puts the default text back."""
    require(request.membership, "reference.manage")
    kind = _kind(key)
    row = stored(kind.key)
    back = reverse("letter_edit", args=[kind.key])
    if request.method == "POST":
        version = request.POST.get("row_version", "")
        restore_letter(kind, version=int(version) if version.isdigit() else -1, actor=request.membership)
        messages.success(request, _("“%(letter)s” has its default text again.") % {"letter": kind.label})
        return redirect(back)
    context = {
        "heading": _("Put the default text of “%(letter)s” back?") % {"letter": kind.label},
        "text": _("The text that stands now is kept in the record of acts alone."),
        "facts": [(_("Subject"), kind.subject), (_("Text"), kind.body)],
        "label": _("Put it back"),
        "fields": {"row_version": row.row_version},
        "cancel_url": back,
        "crumbs": [*_crumbs(), (kind.label, back)],
    }
    return render(request, "components/confirm_page.html", context)


def previewed(kind: LetterKind, subject: str, body: str) -> Letter:
    """The whole letter as somebody would get it, with sample values; one that does not fit stays as it is."""
    if list(findings_of(kind, subject, body)):
        return Letter(subject, body)
    if kind.key == FRAME:
        return filled(subject, body, kind.sample_values())
    return framed(filled(subject, body, kind.sample_values()), SAMPLE_RECIPIENT, address_of("/"))


def _kind(key: str) -> LetterKind:
    kind = kind_or_none(key)
    if kind is None:
        raise Http404
    return kind


def _crumbs() -> list[tuple[Any, str]]:
    return [
        (_("Administration"), reverse("administration")),
        (_("Texts of letters"), reverse("letter_list")),
    ]


@override("vi")
def _workbook(found: list[Listed]) -> bytes:
    """Vietnamese in either language of the pages, as are all files."""
    columns = (
        SheetColumn(_("Letter"), width=40),
        SheetColumn(_("Subject"), width=50),
        SheetColumn(_("Text"), width=80),
        SheetColumn(_("Changed by"), width=30),
        SheetColumn(_("Changed"), CellKind.DATETIME),
    )
    as_of = _("as of %(time)s") % {"time": format_datetime(clock.now())}
    title = _("Texts of letters")
    spec = SheetSpec(title, columns, titles=(title, as_of), frozen_columns=1)
    return write_workbook([Sheet(spec, _rows(found))], created=clock.now(), title=title)


def _rows(found: list[Listed]) -> Iterator[tuple[Value, ...]]:
    for one in found:
        row = one.row
        yield (
            str(one.kind.label),
            one.subject,
            one.body,
            str(row.changed_by.user) if row else "",
            row.changed_at if row else None,
        )
