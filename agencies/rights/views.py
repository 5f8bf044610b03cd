"""Quản trị, quyền: the tables of rights and workflows, and the checker."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.acting import ActingRequest, acting_required
from agencies.permissions import Relation, require
from agencies.rights.checker import answer, memberships_matching, object_at
from agencies.rights.forms import RightForm
from agencies.rights.sheet import rights_workbook
from agencies.rights.tables import RELATIONS, ROLES, right_groups, words_of
from agencies.rights.workflows import ShownAct, ShownWorkflow, all_workflows
from core.spreadsheets import CONTENT_TYPE


@acting_required
def rights(request: ActingRequest) -> HttpResponse:
    """Role x permission x relation, which act leads where, and the answer to a question."""
    require(request.membership, "people.manage")
    form = RightForm(request.GET if "permission" in request.GET else None)
    groups = right_groups()
    total = sum(len(group.rows) for group in groups)
    context = {
        "roles": [role.label for role in ROLES],
        "groups": groups,
        "relations": RELATIONS.values(),
        "count": ngettext("%(n)d permission", "%(n)d permissions", total) % {"n": total},
        "exports": [(_("As XLSX"), reverse("rights_export"))],
        "workflows": [(one, _steps(one)) for one in all_workflows()],
        "form": form,
        "crumbs": [(_("Administration"), reverse("administration"))],
    }
    return render(request, "agencies/rights/page.html", context | _answers(request, form))


def _steps(shown: ShownWorkflow) -> list[tuple[ShownAct, str, str]]:
    """Each act with the states from which and to which it leads."""
    return [
        (act, shown.words(act.sources), shown.words([act.target] if act.target else []))
        for act in shown.acts()
    ]


def _answers(request: ActingRequest, form: RightForm) -> dict[str, Any]:
    """What the checker says, for everybody whom the words find."""
    if not form.is_bound or not form.is_valid():
        return {"asked": form.is_bound}
    said = form.cleaned_data
    address, relation = said["address"], Relation(said["relation"]) if said["relation"] else None
    # What the asker may not see is not told of by way of others.
    if address and object_at(address, request.membership) is None:
        form.add_error("address", _("There is nothing at this address that you may see."))
        return {"asked": True}
    people = memberships_matching(said["person"], request.membership)
    answers = [answer(one, said["permission"], relation, address) for one in people]
    shown = [(one, words_of(one.relations, said["permission"])) for one in answers]
    return {"asked": True, "answers": shown, "nobody": not answers}


@acting_required
def rights_export(request: ActingRequest) -> HttpResponse:
    """The same tables as XLSX."""
    require(request.membership, "people.manage")
    headers = {"Content-Disposition": 'attachment; filename="quyen.xlsx"'}
    return HttpResponse(rights_workbook(), content_type=CONTENT_TYPE, headers=headers)
