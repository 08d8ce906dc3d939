"""Logs: one line per event on stderr, with ids and never with names, phones or tokens."""

from __future__ import annotations

import logging
import sys
from traceback import format_tb
from typing import TYPE_CHECKING
from urllib.parse import quote

import structlog

from bot.masking import HIDDEN, masked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

    from structlog.typing import EventDict, Processor, WrappedLogger

_REPEATING = {"ClientDecodeError", "ValidationError"}
_HARMLESS = {int, float, bool, type(None)}
_LONG_ENOUGH_ALONE = 20
# They log rows and arguments, which are people's names and phones.
_INDISCREET = ("sqlalchemy", "aiosqlite")
# A line per update, request and tick, or several per start: ours say more with fewer.
_TALKATIVE = ("aiogram.event", "aiohttp.access", "apscheduler", "alembic")


def configure(level: str, log_format: str, secrets: Iterable[str] = ()) -> None:
    """Send structlog and the standard library's logging to stderr in one form.

    `secrets` are hidden wherever they stand, next to all that looks like a token or a phone.
    """
    processors: list[Processor] = [
        structlog.stdlib.add_log_level,
        _without_others_words,
        structlog.processors.format_exc_info,  # plain text: richer tracebacks show variables
        _hiding(secrets),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _renderer(log_format),
    ]
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, *processors],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    _route_standard_logging(level, processors)
    sys.excepthook = _log_crash


def _without_others_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Some errors repeat what they could not read, names and all: their kind must do."""
    error = sys.exc_info()[1] if event.get("exc_info") is True else event.get("exc_info")
    if isinstance(error, tuple):
        error = error[1]
    links = [error] if isinstance(error, BaseException) else []
    while links and (before := links[-1].__cause__ or links[-1].__context__):
        links.append(before)
    for link in links:
        if type(link).__name__ in _REPEATING:
            frames = "".join(format_tb(link.__traceback__))
            event["exception"] = f"{frames}{type(link).__name__}"
            event.pop("exc_info", None)
            break
    return event


def _renderer(log_format: str) -> Processor:
    if log_format == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())


def _route_standard_logging(level: str, processors: list[Processor]) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.add_logger_name,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.contextvars.merge_contextvars,
                *processors,
            ]
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.captureWarnings(True)
    # What can't be formatted would be printed as it is, with its arguments.
    logging.raiseExceptions = False
    for name in _INDISCREET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.DEBUG if level == "DEBUG" else logging.WARNING)


def _hiding(secrets: Iterable[str]) -> Processor:
    """A processor that leaves nothing secret in an event, however deep it lies."""
    hidden = _spellings(secrets)

    def clean(text: str) -> str:
        for secret in hidden:
            if secret in text:
                text = text.replace(secret, HIDDEN)
        return masked(text)

    def hide(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        for name, value in event.items():
            if type(value) is str:
                event[name] = clean(value)
            elif type(value) not in _HARMLESS:
                event[name] = _cleaned(value, clean)
        return event

    return hide


def _cleaned(value: object, clean: Callable[[str], str]) -> object:
    """The value with every text in it cleaned; objects become their cleaned description."""
    if type(value) in _HARMLESS:
        return value
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(key)): _cleaned(inner, clean) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_cleaned(inner, clean) for inner in value]
    return clean(repr(value))


def _spellings(secrets: Iterable[str]) -> list[str]:
    """Each secret, as it stands in an URL too, and the telling half of a token; longest first."""
    found = set()
    for secret in filter(None, secrets):
        half = secret.partition(":")[2]
        found |= {secret, quote(secret, safe="")}
        found |= {half} if len(half) >= _LONG_ENOUGH_ALONE else set()
    return sorted(found, key=len, reverse=True)


def _log_crash(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, traceback)
    else:
        structlog.get_logger().critical("crashed", exc_info=(kind, error, traceback))
