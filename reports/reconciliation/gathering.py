"""What the documents print, held against their lines: document by document, and across documents."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from budgets.printed import ComparisonView, view_of
from budgets.reconciliation import Verdict, compare_across, line_totals, reconcile, share_totals
from core.findings import Text
from indicators.conflicts import TargetConflict, conflicts
from plans.models import IN_FORCE_STATES, LegalDocument, Plan, with_document
from plans.parts import registry
from plans.parts.base import Content
from plans.parts.names import Names


@dataclass(frozen=True, slots=True)
class Sums:
    """One kind of sums of a document, in printed order."""

    label: Text
    views: Sequence[ComparisonView]

    @property
    def equal(self) -> list[ComparisonView]:
        return [view for view in self.views if view.comparison.verdict is Verdict.EQUAL]

    @property
    def open(self) -> list[ComparisonView]:
        """What differs or cannot be compared."""
        return [view for view in self.views if view.comparison.verdict is not Verdict.EQUAL]


@dataclass(frozen=True, slots=True)
class DocumentCheck:
    """One document: its printed totals, the totals of its projects, the shares of its group lines."""

    document: LegalDocument
    plan: Plan
    sums: Sequence[Sums]
    conflicts: Sequence[TargetConflict] = ()  # between its own clauses

    @property
    def views(self) -> list[ComparisonView]:
        return [view for kind in self.sums for view in kind.views]

    @property
    def counts(self) -> dict[Verdict, int]:
        found = Counter(view.comparison.verdict for view in self.views)
        return {verdict: found[verdict] for verdict in Verdict}

    @property
    def differs(self) -> bool:
        return self.counts[Verdict.DIFFERENT] > 0


@dataclass(frozen=True, slots=True)
class AcrossView:
    """A total that one document prints about the lines of another."""

    document: LegalDocument
    about: LegalDocument
    view: ComparisonView


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Everything held against its source. A fixed number of queries, however many documents there are."""

    documents: Sequence[DocumentCheck]
    across: Sequence[AcrossView]
    conflicts: Sequence[TargetConflict]

    def of(self, document: LegalDocument) -> "Reconciliation":
        """What concerns one document."""
        return Reconciliation(
            [one for one in self.documents if one.document == document],
            [one for one in self.across if document in (one.document, one.about)],
            [one for one in self.conflicts if document.pk in one.documents],
        )


def gather() -> Reconciliation:
    """All registered documents with their lines as the documents print them, whatever came after."""
    plans = _printed_plans()
    contents = registry.read_contents(plans)
    names = Names(*contents.values())
    found = conflicts()
    checks = [_check(plan, contents[plan.pk], names, found) for plan in plans]
    return Reconciliation(
        documents=[check for check in checks if check.views or check.conflicts],
        across=_across(plans, contents, names),
        conflicts=[one for one in found if len(one.documents) > 1],
    )


def _printed_plans() -> list[Plan]:
    """The version that each document itself decided: an amendment has a decision of its own."""
    return list(
        with_document(Plan.objects.filter(registered=True, document__isnull=False, state__in=IN_FORCE_STATES))
        .select_related("agency", "programme")
        .order_by("document__issued_on", "document_id", "version")
    )


def _check(
    plan: Plan, content: Content, names: Names, contradictions: Sequence[TargetConflict]
) -> DocumentCheck:
    assert plan.document is not None
    return DocumentCheck(
        document=plan.document,
        plan=plan,
        sums=[
            Sums(label, [view_of(one, names) for one in found])
            for label, found in (
                (_("Printed totals against computed sums"), reconcile(content)),
                (_("Totals of projects against their years and sources"), line_totals(content)),
                (_("Group lines against the shares of their members"), share_totals(content)),
            )
            if found
        ],
        conflicts=[one for one in contradictions if one.documents == {plan.document.pk}],
    )


def _across(plans: Sequence[Plan], contents: dict[int, Content], names: Names) -> list[AcrossView]:
    by_slug = {plan.document.slug: plan for plan in plans if plan.document}
    found = []
    for plan in plans:
        for stated in contents[plan.pk]["stated_totals"]:
            about = by_slug.get(stated.about)
            if about is not None and plan.document and about.document:
                comparison = compare_across(stated, contents[about.pk])
                found.append(AcrossView(plan.document, about.document, view_of(comparison, names)))
    return found
