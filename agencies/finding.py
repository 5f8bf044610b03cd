"""What can be found: each app registers its kinds of things at start-up; a lower app imports no upper one.

A kind is data: in which table it lies, which of its rows the reader may see, what of them a page shows.
`agencies.search.statement` makes of it the one statement that searches all of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db.models import Model, QuerySet

from agencies.models import Membership
from core.findings import Text


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found.

    `label` is its number or clause; `where` says in what it stands; `tag` is family, sign, word of a state.
    Of `title` and `excerpt` the words that were looked for are marked when they are shown.
    """

    url: str
    title: str
    label: str = ""
    where: Sequence[Text] = ()
    tag: tuple[str, str, Text] | None = None
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Rows that the reader may see, on which rows of several kinds hang.

    `rows` gives tuples (id, later, amends): `later` is 0 for what stands first among equals; `amends` is the
    row that this one is a further version of, or None. After them come the `flags`, by which a kind may
    leave rows out.
    """

    name: str
    rows: Callable[[Membership], "QuerySet[Any, Any]"]
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """One kind of thing. Its words are read from `search_key`.

    `scope` with `through`, the column that refers to it, bounds what the reader may see: without a scope it
    is everybody's. `only` is the flag of the scope that must be set. A kind with a column `line` is
    versioned: of one line's versions only one is a hit. `data` names what `hit` needs, as paths or
    expressions of the model.
    """

    key: str
    order: int
    label: Text
    counted: Callable[[int], str]  # 3 -> "%(n)s projects", in the reader's language
    by: Text  # by what one finds it: "name", "name and number"
    model: type[Model]
    data: Mapping[str, Any]
    hit: Callable[[Mapping[str, Any]], Hit]
    scope: Scope | None = None
    through: str = "id"
    line: str = ""
    only: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the words name: the page of the one thing, or a template of several to choose from."""

    url: str = ""
    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)


class Answerer(Protocol):
    """Knows what certain words name, such as the numbers of clauses."""

    def answer(self, words: str, membership: Membership, *, whole: bool) -> Answer | None:
        """With `whole` also what takes further queries, which a page asks for when it stands."""

    def suggest(self, words: str, membership: Membership, *, whole: bool) -> Sequence[Hit]:
        """The things named: a few while the words are still typed, or the `whole` of them."""


_kinds: list[Kind] = []
_answerers: list[Answerer] = []


def register(*kinds: Kind) -> None:
    for kind in kinds:
        if all(kind.key != one.key for one in _kinds):
            _kinds.append(kind)
    _kinds.sort(key=lambda one: one.order)


def register_answerer(answerer: Answerer) -> None:
    _answerers.append(answerer)


def kinds() -> Sequence[Kind]:
    """All kinds, in the order in which their groups are shown."""
    return tuple(_kinds)


def answer(words: str, membership: Membership, *, whole: bool = False) -> Answer | None:
    """The first answer that somebody knows."""
    found = (one.answer(words, membership, whole=whole) for one in _answerers)
    return next((one for one in found if one is not None), None)


def named(words: str, membership: Membership, *, whole: bool = False) -> list[Hit]:
    """What the words name: a few for suggestions, or the whole of it."""
    return [hit for one in _answerers for hit in one.suggest(words, membership, whole=whole)]
