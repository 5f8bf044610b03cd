"""What was sent of a programme as its actions take it: keys resolved, with a finding for each unknown one."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from django.utils.translation import gettext as _

from agencies.keeping.findings import at, refuse
from agencies.models import Agency
from core.findings import Finding
from plans.models import LegalDocument, Programme
from plans.programmes.checks import document_of
from plans.programmes.regime_acts import RegimeData
from plans.programmes.shapes import ProgrammeData, ReviewScope

Said = Mapping[str, Any]
_EMPTY = ProgrammeData(
    code="",
    name="",
    short_name="",
    document=None,
    year_from=None,
    year_to=None,
    parent=None,
    lead=None,
    co_reviewers=(),
    decided_by="",
    deciding_body="",
    plan_deadline=None,
    reports_with=(),
    planning_classes=(),
    asks_route=False,
    note="",
    position=None,
)


class Keys:
    """Resolves keys of a body and gathers what is unknown; `refuse()` then names all of it at once."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def document(self, slug: str | None, path: str = "document") -> LegalDocument | None:
        found = document_of(slug or "")
        if slug and found is None:
            text = _("There is no document “%(key)s”.") % {"key": slug}
            self.findings.append(at(path, "document_unknown", text, slug))
        return found

    def programme(self, code: str | None, path: str) -> Programme | None:
        found = Programme.objects.filter(code=code).first() if code else None
        if code and found is None:
            text = _("There is no programme “%(code)s”.") % {"code": code}
            self.findings.append(at(path, "programme_unknown", text, code))
        return found

    def agency(self, key: str | None, path: str) -> Agency | None:
        found = Agency.objects.filter(key=key).first() if key else None
        if key and found is None:
            text = _("There is no agency “%(key)s”.") % {"key": key}
            self.findings.append(at(path, "agency_unknown", text, key))
        return found

    def refuse(self, code: str) -> None:
        refuse(self.findings, code)


def programme_data(said: Said, before: ProgrammeData = _EMPTY) -> ProgrammeData:
    """What was sent laid over what stands. Raises `Refused` with every key that names nothing."""
    keys = Keys()
    plain = {field.name for field in fields(ProgrammeData)}
    changed: dict[str, Any] = {name: value for name, value in said.items() if name in plain}
    if "document" in said:
        changed["document"] = keys.document(said["document"])
    if "parent" in said:
        changed["parent"] = keys.programme(said["parent"], "parent")
    if "lead" in said:
        changed["lead"] = keys.agency(said["lead"], "lead")
    if "planning_classes" in said:
        changed["planning_classes"] = tuple(dict.fromkeys(said["planning_classes"]))
    if "reports_with" in said:
        found = [
            keys.programme(code, f"reports_with-{number}") for number, code in enumerate(said["reports_with"])
        ]
        changed["reports_with"] = tuple({one.pk: one for one in found if one}.values())
    if "co_reviewers" in said:
        changed["co_reviewers"] = tuple(
            ReviewScope(keys.agency(one["agency"], f"co_reviewers-{number}-agency"), one["scope"])
            for number, one in enumerate(said["co_reviewers"])
        )
    keys.refuse("programme")
    return replace(before, **changed)


def regime_data(said: Said, before: RegimeData | None = None) -> RegimeData:
    """The same of a reporting regime."""
    keys = Keys()
    changed = dict(said)
    if "document" in said:
        changed["document"] = keys.document(said["document"])
    if "obliged_classes" in said:
        changed["obliged_classes"] = tuple(dict.fromkeys(said["obliged_classes"]))
    keys.refuse("regime")
    return replace(before or RegimeData(name=""), **changed)
