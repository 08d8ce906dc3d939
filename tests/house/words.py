"""Words of a person's language that stand in the code."""

import ast
import re
from collections.abc import Iterator

from tests.house.sources import Source, called, calls, docstrings

RUSSIAN = re.compile(r"[\u0400-\u052f\u2116\u20bd]")  # letters, №, ₽
LETTERS = re.compile(r"[^\W\d_]{2,}")
MARKUP = re.compile(r"<[^>]*>|&\w+;")
SQL = re.compile(r"\bSELECT\b")
SENTENCE = re.compile(r"[^\W\d_]{2,},? [^\W\d_]{2,}")

# What shows its argument to a person, and which one.
SHOWS = {
    "Screen": 0,
    "answer": 0,
    "button": 0,
    "echo": 0,
    "edit_caption": 0,
    "edit_text": 0,
    "link": 0,
    "print": 0,
    "reply": 0,
    "send_message": 1,
    "short": 0,
    "toast": 1,
}
SHOWN = {"caption", "description", "hint", "input_field_placeholder", "prompt", "text", "title"}

# Calls whose words are for the log, for a developer, or for the database.
UNSEEN_BY_PEOPLE = {
    *("critical", "debug", "error", "exception", "info", "warning"),
    *("exec_driver_sql", "execute", "execute_fetchall", "fetchval", "text"),
    "compile",
}


def russian(source: Source) -> Iterator[str]:
    exempt = docstrings(source)
    for node in ast.walk(source.tree):
        if _is_text(node) and node not in exempt and RUSSIAN.search(node.value):
            yield f"{source.at(node)} {node.value!r}"


def shown(source: Source) -> Iterator[str]:
    """Words given straight to what shows them."""
    for call in calls(source):
        place = SHOWS.get(called(call))
        given = [keyword.value for keyword in call.keywords if keyword.arg in SHOWN]
        if place is not None and len(call.args) > place:
            given.append(call.args[place])
        for words in given:
            if any(LETTERS.search(part) for part in _parts(words)):
                yield f"{source.at(words)} {ast.unparse(words)}"


def sentences(source: Source) -> Iterator[str]:
    """Strings of two words or more that aren't for the log, a developer or the database."""
    exempt = docstrings(source) | _unseen(source)
    for node in ast.walk(source.tree):
        if _is_text(node) and node not in exempt and _is_sentence(node.value):
            yield f"{source.at(node)} {node.value!r}"


def _is_sentence(text: str) -> bool:
    return bool(SENTENCE.search(MARKUP.sub("", text))) and not SQL.search(text)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _parts(words: ast.expr) -> list[str]:
    """The literal parts of a string or an f-string, without markup."""
    match words:
        case ast.Constant(value=str() as text):
            return [MARKUP.sub("", text)]
        case ast.JoinedStr(values=values):
            return [part for value in values for part in _parts(value)]
        case ast.BinOp(left=left, right=right):
            return _parts(left) + _parts(right)
        case ast.IfExp(body=one, orelse=other):
            return _parts(one) + _parts(other)
    return []


def _unseen(source: Source) -> set[ast.AST]:
    return {
        part
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Raise | ast.Assert)
        or (isinstance(node, ast.Call) and called(node) in UNSEEN_BY_PEOPLE)
        for part in ast.walk(node)
    }
