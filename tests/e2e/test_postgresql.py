"""The same bot on PostgreSQL, by changing DATABASE_URL."""

import pytest

from tests.support.bots import BotProcess, open_clinic

pytestmark = pytest.mark.postgresql


async def test_registration_and_a_restart_on_postgresql(tmp_path, database_on_server):
    async with open_clinic(tmp_path, database=database_on_server) as clinic:
        maria = await clinic.world.add_person("Мария", phone="+79001112233", language="ru")
        await maria.start()
        await maria.presses("Даю согласие")
        await maria.sees("Отправьте номер")
        await clinic.bot.kill()
        await maria.presses("📱 Отправить номер")
        await clinic.bot.start()
        await maria.sees("Готово! У вас 1 000 баллов")

        await maria.presses("Баллы")
        await maria.presses("История")
        await maria.sees("За знакомство · +1 000")
        assert (await clinic.bot.health())["ok"]
        second = BotProcess(tmp_path, clinic.bot.telegram, database_on_server)
        with pytest.raises(AssertionError, match="уже работает бот"):
            await second.start()
        assert second.process.returncode == 1
        assert await clinic.bot.stop() == 0
        assert "error" not in clinic.bot.log.lower()
