"""Lines of plans as kinds of things that are found: tasks, projects, the text of plans without a document."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.finding import Hit, Kind
from core.findings import Text
from core.notation import format_date
from plans.finding.versions import OF_ITS_PLAN, VERSIONS, plan_address, state_of, where_of
from plans.models import Project, Section, Task


def _hit(data: Mapping[str, Any], part: str, label: str, title: str, more: Text = "", text: str = "") -> Hit:
    address = plan_address("plan_part", data, part=part)
    return Hit(
        url=f"{address}#at-{UUID(str(data['line']))}",
        title=title,
        label=label,
        where=[*where_of(data), *([more] if more else [])],
        tag=state_of(data),
        excerpt=text,
    )


def _task(data: Mapping[str, Any]) -> Hit:
    due = data["due_on"] and _("due %(day)s") % {"day": format_date(date.fromisoformat(data["due_on"]))}
    return _hit(data, "tasks", data["clause"], data["name"], due or "")


def _project(data: Mapping[str, Any]) -> Hit:
    label = ".".join(filter(None, (data["group"], data["number"])))
    years = "-".join(dict.fromkeys(str(year) for year in (data["year_from"], data["year_to"]) if year))
    return _hit(data, "projects", label, data["name"], data["years_printed"] or years)


def _section(data: Mapping[str, Any]) -> Hit:
    return _hit(data, "sections", data["number"], data["heading"], text=data["body"])


TASKS = Kind(
    key="tasks",
    order=50,
    label=gettext_lazy("Tasks"),
    counted=lambda n: ngettext("%(n)s task", "%(n)s tasks", n),
    by=gettext_lazy("name, or the clause that assigns them"),
    model=Task,
    data={**OF_ITS_PLAN, "line": "line_id", "clause": "clause", "name": "name", "due_on": "due_on"},
    hit=_task,
    scope=VERSIONS,
    through="plan_id",
    line="line_id",
)
PROJECTS = Kind(
    key="projects",
    order=60,
    label=gettext_lazy("Projects"),
    counted=lambda n: ngettext("%(n)s project", "%(n)s projects", n),
    by=gettext_lazy("name"),
    model=Project,
    data={
        **OF_ITS_PLAN,
        "line": "line_id",
        "group": "group_code",
        "number": "number",
        "name": "name",
        "year_from": "year_from",
        "year_to": "year_to",
        "years_printed": "years_printed",
    },
    hit=_project,
    scope=VERSIONS,
    through="plan_id",
    line="line_id",
)
SECTIONS = Kind(
    key="sections",
    order=70,
    label=gettext_lazy("Text of plans"),
    counted=lambda n: ngettext("%(n)s section", "%(n)s sections", n),
    by=gettext_lazy("heading and text"),
    model=Section,
    data={**OF_ITS_PLAN, "line": "line_id", "number": "number", "heading": "heading", "body": "body"},
    hit=_section,
    scope=VERSIONS,
    through="plan_id",
    line="line_id",
    only="own_text",
)
