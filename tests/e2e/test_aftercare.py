"""The day after surgery, over the wire: how the patient feels, and who hears of it."""

import re
from collections.abc import AsyncIterator

import pytest

from sandbox.clinic import ANNA_ID, OLEG_ID, STAFF_CHAT_ID
from tests.e2e.desk import connect, join
from tests.e2e.people import Message, Person
from tests.e2e.test_rating import ASKED, DAY, HOUR, noon, presses, still, visited
from tests.support.bots import Clinic, open_clinic

HOW = re.compile("Мария, как самочувствие после визита")
PHONE = "+7 843 000-00-00"


@pytest.fixture(scope="module")
async def clinic(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Clinic]:
    """One of its own: here time passes."""
    async with open_clinic(tmp_path_factory.mktemp("aftercare")) as clinic:
        oleg, here = clinic.world.person(OLEG_ID), clinic.world.person(OLEG_ID, STAFF_CHAT_ID)
        await oleg.start()
        await connect(here, "Ленина")
        await join(clinic.world.person(ANNA_ID, STAFF_CHAT_ID), here)
        yield clinic


@pytest.fixture
def oleg(clinic: Clinic) -> Person:
    oleg = clinic.world.person(OLEG_ID)
    oleg.forgets()
    return oleg


@pytest.fixture
def anna(clinic: Clinic) -> Person:
    return clinic.world.person(ANNA_ID, STAFF_CHAT_ID)


@pytest.fixture
async def maria(registered) -> Person:
    return await registered("Мария")


async def asked(clinic: Clinic, maria: Person, anna: Person) -> Message:
    """Operated on at noon, asked at eleven the next day."""
    await noon(clinic)
    await visited(maria, anna, "10000 0 хирургия")
    maria.forgets()
    await clinic.world.clock_add(22 * HOUR + 50 * 60)
    await still(clinic)
    assert not [m for m in await maria.chat() if ASKED in m.text.lower()]
    await clinic.world.clock_add(12 * 60)
    question = await maria.sees(HOW)
    await still(clinic)  # that it was asked is written down
    return question


async def is_in_hand(oleg: Person, what: str) -> Message:
    alert = await oleg.sees(re.compile(f"^{what} · Ленина.*Мария", re.DOTALL))
    assert alert.labels == ["Беру на себя", "Ответить в чате", "Передать"]
    return alert


def read(message: Message) -> str:
    return message.text.replace("\u00a0", " ")


async def test_who_is_well_rates_the_visit_in_the_same_message(clinic, maria, anna, oleg):
    question = await asked(clinic, maria, anna)
    assert [len(row) for row in question.raw["buttons"]] == [1] * 4
    assert question.labels == ["Всё хорошо", "Есть вопрос", "Болит", "Больше не спрашивать"]
    before = len(await maria.chat())

    await presses(maria, question, "Всё хорошо")
    stars = await maria.sees(re.compile(f"Рады.*{ASKED}", re.DOTALL))
    assert stars.id == question.id
    assert len(stars.labels) == 5
    await clinic.world.clock_add(5)  # to read it
    await presses(maria, stars, "★★★★★ отлично")
    thanks = await maria.sees("нам очень приятно")
    assert thanks.id == question.id
    await clinic.world.clock_add(3 * DAY)
    await still(clinic)
    assert len(await maria.chat()) == before
    assert oleg.heard() == []


