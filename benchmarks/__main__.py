"""Runs every benchmark and prints one table."""

import asyncio
import gc
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import closing
from pathlib import Path

from benchmarks import grown, servers
from benchmarks.alerts import star_to_owner, star_to_owner_after_429
from benchmarks.bench import CORES, HOUSE, Constant, bench, median, quantile
from benchmarks.cards import drawings
from benchmarks.delivery import together
from benchmarks.visits import (
    READ_AND_VISIT,
    VISIT,
    recorded_through,
    written_bare,
    written_by_molar,
)
from tests.support import postgres

PAIRS = 3
UPDATES = 4000
WRITTEN = 400
ALERTS = 5
DRAWN = 30
LETTERS_TO = 1250  # people, four letters to each
SHARES = {"p50": 0.5, "p99": 0.99, "longest": 1.0}
ASKED, RECORDED, TURNS = 150, 25, 15
RATE, WINDOW, WINDOWS = 300, 3, 5
DESIGNED = 1000  # what stock aiogram answers a second on the machine of the design
LIMIT = 0.030  # seconds there, of a hundred answers the slowest but one


async def balance_against_stock(same: Constant) -> float:
    """The durable path against stock aiogram, in turn, so that the machine's mood hits all.

    Returns how many updates a second stock aiogram answers with the same message.
    """
    bots = {
        "molar": None,
        "stock, the same message": same,
        "stock, eighteen letters": {"text": "У вас 1 000 баллов", "buttons": None},
    }
    speeds: dict[str, list[float]] = {name: [] for name in bots}
    polls = []
    for _ in range(PAIRS):
        for name, constant in bots.items():
            async with bench(constant) as bot:
                if constant is None:
                    polls.append(bot.first_poll())
                await bot.throughput(500)  # warm
                speeds[name].append(await bot.throughput(UPDATES))
    for name, measured in speeds.items():
        row(f"/balance: {name}", [f"{speed:.0f}/s" for speed in measured])
    for floor in list(bots)[1:]:
        ratios = [m / s for m, s in zip(speeds["molar"], speeds[floor], strict=True)]
        figures = [f"median {median(ratios):.2f}", *(f"{ratio:.2f}" for ratio in ratios)]
        row(f"ratio to {floor} (>= 0.8)", figures)
    row("seconds to the first poll", [f"{seconds:.2f}" for seconds in polls])
    return median(speeds["stock, the same message"])


async def delays(same: Constant, stock_speed: float) -> None:
    """At 300 a second, and at what 300 were if this machine is slower than that of the design.

    Each window in turn with one of stock aiogram's and with bare commits: where a machine has no
    room for 300 a second, or a disk for a flush, its floor shows it.
    """
    slower = max(1.0, DESIGNED / stock_speed)
    flushes: list[float] = []
    async with bench() as bot, bench(same) as stock:
        await bot.throughput(500)
        await stock.throughput(500)
        for rate, limit in ((RATE, LIMIT), (round(RATE / slower), LIMIT * slower)):
            windows: dict[str, list[list[float]]] = {"molar": [], "stock": []}
            for _ in range(WINDOWS):
                flushes += await asyncio.to_thread(commits, bot.folder, 1)
                windows["molar"].append(await bot.delays(rate, WINDOW))
                windows["stock"].append(await stock.delays(rate, WINDOW))
            show_delays(rate, limit, windows)
        row("resident memory", [f"{bot.resident():.0f} MiB"])
    flushes.sort()
    found = [f"{name} {ms(quantile(flushes, share))}" for name, share in SHARES.items()]
    row("a bare commit on this disk, between them", found)


def show_delays(rate: int, limit: float, windows: dict[str, list[list[float]]]) -> None:
    for name, measured in windows.items():
        for share in (0.5, 0.99):
            found = [quantile(values, share) for values in measured]
            wanted = f" (<= {ms(limit)})" if (name, share) == ("molar", 0.99) else ""
            figures = [f"median {ms(median(found))}", *map(ms, found)]
            row(f"delay at {rate}/s: {name}, p{round(share * 100)}{wanted}", figures)


def commits(folder: Path, seconds: float) -> list[float]:
    """Seconds that small flushed commits take, 200 in a second, over bare sqlite3."""
    taken = []
    with closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as bare:
        bare.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL")
        bare.execute("CREATE TABLE IF NOT EXISTS kept (payload TEXT)")
        for _ in range(int(seconds * 200)):
            began = time.perf_counter()
            bare.execute("INSERT INTO kept VALUES (?)", ("x" * 800,))
            taken.append(time.perf_counter() - began)
            time.sleep(0.005)
    return taken


