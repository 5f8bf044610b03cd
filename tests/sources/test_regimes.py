"""Reporting regimes and checklists as loaded: each rests on a clause that the document has, in its words."""

import pytest

from core.vietnamese import search_key
from plans.documents.clauses import index_of
from plans.models import ChecklistItem, ReportingRegime

pytestmark = pytest.mark.django_db


def words(text: str) -> set[str]:
    return set(search_key(text).replace("-", " ").split())


def test_every_regime_and_every_item_rests_on_a_clause_of_its_document() -> None:
    rows: list[ReportingRegime | ChecklistItem] = [
        *ReportingRegime.objects.select_related("document"),
        *ChecklistItem.objects.select_related("document"),
    ]
    without = [row.basis for row in rows if row.document is None]
    assert without == ["06/2013/TT-BTTTT"]  # not in our copy
    for row in rows:
        if row.document is not None:
            assert index_of(row.document).by_number.get(row.clause), row


def test_what_a_review_looks_at_is_said_in_the_words_of_the_clause() -> None:
    for item in ChecklistItem.objects.select_related("document"):
        assert item.document is not None
        clause = index_of(item.document).by_number[item.clause]
        printed = words(clause.text)
        said = words(item.text)
        assert len(said & printed) >= 0.6 * len(said), item.text
        assert not item.required  # no document makes an approval hang on one of them


def test_frequency_and_reporters_are_printed_and_deadlines_are_not() -> None:
    printed = {"quarter": "định kỳ 3 tháng và đột xuất", "half_year": "định kỳ 6 tháng và đột xuất"}
    for regime in ReportingRegime.objects.exclude(document=None).select_related("document"):
        assert regime.document is not None
        text = index_of(regime.document).by_number[regime.clause].text
        assert printed.get(regime.cadence, "định kỳ, đột xuất") in text
        assert regime.ad_hoc
        assert regime.due_printed == ""
