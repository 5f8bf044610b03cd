"""What holds for the whole code, whatever is added."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("core", "agencies", "plans", "budgets", "indicators", "sources", "reports", "scenario", "config")
THE_ONE_READER = Path("agencies/workflow.py")


def _find_modules() -> Iterator[Path]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT)


MODULES = list(_find_modules())


def _assignments_of_state(tree: ast.AST) -> Iterator[int]:
    """Lines that assign an attribute `state`, or pass `state=` to update() or a model's constructor."""
    for node in ast.walk(tree):
        targets: list[ast.AST] = []
        if isinstance(node, ast.Assign):
            targets = [one for target in node.targets for one in ast.walk(target)]
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        yield from (one.lineno for one in targets if isinstance(one, ast.Attribute) and one.attr == "state")
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            writes = name in {"update", "create", "update_or_create", "get_or_create", "Plan", "Filing"}
            if writes and any(keyword.arg == "state" for keyword in node.keywords):
                yield node.lineno
            if name == "setattr" and any(
                isinstance(one, ast.Constant) and one.value == "state" for one in node.args
            ):
                yield node.lineno


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_only_perform_assigns_a_state(module: Path) -> None:
    found = list(_assignments_of_state(ast.parse((ROOT / module).read_text())))
    if module == THE_ONE_READER:
        assert len(found) == 1
    else:
        assert not found, f"{module}:{found} assigns a state; call agencies.workflow.perform"


def test_the_scan_sees_an_assignment() -> None:
    for text in (
        "plan.state = 1",
        "a.state, b = 1, 2",
        "q.update(state=1)",
        "setattr(x, 'state', 1)",
        "Plan(state=2)",
    ):
        assert list(_assignments_of_state(ast.parse(text))), text


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_business_time_comes_from_the_clock(module: Path) -> None:
    """Real time is read for sessions, the audit's recording and the clock itself only."""
    allowed = {Path("core/clock.py"), Path("agencies/audit.py")}
    text = (ROOT / module).read_text()
    read = [name for name in ("timezone.now", "datetime.now", "date.today", "datetime.today") if name in text]
    assert not read or module in allowed, f"{module} reads {read}; use core.clock"


def test_psycopg_3_is_not_installed() -> None:
    with pytest.raises(ModuleNotFoundError):
        __import__("psycopg")
