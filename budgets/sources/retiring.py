"""The last day of a funding source, and what it entails for money that is planned beyond it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies import audit
from agencies.keeping.forms import BASIS_LENGTH
from agencies.keeping.pages import Fact
from agencies.keeping.uses import listed
from agencies.keeping.versions import refuse_stale
from agencies.models import Membership
from agencies.permissions import require
from agencies.workflow import lock
from budgets.models import Allocation, FundingSource
from budgets.sources.uses import USES, lock_tree, subtree
from core.findings import Finding, Place, Refused, error
from core.notation import format_date, format_money
from core.vietnamese import clean
from plans.models import OPEN_STATES


def retire_source(
    source: FundingSource, last_day: date | None, *, basis: str, version: int, actor: Membership
) -> FundingSource:
    """Give a source its last day, and everything under it that would last longer.

    Figures keep it; no form offers it for years after that day. Raises `NotAllowed`, `Conflict`, or `Refused`
    with everything that is wrong.
    """
    basis = clean(basis)
    with audit.recording() as record:
        require(actor, "reference.manage")
        lock_tree()
        row = lock(source)
        now, then = format_date(row.valid_to), format_date(last_day)
        refuse_stale(row.row_version, version, yours={"valid_to": then}, theirs={"valid_to": now})
        if findings := list(findings_of_retiring(row, last_day, basis)):
            raise Refused(" ".join(str(one.text) for one in findings), findings, code="source")
        ended = ending(row, last_day)
        for one in ended:
            one.valid_to = last_day
            one.row_version += 1
        FundingSource.objects.bulk_update(ended, ["valid_to", "row_version"])
        codes = [one.code for one in ended]
        record.add("retire_source", row, actor=actor, code=row.code, on=last_day, basis=basis, ended=codes)
    return FundingSource.objects.get(pk=row.pk)


def ending(source: FundingSource, last_day: date | None) -> list[FundingSource]:
    """The source itself and what stands under it and would last longer."""
    below = [one for one in subtree(source) if one.pk != source.pk]
    return [source, *(one for one in below if last_day and (one.valid_to is None or one.valid_to > last_day))]


def findings_of_retiring(source: FundingSource, last_day: date | None, basis: str) -> Iterator[Finding]:
    if last_day is None:
        said = _("Give the last day, for example 31/12/2010.")
        yield error("day_missing", said, Place(path="valid_to"))
        return
    for one in ending(source, last_day):
        if one.valid_from and last_day < one.valid_from:
            said = _("“%(source)s” begins only on %(day)s; give a later day.")
            values = {"source": one.name, "day": format_date(one.valid_from)}
            yield error("period_backwards", said % values, Place(path="valid_to"), str(last_day))
    if len(basis) > BASIS_LENGTH:
        said = _("%(n)d characters are too many; at most %(most)d.") % {"n": len(basis), "most": BASIS_LENGTH}
        yield error("text_too_long", said, Place(path="basis"))
    if not basis:
        said = _("Give the basis: the document that ends it, or the reason.")
        yield error("basis_missing", said, Place(path="basis"))


def facts_of_retiring(source: FundingSource, last_day: date) -> list[Fact]:
    """What it entails: what ends with it, what keeps it, and the plans that have to move money."""
    below = [one.name for one in ending(source, last_day) if one.pk != source.pk]
    facts: list[Fact] = [(_("Last day"), format_date(last_day))]
    if below:
        facts.append((_("Ends with it"), "; ".join(below)))
    if uses := USES.of(subtree(source)):
        facts.append((_("Keeps it in its figures"), listed(uses)))
    later = Allocation.objects.filter(
        source__in=subtree(source), year__gt=last_day.year, plan__state__in=OPEN_STATES
    ).aggregate(plans=Count("plan", distinct=True), amount=Sum("amount"))
    if later["plans"]:
        words = ngettext(
            "%(n)d plan not decided: %(amount)s million VND",
            "%(n)d plans not decided: %(amount)s million VND",
            later["plans"],
        )
        amount = format_money(later["amount"] or Decimal(0))
        said = words % {"n": later["plans"], "amount": amount}
        facts.append((_("Money of later years that has to move to another source"), said))
    return facts
