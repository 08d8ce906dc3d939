"""The webhook is looked after: it is held, taken back, or Telegram can't be asked."""

import pytest

from bot.updates.rival import Rival
from bot.updates.webhook import Webhook
from tests.support.core import OWNERS
from tests.support.telegram import LINE_BROKEN, ok

OURS, THEIRS = "https://bot.example.ru/hook", "https://elsewhere.example.ru/"


@pytest.fixture
async def webhook(core) -> Webhook:
    rival = Rival(core.owners.told_of_second_bot)
    webhook = Webhook(core.bot, OURS, "secret", ["message"], rival)
    await webhook.take()
    return webhook


def pointed_at(url: str):
    return ok({"url": url, "has_custom_certificate": False, "pending_update_count": 0})


async def test_a_webhook_of_ours_is_left_alone(core, webhook):
    core.wire.script("getWebhookInfo", pointed_at(OURS))
    await webhook.look()
    assert webhook.held
    assert len(core.wire.asked("setWebhook")) == 1
    assert core.wire.sent == []


@pytest.mark.parametrize("url", ["", THEIRS])
async def test_one_that_is_gone_or_points_elsewhere_is_taken_back_and_told(core, webhook, url):
    core.wire.script("getWebhookInfo", pointed_at(url))
    await webhook.look()
    assert webhook.held
    assert len(core.wire.asked("setWebhook")) == 2
    assert [chat for chat, _ in core.wire.sent] == list(OWNERS)


async def test_a_telegram_that_cannot_be_asked_changes_nothing(core, webhook):
    core.wire.script("getWebhookInfo", LINE_BROKEN)
    await webhook.look()
    assert webhook.held
    assert core.wire.sent == []


async def test_one_that_cannot_be_taken_back_is_no_health(core, webhook):
    core.wire.script("getWebhookInfo", pointed_at(THEIRS), pointed_at(THEIRS))
    core.wire.script("setWebhook", LINE_BROKEN)
    await webhook.look()
    assert not webhook.held
    assert [chat for chat, _ in core.wire.sent] == list(OWNERS)  # the bot is deaf meanwhile
    await webhook.look()
    assert webhook.held
