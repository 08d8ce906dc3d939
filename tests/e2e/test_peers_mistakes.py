"""Mistakes that were seen in running peers (design: Mistakes the peers make): those of points that
come by pressing and typing. The bot is the real one; a second connection says what came of it.
"""

import asyncio
import re
from typing import Any

import pytest

from tests.e2e.desk import Desk, pressed, shown
from tests.e2e.people import Message, Person
from tests.e2e.test_registration import consents
from tests.faults.scene import calm
from tests.support.bots import Clinic
from tests.support.phones import fresh_phone

WELCOME = 1000


def visits(clinic: Clinic, phone: str) -> list[tuple[Any, ...]]:
    """Bill in kopecks and points earned of the visits of whoever has this phone."""
    of = f"JOIN patients p ON p.id = v.patient_id WHERE p.phone = '{phone}'"
    return clinic.bot.rows(f"SELECT v.bill, v.earned FROM visits v {of} ORDER BY v.id")


def balance(clinic: Clinic, phone: str) -> int:
    of = f"JOIN patients p ON p.wallet_id = w.id WHERE p.phone = '{phone}'"
    [(points,)] = clinic.bot.rows(f"SELECT w.balance FROM wallets w {of}")
    return points


def record(card: Message) -> str:
    """What the button that records it is called: a sum far above the others is asked about."""
    return next(label for label in card.labels if label.startswith("✅"))


@pytest.fixture
async def phone(registered) -> str:
    """A patient's who has just registered."""
    phone = fresh_phone()
    await registered("Мария", phone=phone)
    return phone


async def test_a_double_tap_does_not_accrue_twice(clinic, connected_branch: Desk, phone):
    anna = connected_branch.anna
    card = await shown(anna, f"{phone} 10000 0", "К оплате")
    data = card.button(record(card))["callback_data"]
    await asyncio.gather(*(anna.presses_button(card.id, data, late=True) for _ in range(2)))
    await anna.sees("В кассу и МИС")
    await calm(clinic)
    assert visits(clinic, phone) == [(10_000_00, 500)]
    assert balance(clinic, phone) == WELCOME + 500


async def test_an_amount_sent_twice_does_not_make_two_visits(clinic, connected_branch: Desk, phone):
    anna = connected_branch.anna
    line = f"{phone} 10000 0"
    card = await shown(anna, line, "К оплате")
    await pressed(anna, card, record(card))
    await anna.sees("В кассу и МИС")
    await shown(anna, line, "Такую же строку")
    await calm(clinic)
    assert visits(clinic, phone) == [(10_000_00, 500)]


@pytest.mark.parametrize("sum_", ["1500,50", "1 500,50", "1500.50"])
async def test_1500_50_is_not_read_as_150050(clinic, connected_branch: Desk, phone, sum_):
    anna = connected_branch.anna
    card = await shown(anna, f"{phone} {sum_} 0", re.compile("1.500,50"))
    await pressed(anna, card, record(card))
    await anna.sees("В кассу и МИС")
    assert visits(clinic, phone) == [(1_500_50, 75)]


@pytest.mark.parametrize("sum_", ["-5000", "−5000", "5000 -300"])
async def test_a_negative_amount_does_not_credit(clinic, connected_branch: Desk, phone, sum_):
    anna = connected_branch.anna
    anna.forgets()
    await anna.says(f"{phone} {sum_}")
    await calm(clinic)
    assert [message for message in anna.heard() if record_button(message)] == []
    assert visits(clinic, phone) == []
    assert balance(clinic, phone) == WELCOME


def record_button(message: Message) -> bool:
    return any(label.startswith("✅") for label in message.labels)


async def test_a_forwarded_contact_card_does_not_take_over_an_account(clinic, newcomer, phone):
    query = (
        "SELECT a.id, a.telegram_id, a.wallet_id FROM accounts a"
        f" JOIN patients p ON p.wallet_id = a.wallet_id WHERE p.phone = '{phone}'"
    )
    before = clinic.bot.rows(query)
    stranger: Person = await newcomer("Вор")
    await consents(stranger)
    await stranger.shares_contact("other", phone=phone, first_name="Мария")
    await stranger.sees("Это не ваш номер")
    assert clinic.bot.rows(query) == before
    assert len(before) == 1
