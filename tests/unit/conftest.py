"""A process with no settings of its own, and a Molar database as a real file."""

import os
import shutil

import pytest

from bot.setting_words import SETTINGS
from tests.support.core import (  # noqa: F401 (pytest finds fixtures by their names here)
    books,
    clock,
    core,
    line,
    pace,
    store,
    wire,
)


@pytest.fixture
def alone(monkeypatch, tmp_path):
    """An empty working folder and an environment without any of our settings."""
    for name in list(os.environ):
        if name.upper() in SETTINGS:
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    former = os.umask(0o022)
    yield tmp_path
    os.umask(former)


@pytest.fixture
def complete(alone, monkeypatch):
    """As `alone`, with the five settings that a clinic must give."""
    given = {
        "BOT_TOKEN": "42:SANDBOX",
        "OWNER_IDS": "101,102",
        "CLINIC_NAME": "Стоматология «Улыбка»",
        "CLINIC_LEGAL": "ООО «Улыбка», ИНН 1655000001",
        "CLINIC_PHONE": "+7 843 212-34-56",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return alone


@pytest.fixture(scope="session")
def schema(tmp_path_factory):
    from db.migrate import upgrade

    file = tmp_path_factory.mktemp("schema") / "molar.db"
    upgrade(f"sqlite+aiosqlite:///{file}")
    return file


@pytest.fixture
def database(alone, schema):
    """The default database, migrated and empty, where the settings look for it."""
    file = alone / "data" / "molar.db"
    file.parent.mkdir()
    shutil.copy(schema, file)
    return file
