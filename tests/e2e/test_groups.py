"""In a group the bot keeps what is personal to itself."""

from sandbox.clinic import ANNA_ID, OLEG_ID, STAFF_CHAT_ID


async def test_a_command_by_name_is_sent_to_the_private_chat(clinic):
    anna = clinic.world.person(ANNA_ID, STAFF_CHAT_ID)
    await anna.says("/balance@UlybkaMolarBot")

    told = await anna.sees("Откройте личный чат")
    assert told.buttons[0]["url"].startswith("https://t.me/UlybkaMolarBot")


async def test_talk_of_the_staff_is_none_of_the_bots_business(clinic):
    anna = clinic.world.person(ANNA_ID, STAFF_CHAT_ID)
    oleg = clinic.world.person(OLEG_ID, STAFF_CHAT_ID)
    anna.forgets()
    await anna.says("Кто сегодня закрывает?")
    await anna.sends("sticker")
    await oleg.does("anonymous_text", text="/balance")
    await anna.says("/help@UlybkaMolarBot")

    await anna.sees("Откройте личный чат")
    assert len(anna.heard()) == 1


async def test_the_owner_hears_that_the_bot_works_and_may_be_a_patient(clinic):
    oleg = clinic.world.person(OLEG_ID)
    await oleg.start()
    await oleg.sees("вы — руководитель")
    await oleg.presses("Стать пациентом")
    await oleg.sees_button("Даю согласие")
