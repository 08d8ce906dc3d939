"""A clinic with letters that are due, no bot beside them, and what became of each letter."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import FileClock
from bot.sandbox import bot_environment
from db.migrate import upgrade
from db.store import Store
from loyalty import registration, undelivered
from loyalty.branches import Branch
from loyalty.desk import drafting, recording
from loyalty.desk.drafting import Wanted
from loyalty.ports import Transaction
from loyalty.team import Member, Standing
from sandbox import Limits, Sandbox
from sandbox.clinic import ANNA_ID, STAFF_CHAT_ID
from sandbox.world import Person
from screens.callbacks.rating import RatePress
from screens.texts import texts_in
from tests.support.databases import clinic_database
from tests.support.processes import UNLIMITED, Forked, fork
from tests.support.second import Second, second

ZONE = ZoneInfo("Europe/Moscow")
FIRST = 7_000_001
RATED_AFTER = timedelta(hours=3, minutes=1)
MUST_ARRIVE = ("receipt", "account-confirmed", "account-moved")
NEVER_TWICE = ("rating",)
KINDS = (*MUST_ARRIVE, *NEVER_TWICE)  # one of each to everybody
UNSENT = "state IN ('pending', 'claimed', 'sending')"
SCHEDULER = ("-m", "scheduler")
PATIENCE = 60.0


@dataclass
class Post:
    """The clinic's letters, and the Telegram that they go to."""

    folder: Path
    sandbox: Sandbox
    address: str
    url: str
    store: Store
    second: Second
    people: int
    limited: bool
    visits: dict[int, int] = field(default_factory=dict)  # of each person, the number
    schedulers: int = 0

    def begin(self, launcher: tuple[str, ...] = SCHEDULER, **settings: str) -> Forked:
        """A scheduler in a process of its own, or what `launcher` says."""
        self.schedulers += 1
        log = self.folder / f"scheduler-{self.schedulers}.log"
        environment = {
            **bot_environment(self.folder, self.address, texts_in("ru")),
            "DATABASE_URL": self.url,
            "SCHEDULER": "separate",
            "LOG_FORMAT": "json",
            "LOG_LEVEL": "INFO",
            **({} if self.limited else {UNLIMITED: "yes"}),
            **settings,
        }
        return fork(launcher, self.folder, environment, log)

    @property
    def logs(self) -> str:
        return "".join(log.read_text("utf-8") for log in self.folder.glob("scheduler-*.log"))

    @property
    def asked(self) -> int:
        """Requests to send a message so far."""
        return self.sandbox.world.journal.requested

    @property
    def waiting(self) -> int:
        return int(self.second.rows(f"SELECT count(*) FROM outbox WHERE {UNSENT}{_OURS}")[0][0])

    async def all_gone(self) -> None:
        async with asyncio.timeout(PATIENCE * 10):
            while self.waiting:
                await asyncio.sleep(0.1)

    def block(self, share: int) -> set[int]:
        """Every `share`-th person blocks the bot."""
        chosen = set(range(FIRST, FIRST + self.people, share))
        for person in chosen:
            self.sandbox.world.chats[person].blocked = True
        return chosen


_OURS = f" AND kind IN {KINDS}"


@asynccontextmanager
async def post_office(
    folder: Path, people: int, *, limits: Limits | None = None
) -> AsyncIterator[Post]:
    """Everybody has been to the clinic today; their letters are due."""
    clock_file = folder / "clock"
    sandbox = Sandbox(clock_file=clock_file, limits=limits)
    sandbox.world.clock.add(_until_eleven())
    for number in range(people):
        chat = sandbox.world.add_person(Person(FIRST + number, f"P{number}", language="ru"))
        chat.started = True
    async with sandbox.running() as address:
        with clinic_database(folder) as url:
            await asyncio.to_thread(upgrade, url)
            store, behind = Store(url, FileClock(clock_file), ZONE), second(url)
            post = Post(folder, sandbox, address, url, store, behind, people, limits is not None)
            try:
                await _fill(post)
                yield post
            finally:
                behind.close()
                await store.close()


def _until_eleven() -> float:
    """Seconds to eleven in the morning of the next Tuesday, when every class is awake."""
    now = datetime.now(UTC).astimezone(ZONE)
    day = now + timedelta(days=(1 - now.weekday()) % 7 or 7)
    return (day.replace(hour=11, minute=0) - now).total_seconds()