async def visits() -> None:
    """The write alone in turn with its floor, then lines and taps through the whole bot."""
    ratios: dict[tuple[str, str], list[float]] = defaultdict(list)
    for _ in range(PAIRS):
        speeds = {
            name: await asyncio.to_thread(written_by_molar, WRITTEN, desks)
            for name, desks in {"one desk": 1, "eight desks at once": 8}.items()
        }
        row("visits written alone", [f"{name} {speed:.0f}/s" for name, speed in speeds.items()])
        for rows, statements in {"written": VISIT, "read and written": READ_AND_VISIT}.items():
            bare = await asyncio.to_thread(written_bare, WRITTEN, statements)
            for name, speed in speeds.items():
                ratios[name, rows].append(speed / bare)
    for (name, rows), found in ratios.items():
        figures = [f"median {median(found):.2f}", *(f"{ratio:.2f}" for ratio in found)]
        row(f"{name}, to bare sqlite3, the same rows {rows} (>= 0.25)", figures)
    async with bench() as bot:
        row("visits recorded through the bot", [f"{await recorded_through(bot):.0f}/s"])


async def visits_on_a_server() -> None:
    """The same on PostgreSQL, where there is one: eight at once, each on its connection."""
    if not postgres.there():
        row("visits on PostgreSQL", ["no postgresql here: apt-get install postgresql"])
        return
    ratios: dict[str, list[float]] = defaultdict(list)
    with servers.server() as server:
        for _ in range(PAIRS):
            speed = await asyncio.to_thread(servers.written_by_molar, server, WRITTEN)
            row("visits written alone, PostgreSQL", [f"eight at once {speed:.0f}/s"])
            for rows, statements in {"written": VISIT, "read and written": READ_AND_VISIT}.items():
                bare = await asyncio.to_thread(servers.written_bare, server, WRITTEN, statements)
                ratios[rows].append(speed / bare)
    for rows, found in ratios.items():
        figures = [f"median {median(found):.2f}", *(f"{ratio:.2f}" for ratio in found)]
        row(f"eight at once, to bare asyncpg, the same rows {rows} (>= 0.4)", figures)


async def grown_old() -> None:
    """Beside a young wallet and a small base, in turn."""
    with tempfile.TemporaryDirectory(prefix="molar-bench-") as folder:
        for points in grown.SPENDS:
            found = await asyncio.to_thread(grown.balances, Path(folder), points, TURNS, ASKED)
            show_ratios(f"a balance after 10 000 operations, {points}, to 10 (<= 1.2)", found)
        found = await asyncio.to_thread(grown.visits, Path(folder), TURNS, RECORDED)
        show_ratios("a visit beside a million operations, to 4 000 (<= 1.5)", found)


def show_ratios(name: str, found: list[float]) -> None:
    row(name, [f"median {median(found):.2f}", *(f"{ratio:.2f}" for ratio in found)])


async def alerts() -> None:
    """The owner's alert beside other letters, and where Telegram has asked for quiet."""
    async with bench() as bot:
        taken = await star_to_owner(bot, ALERTS)
        row("third star to the owner, 25 letters/s (<= 5 s)", [f"{s:.2f} s" for s in taken])
    async with bench() as bot:
        taken = await star_to_owner_after_429(bot)
        row("the same after a 429 of half a minute (<= 60 s)", [f"{taken:.1f} s"])


async def letters() -> None:
    """Letters and answers share the rate; who waits for an answer feels nothing of it."""
    with tempfile.TemporaryDirectory(prefix="molar-bench-") as folder:
        heard = await together(Path(folder), LETTERS_TO)
    row(
        f"letters and answers together, of 25/s (>= {0.95 * 25:.2f})",
        [f"{heard.per_second:.2f}/s over {len(heard.sent)} messages", f"refused {heard.refused}"],
    )
    found = [f"{name} {ms(quantile(heard.delays, share))}" for name, share in SHARES.items()]
    row("an answer meanwhile, five a second (p99 <= 1 s)", found)


def cards() -> None:
    drawn = drawings(DRAWN)
    found = sorted(card for card, _ in drawn)
    shares = {"median": 0.5, "p90": 0.9}
    figures = [f"{name} {ms(quantile(found, share))}" for name, share in shares.items()]
    row("a patient's card drawn (<= 150 ms)", figures)
    ratios = sorted(card / bare for card, bare in drawn)
    row("the same, to a bare QR as a PNG (<= 4)", [f"median {median(ratios):.2f}"])


def help_() -> None:
    found = []
    for _ in range(PAIRS):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "bot", "--help"], cwd=HOUSE, check=True, stdout=-3)
        found.append(time.perf_counter() - began)
    row("--help (< 1 s)", [f"{seconds:.2f} s" for seconds in found])


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def row(name: str, figures: list[str]) -> None:
    print(f"{name:48} {'  '.join(figures)}", flush=True)


async def main() -> None:
    os.sched_setaffinity(0, {CORES[0]})
    gc.freeze()  # a collection here would count as a delay there
    gc.disable()
    async with bench() as bot:
        same = await bot.answer()
    await delays(same, await balance_against_stock(same))
    await visits()
    await visits_on_a_server()
    await grown_old()
    await alerts()
    await letters()
    cards()
    help_()


asyncio.run(main())
