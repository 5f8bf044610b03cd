"""The portal's interface components that take a body or compute something. docs/ui.md lists all of them."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.forms.utils import flatatt
from django.template.base import Template
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from heroicons.templatetags.heroicons import heroicon_micro, heroicon_mini

from core.findings import Finding, Place, Text

register = template.Library()

SIGNS = {"ok": "✓", "wait": "◷", "work": "◐", "bad": "▲", "none": "○"}
MOST_ROWS = 6  # of a long text in a cell; it scrolls from there on
CELL_STATES = ("saved", "waiting", "invalid", "locked", "conflict", "unsaved")


def draw(context: Context, name: str, **params: Any) -> SafeString:
    """The component `name`, drawn in the page's context: the request and the CSRF token are there."""
    page = cast(Template, context.template)
    with context.push(**params):
        return mark_safe(page.engine.get_template(f"components/{name}.html").render(context))  # noqa: S308


@register.simple_tag
def icon(name: str, size: int = 16) -> str:
    """An icon of the heroicons set (16 or 20 px), silent: the word beside it speaks."""
    draw = heroicon_micro if size <= 16 else heroicon_mini
    return draw(name, size=size, **{"class": "icon", "aria-hidden": "true"})


@register.simple_tag(takes_context=True)
def page_title(context: Context) -> str:
    """The text of the page's `title` block (in allauth's pages `head_title`), for the window's title."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    for name in ("title", "head_title"):
        block = blocks.get_block(name) if blocks else None
        if block and (text := " ".join(strip_tags(block.render(context)).split())):
            return text
    return ""


@register.simple_tag
def once() -> SafeString:
    """A hidden one-time token `once`: two posts that carry the same one come from one form."""
    return format_html('<input type="hidden" name="once" value="{}">', secrets.token_urlsafe(12))


@register.filter
def sign_of(family: str) -> str:
    """The usual sign of a state family."""
    return SIGNS.get(family, "")


@register.filter
def place_id(place: Place) -> str:
    """The HTML id of a place. The field that stands there carries the same, so that findings link to it."""
    return cell_id(place.line or place.part, place.path)


def cell_id(line: object, path: str) -> str:
    parts = ("at", slugify(str(line)), slugify(path.replace("/", "-").replace(".", "-")))
    return "-".join(part for part in parts if part)


# --- Frames with a body


@register.simple_block_tag(takes_context=True)
def band(
    context: Context,
    content: str,
    family: str = "none",
    word: Text = "",
    sign: str = "",
    turn: Text = "",
    mine: bool = False,
    until: Any = None,
    left: Text = "",
    note: Text = "",
    locked: Text = "",
    saved: Text = "",
    unsaved: Text = "",
    charge: Text = "",
    charge_url: str = "",
) -> SafeString:
    """State, whose turn, until when, why locked; the body holds the acts. See components/band.html."""
    return draw(
        context,
        "band",
        family=family,
        word=word,
        sign=sign,
        turn=turn,
        mine=mine,
        until=until,
        left=left,
        note=note,
        locked=locked,
        saved=saved,
        unsaved=unsaved,
        charge=charge,
        charge_url=charge_url,
        acts=mark_safe(content.strip()),  # noqa: S308
    )


@register.simple_block_tag(takes_context=True)
def sheet(
    context: Context, content: str, title: Text = "", note: Text = "", anchor: str = "", kind: str = ""
) -> SafeString:
    """A framed part of a page. Parameters: components/sheet.html."""
    return draw(context, "sheet", title=title, note=note, anchor=anchor, kind=kind, body=content)


@register.simple_block_tag(takes_context=True)
def scroll(context: Context, content: str, label: Text, mode: str = "page") -> SafeString:
    """The frame of a table; `mode` is "page" or "box". Parameters: components/scroll.html."""
    return draw(context, "scroll", label=label, mode=mode, body=content)


@register.simple_block_tag(takes_context=True)
def notice(context: Context, content: str, family: str = "work", sign: str = "") -> SafeString:
    """Something to know before reading on. Parameters: components/notice.html."""
    return draw(context, "notice", family=family, sign=sign, body=content)


@register.simple_block_tag(takes_context=True)
def grid_form(
    context: Context,
    content: str,
    url: str,
    cell_url: str,
    key: str = "grid",
    locked: bool = False,
    batch: bool = False,
) -> SafeString:
    """The form around a `table.grid`, with all that grid.js needs. Parameters: components/grid_form.html."""
    params = {"url": url, "cell_url": cell_url, "key": key, "locked": locked, "batch": batch, "body": content}
    return draw(context, "grid_form", **params)


# --- Acts, lists, findings


@register.inclusion_tag("components/act.html", takes_context=True)
def act(
    context: Context,
    url: str,
    label: Text,
    kind: str = "",
    icon: str = "",
    name: str = "",
    value: str = "",
    fields: Mapping[str, Any] | None = None,
    disabled: Text = "",
    title: Text = "",
) -> dict[str, Any]:
    """One act as a POST form. Parameters: components/act.html."""
    return {
        "url": url,
        "label": label,
        "kind": kind,
        "icon": icon,
        "name": name,
        "value": value,
        "fields": fields or {},
        "disabled": disabled,
        "title": title,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("components/why_not.html")
def why_not(*groups: Iterable[Any]) -> dict[str, Any]:
    """Why the acts among these (each with `label` and `refused`) are shut, by reason; see why_not.html."""
    shut: dict[str, list[Text]] = {}
    for one in (act for group in groups for act in group or ()):
        if one.refused and one.label not in shut.setdefault(str(one.refused), []):
            shut[str(one.refused)].append(one.label)
    return {"shut": list(shut.items())}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Links to the other pages of a list, keeping its filters. Parameters: components/pagination.html."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(numbers), "ellipsis": page.paginator.ELLIPSIS}


@register.inclusion_tag("components/filter_bar.html", takes_context=True)
def filter_bar(
    context: Context,
    form: BaseForm | None = None,
    count: Text | int = "",
    exports: Sequence[tuple[Text, str]] = (),
    target: str = "",
) -> dict[str, Any]:
    """Filters kept in the address, and exports of what they leave. Parameters: components/filter_bar.html."""
    used = bool(form and any(form[name].value() not in (None, "", []) for name in form.fields))
    return {"form": form, "count": count, "exports": exports, "target": target, "used": used}


@register.inclusion_tag("components/error_summary.html")
def error_summary(
    findings: Iterable[Finding | tuple[Finding, str]] = (),
    form: BaseForm | None = None,
    title: Text = "",
    clean: Text = "",
) -> dict[str, Any]:
    """All findings at once, errors apart from warnings. Parameters: components/error_summary.html."""
    errors: list[dict[str, Any]] = []
    warnings: list[dict[str, Any]] = []
    for entry in findings or ():
        finding, url = entry if isinstance(entry, tuple) else (entry, "")
        if not url and finding.place != Place():
            url = f"#{place_id(finding.place)}"
        (errors if finding.bars else warnings).append({"text": finding.text, "url": url})
    if form and form.is_bound:
        for name, texts in form.errors.items():
            field = form[name] if name in form.fields else None
            for text in texts:
                if field is None:
                    errors.append({"text": text, "url": ""})
                else:
                    errors.append({"text": f"{field.label}: {text}", "url": f"#{field.id_for_label}"})
    return {"errors": errors, "warnings": warnings, "title": title, "clean": clean}


# --- Cells


@register.simple_tag
def money_cell(text: str, derived: Text = "", strong: bool = False) -> SafeString:
    """A cell of money as written by `|money`; "" is "not stated". `derived` says from what it follows."""
    if not text:
        return format_html('<td class="n"><span class="aloud">{}</span></td>', _("not stated"))
    if derived:
        return format_html('<td class="n derived" title="{}">{}<sup>*</sup></td>', derived, text)
    return format_html('<td class="n{}">{}</td>', " strong" if strong else "", text)


@register.simple_tag
def row_version(line: object, version: int) -> SafeString:
    """The hidden version of a grid row; stands inside the row's first cell."""
    return format_html('<input type="hidden" name="version:{}" value="{}" data-row-version>', line, version)


