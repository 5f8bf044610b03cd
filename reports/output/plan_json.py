"""A plan as JSON: amounts as decimal strings in triệu đồng, dates in ISO form, blank as null."""

import json
from typing import Any

from core.notation import decimal_string
from indicators.rows import BaselineRow, TargetRow
from plans.parts.columns import Party
from plans.parts.projects import ProjectRow
from plans.parts.texts import TaskRow
from reports.output.plan_export import PlanExport, PlanFacts


def plan_json(export: PlanExport) -> bytes:
    """The plan's facts, its parts in printed order, and the names of the keys that stand in them."""
    content, facts = export.content, export.facts
    clauses = {task.line: task.clause for task in content["tasks"]}
    labels = {project.line: project.label for project in content["projects"]}
    allocations, shares = export.by_line("allocations"), export.by_line("shares")
    data = {
        **_facts(facts),
        "sections": [
            {
                "number": row.number,
                "heading": row.heading,
                "body": row.body or None,
                "clause": row.clause or None,
            }
            for row in content["sections"]
        ],
        "baselines": [_baseline(row) for row in content["baselines"]],
        "tasks": [
            {**_task(row, clauses), "assigned_reporters": _assigned(export, row.line)}
            for row in content["tasks"]
        ],
        "projects": [
            {
                **_project(row),
                "assigned_reporters": _assigned(export, row.line),
                "allocations": [
                    {
                        "year": one.year,
                        "source": one.source or None,
                        "amount": decimal_string(one.amount),
                        "basis": one.basis or None,
                    }
                    for one in allocations.get(row.line, ())
                ],
                "shares": [
                    {
                        "agency": one.agency,
                        "amount": decimal_string(one.amount),
                        "derived": one.derived,
                        "note": one.note or None,
                    }
                    for one in shares.get(row.line, ())
                ],
            }
            for row in content["projects"]
        ],
        "targets": [_target(row) for row in content["targets"]],
        "stated_totals": [
            {
                "clause": row.clause or None,
                "label": row.label,
                "group": row.group_code or None,
                "subgroup": row.subgroup or None,
                "year": row.year,
                "source": row.source or None,
                "amount": decimal_string(row.amount),
                "approximate": row.approximate,
                "about": row.about or None,
                "projects": [labels[line] for line in row.lines if line in labels] or None,
            }
            for row in content["stated_totals"]
        ],
        "names": _names(export),
    }
    return json.dumps(data, ensure_ascii=False, indent=2).encode() + b"\n"


def _facts(facts: PlanFacts) -> dict[str, Any]:
    return {
        "code": facts.code,
        "version": facts.version,
        "title": facts.title,
        "kind": facts.kind,
        "state": facts.state,
        "agency": facts.agency,
        "programme": facts.programme,
        "document": facts.document or None,
        "decision": {
            "number": facts.decision_number or None,
            "date": facts.decision_on.isoformat() if facts.decision_on else None,
            "issuer": facts.decision_issuer or None,
        },
        "signature": _signature(facts),
        "route": facts.route or None,
        "registered": facts.registered,
        "illustrative": facts.illustrative,
        "as_of": facts.as_of.isoformat(),
        "unit": "triệu đồng",
    }


def _signature(facts: PlanFacts) -> dict[str, Any] | None:
    """Who signed as what: the document, or for the head of the agency what was handed in."""
    post, signer = facts.signature
    if not (post or signer):
        return None
    return {"post": post, "signer": signer or None, "by_delegation": facts.by_delegation}


def party_token(party: Party) -> str:
    """An agency by its bare key; a group, a class or printed words with what they are before the colon."""
    return party.value if party.kind == "agency" else party.token


def _assigned(export: PlanExport, line: Any) -> list[dict[str, str]]:
    """Who is assigned on the system to report on a line that the document gives no lead."""
    return [
        {"party": party_token(one.party), "basis": one.basis, "on": one.on.isoformat()}
        for one in export.reporters.get(line, ())
    ]


