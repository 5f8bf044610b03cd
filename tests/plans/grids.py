"""The grid of projects, years and sources: its addresses, one cell as it is posted, what the page shows."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from core.notation import format_money
from plans.models import Plan, Project
from plans.parts import registry
from tests.browsing import Form, form_with

JSON = {"accept": "application/json"}
TW, DP = "allocations/2009/NSTW-HTDP", "allocations/2009/NSDP-TT"


def grid_url(plan: Plan) -> str:
    return reverse("plan_grid", args=[plan.code, plan.version, "projects"])


def cell_url(plan: Plan) -> str:
    return reverse("grid_cell", args=[plan.code, plan.version, "projects"])


def cell(project: Project, path: str, value: str, **more: Any) -> dict[str, Any]:
    project.refresh_from_db()
    return {"line": project.line_id, "path": path, "value": value, "row_version": project.row_version} | more


def amounts(plan: Plan, project: Project) -> dict[str, str]:
    return {
        row.path: format_money(row.amount)
        for row in registry.get("allocations").read(plan)
        if row.line == project.line_id
    }


def opened(client: Client, plan: Plan) -> Form:
    return form_with(client.get(grid_url(plan)), f"version:{Project.objects.filter(plan=plan)[0].line_id}")


def totals_on(page: str) -> dict[str, str]:
    return dict(re.findall(r'data-total="([^"]+)">([^<]*)<', page))
