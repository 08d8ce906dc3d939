"""The same conversations when Telegram brings the updates itself."""

from aiohttp import ClientSession

from tests.support.bots import SECRET, open_clinic


async def test_by_webhook_too(tmp_path):
    async with open_clinic(tmp_path, webhook=True) as clinic:
        maria = await clinic.world.add_person("Мария", phone="+79001112233", language="ru")
        await maria.start()
        await maria.presses("Даю согласие")
        await maria.presses("📱 Отправить номер")
        await maria.sees("Готово! У вас 1 000 баллов")
        await maria.presses("Баллы")
        await maria.sees("Баллы сохранятся до")

        before = clinic.bot.rows("SELECT count(*) FROM inbox")
        forged = {"update_id": 1, "message": {"text": "/start"}}
        async with ClientSession() as stranger:
            for secret in ({}, {"X-Telegram-Bot-Api-Secret-Token": SECRET + "x"}):
                hook = f"http://127.0.0.1:{clinic.bot.port}/telegram"
                async with stranger.post(hook, json=forged, headers=secret) as answer:
                    assert answer.status == 403
        assert clinic.bot.rows("SELECT count(*) FROM inbox") == before
        health = await clinic.bot.health()
        assert health["ok"]
        assert health["seconds_since_poll"] is None
        assert await clinic.bot.stop() == 0


async def test_polling_after_a_webhook_takes_the_webhook_away(tmp_path):
    async with open_clinic(tmp_path, webhook=True) as clinic:
        await clinic.bot.stop()
        maria = await clinic.world.add_person("Мария", phone="+79001112233", language="ru")
        await maria.start()  # while nobody listens
        clinic.bot.webhook = False
        await clinic.bot.start()

        await maria.sees("Здравствуйте!")
