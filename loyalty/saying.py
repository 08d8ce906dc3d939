"""What patient and clinic say to each other through the bot: a text, or a message passed on."""

from dataclasses import dataclass

from loyalty.errors import Refusal
from loyalty.opinions import Side, Words
from loyalty.ports import Transaction

LONGEST = 3000  # characters of a text; the message around it has 4096
SHOWN = 300  # of them stand in a card; what is longer comes as a message of its own too


class TooLongError(Refusal):
    """Longer than fits into a message of the bot's."""

    text = "refusal-words-too-long"


class NobodyListensError(Refusal):
    """The patient has left the bot."""

    text = "refusal-nobody-listens"


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody has just said: `chat` and `message` are Telegram's.

    `media`: it is more than its text, and is passed on as it is.
    """

    chat: int
    message: int
    text: str | None = None
    media: bool = False

    @property
    def source(self) -> str:
        return f"{self.chat}:{self.message}"

    @property
    def fits_a_card(self) -> bool:
        """A card shows all of it."""
        return not self.media and len(self.text or "") <= SHOWN


def write_down(
    tx: Transaction,
    side: Side,
    author: str,
    said: Said,
    *,
    visit: int | None = None,
    task: int | None = None,
) -> Words | None:
    """Words about a visit, or of a talk. None: these are there already. Raises TooLongError."""
    if said.text is not None and len(said.text) > LONGEST:
        raise TooLongError(longest=LONGEST)
    chat, message = (said.chat, said.message) if said.media else (None, None)
    words = Words(0, visit, side, author, said.source, tx.now, said.text, chat, message, task)
    return tx.ratings.add_words(words)


def copied(words: Words) -> tuple[int, int] | None:
    """The message of Telegram's that is passed on as it is."""
    return (words.chat, words.message) if words.chat and words.message else None
