"""The nightly audit: owners hear of a difference, and of nothing else."""

import asyncio

from sandbox.clinic import OLEG_ID
from tests.support.bots import open_clinic

DAY = 24 * 60 * 60


async def test_an_owner_hears_in_the_morning_of_what_does_not_agree(tmp_path):
    async with open_clinic(tmp_path) as clinic:
        oleg = clinic.world.person(OLEG_ID)
        await oleg.start()
        await oleg.sees("вы — руководитель")
        maria = await clinic.world.add_person("Мария", phone="+79120000001", language="ru")
        await maria.start()
        await maria.presses("Даю согласие")
        await maria.presses("📱 Отправить номер")
        await maria.presses("Мария — верно")
        await clinic.world.clock_add(DAY)
        async with asyncio.timeout(10):
            while "books.compared" not in clinic.bot.log:
                await asyncio.sleep(0.05)
        assert not [m for m in await oleg.chat() if "сверка" in m.text]

        clinic.bot.second.execute("UPDATE wallets SET cash_paid = cash_paid + 1")
        await clinic.world.clock_add(DAY)
        alert = await oleg.sees("Ночная сверка баллов нашла расхождение")
        assert "не сошлась 1 проверка" in alert.text.replace("\u00a0", " ")
        assert "Мария" not in alert.text
