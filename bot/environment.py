"""The environment and `.env` as they lie there, before anything is checked."""

from __future__ import annotations

import logging
import os
from difflib import get_close_matches
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import parse_stream

from bot.setting_words import SETTINGS
from screens.texts import LANGUAGES

ENV_FILE = Path(".env")
# Notepad puts a byte order mark in front; without this the first setting would be lost.
ENCODING = "utf-8-sig"

# `doctor` names the lines that can't be read, once and in the person's language.
logging.getLogger("dotenv").setLevel(logging.ERROR)


def language() -> str:
    """The language to speak before the settings are known to be right."""
    wanted = (os.environ.get("LOCALE") or _in_file().get("LOCALE") or "").strip().lower()
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


def misspelt() -> list[tuple[str, str]]:
    """Names in `.env` that look like a setting's, each with the one probably meant."""
    found = []
    for name in _in_file():
        near = get_close_matches(name.upper(), SETTINGS, n=1, cutoff=0.8)
        if near and name.upper() not in SETTINGS:
            found.append((name, near[0]))
    return found


def unreadable_lines() -> list[int]:
    """Numbers of the lines of `.env` that are no `NAME=value`."""
    try:
        with ENV_FILE.open(encoding=ENCODING) as file:
            wrong = [binding.original for binding in parse_stream(file) if binding.error]
    except (OSError, UnicodeDecodeError):
        return []
    # the parser counts the empty lines before a statement as its own
    blank = [original.string[: -len(original.string.lstrip())] for original in wrong]
    return [original.line + b.count("\n") for original, b in zip(wrong, blank, strict=True)]


def _in_file() -> dict[str, str]:
    try:
        values = dotenv_values(ENV_FILE, encoding=ENCODING)
    except (OSError, UnicodeDecodeError):
        return {}
    return {name: value for name, value in values.items() if value}
