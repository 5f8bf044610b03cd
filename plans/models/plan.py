"""A plan: one version of one agency's plan in one programme, and who may see it."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Membership
from core.fields import NAME_LENGTH, SearchKeyField, SortKeyField
from core.vietnamese import clean, search_key
from plans.models.basis import with_document
from plans.models.document import LegalDocument
from plans.models.programme import Programme


class PlanKind(models.TextChoices):
    NATIONAL = "national", _("National plan")
    AGENCY = "agency", _("Plan of an agency")
    DIRECTIVE = "directive", _("Directive")


class PlanRoute(models.TextChoices):
    """How a plan came about: the two ways that CV 1594/BTTTT-UDCNTT gives in its points 1 and 2."""

    CARVED_OUT = "carved_out", _("adjusted and carved out of an approved plan (point 1)")
    WRITTEN = "written", _("written anew (point 2)")


class PlanState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_REVIEW = "in_review", _("In review")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    SUPERSEDED = "superseded", _("Superseded")
    REJECTED = "rejected", _("Rejected")


EDITABLE_STATES = (PlanState.DRAFT, PlanState.RETURNED)
OPEN_STATES = (PlanState.DRAFT, PlanState.SUBMITTED, PlanState.IN_REVIEW, PlanState.RETURNED)
UNDER_REVIEW_STATES = (PlanState.SUBMITTED, PlanState.IN_REVIEW, PlanState.RETURNED, PlanState.REJECTED)
IN_FORCE_STATES = (PlanState.APPROVED, PlanState.SUPERSEDED)


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, membership: Membership) -> "PlanQuerySet":
        """Own plans; submitted ones of programmes led or co-reviewed; whatever was ever approved."""
        ours = membership.agency_ids
        own = Q(agency__in=ours)
        decided = Q(state__in=IN_FORCE_STATES)
        ours_to_review = Programme.objects.filter(Q(lead__in=ours) | Q(review_scopes__agency__in=ours))
        reviewed = Q(state__in=UNDER_REVIEW_STATES, programme__in=ours_to_review.order_by().values("pk"))
        return self.filter(own | decided | reviewed)

    def in_force(self, on: date) -> "PlanQuerySet":
        """The approved versions that hold on the day."""
        return self.filter(
            Q(in_force_to__isnull=True) | Q(in_force_to__gte=on),
            state__in=IN_FORCE_STATES,
            in_force_from__lte=on,
        )

    def open(self) -> "PlanQuerySet":
        return self.filter(state__in=OPEN_STATES)

    def awaiting_review(self) -> "PlanQuerySet":
        return self.filter(state__in=(PlanState.SUBMITTED, PlanState.IN_REVIEW))

    def matching(self, text: str) -> "PlanQuerySet":
        """Title, agency, number of document or decision, a project or a task holds the text (đ = d).

        A clause ("II.2.k") finds the plans that have a task there.
        """
        key, typed = search_key(text), clean(text)
        if not key:
            return self
        plans = self.model._base_manager
        in_lines = [
            plans.filter(projects__search_key__contains=key),
            plans.filter(Q(tasks__search_key__contains=key) | Q(tasks__clause__iexact=typed)),
        ]
        found = (
            Q(search_key__contains=key)
            | Q(agency__search_key__contains=key)
            | Q(code__iexact=typed)
            | Q(document__number__icontains=typed)
            | Q(decision_number__icontains=typed)
        )
        for plans_with in in_lines:
            found |= Q(pk__in=plans_with.values("pk"))
        return self.filter(found)

    def in_order(self) -> "PlanQuerySet":
        """By agency in Vietnamese order, the later programme and version first."""
        return self.order_by("agency__sort_key", "-programme__year_from", "sort_key", "-version", "id")

    def for_pages(self) -> "PlanQuerySet":
        found = self.select_related("agency", "programme", "programme__lead", "in_charge__user")
        return with_document(found)


class Plan(models.Model):
    """One version of a plan. `code` is shared by all versions; an approved version is never edited."""

    code = models.SlugField(_("code"), max_length=80)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="plans", verbose_name=_("agency"))
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="plans", verbose_name=_("programme")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=PlanKind.choices)
    title = models.CharField(_("title"), max_length=NAME_LENGTH)
    state = models.CharField(_("state"), max_length=12, choices=PlanState.choices, default=PlanState.DRAFT)
    ready_for_approver = models.BooleanField(_("with the leader"), default=False)
    hand_back_note = models.TextField(_("note of the leader"), blank=True)
    document = models.ForeignKey(
        LegalDocument, models.PROTECT, null=True, blank=True, related_name="plans", verbose_name=_("document")
    )
    route = models.CharField(_("how it came about"), max_length=12, choices=PlanRoute.choices, blank=True)
    registered = models.BooleanField(_("registered from its document"), default=False)
    illustrative = models.BooleanField(_("illustrative figures"), default=False)
    decision_number = models.CharField(_("number of the decision"), max_length=100, blank=True)
    decision_on = models.DateField(_("date of the decision"), null=True, blank=True)
    decision_issuer = models.CharField(_("issuer of the decision"), max_length=200, blank=True)
    decision_signer = models.CharField(_("signer of the decision"), max_length=200, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_to = models.DateField(_("in force until"), null=True, blank=True)
    in_charge = models.ForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans_in_charge",
        verbose_name=_("in charge"),
    )
    created_at = models.DateTimeField(_("created"))
    search_key = SearchKeyField(source="title")
    sort_key = SortKeyField(source="title")

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["agency", "programme", "kind"],
                condition=Q(state=PlanState.APPROVED) & ~Q(kind=PlanKind.DIRECTIVE),
                name="plan_one_approved",
            ),
            models.UniqueConstraint(
                fields=["agency", "programme", "kind"],
                condition=Q(state__in=OPEN_STATES) & ~Q(kind=PlanKind.DIRECTIVE),
                name="plan_one_open",
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(kind=PlanKind.DIRECTIVE),
                name="plan_one_directive_a_document",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=IN_FORCE_STATES) | Q(in_force_from__isnull=False),
                name="plan_approved_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(in_force_to__isnull=True) | Q(in_force_from__lte=F("in_force_to")),
                name="plan_force_runs_forward",
            ),
        ]
        indexes = [models.Index(fields=["programme", "state"], name="plan_programme_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_label(self) -> str:
        return f"{self.title} ({self.code}, {self.version})"

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE_STATES

    @property
    def years(self) -> range:
        return self.programme.years

    def relation_to(self, membership: Membership) -> frozenset[str]:
        """OWN, and LED or CO_REVIEWED through the programme; a lead agency's own plan is both."""
        found = set(self.programme.relation_to(membership)) - {"foreign"}
        if self.agency_id in membership.agency_ids:
            found.add("own")
        if self.agency.parent_id in membership.agency_ids:
            found.add("subordinate")
        return frozenset(found or {"foreign"})

    def people_who_made_it(self) -> set[int]:
        """Ids of everyone who edited a line or submitted: none of them may decide (four eyes)."""
        editors = self.line_edits.values_list("by_id", flat=True)
        submitters = self.steps.filter(verb="submit").values_list("by_id", flat=True)
        return set(editors) | set(submitters)

    @property
    def self_reviewed(self) -> bool:
        """The lead agency appraises its own plan: shown as "cơ quan chủ trì tự thẩm định"."""
        return self.agency_id == self.programme.lead_id and self.kind == PlanKind.AGENCY
