"""Whose name was typed: in full, shortened, or in another case («у Петровой»)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from loyalty.line import words
from loyalty.line.tokens import Token

MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Doctor:
    """As in the clinic's list; a name that isn't there as typed."""

    name: str
    known: bool


def doctors_at(
    line: Sequence[Token], at: int, clinic: Sequence[str]
) -> Iterator[tuple[Doctor, int]]:
    """Everybody whose name may begin at this token, with the token after it."""
    typed = _typed(line, at)
    for length in range(len(typed), 0, -1):
        if known := _known(typed[:length], clinic):
            yield from ((Doctor(name, known=True), at + length) for name in known)
            break
    else:
        length = 0
    new = _new(typed, clinic)
    if len(new) > length:
        yield Doctor(_title(new), known=False), at + len(new)


def _typed(line: Sequence[Token], at: int) -> tuple[str, ...]:
    """Words in a row; an initial is a capital letter, so that «и» between names isn't one."""
    found: list[str] = []
    for token in line[at : at + MOST_WORDS]:
        if token.word is None or (len(token.word) == 1 and not token.raw.isupper()):
            break
        found.append(token.word)
    return tuple(found)


# --- of the clinic ---------------------------------------------------------------------------


def _known(typed: tuple[str, ...], clinic: Sequence[str]) -> list[str]:
    """Whom these words name: exactly, or else by a shortened or declined name."""
    if len(max(typed, key=len)) < words.SHORTEST_NAME:
        return []
    exact = [name for name in clinic if set(typed) <= set(_words_of(name))]
    if exact or all(map(words.is_known, typed)):
        return exact
    return [name for name in clinic if _fits(typed, _words_of(name))]


def _words_of(name: str) -> tuple[str, ...]:
    return tuple(words.normal(name).replace(".", " ").split())


def _fits(typed: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return any(all(map(_is_form_of, typed, order)) for order in permutations(name[:4], len(typed)))


def _is_form_of(typed: str, word: str) -> bool:
    """«петр», «петровой» and «п» are said of «петрова»; «пе» is too short to tell."""
    if len(typed) == 1 or len(typed) >= words.SHORTEST_NAME:
        return word.startswith(typed) or typed in _cases(word)
    return typed == word


def _cases(word: str) -> frozenset[str]:
    for endings, others in words.SURNAME_ENDINGS:
        for ending in endings:
            if word.endswith(ending):
                return frozenset(word.removesuffix(ending) + other for other in others)
    return frozenset(word + other for other in words.AFTER_CONSONANT)


# --- new -------------------------------------------------------------------------------------


def _new(typed: tuple[str, ...], clinic: Sequence[str]) -> tuple[str, ...]:
    """A surname alone, with initials, or with one more name."""
    if not typed or not words.may_be_a_name(typed[0]):
        return ()
    more = typed[1:]
    initials = tuple(word for word in more if len(word) == 1)
    if initials == more[: len(initials)] and initials:
        return typed[: 1 + len(initials)]
    if more and words.may_be_a_name(more[0]) and not _known(more[:1], clinic):
        return typed[:2]
    return typed[:1]


def _title(name: tuple[str, ...]) -> str:
    return " ".join(f"{word.upper()}." if len(word) == 1 else word.title() for word in name)
