"""The product's words in a person's language, escaped for Telegram's HTML."""

import re
from datetime import date, datetime, time
from functools import lru_cache
from html import escape
from importlib.resources import files

from babel.dates import format_date, format_time
from fluent.runtime import FluentBundle, FluentResource

LANGUAGES = ("ru", "en")

# A name may be written right to left; isolated, it cannot turn the sentence around it.
_ISOLATE, _RELEASE = "\u2068", "\u2069"
_NO_BREAK = "\u00a0"

# "1 балл", "100 000 ₽", "30 %", "5 — отлично": a line must not end between a number and its word,
# nor inside "3 из 5".
_AFTER_NUMBER = re.compile(
    r"(?<=\d) (?=[^\W\d_]|[\u20bd%\u2014])|(?<=\d[ \u00a0][^\W\d_]{2}) (?=\d)"
)

# «Мария Т.» at the end of a sentence: its full stop is there already.
_STOP = "\0"
_SECOND_STOP = re.compile(rf"{_STOP}({_RELEASE}?(?:</\w+>)*)(?:\.(?!\.))?")

KEPT = 4096  # sentences of late: most are said again, to somebody else

Argument = str | int | date | datetime | time


class MissingTextError(LookupError):
    """A key that the catalogue lacks, or an argument that the text wants and did not get."""


class Html(str):
    """Text that is Telegram HTML already and goes into a message unescaped."""

    __slots__ = ()


class Texts:
    """Every sentence of one language.

    Call it for the text of a message (HTML; string arguments are escaped and isolated);
    `plain` gives the same words for a button, an alert or a terminal.

    Raises MissingTextError: on an unknown key or a missing argument.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._html = lru_cache(KEPT)(self._unbroken)
        self._plain = lru_cache(KEPT)(self._format)
        self._bundle = FluentBundle([language], use_isolating=False)
        for file in sorted(files("locales").joinpath(language).iterdir(), key=lambda f: f.name):
            if file.name.endswith(".ftl"):
                self._bundle.add_resource(FluentResource(file.read_text("utf-8")))

    def __call__(self, key: str, /, **arguments: Argument) -> str:
        return self._html(key, **{name: self._as_html(a) for name, a in arguments.items()})

    def plain(self, key: str, /, **arguments: Argument) -> str:
        return self._plain(key, **{name: self._as_words(a) for name, a in arguments.items()})

    def _unbroken(self, key: str, /, **arguments: str | int) -> str:
        return _AFTER_NUMBER.sub(_NO_BREAK, self._format(key, **arguments))

    def _format(self, key: str, /, **arguments: str | int) -> str:
        if not self._bundle.has_message(key):
            raise MissingTextError(f"no text {key!r} in {self.language!r}")
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise MissingTextError(f"text {key!r} in {self.language!r} has no words")
        text, errors = self._bundle.format_pattern(pattern, arguments)
        if errors:
            raise MissingTextError(f"text {key!r} in {self.language!r}: {errors[0]}")
        return _SECOND_STOP.sub(r"\1", str(text))

    def _as_html(self, argument: Argument) -> str | int:
        if isinstance(argument, str) and not isinstance(argument, Html):
            return f"{_ISOLATE}{_marked(escape(argument, quote=False))}{_RELEASE}"
        return self._as_words(argument)

    def _as_words(self, argument: Argument) -> str | int:
        match argument:
            case str():
                return argument if isinstance(argument, Html) else _marked(argument)
            case datetime():
                return f"{self._date(argument)}, {self._time(argument.time())}"
            case date():
                return self._date(argument)
            case time():
                return self._time(argument)
        return argument

    def _date(self, day: date) -> str:
        return _long_date(day, self.language)

    def _time(self, moment: time) -> str:
        return format_time(moment, "HH:mm", locale=self.language)


def _marked(words: str) -> str:
    """A full stop at the end of an argument, to be known by."""
    return f"{words}{_STOP}" if words.endswith(".") else words


def unisolated(shown: str) -> str:
    """An argument as it was given, from a message that shows it."""
    return shown.replace(_ISOLATE, "").replace(_RELEASE, "")


@lru_cache(maxsize=4096)
def _long_date(day: date, language: str) -> str:
    return format_date(day, "d MMMM y", locale=language).replace(" ", _NO_BREAK)


@lru_cache(maxsize=len(LANGUAGES))
def texts_in(language: str) -> Texts:
    """The one `Texts` of a language; the catalogue is read from disk once."""
    return Texts(language)
