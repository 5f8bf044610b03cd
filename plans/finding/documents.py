"""Documents and their clauses as kinds of things that are found."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import F
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.finding import Hit, Kind
from core.findings import Text
from core.notation import format_date
from plans.models import Clause, LegalDocument

# What stands before the words of a point, a heading or a dash in our copies.
_MARKS = re.compile(r"(?:[-–+•#]+ |[^\W\d]\) )*")


def _document(data: Mapping[str, Any]) -> Hit:
    where: list[Text] = [data["issuer"]]
    if data["issued_on"]:
        where.append(format_date(date.fromisoformat(data["issued_on"])))
    return Hit(
        url=reverse("document_detail", args=[data["slug"]]),
        title=data["title"],
        label=data["number"],
        where=where,
    )


def _clause(data: Mapping[str, Any]) -> Hit:
    """Its heading and its words; those of a clause that our copy lacks are not there."""
    text = _MARKS.sub("", " ".join(data["text"].replace("**", "").split()))
    return Hit(
        url=reverse("clause_detail", args=[data["slug"], data["number"]]),
        title=data["heading"],
        label=data["number"],
        where=[data["document"] or data["title"]],
        tag=("none", "○", _("not in our copy")) if data["missing"] else None,
        excerpt=text or data["note"],
    )


DOCUMENTS = Kind(
    key="documents",
    order=20,
    label=gettext_lazy("Documents"),
    counted=lambda n: ngettext("%(n)s document", "%(n)s documents", n),
    by=gettext_lazy("number, kind, issuer and title"),
    model=LegalDocument,
    data={"slug": "slug", "number": "number", "title": "title", "issuer": "issuer", "issued_on": "issued_on"},
    hit=_document,
)
CLAUSES = Kind(
    key="clauses",
    order=30,
    label=gettext_lazy("Clauses"),
    counted=lambda n: ngettext("%(n)s clause", "%(n)s clauses", n),
    by=gettext_lazy("their words, and their number as it is cited"),
    model=Clause,
    data={
        "slug": "document__slug",
        "document": "document__number",
        "title": "document__title",
        "number": "number",
        "heading": "heading",
        "missing": "missing",
        "note": "note",
        "text": Substr("document__text", F("start") + 1, F("end") - F("start")),
    },
    hit=_clause,
)
