"""Visits recorded: through the whole bot, and the write alone beside bare sqlite3."""

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Coroutine, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.bench import FIRST_PHONE, Bench
from bot.clock import SystemClock
from db.migrate import upgrade
from db.store import Store
from loyalty import registration
from loyalty.branches import Branch
from loyalty.desk import drafting, recording
from loyalty.desk.drafting import Wanted
from loyalty.ports import Transaction
from loyalty.team import Member, Standing
from sandbox.clinic import STAFF_CHAT_ID
from sandbox.world import Message

ZONE = ZoneInfo("Europe/Moscow")
DESKS, EACH = 8, 20
SUM = 10_000_00


# --- the whole bot -----------------------------------------------------------------------------


async def recorded_through(bench: Bench) -> float:
    """Visits a second, a line and a tap each: eight administrators, all they typed at once."""
    desks = bench.people[:DESKS]
    await _connect(bench, desks)
    phones = [f"+{FIRST_PHONE + DESKS + n}" for n in range(DESKS * EACH)]
    began = time.perf_counter()
    await _all(bench, "sendMessage", [_line(desks[n % DESKS], p) for n, p in enumerate(phones)])
    await _all(
        bench, "editMessageText", [_press(desks[n % DESKS], c) for n, c in enumerate(_cards(bench))]
    )
    return len(phones) / (time.perf_counter() - began)


async def _all(bench: Bench, answer: str, acts: list[dict[str, Any]]) -> None:
    bench.answers.expect(len(acts), answer)
    await bench.act(acts)
    await bench.answers.reached.wait()


def _line(desk: int, phone: str) -> dict[str, Any]:
    return {"person": desk, "chat": STAFF_CHAT_ID, "type": "text", "text": f"{phone} 10000 0"}


