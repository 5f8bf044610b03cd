"""The list of agencies as an act finds it: read whole, and locked, so that acts come one after another."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify

from agencies.lineage import Lineage
from agencies.models import Agency, AuditEntry, Succession
from core.vietnamese import search_key

KEY_LENGTH = 40
# Addresses beside /agencies/<key>/.
RESERVED_KEYS = frozenset({"new", "groups", "search", "export"})


@dataclass(frozen=True)
class Register:
    """Every agency by id, and who succeeded whom."""

    agencies: dict[int, Agency]
    lineage: Lineage[int]
    pairs: frozenset[tuple[int, int]]  # (predecessor, successor) of every succession

    @classmethod
    def read(cls) -> "Register":
        """As it is now, to check what an act would do; three queries."""
        return cls._of(list(Agency.objects.order_by("pk")))

    @classmethod
    def locked(cls) -> "Register":
        """Every row locked for this transaction: acts on the list are rare, and each must see the last.

        Read after the lock, which itself does not see the rows that the act before has added.
        """
        list(Agency.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
        return cls.read()

    @classmethod
    def _of(cls, agencies: list[Agency]) -> "Register":
        pairs = Succession.objects.values_list("predecessor_id", "successor_id")
        return cls({one.pk: one for one in agencies}, Lineage.load(), frozenset(pairs))

    def fresh(self, agency: Agency) -> Agency:
        """The row as it is in the register, not as a page held it."""
        return self.agencies[agency.pk]

    def beside(self, begins: date, leaving: Collection[int]) -> Iterator[Agency]:
        """Whoever exists together with an agency that begins on the day; those `leaving` end before it."""
        for one in self.agencies.values():
            if one.pk not in leaving and (one.valid_to is None or one.valid_to >= begins):
                yield one

    def with_code(self, code: str, begins: date, leaving: Collection[int]) -> list[Agency]:
        """Those whose use of a province code would meet that of an agency that begins on the day."""
        return [one for one in self.beside(begins, leaving) if one.province_code == code]

    def with_name(
        self, name: str, parent: int | None, begins: date, leaving: Collection[int]
    ) -> list[Agency]:
        """Those of the same name under the same parent, at the same time."""
        wanted = search_key(name)
        under = [one for one in self.beside(begins, leaving) if one.parent_id == parent]
        return [one for one in under if search_key(one.name) == wanted]

    def new_key(self, short_name: str, begins: date, also: Collection[str] = ()) -> str:
        """A slug of the short name, with the year when that is taken; a key is never used again."""
        taken = {one.key for one in self.agencies.values()} | RESERVED_KEYS | set(also)
        slug = slugify(search_key(short_name))[: KEY_LENGTH - 8].strip("-") or "co-quan"
        dated = f"{slug}-{begins.year}"
        candidates = [slug, dated, *(f"{dated}-{number}" for number in range(2, 100))]
        return next(key for key in candidates if key not in taken and not _was_used(key))


def _was_used(key: str) -> bool:
    """Whether an agency that was removed again had the key: its record of acts still names it."""
    removed = AuditEntry.objects.filter(verb="delete_agency", object_kind="agencies.agency")
    return removed.filter(data__contains=f'"key":"{key}"').exists()