async def _fill(post: Post) -> None:
    member = await post.store.change(_open)
    for number in range(post.people):
        post.visits[FIRST + number] = await post.store.change(_has_letters, FIRST + number, member)
    post.sandbox.world.clock.add(RATED_AFTER.total_seconds())
    # In no order of rank: deaths are to meet every kind.
    at_once = "SELECT min(not_before) FROM outbox"
    post.second.execute(f"UPDATE outbox SET rank = 0, not_before = ({at_once}) WHERE {UNSENT}")


def _open(tx: Transaction) -> Member:
    branch = tx.branches.add_branch(
        Branch(0, "Ленина", STAFF_CHAT_ID, ZONE.key, "ООО «Улыбка»", "+7 843 000-00-00")
    )
    return tx.branches.add_member(Member(0, branch.id, ANNA_ID, "Анна", Standing.STAFF))


def _has_letters(tx: Transaction, telegram: int, anna: Member) -> int:
    """Returns the number of a visit, which brings a receipt and a question."""
    phone = f"+7913{telegram:07}"
    registration.consent(tx, telegram)
    account = registration.prove_phone(tx, telegram, phone, ()).account
    for kind in ("account-confirmed", "account-moved"):
        tx.outbox.put(f"{kind}:{telegram}", kind, account.id)
    wanted = Wanted([(_bill(telegram), None, None)], points=0)
    source = f"line:{telegram}"
    draft = drafting.open_draft(tx, anna, "Анна", source=source, who=phone, wanted=wanted)
    recording.record(tx, anna, "Анна", draft.id, draft.revision)
    return draft.id


def _bill(telegram: int) -> int:
    return (1_000 + telegram - FIRST) * 100


@asynccontextmanager
async def faster(post: Post, times: int) -> AsyncIterator[None]:
    """The clinic's clock, by which its limits and pauses go, runs so many times as fast."""

    async def wind() -> None:
        while True:
            await asyncio.sleep(0.05)
            post.sandbox.world.clock.add(0.05 * (times - 1))

    winding = asyncio.create_task(wind())
    try:
        yield
    finally:
        winding.cancel()
        with suppress(asyncio.CancelledError):
            await winding


# --- what became of them ---------------------------------------------------------------------

SAYS = {
    "receipt": "Начислен",
    "account-moved": "подключили в другом Telegram",
    "account-confirmed": "подтвердили ваш новый Telegram",
}


def arrived(post: Post, person: int) -> Counter[str]:
    """How often each kind stands in this chat."""
    found: Counter[str] = Counter()
    stars = RatePress(visit=post.visits[person], stars=5).pack()
    for message in post.sandbox.world.chats[person].messages.values():
        text = str(message.wire.get("text", ""))
        if stars in str(message.wire.get("reply_markup", "")):
            found["rating"] += 1
        for kind, words in SAYS.items():
            found[kind] += words in text
    return found


async def verdict(post: Post, blocked: set[int]) -> list[dict[str, Any]]:
    """A row for each kind. A letter is missing where it stands in no chat and in no list either."""
    shown = await _shown(post)
    accounts = dict(
        post.second.rows("SELECT telegram_id, id FROM accounts WHERE telegram_id IS NOT NULL")
    )
    counts = {person: arrived(post, person) for person in post.visits}
    rows = []
    for kind in KINDS:
        times = Counter(counts[person][kind] for person in counts if person not in blocked)
        nowhere = [p for p in counts if p not in blocked and not counts[p][kind]]
        unseen = [p for p in counts if not counts[p][kind] and (accounts[p], kind) not in shown]
        rows.append(
            {
                "kind": kind,
                "letters": post.people,
                "blocked": len(blocked),
                "once": times[1],
                "twice or more": sum(times.values()) - times[0] - times[1],
                "not in the chat": len(nowhere),
                "of them nowhere to be seen": len(unseen),
            }
        )
    return rows


async def _shown(post: Post) -> set[tuple[int | None, str]]:
    """What the owner's list has, page by page."""
    found, skip = set[tuple[int | None, str]](), 0
    while True:
        page = await post.store.ask(undelivered.page, skip)
        found |= {(one.letter.account, one.letter.kind) for one in page.letters}
        if not page.more:
            return found
        skip += len(page.letters)
