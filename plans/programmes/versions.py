"""Two administrators at one programme or period: who comes second is told, and sees what stands now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from agencies.keeping.findings import refuse
from core.findings import Finding, error

if TYPE_CHECKING:
    from agencies.keeping.forms import KeptForm

Version = int | str
# How many values that somebody else stored are named.
SHOWN = 8


def stale(current: Version, version: Version | None) -> list[Finding]:
    """Why a change made on an older version is not done; None asks nothing: the API sends If-Match."""
    if version is None or version == current:
        return []
    text = _(
        "Somebody else changed it meanwhile. What you stated is still here: look at the page once more, then "
        "save again."
    )
    return [error("changed_meanwhile", text)]


def refuse_stale(current: Version, version: Version | None) -> None:
    refuse(stale(current, version), "changed_meanwhile")


def unless_stale(form: KeptForm, current: Version, findings: Iterable[Finding]) -> list[Finding]:
    """The findings of a change, or that somebody came first; the next save is made on what stands now.

    What stands now where something else was typed is said along: the form's initial values are the row's.
    """
    if not (old := stale(current, form.cleaned_data.get("row_version"))):
        return list(findings)
    typed: Any = form.data
    form.data = typed = typed.copy()
    typed["row_version"] = str(current)
    stands = [words for name in form.changed_data if (words := form.stored_words(name))]
    if not stands:
        return old
    text = _("It says now: %(stands)s.") % {"stands": "; ".join(stands[:SHOWN])}
    return [replace(one, text=f"{one.text} {text}") for one in old]
