"""Who may do what: the table of rights, the workflows, and the answer to a question; for administrators."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import Portal
from agencies.api.shapes import MembershipData
from agencies.models import Role
from agencies.permissions import GRANTS, PERMISSIONS, Relation, require
from agencies.rights.checker import answer, memberships_matching, object_at
from agencies.rights.forms import RightForm
from agencies.rights.tables import RELATIONS, right_groups
from agencies.rights.workflows import all_workflows
from core.api.problems import BadParameters


class NamedData(serializers.Serializer[Any]):
    key = serializers.CharField()
    label = serializers.CharField()


class GrantData(serializers.Serializer[Any]):
    """A role, and the relations of an object to its agency for which the permission holds."""

    role = serializers.ChoiceField(choices=Role.choices)
    relations = serializers.ListField(child=serializers.ChoiceField(choices=[one.value for one in Relation]))


class PermissionData(serializers.Serializer[Any]):
    permission = serializers.CharField()
    label = serializers.CharField()
    group = serializers.CharField()
    grants = GrantData(many=True)


class WorkflowActData(serializers.Serializer[Any]):
    """One act: from which states to which, "" where it changes none."""

    name = serializers.CharField()
    label = serializers.CharField()
    permission = serializers.CharField()
    sources = serializers.ListField(child=serializers.CharField())
    target = serializers.CharField(allow_blank=True)
    needs_comment = serializers.BooleanField()
    four_eyes = serializers.BooleanField()


class WorkflowData(serializers.Serializer[Any]):
    key = serializers.CharField()
    label = serializers.CharField()
    states = NamedData(many=True)
    acts = WorkflowActData(many=True)


class RightsData(serializers.Serializer[Any]):
    """The table of rights as the portal decides by it, and which act leads from which state to which."""

    roles = NamedData(many=True)
    relations = NamedData(many=True)
    permissions = PermissionData(many=True)
    workflows = WorkflowData(many=True)


class RightAnswerData(serializers.Serializer[Any]):
    """The answer for one membership; `sees` is null where no object was named."""

    membership = MembershipData()
    person = serializers.CharField()
    allowed = serializers.BooleanField()
    reason = serializers.CharField(allow_blank=True)
    relations = serializers.ListField(child=serializers.CharField())
    sees = serializers.BooleanField(allow_null=True)


class RightAnswersData(serializers.Serializer[Any]):
    answers = RightAnswerData(many=True)


class Rights(Portal):
    """Who may do what."""

    @extend_schema(responses=RightsData)
    def get(self, request: Request) -> Response:
        """Every permission with the roles and relations for which it holds, and the workflows."""
        require(self.membership, "people.manage")
        said = {
            "roles": _named(Role.choices),
            "relations": _named((one.value, label) for one, label in RELATIONS.items()),
            "permissions": [
                {
                    "permission": row.permission,
                    "label": row.label,
                    "group": group.label,
                    "grants": [
                        {"role": role.value, "relations": sorted(relations)}
                        for (role, permission), relations in GRANTS.items()
                        if permission == row.permission
                    ],
                }
                for group in right_groups()
                for row in group.rows
            ],
            "workflows": [
                {"key": one.key, "label": one.title, "states": _named(one.states.items()), "acts": one.acts()}
                for one in all_workflows()
            ],
        }
        return Response(RightsData(said).data)


def _named(pairs: Any) -> list[dict[str, Any]]:
    return [{"key": key, "label": label} for key, label in pairs]


_QUESTION = [
    OpenApiParameter("person", str, required=True, description=gettext_lazy("Person or agency")),
    OpenApiParameter("permission", str, required=True, enum=sorted(PERMISSIONS)),
    OpenApiParameter("relation", str, enum=[one.value for one in Relation]),
    OpenApiParameter("address", str, description=gettext_lazy("Or the address of its page")),
]


class RightsCheck(Portal):
    """May this person do that?"""

    parameters = ("person", "permission", "relation", "address")

    @extend_schema(parameters=_QUESTION, responses=RightAnswersData)
    def get(self, request: Request) -> Response:
        """The answer, with its reason, for everybody whom the words of `person` find."""
        require(self.membership, "people.manage")
        form = RightForm(request.query_params)
        address = form.cleaned_data["address"] if form.is_valid() else ""
        if address and object_at(address, self.membership) is None:
            form.add_error("address", _("There is nothing at this address that you may see."))
        if form.errors:
            errors = form.errors.as_data().items()
            raise BadParameters(
                {
                    name: [ErrorDetail(text, one.code) for one in found for text in one.messages]
                    for name, found in errors
                }
            )
        said = form.cleaned_data
        relation = Relation(said["relation"]) if said["relation"] else None
        people = memberships_matching(said["person"], self.membership)
        found = [answer(one, said["permission"], relation, address) for one in people]
        answers = [
            {
                "membership": one.membership,
                "person": str(one.membership.user),
                "allowed": bool(one.decision) and one.sees is not False,
                "reason": str(one.reason),
                "relations": [relation.value for relation in one.relations],
                "sees": one.sees,
            }
            for one in found
        ]
        return Response(RightAnswersData({"answers": answers}).data)
