"""The house's own Python, parsed."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent.parent
ROOMS = ("bot", "db", "handlers", "locales", "loyalty", "sandbox", "scheduler", "screens")
SPEAKING = ("bot", "db", "handlers", "loyalty", "scheduler", "screens")  # to people, by texts


@dataclass(frozen=True)
class Source:
    """One file; `path` as a person would name it."""

    path: str
    tree: ast.Module

    def at(self, node: ast.AST) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)}"

    @property
    def room(self) -> str:
        return self.path.partition("/")[0]


@lru_cache(maxsize=1)
def _all() -> tuple[Source, ...]:
    files = sorted(file for room in ROOMS for file in (HOUSE / room).rglob("*.py"))
    return tuple(
        Source(str(file.relative_to(HOUSE)), ast.parse(file.read_text("utf-8"))) for file in files
    )


def sources(*rooms: str) -> list[Source]:
    return [source for source in _all() if source.room in (rooms or ROOMS)]


def import_rooms(*rooms: str) -> None:
    """Every module of these rooms, so that subclasses and commands are known."""
    for source in sources(*rooms):
        if not source.path.endswith("__main__.py") and "/migrations/" not in source.path:
            import_module(
                source.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            )


def called(node: ast.Call) -> str:
    """The last name of what is called: `visitor.texts(…)` calls `texts`."""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def calls(source: Source) -> Iterator[ast.Call]:
    return (node for node in ast.walk(source.tree) if isinstance(node, ast.Call))


def docstrings(source: Source) -> set[ast.Constant]:
    """Strings that stand alone: nobody but a reader of the code reads them."""
    return {
        node.value
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
