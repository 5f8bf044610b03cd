"""What several endpoints of plans say."""

from typing import Any

from rest_framework import serializers

from agencies.api.shapes import AgencyRef
from core.api.fields import Shown
from core.findings import Level
from plans.models import Plan, PlanRevision


class PlanRef(Shown):
    """A plan named in passing: one version of it, by its code."""

    class Meta:
        model = Plan
        fields = ["code", "version", "kind", "state"]


class PlanRow(Shown):
    """One version of a plan in one programme. Of a plan that was approved the decision, and when it holds."""

    agency = AgencyRef()
    programme = serializers.CharField(source="programme.code")
    document = serializers.CharField(source="document.slug", allow_null=True)

    class Meta:
        model = Plan
        fields = [
            "code",
            "version",
            "kind",
            "title",
            "agency",
            "programme",
            "state",
            "route",
            "document",
            "registered",
            "illustrative",
            "decision_number",
            "decision_on",
            "decision_issuer",
            "decision_signer",
            "in_force_from",
            "in_force_to",
            "created_at",
        ]


class RevisionData(Shown):
    """Something frozen: what was submitted or decided, word for word, with the SHA-256 of its JSON."""

    by = serializers.CharField()

    class Meta:
        model = PlanRevision
        fields = ["number", "schema", "reason", "at", "by", "sha256"]


class StandingData(serializers.Serializer[Any]):
    """Where the plan stands: in words, whose turn it is, until when, why nobody may edit it."""

    word = serializers.CharField(help_text="The state in words.")
    turn = serializers.CharField(allow_blank=True, help_text="Whose turn it is, in words; blank: nobody's.")
    turn_of = serializers.ChoiceField(
        choices=["agency", "leader", "lead", "nobody"],
        help_text="The planning agency's editors, its leader, the lead agency's reviewers, or nobody.",
    )
    mine = serializers.BooleanField(help_text="Whether it is the caller's turn.")
    until = serializers.DateField(allow_null=True)
    left = serializers.CharField(allow_blank=True, help_text="Time left, or how long it waits, in words.")
    locked = serializers.CharField(allow_blank=True, help_text="Why the plan cannot be edited.")
    note = serializers.CharField(allow_blank=True)


class OfferedData(serializers.Serializer[Any]):
    """An act that is possible now; `refused` says why the caller may not, blank: he or she may."""

    name = serializers.CharField(help_text="The last step of the act's address.")
    label = serializers.CharField()
    next = serializers.BooleanField(help_text="Whether it is what comes next.")
    refused = serializers.CharField(allow_blank=True)


class PartCount(serializers.Serializer[Any]):
    """How much of a part there is; `done` of `whole` rows have content. Findings are of open plans alone."""

    part = serializers.CharField()
    label = serializers.CharField()
    rows = serializers.IntegerField()
    done = serializers.IntegerField()
    whole = serializers.IntegerField()
    errors = serializers.IntegerField()
    warnings = serializers.IntegerField()


class PlanDetail(PlanRow):
    """The same with its standing, what the caller may do, its parts, what was frozen, the other versions."""

    standing = StandingData(source="shown_standing")
    may_edit = serializers.BooleanField(source="shown_may_edit")
    before_acts = serializers.CharField(
        source="shown_before_acts",
        allow_blank=True,
        help_text="What an editor does before any act makes sense, in words.",
    )
    acts = OfferedData(many=True, source="shown_acts")
    parts = PartCount(many=True, source="shown_parts")
    revisions = RevisionData(many=True, source="shown_revisions")
    versions = PlanRef(many=True, source="shown_versions")
    self_reviewed = serializers.BooleanField(help_text="The lead agency appraises its own plan.")
    hand_back_note = serializers.CharField(
        source="shown_note", allow_blank=True, help_text="Of the leader, to the editors; shown to the agency."
    )

    class Meta:
        model = Plan
        fields = [
            *PlanRow.Meta.fields,
            "ready_for_approver",
            "self_reviewed",
            "hand_back_note",
            "standing",
            "may_edit",
            "before_acts",
            "acts",
            "parts",
            "revisions",
            "versions",
        ]


class PlaceData(serializers.Serializer[Any]):
    """A finding with its place in the plan: part, line and path of the field."""

    level = serializers.ChoiceField(choices=[level.value for level in Level])
    code = serializers.CharField()
    detail = serializers.CharField(source="text")
    part = serializers.CharField(source="place.part", allow_blank=True)
    line = serializers.CharField(source="place.line", allow_blank=True)
    path = serializers.CharField(source="place.path", allow_blank=True)
    value = serializers.CharField(allow_blank=True)
