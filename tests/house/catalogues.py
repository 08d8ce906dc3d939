"""The Fluent files of a language, read as data."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from screens.texts import LANGUAGES
from tests.house.sources import HOUSE

PLURALS = {"zero", "one", "two", "few", "many", "other"}

# What people count, as the words begin: next to a number it must follow the number.
COUNTED = re.compile(
    r"^[ \u00a0](балл|день|дня|дней|недел|месяц|год|лет|час|минут|секунд|раз|знак|визит|пациент"
    r"|операци|рубл|point|day|week|month|year|hour|minute|second|time|character|visit|patient"
    r"|operation|transaction|rouble|ruble)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Selector:
    """A choice within a text by one argument."""

    argument: str
    variants: frozenset[str]
    default: str

    @property
    def by_number(self) -> bool:
        return all(variant in PLURALS or variant.isdigit() for variant in self.variants)


@dataclass(frozen=True)
class Message:
    key: str
    file: str
    where: str
    arguments: frozenset[str]
    selectors: tuple[Selector, ...]
    stiff: tuple[tuple[str, str], ...]  # arguments with a noun behind that doesn't follow them


class _Reader(Visitor):
    """Collects what stands in one message, in variants too."""

    def __init__(self) -> None:
        self.arguments: set[str] = set()
        self.selectors: list[Selector] = []
        self.stiff: list[tuple[str, str]] = []
        self._counting: list[str] = []

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 (Fluent's)
        self.arguments.add(node.id.name)

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:  # noqa: N802 (Fluent's)
        argument = node.selector.id.name
        self.arguments.add(argument)
        names = {_variant(v): v for v in node.variants}
        default = next(name for name, variant in names.items() if variant.default)
        self.selectors.append(Selector(argument, frozenset(names), default))
        self._counting.append(argument)
        for variant in node.variants:
            self.visit(variant.value)
        self._counting.pop()

    def visit_Pattern(self, node: ast.Pattern) -> None:  # noqa: N802 (Fluent's)
        for before, after in pairwise(node.elements):
            match before, after:
                case (
                    ast.Placeable(expression=ast.VariableReference(id=ast.Identifier(name=name))),
                    ast.TextElement(value=words),
                ) if name not in self._counting and COUNTED.match(words):
                    self.stiff.append((name, words[:20]))
        self.generic_visit(node)


def _variant(variant: ast.Variant) -> str:
    key = variant.key
    return key.name if isinstance(key, ast.Identifier) else str(key.value)


def files(language: str) -> list[Path]:
    return sorted((HOUSE / "locales" / language).glob("*.ftl"))


@lru_cache(maxsize=len(LANGUAGES))
def _entries(language: str) -> list[tuple[Path, ast.EntryType, int]]:
    parser = FluentParser()
    return [
        (file, entry, content.count("\n", 0, entry.span.start) + 1)
        for file in files(language)
        for content in [file.read_text("utf-8")]
        for entry in parser.parse(content).body
    ]


@lru_cache(maxsize=len(LANGUAGES))
def messages(language: str) -> tuple[Message, ...]:
    return tuple(
        _message(file, entry, line)
        for file, entry, line in _entries(language)
        if isinstance(entry, ast.Message)
    )


def catalogue(language: str) -> dict[str, Message]:
    return {message.key: message for message in messages(language)}


def strange(language: str) -> Iterator[str]:
    """What Fluent can't read, or the product's texts don't use."""
    for file, entry, line in _entries(language):
        where = f"{file.relative_to(HOUSE)}:{line}"
        match entry:
            case ast.Junk(content=content):
                yield f"{where}: Fluent can't read {content.strip()[:60]!r}"
            case ast.Term() | ast.Message(value=None):
                yield f"{where}: no text of its own"
            case ast.Message(attributes=[_, *_]):
                yield f"{where}: attributes are never shown"


def _message(file: Path, entry: ast.Message, line: int) -> Message:
    reader = _Reader()
    reader.visit(entry)
    return Message(
        entry.id.name,
        file.name,
        f"{file.relative_to(HOUSE)}:{line}",
        frozenset(reader.arguments),
        tuple(reader.selectors),
        tuple(reader.stiff),
    )
