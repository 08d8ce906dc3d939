"""Why a command can't go on, as sentences for the one who started it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.environment import language
from bot.lock import BOT, AlreadyRunningError
from bot.masking import masked
from loyalty.errors import Refusal
from screens.texts import texts_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sentence import Sentence


class WrongSettingsError(Exception):
    """The settings don't do; `problems` has a sentence for each that is wrong, by its name."""

    def __init__(self, problems: dict[str, Sentence]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems

    def sentences(self) -> list[str]:
        """What to tell the person, in LOCALE's language."""
        texts = texts_in(language())
        return [problem.said(texts) for problem in self.problems.values()]


class SecondBotError(Refusal):
    text = "start-second-bot"


class SchedulerRunningError(Refusal):
    text = "start-scheduler-running"


class NewerDatabaseError(Refusal):
    """A newer Molar has changed the schema."""

    text = "start-newer-database"


class OlderDatabaseError(Refusal):
    """This Molar hasn't brought the schema up to date yet."""

    text = "start-older-database"


class DatabaseUnreachableError(Refusal):
    text = "start-database-unreachable"


@contextmanager
def start_errors() -> Iterator[None]:
    """Turn what keeps a bot or a migration from starting into its sentence."""
    from db.migrate import NewerSchemaError
    from db.presence import TakenError

    try:
        yield
    except AlreadyRunningError as error:
        if error.role == BOT:
            raise SecondBotError from error
        raise SchedulerRunningError from error
    except TakenError as error:
        raise SecondBotError from error
    except NewerSchemaError as error:
        raise NewerDatabaseError(revision=str(error)) from error


@contextmanager
def database_errors() -> Iterator[None]:
    """Turn what a database or its disk complains of into a sentence."""
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        cause = getattr(error, "orig", None) or error
        raise DatabaseUnreachableError(words=masked(str(cause))) from error
