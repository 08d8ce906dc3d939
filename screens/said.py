"""What patient and clinic have said, in a card: the first words, then the latest."""

from collections.abc import Iterator, Sequence

from loyalty.opinions import Side, Words
from loyalty.saying import SHOWN
from screens.screen import short
from screens.texts import Texts

LATEST = 4  # besides the first


def lines_of(texts: Texts, said: Sequence[Words]) -> Iterator[str]:
    first, latest = said[:1], said[1:][-LATEST:]
    yield from (_line(texts, words) for words in first)
    if between := len(said) - len(first) - len(latest):
        yield texts("case-between", count=between)
    yield from (_line(texts, words) for words in latest)


def _line(texts: Texts, words: Words) -> str:
    media = [texts.plain("case-media")] if words.message is not None else []
    said = short(" ".join([*filter(None, [words.text]), *media]), SHOWN)
    if words.side is Side.PATIENT:
        return texts("case-said-patient", text=said)
    return texts("case-said-clinic", text=said, name=words.author)
