"""`python -m tests.support.newcomers URL TELEGRAM…`: these people prove their phones, one by one.

Who has pressed a link has done so before; run twice at once, each is proved twice.
"""

import asyncio
import sys
from zoneinfo import ZoneInfo

from db.store import Store
from loyalty import registration
from tests.support.clock import TestClock


def phone_of(telegram: int) -> str:
    return f"+7913{telegram:07}"


async def register(url: str, people: list[int]) -> None:
    store = Store(url, TestClock(), ZoneInfo("Europe/Moscow"))
    for telegram in people:
        await store.change(registration.consent, telegram)
        await store.change(registration.prove_phone, telegram, phone_of(telegram), ())
    await store.close()


if __name__ == "__main__":
    asyncio.run(register(sys.argv[1], [int(one) for one in sys.argv[2:]]))
