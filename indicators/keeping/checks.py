"""Everything that is wrong with a change of an indicator, at once."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.keeping.forms import BASIS_LENGTH
from agencies.keeping.references import referring, removed_keys
from core.fields import NAME_LENGTH
from core.findings import Finding, Place, Text, error
from core.notation import FIRST_YEAR, LAST_YEAR
from core.vietnamese import search_key
from indicators.keeping.shapes import FAST, MEANING, IndicatorStated, changed
from indicators.keeping.uses import frozen
from indicators.models import Indicator

CODE_LENGTH = 80
LENGTHS: Mapping[str, int] = {
    "name": NAME_LENGTH,
    "unit": 60,
    "numerator": 300,
    "denominator": 300,
    "definition": 5000,
}
MOST_POSITION = 32_767
REMOVED = "delete_indicator"
LOCKED: Text = gettext_lazy(
    "Locked: targets or figures are stated for it already. Enter another indicator and retire this one."
)
_FRACTIONS = (Indicator.Kind.RATIO.value, Indicator.Kind.SHARE_OF_AGENCIES.value)
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_used(indicator: Indicator) -> bool:
    """Whether a target, a status figure, a result or a frozen version of a plan names it.

    An outline that asks for it states nothing yet.
    """
    return bool(referring(indicator, ("indicators.OutlineIndicator",))) or any(frozen(indicator))


def findings_of_code(code: str) -> Iterator[Finding]:
    place = Place(path="code")
    if not _CODE.fullmatch(code) or len(code) > CODE_LENGTH:
        said = _("“%(code)s” is not a code: write small letters, digits and hyphens, at most %(most)d.")
        yield error("code_malformed", said % {"code": code[:80], "most": CODE_LENGTH}, place, code)
    elif code == "new" or Indicator.objects.filter(code=code).exists() or code in removed_keys(REMOVED):
        said = _("The code “%(code)s” is taken, or was by an indicator that was removed. Choose another.")
        yield error("code_taken", said % {"code": code}, place, code)


def findings_of(stated: IndicatorStated, indicator: Indicator | None = None) -> Iterator[Finding]:
    """What is wrong with what is stated of a new indicator, or of one that is there already."""
    if not stated.name:
        yield error("name_missing", _("Name what is measured, as documents do."), Place(path="name"))
    else:
        yield from _taken(stated, indicator)
    for name, most in LENGTHS.items():
        text = getattr(stated, name)
        if len(text) > most:
            said = _("%(n)d characters are too many; at most %(most)d.") % {"n": len(text), "most": most}
            yield error("text_too_long", said, Place(path=name))
    if stated.kind not in Indicator.Kind.values:
        yield error("kind_missing", _("Choose the kind."), Place(path="kind"), stated.kind)
    if stated.direction not in Indicator.Direction.values:
        said = _("Choose the direction in which it is better.")
        yield error("direction_missing", said, Place(path="direction"), stated.direction)
    if not 0 <= stated.position <= MOST_POSITION:
        said = _("Write a position from 0 to %(most)d.") % {"most": MOST_POSITION}
        yield error("position_out_of_range", said, Place(path="position"), str(stated.position))
    yield from _of_fraction(stated)


def _taken(stated: IndicatorStated, indicator: Indicator | None) -> Iterator[Finding]:
    """Two of one name and unit cannot be told apart in a list; one that is retired may be followed."""
    same = Indicator.objects.filter(search_key=search_key(stated.name), unit=stated.unit, valid_to=None)
    other = same.exclude(pk=indicator.pk if indicator else 0).first()
    if other is not None:
        said = _("“%(code)s” is called so already, in the same unit. Use that one, or another name.")
        yield error("name_taken", said % {"code": other.code}, Place(path="name"), stated.name)


def _of_fraction(stated: IndicatorStated) -> Iterator[Finding]:
    """A ratio says what is divided by what; nothing else does."""
    for name in ("numerator", "denominator"):
        text = getattr(stated, name)
        if stated.kind in _FRACTIONS and not text:
            said = _("A ratio says in words what is divided by what.")
            yield error(f"{name}_missing", said, Place(path=name))
        if stated.kind in Indicator.Kind.values and stated.kind not in _FRACTIONS and text:
            said = _("Only a ratio or a share has one. Clear it, or choose another kind.")
            yield error(f"{name}_superfluous", said, Place(path=name), text[:80])
    if stated.may_exceed_whole and stated.kind not in _FRACTIONS:
        said = _("Only a ratio or a share can exceed its whole.")
        yield error("may_exceed_superfluous", said, Place(path="may_exceed_whole"))


def findings_of_change(
    indicator: Indicator, before: IndicatorStated, after: IndicatorStated, basis: str
) -> Iterator[Finding]:
    """The same, and what targets and figures bar: they were stated in this unit, kind and direction."""
    yield from findings_of(after, indicator)
    yield from _too_long(basis)
    if not is_used(indicator):
        return
    for name in changed(FAST, before, after):
        yield error(f"{name}_fast", LOCKED, Place(path=name), str(getattr(after, name)))
    if before.may_exceed_whole and not after.may_exceed_whole:
        said = _("Figures may be above 100 % already, so this cannot be taken back.")
        yield error("may_exceed_fast", said, Place(path="may_exceed_whole"))
    if changed(MEANING, before, after) and not basis:
        said = _("Targets or figures are stated for it. Give the basis of the change.")
        yield error("basis_missing", said, Place(path="basis"))


def findings_of_retiring(last_day: date | None, basis: str) -> Iterator[Finding]:
    if last_day is None or not FIRST_YEAR <= last_day.year <= LAST_YEAR:
        said = _("Give the last day, for example 31/12/2010.")
        yield error("day_missing", said, Place(path="valid_to"))
    yield from _too_long(basis)
    if not basis:
        said = _("Give the basis: the document that ends it, or the reason.")
        yield error("basis_missing", said, Place(path="basis"))


def _too_long(basis: str) -> Iterator[Finding]:
    if len(basis) > BASIS_LENGTH:
        said = _("%(n)d characters are too many; at most %(most)d.") % {"n": len(basis), "most": BASIS_LENGTH}
        yield error("text_too_long", said, Place(path="basis"))
