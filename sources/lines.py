"""YAML and CSV as plain values, each record with the line that it begins on and the lines of its fields."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

# The parser written in C reads the same language ten times as fast; PyYAML may be built without it.
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_TEXT, _BLANK, _LIST, _TABLE = (f"{_TAG}{name}" for name in ("str", "null", "seq", "map"))


class Lined(dict[str, Any]):
    """A table of a file: `line` is where it begins, `lines` where each of its fields stands, from 1."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class Items(list[Any]):
    """A list of a file; `lines` says where each item begins."""

    __slots__ = ("lines",)

    def __init__(self, values: Iterable[Any], lines: list[int]) -> None:
        super().__init__(values)
        self.lines = lines


class Unreadable(Exception):
    """A file that is not what its name says; `line` is where it stops making sense, 0 when nobody knows."""

    def __init__(self, problem: str, line: int = 0) -> None:
        super().__init__(problem)
        self.line = line


def read_yaml(path: Path) -> Any:
    """The one value of a YAML file; a field that stands twice is refused, where YAML would take the last."""
    loader = _Loader(path.read_text(encoding="utf-8"))
    try:
        node = loader.get_single_node()
        return None if node is None else _value(loader, node)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        raise Unreadable(str(problem.problem or problem.context), mark.line + 1 if mark else 0) from None
    except yaml.YAMLError as problem:
        raise Unreadable(" ".join(str(problem).split())) from None
    finally:
        loader.dispose()


def _value(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    """PyYAML's own construction takes three times as long, and forgets the lines."""
    tag = node.tag
    if tag == _TEXT:
        return node.value
    if tag == _BLANK:
        return None
    if tag == _LIST:
        items = [_value(loader, one) for one in node.value]
        return Items(items, [one.start_mark.line + 1 for one in node.value])
    if tag != _TABLE:
        return _scalar(loader, node)
    found = Lined(node.start_mark.line + 1)
    for key_node, value_node in node.value:
        # As it is written: YAML itself would read the fields "no" and "on" as false and true.
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in found:
            raise Unreadable(f"“{key}” stands twice in one record; remove one of them", line)
        found[key] = _value(loader, value_node)
        found.lines[key] = line
    return found


def _scalar(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    try:
        return loader.construct_object(node)
    except ValueError:
        raise Unreadable(f"there is no such day or number “{node.value}”", node.start_mark.line + 1) from None


def read_csv(path: Path) -> Iterator[Lined]:
    """The rows below the head row, by its names; a row that is longer than the head is refused."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        head = next(reader, [])
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) > len(head):
                raise Unreadable(f"{len(cells)} cells, but the head row names {len(head)}", line)
            if cells:
                row = Lined(line)
                row.update(zip(head, cells, strict=False))
                yield row
            line = reader.line_num + 1
