"""Letters and answers together, in real time, against a sandbox as strict as Telegram."""

import asyncio
import time
from collections import defaultdict, deque
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sandbox import Limits
from sandbox.acts import perform
from sandbox.world import Person, World
from tests.faults.letters import KINDS, Post, post_office
from tests.support.ports import free_port

BOT = ("-m", "bot", "run")
ASKERS, FIRST_ASKER = 50, 9_000_001
ASKED_PER_SECOND = 5


@dataclass
class Heard:
    """What the sandbox saw: when messages came, how long answers took, what was refused."""

    sent: list[float] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)
    refused: int = 0
    asked_at: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    @property
    def per_second(self) -> float:
        """From the first message to the last, without the second in which it all began."""
        steady = [at for at in self.sent if at >= self.sent[0] + 1]
        return (len(steady) - 1) / (steady[-1] - steady[0]) if len(steady) > 1 else 0.0

    def listen(self, world: World) -> None:
        keep = world.journal.add_request

        def add_request(**request: object) -> None:
            keep(**request)
            self._note(str(request["method"]), request["chat_id"], bool(request["ok"]))

        world.journal.add_request = add_request

    def _note(self, method: str, chat: object, ok: bool) -> None:
        self.refused += not ok
        if not (method.startswith("send") and ok and isinstance(chat, int)):
            return
        now = time.perf_counter()
        self.sent.append(now)
        if self.asked_at[chat]:
            self.delays.append(now - self.asked_at[chat].popleft())


async def together(folder: Path, people: int) -> Heard:
    """Four letters to everybody, and five answers a second while they leave."""
    heard = Heard()
    async with post_office(folder, people, limits=Limits()) as post:
        world = post.sandbox.world
        for number in range(ASKERS):
            world.add_person(Person(FIRST_ASKER + number, "A", language="ru")).started = True
        bot = post.begin(BOT, SCHEDULER="inside", HTTP_PORT=str(free_port()))
        await _begun(post)
        heard.listen(world)
        asking = asyncio.create_task(_ask(world, heard))
        await post.all_gone()
        asking.cancel()
        with suppress(asyncio.CancelledError):
            await asking
        bot.terminate()
        await bot.wait()
    heard.delays.sort()
    return heard


async def _begun(post: Post) -> None:
    """Until the first letters have left."""
    while post.waiting == post.people * len(KINDS):  # noqa: ASYNC110 (another process's doing)
        await asyncio.sleep(0.01)


async def _ask(world: World, heard: Heard) -> None:
    began, asked = time.perf_counter(), 0
    while True:
        person = FIRST_ASKER + asked % ASKERS
        heard.asked_at[person].append(time.perf_counter())
        perform(world, {"person": person, "chat": person, "type": "text", "text": "/help"})
        asked += 1
        wait = began + asked / ASKED_PER_SECOND - time.perf_counter()
        await asyncio.sleep(max(0.0, wait))
