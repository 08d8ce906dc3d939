"""Runs every benchmark and prints one table."""

import asyncio
import gc
import os
import subprocess
import sys
import time

from benchmarks.bench import HOUSE, bench, cores, median, quantile

PAIRS = 3
UPDATES = 4000
RATE, SECONDS = 300, 20


async def balance_against_stock() -> None:
    """The durable path against stock aiogram, in turn, so that the machine's mood hits all."""
    async with bench() as bot:
        same = await bot.answer()
    bots = {
        "molar": None,
        "stock, the same message": same,
        "stock, eighteen letters": {"text": "У вас 1 000 баллов", "buttons": None},
    }
    speeds: dict[str, list[float]] = {name: [] for name in bots}
    for _ in range(PAIRS):
        for name, constant in bots.items():
            async with bench(constant) as bot:
                await bot.throughput(500)  # warm
                speeds[name].append(await bot.throughput(UPDATES))
    for name, measured in speeds.items():
        row(f"/balance: {name}", [f"{speed:.0f}/s" for speed in measured])
    for floor in list(bots)[1:]:
        ratios = [m / s for m, s in zip(speeds["molar"], speeds[floor], strict=True)]
        figures = [f"median {median(ratios):.2f}", *(f"{ratio:.2f}" for ratio in ratios)]
        row(f"ratio to {floor} (>= 0.8)", figures)


async def delays() -> None:
    async with bench() as bot:
        await bot.throughput(500)
        values = await bot.delays(RATE, SECONDS)
        shares = {"p50": 0.5, "p99": 0.99, "p99.9": 0.999}
        found = [f"{name} {quantile(values, s) * 1000:.1f} ms" for name, s in shares.items()]
        row(f"delay at {RATE}/s (p99 <= 30 ms)", found)
        row("resident memory", [f"{bot.resident():.0f} MiB"])


async def first_poll() -> None:
    found = []
    for _ in range(PAIRS):
        began = time.perf_counter()
        async with bench() as bot:
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
    row("--help (< 1 s)", [f"{seconds:.2f} s" for seconds in found])


def row(name: str, figures: list[str]) -> None:
    print(f"{name:44} {'  '.join(figures)}", flush=True)


async def main() -> None:
    os.sched_setaffinity(0, {cores()[0]})
    gc.freeze()  # a collection here would count as a delay there
    gc.disable()
    await balance_against_stock()
    await delays()
    await first_poll()
    help_()


asyncio.run(main())
