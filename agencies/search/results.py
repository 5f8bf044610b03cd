"""The search itself: what the words find, kind by kind, for one reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agencies import finding
from agencies.finding import Hit, Kind
from agencies.models import Membership
from agencies.search.compiled import data_of
from agencies.search.similar import MOST, similar
from agencies.search.statement import Found, Matching, Window, find
from agencies.search.words import Words
from core.notation import format_number

FIRST_FEW = 5
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind: how many, and those that are shown."""

    kind: Kind
    total: int
    hits: Sequence[Hit]
    more: bool = False  # counting stopped there

    @property
    def number(self) -> str:
        """The total as it is written: "1.204", or "200+" where counting stopped."""
        return f"{format_number(self.total)}{'+' if self.more else ''}"

    @property
    def more_than_shown(self) -> bool:
        return self.total > len(self.hits)

    @property
    def counted(self) -> str:
        return self.kind.counted(self.total) % {"n": self.number}


@dataclass(frozen=True, slots=True)
class Results:
    """All groups that hold something. With `similar` none holds the words: these only look like them."""

    words: Words
    groups: Sequence[Group] = ()
    similar: bool = False

    @property
    def number(self) -> str:
        """How many hits there are of all kinds, as it is written."""
        more = "+" if any(group.more for group in self.groups) else ""
        return f"{format_number(sum(group.total for group in self.groups))}{more}"

    def group(self, key: str) -> Group | None:
        return next((group for group in self.groups if group.kind.key == key), None)


def search(
    words: Words,
    membership: Membership,
    *,
    first: int = FIRST_FEW,
    among: int = 0,
    whole: str = "",
    page: int = 1,
) -> Results:
    """The first few of every kind, or one page of the kind `whole` beside the numbers of the others.

    With `among` the best are looked for among so many only, which is enough while somebody is still typing.
    Two queries; two more where nothing holds the words and PostgreSQL can look for similar ones.
    """
    if not words:
        return Results(words)
    kinds = {kind.key: kind for kind in finding.kinds()}
    windows = {kind: _window(kind, whole, first, page, among) for kind in kinds.values()}
    found = find(windows, Matching(words), membership)
    matching = None if found else similar(words, kinds.values())
    if matching is not None:
        windows = {kind: Window(window.limit, window.offset, MOST) for kind, window in windows.items()}
        found = find(windows, matching, membership)
    shown = {key: one for key, one in found.items() if not whole or key == whole}
    hits = _hits(shown, kinds)
    groups = [
        Group(kind, found[key].total, hits.get(key, ()), found[key].total == windows[kind].most)
        for key, kind in kinds.items()
        if key in found
    ]
    return Results(words, groups, similar=bool(groups) and matching is not None)


def _window(kind: Kind, whole: str, first: int, page: int, among: int) -> Window:
    if kind.key == whole:
        return Window(PAGE_SIZE, (page - 1) * PAGE_SIZE, among)
    return Window(1 if whole else first, 0, among)


def _hits(found: Mapping[str, Found], kinds: Mapping[str, Kind]) -> dict[str, list[Hit]]:
    """What pages show of the rows found. A row that has gone meanwhile is no hit."""
    data = data_of({kinds[key]: one.ids for key, one in found.items()})
    return {
        key: [kinds[key].hit(data[key, pk]) for pk in one.ids if (key, pk) in data]
        for key, one in found.items()
    }