def _press(desk: int, card: Message) -> dict[str, Any]:
    data = card.wire["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    here = {"person": desk, "chat": STAFF_CHAT_ID}
    return {**here, "type": "press", "message_id": card.id, "data": data}


def _cards(bench: Bench) -> list[Message]:
    messages = bench.sandbox.world.chats[STAFF_CHAT_ID].messages.values()
    return [message for message in messages if message.wire.get("reply_markup")]


async def _connect(bench: Bench, desks: list[int]) -> None:
    for desk in desks:
        await bench.act([{"person": desk, "chat": STAFF_CHAT_ID, "type": "join"}])
    [file] = bench.folder.glob("*.db")
    store = Store(f"sqlite:///{file}", SystemClock(), ZONE)
    branch = await store.change(_branch, STAFF_CHAT_ID)
    for desk in desks:
        await store.change(_member, branch, desk)
    await store.close()


# --- the write alone ---------------------------------------------------------------------------


def written_by_molar(visits: int, desks: int = 1) -> float:
    """Visits a second by the use case; so many desks at once, each one visit after another."""
    with tempfile.TemporaryDirectory(prefix="molar-bench-") as folder:
        url = f"sqlite+aiosqlite:///{folder}/molar.db"
        upgrade(url)
        return asyncio.run(visits_of_molar(url, visits, desks))


async def visits_of_molar(url: str, visits: int, desks: int) -> float:
    """Visits a second, in a database with all tables and nothing in them."""
    store = Store(url, SystemClock(), ZONE)
    anna = await opened_branch(store, -1)
    drafts = [await _draft(store, anna, n) for n in range(visits)]
    shares = [_record(store, anna, drafts[desk::desks]) for desk in range(desks)]
    speed = await per_second(visits, shares)
    await store.close()
    return speed


async def per_second(visits: int, shares: Sequence[Coroutine[Any, Any, None]]) -> float:
    """How fast so many visits are written by these, side by side."""
    began = time.perf_counter()
    await asyncio.gather(*shares)
    return visits / (time.perf_counter() - began)


async def _record(store: Store, anna: Member, drafts: Sequence[tuple[int, int]]) -> None:
    for draft, revision in drafts:
        await store.change(recording.record, anna, "Анна", draft, revision)


async def opened_branch(store: Store, chat: int) -> Member:
    """Who records at a new branch."""
    branch = await store.change(_branch, chat)
    return await store.change(_member, branch, 5)


async def _draft(store: Store, anna: Member, n: int) -> tuple[int, int]:
    phone = f"+{FIRST_PHONE + n}"
    await store.change(registration.consent, 1000 + n)
    await store.change(registration.prove_phone, 1000 + n, phone)
    wanted = Wanted([(SUM, None, None)], points=0)
    draft = await store.change(
        drafting.open_draft, anna, "Анна", source=f"line:{n}", who=phone, wanted=wanted
    )
    return draft.id, draft.revision


def _branch(tx: Transaction, chat: int) -> Branch:
    return tx.branches.add_branch(Branch(0, "Ленина", chat, str(ZONE), "ООО «Улыбка»", "+7"))


def _member(tx: Transaction, branch: Branch, telegram: int) -> Member:
    return tx.branches.add_member(Member(0, branch.id, telegram, "Анна", Standing.STAFF))


# The floor: the rows that one visit writes, over the bare driver, nothing checked; `READ` are those
# that it can't be counted without. Both databases understand them.
MOMENT = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
BRANCH = """
INSERT INTO branches (id, name, zone, legal, phone, opens, closes, opened_at)
     VALUES (1, 'Л', 'UTC', 'O', '+7', '09:00', '20:00', :at)
"""
BEFORE = """
INSERT INTO wallets (id, opened_at) VALUES (:n, :at);
INSERT INTO patients (id, wallet_id, source, recorded_at) VALUES (:n, :n, 'bot', :at);
INSERT INTO accounts (id, telegram_id, wallet_id, met_at) VALUES (:n, :n, :n, :at);
INSERT INTO drafts (id, source, branch_id, state, revision, author_id, author_name, patient_id,
                    found_by, kind, day, parts, created_at)
     VALUES (:n, :n, 1, 'open', 0, 5, 'A', :n, 'phone', 'attendance', '2026-11-22', '[]', :at)
"""
READ = """
SELECT * FROM branches WHERE id = 1;
SELECT * FROM drafts WHERE id = :n;
SELECT * FROM patients WHERE id = :n;
SELECT * FROM wallets WHERE id = :n;
SELECT * FROM lots JOIN operations ON operations.id = operation_id WHERE wallet_id = :n;
SELECT * FROM accounts WHERE wallet_id = :n
"""
VISIT = f"""
INSERT INTO operations (id, key, kind, given, at)
     VALUES (:n, 'visit:' || :n, 'visit', '{"0" * 64}', :at);
UPDATE wallets SET balance = balance + 500 WHERE id = :n;
INSERT INTO entries (id, operation_id, wallet_id, points) VALUES (:n, :n, :n, 500);
INSERT INTO lots (id, operation_id, wallet_id, reason, amount, remaining, ends_at)
     VALUES (:n, :n, :n, 'cashback', 500, 0, :at);
INSERT INTO allocations (entry_id, lot_id, points) VALUES (:n, :n, 500);
UPDATE wallets SET cash_paid = 1000000 WHERE id = :n;
INSERT INTO visits (id, branch_id, patient_id, wallet_id, kind, found_by, day, bill, excluded,
                    points, cash, earned, reward, rate, balance_before, balance_after, legal,
                    recorded_by, recorded_name, recorded_at)
     VALUES (:n, 1, :n, :n, 'attendance', 'phone', '2026-11-22', 1000000, 0,
             0, 1000000, 500, 500, 500, 0, 500, 'O', 5, 'A', :at);
INSERT INTO visit_parts (visit_id, n, sum, excluded, points) VALUES (:n, 0, 1000000, false, 0);
UPDATE drafts SET state = 'recorded' WHERE id = :n;
INSERT INTO outbox (key, kind, account_id, arguments, not_before, created_at)
     VALUES ('receipt:' || :n, 'receipt', :n, '{{}}', :at, :at);
INSERT INTO outbox (key, kind, rank, account_id, arguments, not_before, expires_at, created_at)
     VALUES ('rating:' || :n, 'rating', 4, :n, '{{}}', :at, :at, :at)
"""
READ_AND_VISIT = f"{READ};{VISIT}"


def written_bare(visits: int, visit: str = VISIT) -> float:
    """The same rows a second, each visit in a flushed transaction of its own."""
    with tempfile.TemporaryDirectory(prefix="molar-bench-") as folder:
        file = Path(folder) / "molar.db"
        upgrade(f"sqlite+aiosqlite:///{file}")
        with closing(sqlite3.connect(file, isolation_level=None)) as bare:
            return _written_bare(bare, visits, visit)


def _written_bare(bare: sqlite3.Connection, visits: int, visit: str) -> float:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        bare.execute(f"PRAGMA {pragma}")
    bare.execute(BRANCH, {"at": MOMENT})
    for n in range(1, visits + 1):
        _run(bare, BEFORE, n)
    began = time.perf_counter()
    for n in range(1, visits + 1):
        _run(bare, visit, n)
    return visits / (time.perf_counter() - began)


def _run(bare: sqlite3.Connection, statements: str, n: int) -> None:
    bare.execute("BEGIN IMMEDIATE")
    for statement in statements.split(";"):
        bare.execute(statement, {"n": n, "at": MOMENT}).fetchall()
    bare.execute("COMMIT")
