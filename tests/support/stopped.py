"""The real bot, which dies at one named step: `python -m tests.support.stopped run`.

The step is in MOLAR_DIES, as `before change:record` or `after send:sendMessage`; it is armed once
the file MOLAR_DIES_IF exists, so that whatever comes before the scene passes unharmed.
"""

import os
import runpy
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from bot.session import JsonSession
from bot.updates.closing import Closer
from bot.updates.intake import Intake
from db.store import Store

WHEN, _, STEP = os.environ.get("MOLAR_DIES", "").partition(" ")
ARMED = Path(os.environ.get("MOLAR_DIES_IF", "/nowhere"))

Step = Callable[..., Awaitable[Any]]


def die_at(when: str, step: str) -> None:
    if (when, step) == (WHEN, STEP) and ARMED.exists():
        ARMED.unlink()
        os.kill(os.getpid(), signal.SIGKILL)


def mortal(doing: Step, name: Callable[..., str]) -> Step:
    """The step with a death before and after it."""

    async def watched(*args: Any, **kwargs: Any) -> Any:
        step = name(*args, **kwargs)
        die_at("before", step)
        done = await doing(*args, **kwargs)
        die_at("after", step)
        return done

    return watched


def _sends(_session: JsonSession, _bot: object, method: Any, *_: object, **__: object) -> str:
    return f"send:{method.__api_method__}"


def _changes(_store: Store, use_case: Callable[..., Any], *_: object, **__: object) -> str:
    return f"change:{use_case.__name__}"


def _keeps(_intake: Intake, updates: list[Any]) -> str:
    return "keep" if updates else "poll"


JsonSession.make_request = mortal(JsonSession.make_request, _sends)
Store.change = mortal(Store.change, _changes)
Intake.keep = mortal(Intake.keep, _keeps)
Closer.close = mortal(Closer.close, lambda *_: "close")

if __name__ == "__main__":
    runpy.run_module("bot", run_name="__main__")