def _task(row: TaskRow, clauses: dict[Any, str]) -> dict[str, Any]:
    return {
        "clause": row.clause,
        "name": row.name,
        "text": row.text or None,
        "leads": [party_token(party) for party in row.leads],
        "co": [party_token(party) for party in row.co],
        "phrase": row.date_phrase or None,
        "due": row.due_on.isoformat() if row.due_on else None,
        "parent": clauses.get(row.parent) if row.parent else None,
        "superseded_by": clauses.get(row.superseded_by) if row.superseded_by else None,
        "note": row.note or None,
    }


def project_lead(row: ProjectRow) -> str | None:
    if row.lead_agency:
        return row.lead_agency
    if row.lead_group:
        return f"group:{row.lead_group}"
    return f"text:{row.lead_words}" if row.lead_words else None


def _project(row: ProjectRow) -> dict[str, Any]:
    return {
        "group": row.group_code or None,
        "group_name": row.group_name or None,
        "subgroup": row.subgroup or None,
        "no": row.number or None,
        "name": row.name,
        "objective": row.objective or None,
        "coordination": row.coordination or None,
        "lead": project_lead(row),
        "lead_words": row.lead_words or None,
        "location": row.location or None,
        "also_at": row.also_at or None,
        "year_from": row.year_from,
        "year_to": row.year_to,
        "years_printed": row.years_printed or None,
        "stage": row.stage or None,
        "clause": row.clause or None,
        "note": row.note or None,
        "total": decimal_string(row.total_need),
    }


def _target(row: TargetRow) -> dict[str, Any]:
    return {
        "clause": row.clause or None,
        "indicator": row.indicator,
        "class": row.agency_class or None,
        "group": row.group or None,
        "agency": row.agency or None,
        "year": row.year,
        "due": row.due_on.isoformat(),
        "comparator": row.comparator,
        "value": decimal_string(row.value),
        "value_to": decimal_string(row.value_to),
        "words": row.words or None,
        "printed": row.printed or None,
        "guidance": row.guidance,
        "note": row.note or None,
    }


def _baseline(row: BaselineRow) -> dict[str, Any]:
    return {
        "clause": row.clause or None,
        "indicator": row.indicator,
        "as_of": row.as_of.isoformat() if row.as_of else None,
        "as_of_words": row.as_of_words or None,
        "comparator": row.comparator,
        "numerator": decimal_string(row.numerator),
        "denominator": decimal_string(row.denominator),
        "value": decimal_string(row.value),
        "words": row.words or None,
        "printed": row.printed or None,
        "converted": row.converted,
        "note": row.note or None,
    }


def _names(export: PlanExport) -> dict[str, Any]:
    """Names of the keys that this plan uses, no others."""
    content, names = export.content, export.names
    parties = [party for row in content["tasks"] for party in (*row.leads, *row.co)]
    parties += [one.party for found in export.reporters.values() for one in found]
    agencies = {party.value for party in parties if party.kind == "agency"}
    agencies |= {row.lead_agency for row in content["projects"]} | {row.agency for row in content["shares"]}
    agencies |= {row.agency for row in content["targets"]} | {export.facts.agency}
    groups = {party.value for party in parties if party.kind == "group"}
    groups |= {row.lead_group for row in content["projects"]} | {row.group for row in content["targets"]}
    sources = {row.source for row in (*content["allocations"], *content["stated_totals"])}
    used = {row.indicator for row in (*content["targets"], *content["baselines"])}
    return {
        "agencies": {key: name for key, name in names.agencies.items() if key in agencies},
        "groups": {key: name for key, name in names.groups.items() if key in groups},
        "sources": {code: name for code, name in names.sources.items() if code in sources},
        "indicators": {
            code: {"name": name, "unit": unit or None}
            for code, (name, unit) in names.indicators.items()
            if code in used
        },
    }