@register.simple_tag
def grid_cell(
    line: object,
    path: str,
    value: str | None,
    label: Text,
    state: str = "",
    message: Text = "",
    kind: str = "money",
    locked: bool = False,
    commented: bool = False,
) -> SafeString:
    """One cell of a `table.grid`: an input named `<line>:<path>`, or plain text when locked.

    `value` is the text as typed or printed; `state` is one of CELL_STATES; `message` says what is wrong or
    why it is locked; `label` names row and column for those who listen; `kind` is "money", "number", "text",
    or "long" for a text of several lines.
    """
    words = kind in ("text", "long")
    classes = ["cell", "text" if words else "n"]
    classes += [f"is-{state}"] if state in CELL_STATES else []
    classes += ["is-locked"] if locked and state != "locked" else []
    classes += ["is-commented"] if commented else []
    attributes: dict[str, Any] = {"id": cell_id(line, path), "aria-label": label}
    if locked:
        attributes["readonly"] = True
    else:
        attributes |= {"name": f"{line}:{path}", "data-path": path, "autocomplete": "off"}
        attributes |= {} if words else {"inputmode": "decimal"}
    if state == "invalid":
        attributes["aria-invalid"] = "true"
    if message:
        attributes |= {"title": message, "data-message": message}
    if kind == "long":
        area = '<td class="{}"><textarea rows="{}"{}>\n{}</textarea></td>'
        rows = min((value or "").count("\n") + 1, MOST_ROWS)
        return format_html(area, " ".join(classes), rows, flatatt(attributes), value or "")
    attributes["value"] = value or ""
    return format_html('<td class="{}"><input{}></td>', " ".join(classes), flatatt(attributes))
