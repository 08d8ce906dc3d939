"""`audit-ledger` as the one who serves the bot sees it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.load import load
from bot.cli import main
from db.migrate import upgrade

PATIENTS = 20


@pytest.fixture
def file(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("LOCALE", "ru")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///molar.db")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "molar.db"


@pytest.fixture
def said(file, capsys):
    """The exit code of the command and what it said on either stream."""

    def run() -> tuple[int, str, str]:
        code = main(["audit-ledger"])
        return code, *capsys.readouterr()

    return run


def execute(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as base:
        base.execute(statement)


def test_books_that_agree_are_counted(file, said):
    load(file, PATIENTS)
    code, out, err = said()
    assert (code, err) == (0, "")
    assert out.replace("\u00a0", " ").splitlines() == [
        "Сверено: операций 80, записей 80, партий 80, кошельков 20, визитов 60.",
        "✓ Всё сходится.",
    ]


def test_what_differs_is_shown_with_both_sides(file, said):
    load(file, PATIENTS)
    execute(file, "UPDATE wallets SET debt = 1, cash_paid = cash_paid + 7 WHERE id > 13")
    code, out, _ = said()
    assert code == 1
    _, difference, advice = out.splitlines()
    assert difference.startswith("✗ Оплачено всего: не равно сумме визитов: 7. Номер и обе стороны")
    numbers = [part.split()[0] for part in difference.partition("стороны: ")[2].split(", ")]
    assert numbers == ["14", "15", "16", "17", "18", "…"]
    assert advice.startswith("✗ Не сходится.")


def test_without_a_database_none_is_made(file, said):
    code, out, err = said()
    assert (code, out) == (1, "")
    assert "базы molar.db ещё нет" in err
    assert not file.exists()


def test_an_older_schema_is_to_be_brought_up_to_date_first(file, said):
    upgrade(f"sqlite+aiosqlite:///{file}", revision="0004")
    code, _, err = said()
    assert (code, err) == (1, "База старее программы. Сначала обновите её: python -m bot migrate\n")


def test_a_newer_schema_is_named(file, said):
    load(file, PATIENTS)
    execute(file, "UPDATE alembic_version SET version_num = '9999'")
    code, _, err = said()
    assert code == 1
    assert err.startswith("База новее программы (схема 9999)")


def test_what_is_no_database_is_said(file, said):
    file.write_text("мусор " * 1000)
    code, _, err = said()
    assert code == 1
    assert err.startswith("База не отвечает")


def test_without_a_database_there_is_nothing_to_compare(file, said):
    code, out, err = said()
    assert (code, out) == (1, "")
    assert err.startswith("Сверять нечего: базы molar.db ещё нет.")
    assert "опировать" not in err
    assert not file.exists()
