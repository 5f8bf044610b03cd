"""Everything that is wrong with a change of a funding source, at once."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from agencies.keeping.forms import BASIS_LENGTH
from agencies.keeping.references import referring, removed_keys
from agencies.models.agency import CLASS_CHOICES
from budgets.models import FundingSource
from budgets.sources.shapes import SourceStated, UseStated, changed_meaning
from budgets.sources.uses import subtree
from core.findings import Finding, Place, error
from core.notation import FIRST_YEAR, LAST_YEAR
from plans.models import Programme

CODE_LENGTH = 20
LENGTHS: Mapping[str, int] = {"name": 200, "short_name": 60, "note": 300}
MOST_USES = 60
MOST_POSITION = 32_767
REMOVED = "delete_source"
# Rows that belong to a source itself and are no money.
OWN = ("budgets.FundingSource", "budgets.SourceUse")
_CODE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")


def has_money(source: FundingSource) -> bool:
    """Whether planned money, a printed total or an amount of a report names the very source."""
    return bool(referring(source, OWN))


def findings_of_code(code: str) -> Iterator[Finding]:
    place = Place(path="code")
    if not _CODE.fullmatch(code) or len(code) > CODE_LENGTH:
        said = _("“%(code)s” is not a code: write capitals, digits and hyphens, at most %(most)d.")
        yield error("code_malformed", said % {"code": code[:60], "most": CODE_LENGTH}, place, code)
    elif FundingSource.objects.filter(code=code).exists() or code in removed_keys(REMOVED) | {"NEW"}:
        said = _("The code “%(code)s” is taken, or was by a source that was removed. Choose another.")
        yield error("code_taken", said % {"code": code}, place, code)


def findings_of(stated: SourceStated, source: FundingSource | None = None) -> Iterator[Finding]:
    """What is wrong with what is stated of a new source, or of one that is there already."""
    tree = {one.code: one for one in FundingSource.objects.all()}
    if not stated.name:
        yield error("name_missing", _("Name the source, as documents call it."), Place(path="name"))
    for name, most in LENGTHS.items():
        text = getattr(stated, name)
        if len(text) > most:
            said = _("%(n)d characters are too many; at most %(most)d.") % {"n": len(text), "most": most}
            yield error("text_too_long", said, Place(path=name))
    if stated.tier not in FundingSource.Tier.values:
        yield error("tier_missing", _("Choose the tier."), Place(path="tier"), stated.tier)
    if stated.nature and stated.nature not in FundingSource.Nature.values:
        yield error("nature_unknown", _("Choose the nature from the list."), Place(path="nature"))
    if not 0 <= stated.position <= MOST_POSITION:
        said = _("Write a position from 0 to %(most)d.") % {"most": MOST_POSITION}
        yield error("position_out_of_range", said, Place(path="position"), str(stated.position))
    yield from _of_period(stated)
    yield from _of_parent(stated, source, tree)
    is_leaf = source is None or not any(one.parent_id == source.pk for one in tree.values())
    yield from _of_uses(stated.uses, is_leaf)


def _of_period(stated: SourceStated) -> Iterator[Finding]:
    for name in ("valid_from", "valid_to"):
        day = getattr(stated, name)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            yield error("day_out_of_range", _("This is no day of our time."), Place(path=name), str(day))
    if stated.valid_from and stated.valid_to and stated.valid_to < stated.valid_from:
        said = _("The period ends before it begins; give a later day.")
        yield error("period_backwards", said, Place(path="valid_to"), str(stated.valid_to))


def _of_parent(
    stated: SourceStated, source: FundingSource | None, tree: Mapping[str, FundingSource]
) -> Iterator[Finding]:
    """Under which source it stands: one without money of its own, of the same tier, not under itself."""
    place = Place(path="parent")
    if source is not None:
        below = [one for one in subtree(source, tree.values()) if one.pk != source.pk]
        if others := [one.name for one in below if one.tier != stated.tier]:
            said = _("The sources under it are of another tier: %(names)s. Move them first.")
            yield error("tier_of_children", said % {"names": "; ".join(others)}, Place(path="tier"))
    if not stated.parent:
        return
    parent = tree.get(stated.parent)
    if parent is None:
        said = _("There is no source “%(code)s”.") % {"code": stated.parent[:60]}
        yield error("parent_unknown", said, place, stated.parent)
        return
    if source is not None and parent.pk in {one.pk for one in subtree(source, tree.values())}:
        yield error("parent_circle", _("A source cannot stand under itself."), place, stated.parent)
        return
    if (source is None or source.parent_id != parent.pk) and has_money(parent):
        said = _("“%(parent)s” carries money itself, so nothing can stand under it. Choose another.")
        yield error("parent_with_money", said % {"parent": parent.name}, place, stated.parent)
    if stated.tier in FundingSource.Tier.values and parent.tier != stated.tier:
        said = _("“%(parent)s” is of another tier: %(tier)s. What stands under it is of the same.")
        values = {"parent": parent.name, "tier": parent.get_tier_display()}
        yield error("tier_of_parent", said % values, Place(path="tier"), stated.tier)


def _of_uses(uses: tuple[UseStated, ...], is_leaf: bool) -> Iterator[Finding]:
    if uses and not is_leaf:
        said = _("It only sums up what stands under it: say of each of these who may use it.")
        yield error("uses_of_parent", said, Place(path="uses"))
    if len(uses) > MOST_USES:
        said = _("%(n)d uses are too many; at most %(most)d.") % {"n": len(uses), "most": MOST_USES}
        yield error("too_many_uses", said, Place(path="uses"))
        return
    codes = set(Programme.objects.values_list("code", flat=True)) if uses else set()
    times = Counter((use.programme, use.agency_class) for use in uses)
    for number, use in enumerate(uses):
        if use.programme is not None and use.programme not in codes:
            said = _("There is no programme “%(code)s”.") % {"code": use.programme[:60]}
            yield error("programme_unknown", said, Place(path=f"uses/{number}/programme"), use.programme)
        if use.agency_class and use.agency_class not in dict(CLASS_CHOICES):
            said = _("There is no class “%(name)s”.") % {"name": use.agency_class[:60]}
            yield error("class_unknown", said, Place(path=f"uses/{number}/agency_class"), use.agency_class)
        if times[use.programme, use.agency_class] > 1:
            said = _("The same programme and class stand twice. Remove one.")
            yield error("use_twice", said, Place(path=f"uses/{number}/programme"))


def findings_of_basis(
    before: SourceStated, after: SourceStated, basis: str, *, rests: bool
) -> Iterator[Finding]:
    """What money of past years means is changed only on a basis."""
    if len(basis) > BASIS_LENGTH:
        said = _("%(n)d characters are too many; at most %(most)d.") % {"n": len(basis), "most": BASIS_LENGTH}
        yield error("text_too_long", said, Place(path="basis"))
    if rests and not basis and changed_meaning(before, after):
        said = _("There is money of this source. Give the basis of the change: the document, or the reason.")
        yield error("basis_missing", said, Place(path="basis"))
