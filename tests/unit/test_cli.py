import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast, visitor

from bot.cli import main
from bot.lock import RunningLock
from bot.revisions import newest
from bot.setting_words import SETTINGS
from db.migrate import newest as newest_of_alembic

ROOT = Path(__file__).parents[2]
COMMANDS = ("run", "migrate", "doctor", "backup", "restore", "audit-ledger", "sandbox")
# What `--help` must not wait for.
HEAVY = ("aiogram", "sqlalchemy", "alembic", "aiohttp", "pydantic", "structlog", "phonenumbers")


def shell(folder, *words, **environment):
    """`python -m bot …` as a person calls it, in a folder of its own."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def said(capsys):
    """Runs a command in this process: its exit code and what it said on either stream."""

    def run(*words):
        code = main(list(words))
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.mark.parametrize("language", ["ru", "en"])
def test_help_names_every_command_and_every_setting(alone, said, monkeypatch, language):
    monkeypatch.setenv("LOCALE", language)
    code, out, err = said("--help")
    assert (code, err) == (0, "")
    for name in (*COMMANDS, *SETTINGS):
        assert re.search(rf"^  {name}\b", out, re.MULTILINE), name
    assert ("Обязательные настройки" in out) is (language == "ru")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(alone, said, command):
    code, out, _ = said(command, "--help")
    assert code == 0
    assert out.startswith(f"Как вызвать: python -m bot {command}")
    assert re.search("[а-я]{4}", out.partition("\n")[2])


def test_without_a_command_the_help_is_shown(alone, said):
    assert said() == said("-h")


def test_help_waits_for_nothing_heavy(alone):
    done = shell(alone, "-X", "importtime", "-m", "bot", "--help")
    assert done.returncode == 0
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "bot.cli" in imported
    assert imported.isdisjoint(HEAVY)


def test_doctor_waits_for_no_telegram_library(alone):
    done = shell(alone, "-X", "importtime", "-m", "bot", "doctor")
    assert done.returncode == 1
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert imported.isdisjoint({"aiogram", "sqlalchemy", "alembic", "aiohttp"})


def test_the_example_file_has_every_setting_with_a_line_about_it():
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    names = [line.partition("=")[0] for line in lines if "=" in line and not line.startswith("#")]
    assert sorted(names) == sorted(SETTINGS)
    for before, line in pairwise(lines):
        if line.partition("=")[0] in SETTINGS:
            assert re.match("# [А-ЯA-Z]", before), line
    required = [name for name, words in SETTINGS.items() if words.required]
    assert names[: len(required)] == required


def test_the_example_file_filled_in_is_right(alone, said):
    text = (ROOT / ".env.example").read_text("utf-8")
    for name, value in (
        ("BOT_TOKEN", "42:SANDBOX"),
        ("OWNER_IDS", "101"),
        ("CLINIC_NAME", "Улыбка"),
        ("CLINIC_LEGAL", "ООО «Улыбка», ИНН 1655000001"),
        ("CLINIC_PHONE", "+7 843 212-34-56"),
    ):
        text = text.replace(f"{name}=\n", f"{name}={value}\n")
    (alone / ".env").write_text(text, "utf-8")
    code, out, _ = said("doctor")
    assert code == 0
    assert "✗" not in out


def test_wrong_settings_end_the_start_with_a_sentence_each(alone):
    done = shell(alone, "-m", "bot", "run", HTTP_PORT="0", BOT_TOKEN="42:SANDBOX")
    assert done.returncode == 2
    assert done.stdout == ""
    assert [line.split()[2].rstrip(".") for line in done.stderr.splitlines()[:-1]] == [
        "OWNER_IDS",
        "CLINIC_NAME",
        "CLINIC_LEGAL",
        "CLINIC_PHONE",
    ]
    assert done.stderr.splitlines()[-1].startswith("HTTP_PORT: «0» не годится.")


@pytest.mark.parametrize("command", ["migrate", "backup x", "restore x", "audit-ledger"])
def test_a_wrong_database_ends_what_needs_one(alone, said, monkeypatch, command):
    monkeypatch.setenv("DATABASE_URL", "molar.db")
    code, out, err = said(*command.split())
    assert (code, out) == (2, "")
    assert err.startswith("DATABASE_URL не подходит.")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("backup", "Не хватает FILE."),
        ("backup --loud x", "Нет параметра --loud,"),
        ("sandbox --port", "Нет параметра --port,"),
        ("sandbox --port x", "Не подходит значение PORT."),
        ("sandbox --port 70000", "Не подходит значение PORT."),
        ("fly", "Команда не разобрана"),
        ("doctor me", "Команда не разобрана"),
    ],
)
def test_misuse_gets_a_sentence(alone, said, words, sentence):
    code, out, err = said(*words.split())
    assert (code, out) == (2, "")
    assert err.startswith(sentence)
    assert len(err.splitlines()) == 1


def test_a_database_is_made_copied_and_restored(alone, said):
    assert said("migrate") == (0, f"Схема базы обновлена до {newest()}.\n", "")
    assert said("migrate") == (0, f"Схема базы уже новейшая: {newest()}.\n", "")
    assert (alone / "data" / "molar.db").stat().st_mode & 0o077 == 0
    code, out, _ = said("backup", "copy.db")
    assert (code, out.partition(":")[0]) == (0, "Копия готова и проверена")
    code, out, err = said("backup", "copy.db")
    assert (code, out, err.partition(",")[0]) == (1, "", "Файл copy.db уже есть")
    code, out, _ = said("restore", "copy.db")
    assert code == 0
    assert "Прежняя база сохранена: data/molar.db.before-restore-" in out


def test_what_a_person_can_cause_ends_without_a_traceback(alone, said):
    (alone / "data").write_text("no folder")
    code, out, err = said("migrate")
    assert (code, out) == (1, "")
    assert err.startswith("База не отвечает: ")
    assert len(err.splitlines()) == 1


def test_a_newer_database_is_not_touched(database, said):
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'future'")
    code, _, err = said("migrate")
    assert (code, err.partition(".")[0]) == (1, "База новее программы (схема future)")


def test_the_schema_is_not_changed_under_a_running_bot(database, said):
    with RunningLock(database):
        assert said("migrate") == (
            1,
            "",
            "На этой базе уже работает бот. Остановите его и повторите.\n",
        )


def test_the_newest_migration_is_found_without_alembic():
    assert newest() == newest_of_alembic()


def test_both_catalogues_say_the_same_things():
    russian, english = (_messages(language) for language in ("ru", "en"))
    assert russian == english
    assert len(russian) > 100


def _messages(language):
    """Every key of the file with the arguments of its text."""
    text = (ROOT / "locales" / language / "cli.ftl").read_text("utf-8")
    found = {}
    for entry in FluentParser().parse(text).body:
        assert not isinstance(entry, ast.Junk), entry.content
        if isinstance(entry, ast.Message):
            arguments = _Arguments()
            arguments.visit(entry)
            found[entry.id.name] = arguments.names
    return found


class _Arguments(visitor.Visitor):
    def __init__(self):
        self.names = set()

    def visit_VariableReference(self, node):  # noqa: N802 (the visitor's name for it)
        self.names.add(node.id.name)
