"""A bot under load: which one, how loaded, and what it took."""

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from bot.sandbox import bot_environment
from loyalty.registration import CONSENT_VERSION
from sandbox import Sandbox
from screens.callbacks import ConsentPress, ConsentStep
from screens.texts import texts_in

HOUSE = Path(__file__).resolve().parent.parent
PEOPLE = 200
FIRST_PHONE = 79_000_000_000

# As found at the start: the benchmark then keeps to the first of them, and this would say so.
CORES = sorted(os.sched_getaffinity(0))

AGREES = ConsentPress(step=ConsentStep.GIVE, version=CONSENT_VERSION)
MOLAR, STOCK = ("-m", "benchmarks.unlimited"), ("-m", "benchmarks.stock")

# What a stock bot says: a text and its buttons, as the chat page has them.
Constant = dict[str, Any]


@dataclass
class Answers:
    """Requests of the bot as they come in: their moments, by chat."""

    count: int = 0
    wanted: int = 0
    method: str = "sendMessage"
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    asked_at: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    delays: list[float] = field(default_factory=list)

    def note(self, method: str, chat: object) -> None:
        if method != self.method or not isinstance(chat, int):
            return
        self.count += 1
        if self.asked_at[chat]:
            self.delays.append(time.perf_counter() - self.asked_at[chat].popleft())
        if self.count >= self.wanted:
            self.reached.set()

    def expect(self, more: int, method: str = "sendMessage") -> None:
        self.wanted, self.method = self.count + more, method
        self.reached.clear()


class Bench:
    """A sandbox in this process on one core, a bot in its own on the other."""

    def __init__(self, folder: Path, constant: Constant | None) -> None:
        self.constant = constant
        self.folder = folder
        self.sandbox = Sandbox(limits=None)
        self.answers = Answers()
        self.people: list[int] = []
        self.process: asyncio.subprocess.Process | None = None
        self.began = 0.0
        self._listen()

    def _listen(self) -> None:
        journal = self.sandbox.world.journal
        keep = journal.add_request

        def add_request(**request: object) -> None:
            keep(**request)
            self.answers.note(str(request["method"]), request["chat_id"])

        journal.add_request = add_request

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Bench"]:
        async with self.sandbox.running() as self.address, ClientSession(self.address) as self.page:
            self.began = time.time()
            await self._start()
            try:
                await self._people_come()
                yield self
            finally:
                self.process.terminate()
                await self.process.wait()

    async def _start(self) -> None:
        with (self.folder / "log").open("wb") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, *(STOCK if self.constant else MOLAR)),
                cwd=self.folder,
                env={
                    **bot_environment(self.folder, self.address, texts_in("ru")),
                    "CONSTANT": json.dumps(self.constant),
                },
                stdout=log,
                stderr=log,
            )
        os.sched_setaffinity(self.process.pid, {CORES[-1]})

    def first_poll(self) -> float:
        """Seconds from the start to the first question for updates."""
        requests = self.sandbox.world.journal.requests(0)
        polled = next(float(r["at"]) for r in requests if r["method"] == "getUpdates")
        return polled - self.began

    async def _people_come(self) -> None:
        for number in range(PEOPLE):
            profile = {"first_name": f"P{number}", "phone": f"+{FIRST_PHONE + number}"}
            async with self.page.post("/api/people", json=profile) as answer:
                self.people.append((await answer.json())["id"])
        if self.constant:
            await self.all_do({"type": "start"}, answers=0)
        else:
            await self.all_do({"type": "start"}, answers=1)
            await self._press_consent()
            await self.all_do({"type": "contact", "kind": "own"}, answers=2)

    async def _press_consent(self) -> None:
        self.answers.expect(len(self.people))
        acts = []
        for person in self.people:
            message = list(self.sandbox.world.chats[person].messages.values())[-1]
            press = {"type": "press", "message_id": message.id, "data": AGREES.pack()}
            acts.append({"person": person, "chat": person, **press})
        await self.act(acts)
        await self.answers.reached.wait()

    async def all_do(self, act: dict[str, Any], answers: int) -> None:
        self.answers.expect(answers * len(self.people))
        await self.act([{"person": p, "chat": p, **act} for p in self.people])
        if answers:
            await self.answers.reached.wait()

    async def act(self, acts: list[dict[str, Any]]) -> None:
        async with self.page.post("/api/act_many", json={"acts": acts}) as answer:
            outcome = await answer.json()
        wrong = [o for o in outcome["results"] if not o["ok"]]
        assert not wrong, wrong[0]

    def ask(self, number: int) -> dict[str, Any]:
        person = self.people[number % len(self.people)]
        return {"person": person, "chat": person, "type": "text", "text": "/balance"}

    async def throughput(self, updates: int) -> float:
        """Updates a second, all of them waiting at the beginning."""
        self.answers.expect(updates)
        acts = [self.ask(number) for number in range(updates)]
        began = time.perf_counter()
        await self.act(acts)
        await self.answers.reached.wait()
        return updates / (time.perf_counter() - began)

    async def delays(self, per_second: int, seconds: int) -> list[float]:
        """Seconds from each press to its answer, the presses coming evenly."""
        self.answers.delays.clear()
        updates = per_second * seconds
        self.answers.expect(updates)
        began = time.perf_counter()
        for number in range(updates):
            await asyncio.sleep(max(0.0, began + number / per_second - time.perf_counter()))
            act = self.ask(number)
            self.answers.asked_at[act["chat"]].append(time.perf_counter())
            await self.act([act])
        await self.answers.reached.wait()
        return sorted(self.answers.delays)

    async def answer(self) -> Constant:
        """What the bot says to /balance."""
        self.answers.expect(1)
        await self.act([self.ask(0)])
        await self.answers.reached.wait()
        person = self.people[0]
        async with self.page.get(f"/api/chat?chat={person}&person={person}") as answer:
            message = (await answer.json())["messages"][-1]
        return {"text": message["text"], "buttons": message["buttons"]}

    def resident(self) -> float:
        """MiB of memory the bot holds now."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024


@asynccontextmanager
async def bench(constant: Constant | None = None) -> AsyncIterator[Bench]:
    """Molar, or a stock bot that answers this constant."""
    with tempfile.TemporaryDirectory(prefix="molar-bench-") as folder:
        async with Bench(Path(folder), constant).running() as running:
            yield running


def quantile(sorted_values: list[float], share: float) -> float:
    return sorted_values[min(len(sorted_values) - 1, int(share * len(sorted_values)))]


def median(values: list[float]) -> float:
    return statistics.median(values)