async def test_pain_has_the_phone_at_once_and_reaches_the_owner(clinic, maria, anna, oleg):
    question = await asked(clinic, maria, anna)
    await presses(maria, question, "Болит")
    shown = await maria.sees("103")
    assert shown.id == question.id
    assert PHONE in read(shown)
    assert shown.labels == ["Позвоните мне"]
    alert = await is_in_hand(oleg, "Болит")

    await maria.says("Щека опухла с вечера")
    await maria.sees("Передали руководителю")
    words = await oleg.sees(re.compile("^Мария.*Болит.*Щека опухла", re.DOTALL))
    assert words.raw["reply_to"] == alert.id
    oleg.forgets()
    await maria.sends("photo")
    photo = await oleg.sees(re.compile("^Мария.*Болит", re.DOTALL))
    assert photo.kind == "photo"
    await presses(maria, shown, "Позвоните мне")
    await maria.sees("вам позвонят")
    await oleg.sees(re.compile("Просит позвонить.*Мария", re.DOTALL))

    maria.forgets()
    await oleg.says("Приезжайте сейчас, доктор ждёт", reply_to=words.id)
    await maria.sees("доктор ждёт")
    await maria.says("Еду")
    await oleg.sees("Еду")
    await oleg.says("/cases")
    listed = await oleg.sees(re.compile("^Случаи"))
    assert any(label.startswith("○ Болит: ☎ Мария") for label in listed.labels)


async def test_a_question_is_written_in_words_and_answered(clinic, maria, anna, oleg):
    question = await asked(clinic, maria, anna)
    await presses(maria, question, "Есть вопрос")
    shown = await maria.sees("Напишите вопрос прямо здесь")
    assert shown.id == question.id
    assert "в течение суток" in read(shown)
    assert PHONE in read(shown)
    alert = await is_in_hand(oleg, "Вопрос после визита")

    await maria.says("Можно ли греть?")
    await oleg.sees(re.compile("^Мария.*Вопрос после визита.*Можно ли греть", re.DOTALL))
    maria.forgets()
    await clinic.world.clock_add(DAY)
    await still(clinic)
    assert not [m for m in maria.heard() if ASKED in m.text.lower()]  # the clinic hasn't answered
    await presses(oleg, alert, "Беру на себя")
    taken = await oleg.sees("Занимается: Олег")
    await presses(oleg, taken, "Решено")
    await oleg.sees("чем закончилось?")
    await oleg.says("Ответили по телефону")
    solved = await oleg.sees(re.compile("^Вопрос после визита.*Решено: Олег", re.DOTALL))
    assert solved.id == alert.id


async def test_pain_is_heard_from_an_old_button_and_all_is_well_comes_too_late(
    clinic, maria, anna, oleg
):
    question = await asked(clinic, maria, anna)
    await presses(maria, question, "Всё хорошо")
    await maria.sees("Рады")
    old = {label: question.button(label)["callback_data"] for label in question.labels}
    for _ in range(2):
        await maria.presses_button(question.id, old["Болит"], late=True)
    await maria.sees("103")
    await is_in_hand(oleg, "Болит")
    await maria.presses_button(question.id, old["Всё хорошо"], late=True)
    assert "уже передали, что болит" in (await maria.toast()).text
    here = "visit_id = (SELECT max(id) FROM visits)"
    assert clinic.bot.rows(f"SELECT why, stars FROM cases WHERE {here}") == [("pain", None)]
    kinds = "SELECT count(*) FROM outbox WHERE kind IN ('case', 'case-urgent') AND created_at > "
    assert clinic.bot.rows(f"{kinds}(SELECT max(recorded_at) FROM visits)") == [(1,)]


async def test_words_in_place_of_a_tap_are_heard_and_it_is_asked_again(clinic, maria, anna, oleg):
    question = await asked(clinic, maria, anna)
    await maria.says("Немного кровит, это нормально?")
    assert PHONE in read(await maria.sees("Если болит сейчас, звоните"))
    again = await maria.sees(HOW)
    assert again.id != question.id
    alert = await oleg.sees(
        re.compile("^Вопрос после визита.*Мария.*хирургия.*Немного кровит", re.DOTALL)
    )
    assert alert.labels == ["Беру на себя", "Ответить в чате", "Передать"]
    maria.forgets()
    await maria.says("И щека опухла")
    await maria.sees("Спасибо, передали")
    await oleg.sees(re.compile("^Вопрос после визита.*Немного кровит.*щека опухла", re.DOTALL))
    await still(clinic)
    assert not [m for m in maria.heard() if HOW.search(m.text)]  # once more is enough
    await presses(maria, again, "Болит")
    await oleg.sees(re.compile("^Болит.*Немного кровит", re.DOTALL))


