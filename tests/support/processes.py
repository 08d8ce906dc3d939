"""Bots as processes that needn't import everything anew: most of a start is aiogram's models.

A server of forks, started once, has imported the bot and has run nothing of it. What it forks is
a process as any other: a session, a folder, an environment and an output of its own.
"""

import asyncio
import multiprocessing
import os
import runpy
import signal
import sys
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from bot import pace

PRELOADED = ["bot.main", "bot.apart", "tests.support.processes"]
UNLIMITED = "MOLAR_UNLIMITED"  # in a bot's environment: its Telegram limits nothing in a chat

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(PRELOADED)


class Forked:
    """What asyncio's own subprocess offers, as far as tests ask for it."""

    def __init__(self, process: ForkServerProcess) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def send_signal(self, number: signal.Signals) -> None:
        if self.returncode is None:  # else its number may be somebody else's
            os.kill(self.pid, number)

    async def wait(self) -> int:
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        sentinel = os.dup(self._process.sentinel)  # several may wait
        loop.add_reader(sentinel, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(sentinel)
            os.close(sentinel)
        self._process.join()
        return self.returncode


def fork(launcher: tuple[str, ...], folder: Path, environment: dict[str, str], log: Path) -> Forked:
    """Runs `python LAUNCHER` there, which is `-m module …` or `file …`."""
    process = _forks.Process(target=_live, args=(launcher, folder, environment, log), daemon=True)
    process.start()
    return Forked(process)


def _live(launcher: tuple[str, ...], folder: Path, environment: dict[str, str], log: Path) -> None:
    os.setsid()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    output = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(output, stream.fileno())
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if UNLIMITED in environment:
        no_limits()
    what, *words = launcher
    if what == "-m":
        module, *words = words
        sys.argv = [module, *words]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    else:
        sys.argv = [*launcher]
        runpy.run_path(what, run_name="__main__")


def no_limits() -> None:
    """In this process the bot may write as much into one chat as it likes."""
    pace.PRIVATE_BURST = pace.GROUP_MOST = 10**9
