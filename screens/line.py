"""Questions about a staff line: which of several readings, and how a line is written."""

from collections.abc import Sequence

from loyalty.line.line import write
from loyalty.line.readings import Reading
from screens.callbacks.desk import ReadingPress
from screens.screen import Screen, button, short, under
from screens.texts import Texts, unisolated

LABEL = 40


def which(texts: Texts, readings: Sequence[Reading]) -> Screen:
    """Each reading as a line that has no other one, and as a button."""
    lines = [write(reading) for reading in readings]
    shown = [texts("line-reading", line=line) for line in lines]
    keys = [[button(short(line, LABEL), ReadingPress(n=n))] for n, line in enumerate(lines)]
    return Screen("\n".join([texts("line-which"), *shown]), under(*keys))


def reading_in(question: str, n: int) -> str | None:
    """The line of the n-th button, as the question shows it; None: no such line."""
    lines = question.splitlines()[1:]
    return unisolated(lines[n]) if n < len(lines) else None


def how(texts: Texts) -> Screen:
    return Screen(texts("line-how"))
