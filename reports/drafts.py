"""The figures of a period as they stand now, as a file: what a page, a program and a command hand out."""

from django.utils.translation import override

from agencies.lineage import Attribution
from core import clock
from reports.compiling import RENDERERS
from reports.figures.attributed import attributed
from reports.figures.compliance import live
from reports.models import Cycle, IssuedFile


def draft_bytes(cycle: Cycle, attribution: Attribution, form: IssuedFile.Format) -> bytes:
    """The draft of the report, under the agencies of then or as of a day; Vietnamese in either language."""
    with override("vi"):
        return RENDERERS[form](attributed(live(cycle, clock.now()), cycle, attribution))
