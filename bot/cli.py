"""The commands of the shell. What is heavy is imported by the command that needs it."""

from __future__ import annotations

import asyncio
import io
import os
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from bot.environment import language
from bot.failures import WrongSettingsError, database_errors, start_errors
from bot.help import SpeakingCommand, SpeakingGroup
from bot.sentence import Sentence, sentence
from loyalty.errors import Refusal
from screens.texts import texts_in

PROGRAM, APART = "python -m bot", "python -m scheduler"
FAILED, MISUSED = 1, 2

HELP = {"help_option_names": ["--help", "-h"]}

app = typer.Typer(
    cls=SpeakingGroup, add_completion=False, rich_markup_mode=None, context_settings=HELP
)
apart = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=HELP)


@app.callback(help="cli-about")
def _before_all() -> None:
    os.umask(0o077)  # what the clinic's files hold is nobody else's business


@app.command(cls=SpeakingCommand, help="cli-run")
def run() -> int:
    from bot.logs import configure
    from bot.settings import load_settings

    settings = load_settings()
    configure(settings.log_level, settings.log_format, settings.secrets)
    from bot.main import run as run_bot

    with start_errors():
        return asyncio.run(run_bot(settings))


@apart.command(cls=SpeakingCommand, help="cli-scheduler")
def scheduler() -> int:
    from bot.logs import configure
    from bot.settings import load_settings

    os.umask(0o077)
    settings = load_settings()
    configure(settings.log_level, settings.log_format, settings.secrets)
    from bot.apart import run as run_scheduler

    with start_errors():
        return asyncio.run(run_scheduler(settings))


@app.command(cls=SpeakingCommand, help="cli-migrate")
def migrate() -> int:
    from bot.database_url import sqlite_file
    from bot.lock import nobody_at_work
    from bot.settings import load_database_url

    database_url = load_database_url()
    from db.migrate import upgrade

    file = sqlite_file(database_url)
    with start_errors(), database_errors(), nobody_at_work(file) if file else nullcontext():
        done = upgrade(database_url)
    if done.before == done.after:
        _say(sentence("migrate-nothing", revision=done.after))
    else:
        _say(sentence("migrate-done", revision=done.after))
    if done.copy is not None:
        _say(sentence("migrate-copy", file=str(done.copy)))
    return 0


@app.command(cls=SpeakingCommand, help="cli-doctor")
def doctor(
    *, online: Annotated[bool, typer.Option("--online", help="cli-doctor-online")] = False
) -> int:
    from bot.doctor.examine import examine

    return 0 if examine(online=online, say=typer.echo) else FAILED


@app.command(cls=SpeakingCommand, help="cli-backup")
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="cli-backup-file")],
) -> int:
    from bot.backup.copies import backup as copy_to
    from bot.settings import load_database_url

    copy_to(load_database_url(), file)
    _say(sentence("backup-done", file=str(file)))
    return 0


@app.command(cls=SpeakingCommand, help="cli-restore")
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="cli-restore-file")],
) -> int:
    from bot.backup.copies import restore as put_back
    from bot.clock import SystemClock
    from bot.settings import load_database_url

    kept = put_back(load_database_url(), file, SystemClock().now())
    _say(sentence("restore-done", file=str(file)))
    if kept is not None:
        _say(sentence("restore-kept", file=str(kept)))
    return 0


@app.command("audit-ledger", cls=SpeakingCommand, help="cli-audit-ledger")
def audit_ledger() -> int:
    from bot.ledger_audit import audit_ledger as agrees
    from bot.settings import load_database_url

    return 0 if agrees(load_database_url(), typer.echo) else FAILED


@app.command(cls=SpeakingCommand, help="cli-sandbox")
def sandbox(
    port: Annotated[
        int,
        typer.Option("--port", metavar="PORT", min=1, max=65535, help="cli-sandbox-port"),
    ] = 8081,
    *,
    empty: Annotated[bool, typer.Option("--empty", help="cli-sandbox-empty")] = False,
) -> int:
    from bot.sandbox import run_sandbox

    return run_sandbox(port, empty=empty)


def main(arguments: list[str]) -> int:
    """Run one command; its exit code is 0, 1 for what could not be done, 2 for wrong words."""
    return _run(app, arguments or ["--help"], PROGRAM)


def main_of_scheduler(arguments: list[str]) -> int:
    """As `main`, of the one command that the scheduler has."""
    return _run(apart, arguments, APART)


def _run(commands: typer.Typer, arguments: list[str], program: str) -> int:
    _speak_to_any_terminal()
    command = typer.main.get_command(commands)
    try:
        return command.main(arguments, program, standalone_mode=False) or 0
    except Refusal as refusal:
        return _complain(Sentence(refusal.text, refusal.arguments), FAILED)
    except WrongSettingsError as wrong:
        typer.echo("\n".join(wrong.sentences()), err=True)
        return MISUSED
    except typer.TyperException as misuse:
        return _complain(_misuse(misuse), MISUSED)


def _misuse(misuse: typer.TyperException) -> Sentence:
    """Typer's complaint in the person's language."""
    if option := getattr(misuse, "option_name", ""):
        return sentence("cli-wrong-option", option=option)
    parameter = getattr(misuse, "param", None)
    if parameter is None:
        return sentence("cli-wrong-words", words=misuse.message)
    if misuse.message:
        return sentence("cli-wrong-value", name=parameter.display_name_raw)
    return sentence("cli-missing-value", name=parameter.display_name_raw)


def _say(said: Sentence) -> None:
    typer.echo(said.said(texts_in(language())))


def _complain(about: Sentence, code: int) -> int:
    typer.echo(about.said(texts_in(language())), err=True)
    return code


def _speak_to_any_terminal() -> None:
    """A terminal that knows no ✓ gets a question mark, not a crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