async def test_left_alone_it_comes_once_more_as_a_rating_and_then_never(clinic, maria, anna):
    question = await asked(clinic, maria, anna)
    maria.forgets()
    await clinic.world.clock_add(DAY)
    again = await maria.sees(re.compile(ASKED, re.IGNORECASE))
    assert again.id != question.id
    heard = len(await maria.chat())
    await clinic.world.clock_add(3 * DAY)
    await still(clinic)
    assert len(await maria.chat()) == heard


async def test_a_visit_taken_back_is_not_asked_about(clinic, maria, anna):
    await noon(clinic)
    await visited(maria, anna, "10000 0 имплантация")
    anna.forgets()
    await anna.says("/undo")
    await anna.presses("Отменить запись")
    await anna.sees("отменена")
    maria.forgets()
    await clinic.world.clock_add(2 * DAY)
    await still(clinic)
    assert not [m for m in maria.heard() if HOW.search(m.text)]


# --- words, whatever happens around them ------------------------------------------------------


async def test_a_reply_that_failed_once_has_the_phone_all_the_same(clinic, maria, anna, oleg):
    """The update is handled again: the case is there by then, the patient has read nothing yet."""
    await asked(clinic, maria, anna)
    maria.forgets()
    await clinic.world.trouble("502", method="sendMessage")
    await maria.says("Щека распухла, болит")
    assert "103" in read(await maria.sees("Передали руководителю"))
    await maria.sees(HOW)


async def test_a_digit_after_all_is_well_is_the_stars(clinic, maria, anna, oleg):
    question = await asked(clinic, maria, anna)
    await presses(maria, question, "Всё хорошо")
    await maria.sees("Рады")
    oleg.forgets()
    await clinic.world.clock_add(60)
    await maria.says("5")
    await maria.sees("нам очень приятно")
    here = "visit_id = (SELECT max(id) FROM visits)"
    assert clinic.bot.rows(f"SELECT stars FROM ratings WHERE {here}") == [(5,)]
    assert clinic.bot.rows(f"SELECT count(*) FROM cases WHERE {here}") == [(0,)]


async def test_words_after_all_is_well_have_the_phone(clinic, maria, anna, oleg):
    question = await asked(clinic, maria, anna)
    await presses(maria, question, "Всё хорошо")
    await maria.sees("Рады")
    maria.forgets()
    await maria.says("Но щека всё-таки распухла")
    assert "103" in read(await maria.sees("Передали руководителю"))
    await oleg.sees(re.compile("^Вопрос после визита.*щека всё-таки", re.DOTALL))


async def test_a_new_question_comes_before_an_old_case(clinic, maria, anna, oleg):
    await asked(clinic, maria, anna)
    await maria.says("Вчера долго ждала")
    await maria.sees("Передали руководителю")
    await maria.says("/balance")  # the form ends: the books alone say what is meant
    await maria.sees("баллов")
    await asked(clinic, maria, anna)
    maria.forgets()
    await maria.says("Теперь болит другой")
    assert "103" in read(await maria.sees("Передали руководителю"))
    newest = "visit_id = (SELECT max(id) FROM visits)"
    assert clinic.bot.rows(f"SELECT text FROM words WHERE {newest}") == [("Теперь болит другой",)]


async def test_a_question_asked_after_the_menu_is_heard(clinic, maria, anna, oleg):
    question = await asked(clinic, maria, anna)
    await presses(maria, question, "Есть вопрос")
    await maria.sees("Напишите вопрос")
    await maria.says("/balance")
    await maria.sees("баллов")
    maria.forgets()
    await maria.says("Когда снимут швы?")
    assert "103" in read(await maria.sees("Передали руководителю"))
    await oleg.sees("Когда снимут швы?")
