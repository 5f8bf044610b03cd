"""The rules of attainment in words, each with examples that are computed when they are shown.

`attainment.py` decides; what stands here explains. Every example names the answer that its sentence promises,
and tests hold it against what `attainment.py` answers: so rules and words cannot drift apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from core.findings import Text
from core.notation import format_number
from indicators.attainment import LABELS, Attainment, Reach, near_share
from indicators.examples import Converted, Example, Judged, Narrowest, Summed


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it is about, its sentence, its examples. `verdict` where it defines one."""

    key: str
    title: Text
    words: Text
    examples: Sequence[Example]
    verdict: Attainment | None = None


def near_percent() -> str:
    return format_number(near_share() * 100)


MET, NEAR, NOT_MET = Attainment.MET, Attainment.NEAR, Attainment.NOT_MET


def rules() -> list[Rule]:
    """All rules in the order in which people ask for them."""
    return [
        Rule(
            "met",
            LABELS[MET],
            gettext_lazy(
                "The value reaches the target: ≥ and = at the target itself, > only above it. "
                "Where lower is better, ≤ and = at the target itself, < only below it."
            ),
            (
                Judged(">=", 50, 50, MET),
                Judged("=", 50, 51, MET),
                Judged(">", 50, 50, NOT_MET),
                Judged(">", 50, 51, MET),
                Judged("<=", 50, 50, MET, rising=False),
                Judged("=", 50, 49, MET, rising=False),
                Judged("<", 50, 50, NOT_MET, rising=False),
            ),
            MET,
        ),
        Rule(
            "expected_level",
            gettext_lazy("expected level"),
            gettext_lazy(
                "Where higher is better, < and ≤ state the level that is expected, not a ceiling: "
                "what stays below it is as foreseen, what exceeds it is met too. "
                "Where lower is better, the same holds for > and ≥."
            ),
            (
                Judged("<", 10, 8, MET),
                Judged("<=", 2, 2, MET),
                Judged("<=", 2, 3, MET),
                Judged(">", 10, 12, MET, rising=False),
                Judged(">=", 10, 9, MET, rising=False),
            ),
        ),
        Rule(
            "range",
            gettext_lazy("range"),
            gettext_lazy("A range is reached at the end that comes first."),
            (
                Judged("range", 60, 60, MET, up_to=70),
                Judged("range", 60, 59, NOT_MET, up_to=70),
                Judged("range", 60, 70, MET, up_to=70, rising=False),
            ),
        ),
        Rule(
            "near",
            LABELS[NEAR],
            format_lazy(
                gettext_lazy(
                    "At least {share} % of the way from the agency's own baseline to the target is gone. "
                    "Without a baseline, or from one that had reached the target already, nothing is near."
                ),
                share=near_percent(),
            ),
            (
                Judged(">=", 50, 45, NEAR, baseline=0),
                Judged(">=", 50, 30, NOT_MET, baseline=20),
                Judged(">=", 50, 45, NOT_MET),
                Judged(">=", 50, 45, NOT_MET, baseline=60),
            ),
            NEAR,
        ),
        Rule(
            "not_met",
            LABELS[NOT_MET],
            gettext_lazy("The target is due, a value is given, and it is neither met nor near."),
            (Judged(">=", 50, 30, NOT_MET), Judged("=", 50, 0, NOT_MET)),
            NOT_MET,
        ),
        Rule(
            "not_due",
            LABELS[Attainment.NOT_DUE],
            gettext_lazy(
                "A year's target is judged from its last day on; before that only the distance is shown."
            ),
            (
                Judged(">=", 50, 30, Attainment.NOT_DUE, due=False),
                Judged(">=", 50, 60, Attainment.NOT_DUE, due=False),
                Judged(">=", 50, 60, MET),
            ),
            Attainment.NOT_DUE,
        ),
        Rule(
            "no_data",
            LABELS[Attainment.NO_DATA],
            gettext_lazy("No value is given. A blank is not zero: zero is a value and is judged."),
            (Judged(">=", 50, None, Attainment.NO_DATA), Judged(">=", 50, 0, NOT_MET)),
            Attainment.NO_DATA,
        ),
        Rule(
            "not_applicable",
            LABELS[Attainment.NOT_APPLICABLE],
            gettext_lazy(
                "A target in words (“đa số”, “từng bước”) or an approximate one (“khoảng”) "
                "is shown as printed and never computed."
            ),
            (
                Judged("text", 0, 90, Attainment.NOT_APPLICABLE, words="đa số"),
                Judged("approximate", 50, 90, Attainment.NOT_APPLICABLE),
            ),
            Attainment.NOT_APPLICABLE,
        ),
        Rule(
            "ratio",
            gettext_lazy("ratio of a class"),
            gettext_lazy(
                "Over a class, a ratio is the sum of the numerators over the sum of the denominators, "
                "never a mean of percentages. Who lacks one of the numbers counts in neither sum."
            ),
            (Summed(((5, 10), (90, 100)), "86.36"), Summed(((5, 10), (7, None)), "50.00")),
        ),
        Rule(
            "most_specific",
            gettext_lazy("most specific target"),
            gettext_lazy(
                "An agency is judged by its most specific target: "
                "its own before that of a group, a group's before that of its class."
            ),
            (
                Narrowest(((Reach.CLASS, 80), (Reach.GROUP, 50)), 50),
                Narrowest(((Reach.CLASS, 80), (Reach.GROUP, 50), (Reach.AGENCY, 70)), 70),
            ),
        ),
        Rule(
            "converted",
            gettext_lazy("converted value"),
            gettext_lazy("A value that was printed in another unit is converted to be compared, and marked."),
            (Converted("2.55", "39,2 %"),),
        ),
    ]
