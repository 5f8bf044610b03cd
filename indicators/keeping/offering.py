"""For which indicators something new may be stated in a plan."""

from collections.abc import Collection, Iterable, Iterator

from django.utils.translation import gettext as _

from core.findings import Finding, Place, warning
from core.notation import format_date
from indicators.models import Indicator
from indicators.rows import TargetRow
from plans.models import Plan


def offered_indicators(plan: Plan) -> Collection[str]:
    """The codes that the forms of a plan offer: those that last into its years."""
    return set(Indicator.objects.valid_from(plan.years[0]).values_list("code", flat=True))


def findings_of_retired(rows: Iterable[TargetRow]) -> Iterator[Finding]:
    """Targets of years after the last day of their indicator; one query where there are targets."""
    targets = list(rows)
    found = Indicator.objects.filter(code__in={row.indicator for row in targets}, valid_to__isnull=False)
    ended = {one.code: one for one in found} if targets else {}
    for row in targets:
        one = ended.get(row.indicator)
        if one is not None and one.valid_to is not None and row.year > one.valid_to.year:
            words = _("“%(name)s” was retired on %(day)s; a target of %(year)s is set for it all the same.")
            said = {"name": one.name, "day": format_date(one.valid_to), "year": row.year}
            yield warning("indicator_retired", words % said, Place("targets", str(row.line), "indicator"))
