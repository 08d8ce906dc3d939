"""Where the code asks for a text, and with which arguments."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.setting_words import SETTINGS
from loyalty.errors import Refusal
from tests.house.sources import SPEAKING, Source, called, calls, import_rooms, sources

# What is called with a key of the catalogue, and at which place the key stands.
SPEAKERS = {
    "texts": 0,
    "plain": 0,
    "sentence": 0,
    "good": 0,
    "warn": 0,
    "bad": 0,
    "_wrong": 1,
}


@dataclass(frozen=True)
class Use:
    """A text that is asked for; `arguments` is None where they can't be seen."""

    where: str
    key: str
    arguments: frozenset[str] | None


@dataclass(frozen=True)
class HandedOn:
    """A text asked for by a key that isn't written there."""

    where: str
    file: str
    key: str


def literal_uses() -> Iterator[Use]:
    for source, call, key in _asked():
        for word in _words(key):
            yield Use(source.at(call), word, _arguments(call))


def handed_on() -> Iterator[HandedOn]:
    for source, call, key in _asked():
        if not list(_words(key)):
            yield HandedOn(source.at(call), source.path, ast.unparse(key))


def _asked() -> Iterator[tuple[Source, ast.Call, ast.expr]]:
    for source in sources(*SPEAKING):
        for call in calls(source):
            place = SPEAKERS.get(called(call))
            if place is not None and len(call.args) > place:
                yield source, call, call.args[place]


def _words(key: ast.expr) -> Iterator[str]:
    match key:
        case ast.Constant(value=str() as word):
            yield word
        case ast.IfExp(body=one, orelse=other):
            yield from _words(one)
            yield from _words(other)


def _arguments(call: ast.Call) -> frozenset[str] | None:
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else frozenset(filter(None, names))


# --- keys that are written in one place and asked for in another --------------------------------


def seen_elsewhere() -> Iterator[Use]:
    """The keys are arguments of a function among the SPEAKERS."""
    return iter(())


def of_refusals() -> Iterator[Use]:
    """A refusal's arguments are those it is raised with."""
    texts = {refusal.__name__: refusal.text for refusal in _refusals()}
    for source in sources(*SPEAKING):
        for node in ast.walk(source.tree):
            match node:
                case ast.Raise(exc=ast.Name(id=name)) if name in texts:
                    yield Use(source.at(node), texts[name], frozenset())
                case ast.Call(func=ast.Name(id=name)) if name in texts:
                    yield Use(source.at(node), texts[name], _arguments(node))


def _refusals() -> Iterator[type[Refusal]]:
    import_rooms(*SPEAKING)
    waiting = [Refusal]
    while waiting:
        children = waiting.pop().__subclasses__()
        waiting += children
        yield from children


def of_settings() -> Iterator[Use]:
    where = "bot/setting_words.py"
    for name, words in SETTINGS.items():
        yield Use(f"{where} ({name})", words.about, frozenset())
        yield Use(f"{where} ({name})", words.wrong, frozenset({"given"} if words.shown else ()))
        if words.missing:
            yield Use(f"{where} ({name})", words.missing, frozenset())


def of_checks_between_settings() -> Iterator[Use]:
    yield from _first_words("bot/settings.py", "PydanticCustomError")


def of_commands() -> Iterator[Use]:
    for source in sources("bot"):
        for call in calls(source):
            for keyword in call.keywords:
                if keyword.arg == "help" and isinstance(keyword.value, ast.Constant):
                    yield Use(source.at(call), keyword.value.value, frozenset())


def _first_words(file: str, function: str) -> Iterator[Use]:
    for source in sources("bot"):
        for call in calls(source):
            if source.path == file and called(call) == function:
                yield from (Use(source.at(call), w, frozenset()) for w in _words(call.args[0]))


def exactly(*keys: str) -> Callable[[], Iterator[Use]]:
    """Keys that the code makes up, named one by one; they take no arguments."""
    return lambda: (Use("tests/test_house.py", key, frozenset()) for key in keys)
