"""What must not be read by others, taken out of a text: tokens, passwords in URLs, phones."""

import re

HIDDEN = "***"

_TOKEN = re.compile(r"\d{1,16}(?::|%3a)[a-z0-9_-]{35,}", re.IGNORECASE)
_BOT_PATH = re.compile(r"(/(?:file/)?bot)\d+(?::|%3a)[^/\s\"'?]+", re.IGNORECASE)
_PASSWORD = re.compile(r"(://[^\s/:@]*:)[^\s/@]+@")
# Ids are digits too. A phone is what has a plus, or eleven digits from a 7 or 8 as Russians write
# them; a digit or "0." in front means a longer number.
_PHONE = re.compile(
    r"\+\d(?:[\s().-]{0,3}\d){9,14}"
    r"|(?<!\d)(?<!\d\.)[78](?:\d{10}|[\s(-]{1,3}\d{3}[\s)-]{1,3}\d{3}[\s-]?\d{2}[\s-]?\d{2})(?!\d)"
)
_SHORTEST = 10


def masked(text: str) -> str:
    """The text without tokens, passwords and phones of the usual shapes."""
    if len(text) < _SHORTEST:
        return text
    if ":" in text or "%3" in text:
        text = _BOT_PATH.sub(rf"\1{HIDDEN}", text)
        text = _TOKEN.sub(HIDDEN, text)
        text = _PASSWORD.sub(rf"\1{HIDDEN}@", text)
    return _PHONE.sub(HIDDEN, text)
