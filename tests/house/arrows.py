"""Which room imports what."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from sys import stdlib_module_names

from tests.house.sources import ROOMS, Source


@dataclass(frozen=True)
class Room:
    """What a room may import besides itself and the standard library; `...` is anything."""

    rooms: tuple[str, ...]
    libraries: tuple[str, ...] | type(...) = ()


@dataclass(frozen=True)
class Import:
    """A module, or a name out of one: `from a import b` may mean the module `a.b`."""

    where: str
    module: str
    name: str | None

    @property
    def top(self) -> str:
        return self.module.partition(".")[0]


def imports(source: Source) -> Iterator[Import]:
    """All of them: inside functions and under TYPE_CHECKING too."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Import(names=names):
                yield from (Import(source.at(node), alias.name, None) for alias in names)
            case ast.ImportFrom(module=module, names=names, level=0):
                yield from (Import(source.at(node), module or "", alias.name) for alias in names)


def hidden_imports(source: Source) -> Iterator[str]:
    """Imports by a string, which no table can hold."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name | ast.Attribute):
            name = node.id if isinstance(node, ast.Name) else node.attr
            if name in {"import_module", "__import__"}:
                yield source.at(node)


def allowed(what: Import, room: Room) -> bool:
    if what.top in ROOMS:
        return what.top in room.rooms
    if what.top in stdlib_module_names or room.libraries is ...:
        return True
    return any(_within(what, library) for library in room.libraries)


def _within(what: Import, library: str) -> bool:
    names = {what.module, f"{what.module}.{what.name}"}
    return any(name == library or name.startswith(f"{library}.") for name in names)
