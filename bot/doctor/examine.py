"""`doctor`: one line for each thing a running clinic depends on, and what to do about it."""

from __future__ import annotations

import asyncio
import platform
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import phonenumbers

from bot.doctor import database, files
from bot.doctor.finding import Finding, Mark, bad, good, warn
from bot.environment import language, misspelt, unreadable_lines
from bot.failures import WrongSettingsError
from bot.setting_words import SETTINGS
from bot.settings import load_database_url, load_settings
from screens.texts import texts_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.settings import Settings

_OLDEST_PYTHON = (3, 11)


def examine(*, online: bool, say: Callable[[str], object]) -> bool:
    """Say every finding in LOCALE's language; True when nothing is broken."""
    texts = texts_in(language())
    sound = True
    for finding in _findings(online=online):
        say(f"{finding.mark.value} {finding.sentence.said(texts)}")
        sound = sound and finding.mark is not Mark.BAD
    return sound


def _findings(*, online: bool) -> Iterator[Finding]:
    yield _python()
    yield from _env_file()
    settings = None
    try:
        settings = load_settings()
    except WrongSettingsError as wrong:
        yield from (Finding(Mark.BAD, problem) for problem in wrong.problems.values())
    else:
        yield from _settings(settings)
    yield from _storage(settings)
    if online:
        yield from _online(settings)


def _python() -> Finding:
    version = platform.python_version()
    if sys.version_info < _OLDEST_PYTHON:
        return bad("doctor-python-old", version=version)
    return good("doctor-python", version=version)


def _env_file() -> Iterator[Finding]:
    for line in unreadable_lines():
        yield warn("doctor-env-line", line=str(line))
    for name, meant in misspelt():
        yield warn("doctor-env-misspelt", name=name, meant=meant)
    yield from files.env_file()


def _settings(settings: Settings) -> Iterator[Finding]:
    yield good("doctor-settings", count=len(SETTINGS))
    here = datetime.now(UTC).astimezone(settings.zone)
    yield good("doctor-timezone", zone=settings.timezone, time=f"{here:%H:%M}")
    if not phonenumbers.is_valid_number(phonenumbers.parse(settings.clinic_phone, "RU")):
        yield warn("doctor-phone", phone=settings.clinic_phone)


def _storage(settings: Settings | None) -> Iterator[Finding]:
    try:
        url = load_database_url()
    except WrongSettingsError:
        return  # named among the settings
    two_processes = settings is not None and settings.scheduler == "separate"
    owners = settings.owner_ids if settings else ()
    yield from database.database(url, two_processes=two_processes, owners=owners)
    yield from files.disk(url)
    yield from files.copies(url)


def _online(settings: Settings | None) -> Iterator[Finding]:
    if settings is None:
        yield warn("doctor-online-skipped")
        return
    from bot.doctor.online import telegram  # aiohttp costs a quarter of a second

    yield from asyncio.run(telegram(settings))
