"""What of plans and their documents can be found, and the card of a clause that was typed."""

from agencies import finding
from plans.finding import cards
from plans.finding.documents import CLAUSES, DOCUMENTS
from plans.finding.lines import PROJECTS, SECTIONS, TASKS
from plans.finding.plans import PLANS


def register() -> None:
    finding.register(DOCUMENTS, CLAUSES, PLANS, TASKS, PROJECTS, SECTIONS)
    finding.register_answerer(cards.Clauses())
