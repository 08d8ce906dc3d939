"""Runs every benchmark and prints one table."""

import asyncio
import os
import subprocess
import sys
import time

from benchmarks.bench import HOUSE, bench, cores, median, quantile

PAIRS = 3
UPDATES = 4000
RATE, SECONDS = 300, 20


async def balance_against_stock() -> None:
    """The durable path against stock aiogram, in turn, so that the machine's mood hits both."""
    speeds: dict[str, list[float]] = {"stock": [], "molar": []}
    for _ in range(PAIRS):
        for kind, measured in speeds.items():
            async with bench(kind) as bot:
                await bot.throughput(500)  # warm
                measured.append(await bot.throughput(UPDATES))
    ratios = [m / s for m, s in zip(speeds["molar"], speeds["stock"], strict=True)]
    for kind, measured in speeds.items():
        row(f"/balance, {kind}", [f"{speed:.0f}/s" for speed in measured])
    row("ratio, median (wanted: >= 0.8)", [f"{median(ratios):.2f}", *(f"{r:.2f}" for r in ratios)])


async def delays() -> None:
    async with bench("molar") as bot:
        await bot.throughput(500)
        values = await bot.delays(RATE, SECONDS)
        shares = {"p50": 0.5, "p99": 0.99, "p99.9": 0.999}
        found = [f"{name} {quantile(values, s) * 1000:.1f} ms" for name, s in shares.items()]
        row(f"delay at {RATE}/s (wanted: p99 <= 30 ms)", found)
        row("resident memory", [f"{bot.resident():.0f} MiB"])


async def first_poll() -> None:
    found = []
    for _ in range(PAIRS):
        began = time.perf_counter()
        async with bench("molar") as bot:
            requests = bot.sandbox.world.journal.requests(0)
            poll = next(r["at"] for r in requests if r["method"] == "getUpdates")
            found.append(poll - (time.time() - (time.perf_counter() - began)))
    row("seconds to the first poll", [f"{seconds:.2f}" for seconds in found])


def help_() -> None:
    found = []
    for _ in range(PAIRS):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "bot", "--help"], cwd=HOUSE, check=True, stdout=-3)
        found.append(time.perf_counter() - began)
    row("--help (wanted: < 1 s)", [f"{seconds:.2f} s" for seconds in found])


def row(name: str, figures: list[str]) -> None:
    print(f"{name:40} {'  '.join(figures)}", flush=True)


async def main() -> None:
    os.sched_setaffinity(0, {cores()[0]})
    await balance_against_stock()
    await delays()
    await first_poll()
    help_()


asyncio.run(main())
