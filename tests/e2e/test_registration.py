"""Registration as a person presses it."""

import re


async def test_three_taps_and_telegrams_own_prompt_bring_the_points(newcomer, clinic):
    maria = await newcomer("Мария")

    await maria.start()
    await maria.presses("Даю согласие")
    await maria.presses("📱 Отправить номер")

    await maria.sees(re.compile("Готово.*1 000 баллов"))
    assert {"Баллы", "Клиника"} <= set(await maria.keyboard())


async def test_all_questions_answered(newcomer):
    maria = await newcomer("Мария", birthdate={"day": 5, "month": 3, "year": 1980})
    await maria.start()
    await maria.presses("Даю согласие")
    await maria.presses("📱 Отправить номер")
    await maria.presses("Мария — верно")
    await maria.presses("Из профиля: 5 марта 1980")
    await maria.presses("Да, присылайте")

    await maria.says("/privacy")
    await maria.sees(re.compile("5 марта 1980"))
