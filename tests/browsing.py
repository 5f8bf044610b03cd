"""A browser without JavaScript: the forms of a page with what they would post."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Protocol

from django.utils.datastructures import MultiValueDict


class Answer(Protocol):
    """What both kinds of response have in common."""

    content: bytes


@dataclass
class Form:
    """One form: where it goes, and the values of its fields as a browser would send them."""

    action: str
    method: str
    fields: MultiValueDict[str, str] = field(default_factory=MultiValueDict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    choices: MultiValueDict[str, str] = field(default_factory=MultiValueDict)

    def post(self, **changes: Any) -> dict[str, Any]:
        """What the browser sends after `changes`."""
        return {**dict(self.fields.lists()), **changes}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select: str | None = None
        self._area: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get"))
            self.forms.append(self._form)
        if self._form is None or "disabled" in given:
            return
        name = given.get("name", "")
        if tag == "input" and name:
            if given.get("type") == "radio":
                self._form.choices.appendlist(name, given.get("value", ""))
            ticked = given.get("type") not in ("checkbox", "radio") or "checked" in given
            if ticked:
                self._form.fields.appendlist(name, given.get("value", ""))
        elif tag == "button" and name:
            self._form.buttons.append((name, given.get("value", "")))
        elif tag == "select" and name:
            self._select = name
            self._form.fields.setlist(name, [])
        elif (
            tag == "option"
            and self._select
            and ("selected" in given or not self._form.fields.getlist(self._select))
        ):
            self._form.fields.setlist(self._select, [given.get("value", "")])
        elif tag == "textarea" and name:
            self._area = (name, [])

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area and self._form:
            name, pieces = self._area
            text = "".join(pieces).removeprefix("\n")
            self._form.fields.appendlist(name, text.replace("\n", "\r\n"))
            self._area = None
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self._form = None


def forms_in(answer: Answer) -> Iterator[Form]:
    reader = _Reader()
    reader.feed(answer.content.decode())
    yield from reader.forms


def form_with(answer: Answer, name: str) -> Form:
    """The form that holds a field, a button or a choice of this name."""
    for form in forms_in(answer):
        if name in form.fields or name in dict(form.buttons) or name in form.choices:
            return form
    raise AssertionError(f"no form with {name}")
