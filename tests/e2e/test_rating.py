"""From the visit to the stars, and from few stars to the owner: over the wire, on a moved clock."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sandbox.clinic import ANNA_ID, OLEG_ID, STAFF_CHAT_ID
from tests.e2e.desk import connect, join
from tests.e2e.people import Message, Person
from tests.faults.scene import calm
from tests.support.bots import Clinic, open_clinic

MOSCOW = ZoneInfo("Europe/Moscow")
HOUR, DAY = 3600, 86_400
CODE = re.compile(r"Ваш код: (\d{4})")
ASKED = "как прошёл визит?"


@pytest.fixture(scope="module")
async def clinic(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Clinic]:
    """One of its own: here time passes."""
    async with open_clinic(tmp_path_factory.mktemp("rating")) as clinic:
        oleg, here = clinic.world.person(OLEG_ID), clinic.world.person(OLEG_ID, STAFF_CHAT_ID)
        await oleg.start()
        await connect(here, "Ленина")
        await join(clinic.world.person(ANNA_ID, STAFF_CHAT_ID), here)
        yield clinic


@pytest.fixture
def oleg(clinic: Clinic) -> Person:
    return clinic.world.person(OLEG_ID)


@pytest.fixture
def anna(clinic: Clinic) -> Person:
    return clinic.world.person(ANNA_ID, STAFF_CHAT_ID)


@pytest.fixture
async def maria(registered) -> Person:
    return await registered("Мария")


async def noon(clinic: Clinic, days: int = 0) -> None:
    """The next noon of Moscow, or one some days later; never at New Year, when care is silent."""
    now = datetime.fromtimestamp((await clinic.world.state())["now"], MOSCOW)
    then = now.replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=days)
    while then <= now or (then.month, then.day) in {
        (12, 30),
        (12, 31),
        *((1, d) for d in range(1, 9)),
    }:
        then += timedelta(days=1)
    await clinic.world.clock_add((then - now).total_seconds())


async def visited(maria: Person, anna: Person, line: str = "10000 0") -> Message:
    """Maria says her code, Anna records; the receipt in the staff chat."""
    await maria.says("/code")
    code = CODE.search((await maria.sees(CODE)).text.replace("\u00a0", " ")).group(1)
    anna.forgets()
    await anna.says(f"{code} {line}")
    card = await anna.sees(re.compile("Записать|К оплате|Аванс|Без оплаты|аванс"))
    await anna.presses("✅ Записать")
    receipt = await anna.sees(re.compile("Записано"))
    await maria.sees(re.compile("Спасибо"))
    assert receipt.id == card.id
    return receipt


async def asked(clinic: Clinic, maria: Person) -> Message:
    maria.forgets()
    await clinic.world.clock_add(3 * HOUR + 60)
    return await maria.sees(re.compile(ASKED, re.IGNORECASE))


async def presses(person: Person, message: Message, label: str) -> None:
    await person.presses_button(message.id, message.button(label)["callback_data"])


async def rates(clinic: Clinic, maria: Person, anna: Person, stars: int) -> Message:
    """A visit at noon and its stars three hours later; the question, to be looked at again."""
    await noon(clinic)
    await visited(maria, anna)
    question = await asked(clinic, maria)
    await maria.presses_button(question.id, question.buttons[stars - 1]["callback_data"])
    return question


async def test_three_hours_later_five_buttons_stand_one_under_another(clinic, maria, anna):
    await noon(clinic)
    await visited(maria, anna)
    maria.forgets()
    await clinic.world.clock_add(2 * HOUR + 50 * 60)
    question = await asked(clinic, maria)

    assert [len(row) for row in question.raw["buttons"]] == [1] * 6
    assert question.labels[0] == "★ плохо"
    assert question.labels[-2:] == ["★★★★★ отлично", "Больше не спрашивать"]
    await presses(maria, question, "★★★★★ отлично")
    thanks = await maria.sees("нам очень приятно")
    assert thanks.id == question.id
    assert thanks.labels == ["Визитка другу"]
    await maria.presses("Визитка другу")
    await maria.sees("Перешлите тому, кому пригодится")
    assert any(message.kind == "photo" for message in maria.heard())


async def test_few_stars_reach_the_owner_and_what_is_added_stands_in_the_alert(
    clinic, maria, anna, oleg
):
    oleg.forgets()
    await rates(clinic, maria, anna, 2)
    alert = await oleg.sees("2 из 5")
    assert "Мария" in alert.text
    assert alert.labels == ["Беру на себя", "Ответить в чате", "Передать"]

    await maria.presses("Ожидание")
    await maria.sees("Позвонить вам?")
    await maria.says("Ждала сорок минут, никто не извинился")
    await maria.sees("Передали руководителю")
    words = await oleg.sees(re.compile("^Мария.*Ждала сорок минут", re.DOTALL))
    assert words.raw["reply_to"] == alert.id
    await maria.presses("Позвоните мне")
    await maria.sees("вам позвонят")
    edited = await oleg.sees(re.compile("просит позвонить.*ожидание.*Ждала", re.DOTALL))
    assert edited.id == alert.id


async def test_a_case_is_taken_answered_both_ways_and_solved_with_a_note(clinic, maria, anna, oleg):
    oleg.forgets()
    await rates(clinic, maria, anna, 1)
    alert = await oleg.sees("1 из 5")
    await presses(oleg, alert, "Беру на себя")
    taken = await oleg.sees("Занимается: Олег")
    assert taken.id == alert.id

    await presses(oleg, taken, "Ответить в чате")
    await oleg.sees("Напишите ответ следующим сообщением")
    maria.forgets()
    await oleg.says("Мария, простите нас. Приходите завтра, всё переделаем.")
    await oleg.sees("Отправлено")
    answer = await maria.sees("всё переделаем")
    assert "отвечает:" in answer.text
    oleg.forgets()
    await maria.says("Хорошо, приду в десять")
    back = await oleg.sees("приду в десять")

    maria.forgets()
    await oleg.says("Ждём вас!", reply_to=back.id)
    await maria.sees("Ждём вас!")

    await presses(oleg, taken, "Решено")
    await oleg.sees("чем закончилось?")
    await oleg.says("Переделали бесплатно")
    await oleg.sees("Случай решён")
    solved = await oleg.sees(re.compile("Решено: Олег.*Переделали бесплатно", re.DOTALL))
    assert solved.labels == ["← Все случаи"]


async def test_a_reply_answers_the_case_that_the_message_shows_now(clinic, registered, anna, oleg):
    olga, nina = await registered("Ольга"), await registered("Нина")
    oleg.forgets()
    await rates(clinic, olga, anna, 1)
    alert = await oleg.sees("Ольга")
    await rates(clinic, nina, anna, 2)
    await oleg.sees("Нина")
    await presses(oleg, alert, "Беру на себя")
    taken = await oleg.sees("Занимается")
    await still(clinic)  # the letter that redraws it has come, as it has for whoever reads first
    await presses(oleg, taken, "Решено")
    question = await oleg.sees("чем закончилось?")
    await presses(oleg, question, "Без заметки")
    solved = await oleg.sees("Решено: Олег")
    await presses(oleg, solved, "← Все случаи")
    listed = await oleg.sees(re.compile("^Случаи"))
    label = next(label for label in listed.labels if "Нина" in label)
    await presses(oleg, listed, label)
    async with asyncio.timeout(20):
        while "Нина" not in next(m for m in await oleg.chat() if m.id == alert.id).text:
            await asyncio.sleep(0.05)
    olga.forgets()
    await oleg.says("Нина, простите нас", reply_to=alert.id)
    await nina.sees("простите нас")
    await still(clinic)
    assert not [m for m in olga.heard() if "простите" in m.text]


async def test_the_menu_is_the_menu_whatever_is_asked(clinic, maria, anna, oleg):
    await rates(clinic, maria, anna, 5)
    await maria.sees("нам очень приятно")
    oleg.forgets()
    await maria.presses("Клиника")
    await maria.sees("Телефон")
    await maria.says("Спасибо врачу!")
    await maria.sees("Передали администратору")
    await still(clinic)
    assert not [m for m in oleg.heard() if "Клиника" in m.text or "врачу" in m.text]


async def test_words_instead_of_stars_are_heard_and_the_stars_asked_again(
    clinic, maria, anna, oleg
):
    await noon(clinic)
    await visited(maria, anna)
    question = await asked(clinic, maria)
    oleg.forgets()
    await maria.says("Всё ужасно, меня никто не встретил")
    await maria.sees(
        re.compile("Передали руководителю. Если болит сейчас, звоните.*103", re.DOTALL)
    )
    again = await maria.sees(re.compile(ASKED, re.IGNORECASE))
    assert again.id != question.id
    alert = await oleg.sees(re.compile("^Вопрос после визита.*никто не встретил", re.DOTALL))
    assert alert.labels == ["Беру на себя", "Ответить в чате", "Передать"]
    await oleg.says("/cases")
    listed = await oleg.sees("Новых")
    assert any("Вопрос: Мария" in label for label in listed.labels)
    maria.forgets()
    await maria.says("И ждала час")
    await maria.sees("Спасибо, передали")
    await maria.says("1")
    await maria.sees("Что было не так?")
    await oleg.sees(re.compile("1 из 5.*никто не встретил.*ждала час", re.DOTALL))


async def test_many_stars_after_words_are_seen_on_their_case(clinic, maria, anna, oleg):
    await noon(clinic)
    await visited(maria, anna)
    await asked(clinic, maria)
    maria.forgets()
    await maria.says("Спасибо, всё хорошо")
    again = await maria.sees(re.compile(ASKED, re.IGNORECASE))
    await maria.presses_button(again.id, again.buttons[4]["callback_data"])
    await maria.sees("нам очень приятно")
    await oleg.sees(re.compile("^Вопрос после визита.*5 из 5.*всё хорошо", re.DOTALL))


async def test_a_digit_in_answer_to_the_clinic_is_no_rating(clinic, maria, anna, oleg):
    await noon(clinic)
    await visited(maria, anna)
    await asked(clinic, maria)
    oleg.forgets()
    await maria.says("Выпила таблетки, всё равно ноет")
    alert = await oleg.sees("всё равно ноет")
    await oleg.says("Сколько таблеток?", reply_to=alert.id)
    await maria.sees("Сколько таблеток?")
    await maria.says("2")
    await oleg.sees(re.compile("^Мария.*2$", re.DOTALL))
    here = "visit_id = (SELECT max(id) FROM visits)"
    assert clinic.bot.rows(f"SELECT stars FROM ratings WHERE {here}") == []


async def test_a_talk_goes_on_after_the_menu(clinic, maria, anna, oleg):
    await noon(clinic)
    await visited(maria, anna)
    await asked(clinic, maria)
    await maria.says("Очень долго ждала")
    await maria.sees("Передали руководителю")
    await maria.says("/balance")
    await maria.sees("баллов")
    oleg.forgets()
    await maria.says("И замёрзла")
    await oleg.sees("И замёрзла")


async def test_a_digit_in_place_of_the_stars_is_the_stars(clinic, maria, anna, oleg):
    await noon(clinic)
    await visited(maria, anna)
    await asked(clinic, maria)
    oleg.forgets()
    await maria.says("2")
    await maria.sees("Что было не так?")
    alert = await oleg.sees("2 из 5")
    assert "Мария" in alert.text


async def test_what_an_owner_writes_to_nobody_is_said_to_have_gone_nowhere(oleg):
    oleg.forgets()
    await oleg.says("Денис, спасибо за отзыв")
    await oleg.sees("никому не отправлено")


async def talks_to_one_as_another_comes(
    clinic: Clinic, vera: Person, nadya: Person, anna: Person, oleg: Person
) -> Message:
    """The owner is about to answer Vera; Nadya's case, which has come meanwhile."""
    await noon(clinic)
    for person in (vera, nadya):
        await visited(person, anna)
    oleg.forgets()
    one, other = await asked(clinic, vera), await nadya.sees(re.compile(ASKED, re.IGNORECASE))
    await vera.presses_button(one.id, one.buttons[0]["callback_data"])
    alert = await oleg.sees(re.compile("1 из 5.*Вера", re.DOTALL))
    await presses(oleg, alert, "Ответить в чате")
    await oleg.sees("Напишите ответ")
    await nadya.presses_button(other.id, other.buttons[1]["callback_data"])
    return await oleg.sees(re.compile("2 из 5.*Надя", re.DOTALL))


async def test_a_reply_goes_where_it_says_in_the_middle_of_another_talk(
    clinic, registered, anna, oleg
):
    vera, nadya = await registered("Вера"), await registered("Надя")
    hers = await talks_to_one_as_another_comes(clinic, vera, nadya, anna, oleg)
    await oleg.says("Что случилось?", reply_to=hers.id)
    await nadya.sees("Что случилось")
    await still(clinic)
    assert not [m for m in vera.heard() if "случилось" in m.text]


async def test_a_talk_ends_where_another_case_comes_in(clinic, registered, anna, oleg):
    vera, nadya = await registered("Вера"), await registered("Надя")
    await talks_to_one_as_another_comes(clinic, vera, nadya, anna, oleg)
    await oleg.says("Где у вас болит?")
    await oleg.sees("Никому не отправлено")
    await still(clinic)
    assert not [m for p in (vera, nadya) for m in p.heard() if "Где у вас" in m.text]


async def test_pain_and_a_wish_for_a_call_can_be_answered_by_a_reply(clinic, maria, anna, oleg):
    oleg.forgets()
    await rates(clinic, maria, anna, 1)
    await maria.presses("Боль, самочувствие")
    urgent = await oleg.sees("У пациента болит")
    await oleg.says("Звоню вам", reply_to=urgent.id)
    await maria.sees("Звоню вам")


async def test_praise_is_passed_on_for_an_hour_and_then_it_is_something_else(
    clinic, maria, anna, oleg
):
    await rates(clinic, maria, anna, 5)
    await maria.sees("нам очень приятно")
    await maria.says("Спасибо Петровой!")
    await maria.sees("Спасибо, передали")
    await oleg.sees(re.compile("5 из 5.*Спасибо Петровой", re.DOTALL))
    await maria.says("И Анне на стойке")
    await oleg.sees(re.compile("5 из 5.*И Анне", re.DOTALL))
    await clinic.world.clock_add(61 * 60)
    maria.forgets()
    await maria.says("Хочу записаться")
    await maria.sees("Передали администратору")


async def test_a_note_in_reply_to_its_question_stays_inside(clinic, maria, anna, oleg):
    await still(clinic)  # what is redrawn of earlier cases would be taken for this one's
    oleg.forgets()
    await rates(clinic, maria, anna, 1)
    alert = await oleg.sees_button("Беру на себя")
    await presses(oleg, alert, "Беру на себя")
    taken = await oleg.sees("Занимается")
    await presses(oleg, taken, "Решено")
    question = await oleg.sees("чем закончилось?")
    maria.forgets()
    await oleg.says("Скандалит, но права", reply_to=question.id)
    await oleg.sees(re.compile("Решено: Олег.*Скандалит", re.DOTALL))
    await still(clinic)
    assert not [m for m in maria.heard() if "Скандалит" in m.text]


async def test_voice_and_photos_are_passed_on_as_they_are(clinic, maria, anna, oleg):
    await rates(clinic, maria, anna, 3)
    await oleg.sees("3 из 5")
    oleg.forgets()
    for kind in ("voice", "photo"):
        await maria.sends(kind)
        passed = await oleg.sees(re.compile("Мария.*3 из 5", re.DOTALL))
        assert passed.kind == kind
        oleg.forgets()


async def test_pain_has_the_phone_at_once(clinic, maria, anna):
    await rates(clinic, maria, anna, 1)
    await maria.presses("Боль, самочувствие")
    shown = await maria.sees("103")
    assert "+7 843 000-00-00" in shown.text.replace("\u00a0", " ")


async def test_the_first_tap_stands(clinic, maria, anna):
    question = await rates(clinic, maria, anna, 5)
    await maria.sees("нам очень приятно")
    low = question.buttons[0]["callback_data"]
    await maria.presses_button(question.id, low, late=True)
    assert "5 из 5" in (await maria.toast()).text
    assert clinic.bot.rows(
        "SELECT count(*) FROM cases WHERE stars = 1 AND patient_id = (SELECT max(id) FROM patients)"
    ) == [(0,)]


async def test_it_is_asked_once_more_and_then_never(clinic, maria, anna):
    await noon(clinic)
    await visited(maria, anna)
    first = await asked(clinic, maria)
    await still(clinic)  # that it was asked is written down
    maria.forgets()
    await clinic.world.clock_add(DAY)
    again = await maria.sees(re.compile(ASKED, re.IGNORECASE))
    assert again.id != first.id
    heard = len(await maria.chat())
    await clinic.world.clock_add(3 * DAY)
    await still(clinic)
    assert len(await maria.chat()) == heard


async def test_nobody_is_asked_of_what_was_no_visit_or_is_one_no_longer(clinic, registered, anna):
    await noon(clinic)
    advance, wrong = await registered("Инна"), await registered("Вера")
    await visited(advance, anna, "10000 аванс")
    receipt = await visited(wrong, anna, "10000 0")
    anna.forgets()
    await anna.says("/undo")
    await anna.presses("Отменить запись")
    await anna.sees("отменена")
    assert receipt
    for person in (advance, wrong):
        person.forgets()
    await clinic.world.clock_add(2 * DAY)
    await still(clinic)
    for person in (advance, wrong):
        assert not [m for m in await person.chat() if ASKED in m.text.lower()]


async def test_an_owner_who_never_pressed_start_is_told_of_in_the_staff_chat(tmp_path):
    async with open_clinic(tmp_path) as clinic:
        oleg = clinic.world.person(OLEG_ID)
        await oleg.start()
        here = clinic.world.person(OLEG_ID, STAFF_CHAT_ID)
        await connect(here, "Ленина")
        anna = clinic.world.person(ANNA_ID, STAFF_CHAT_ID)
        await join(anna, here)
        await oleg.blocks()
        maria = await clinic.world.add_person("Мария", phone="+79120000001", language="ru")
        await maria.start()
        for label in (
            "Даю согласие",
            "📱 Отправить номер",
            "Мария — верно",
            "Пропустить",
            "Не сейчас",
        ):
            await maria.presses(label)
        anna.forgets()
        await rates(clinic, maria, anna, 1)
        waits = await anna.sees("ждёт важное сообщение")
        assert "Мария" not in waits.text


async def test_a_case_left_alone_comes_again_after_a_day(clinic, maria, anna, oleg):
    oleg.forgets()
    await rates(clinic, maria, anna, 2)
    await oleg.sees("2 из 5")
    oleg.forgets()
    await clinic.world.clock_add(DAY)
    late = await oleg.sees(re.compile("Больше суток.*2 из 5.*остановлены до решения", re.DOTALL))
    assert "Решено" in late.labels or "Беру на себя" in late.labels


async def test_the_list_and_the_absence(clinic, maria, anna, oleg):
    await rates(clinic, maria, anna, 2)
    await oleg.says("/cases")
    listed = await oleg.sees("Случаи")
    assert any("2★" in label for label in listed.labels)
    await presses(oleg, listed, "Меня нет")
    await oleg.sees("Заместить вас некому")


async def still(clinic: Clinic) -> None:
    """Until no letter waits whose moment has come."""
    await calm(clinic)
    now = (await clinic.world.state())["now"]
    moment = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%d %H:%M:%S")
    due = f"SELECT count(*) FROM outbox WHERE not_before <= '{moment}' "
    async with asyncio.timeout(20):
        while clinic.bot.rows(due + "AND state IN ('pending', 'claimed', 'sending')") != [(0,)]:
            await asyncio.sleep(0.05)


async def test_a_long_story_reaches_the_owner_to_its_last_word(clinic, maria, anna, oleg):
    await noon(clinic)
    await visited(maria, anna)
    await asked(clinic, maria)
    oleg.forgets()
    await maria.says(
        "Щека распухла. " + "Очень долго рассказываю. " * 40 + "Аллергия на пенициллин"
    )
    words = await oleg.sees("Аллергия на пенициллин")
    assert words.labels == ["Ответить в чате", "Открыть случай"]


async def test_what_is_written_the_next_day_still_belongs_to_the_open_case(
    clinic, maria, anna, oleg
):
    await noon(clinic)
    await visited(maria, anna)
    await asked(clinic, maria)
    await maria.says("Очень болит")
    await maria.sees("Передали руководителю")
    await clinic.world.clock_add(25 * HOUR)
    await still(clinic)
    oleg.forgets()
    await maria.says("Мне так и не позвонили")
    await oleg.sees("так и не позвонили")


async def test_what_was_awaited_long_ago_is_no_deaf_ear(clinic, maria, anna, oleg):
    """After five stars nothing was pressed for days: the next visit's question is heard."""
    await rates(clinic, maria, anna, 5)
    await maria.sees("нам очень приятно")
    [(phone,)] = clinic.bot.rows("SELECT phone FROM patients ORDER BY id DESC LIMIT 1")
    await noon(clinic, days=5)
    anna.forgets()
    await anna.says(f"{phone} 10000 0")
    await anna.sees("К оплате")
    await anna.presses("✅ Записать")
    await anna.sees("Записано")
    await maria.sees("2 000 баллов")
    await asked(clinic, maria)
    oleg.forgets()
    await maria.says("Всё ужасно, щека болит")
    await maria.sees(re.compile("Передали руководителю.*103", re.DOTALL))
    await oleg.sees("щека болит")


async def test_what_is_written_after_the_solution_opens_the_case_with_its_note(
    clinic, registered, anna, oleg
):
    galya = await registered("Галя")
    oleg.forgets()
    await rates(clinic, galya, anna, 1)
    alert = await oleg.sees(re.compile("1 из 5.*Галя", re.DOTALL))
    await presses(oleg, alert, "Беру на себя")
    await presses(oleg, await oleg.sees(re.compile("Галя.*Занимается", re.DOTALL)), "Решено")
    await oleg.sees("Галя: чем закончилось?")
    await oleg.says("Переделали пломбу")
    await oleg.sees("Случай решён: Галя")
    await galya.says("/balance")
    await galya.sees("баллов")
    galya.forgets()
    oleg.forgets()
    await galya.says("Но щека болит")
    await galya.sees(re.compile("Передали руководителю.*103", re.DOTALL))
    before = re.compile("Галя.*В прошлый раз закончилось так: «Переделали", re.DOTALL)
    await presses(oleg, await oleg.sees(before), "Беру на себя")
    await presses(oleg, await oleg.sees(re.compile("Галя.*Занимается", re.DOTALL)), "Решено")
    await presses(oleg, await oleg.sees("Галя: чем закончилось?"), "Без заметки")
    await oleg.sees(re.compile("Галя.*Решено: Олег.*Переделали пломбу", re.DOTALL))


async def test_after_five_stars_who_is_in_pain_has_the_phone_and_so_has_the_owner(
    clinic, maria, anna, oleg
):
    await rates(clinic, maria, anna, 5)
    await maria.sees("нам очень приятно")
    await maria.says("Ой, всё-таки болит")
    [(phone,)] = clinic.bot.rows("SELECT phone FROM patients ORDER BY id DESC LIMIT 1")
    told = await maria.sees("Спасибо, передали")
    assert "звоните" in told.text
    words = await oleg.sees(re.compile("5 из 5.*всё-таки болит", re.DOTALL))
    assert phone[-4:] in re.sub(r"\D", "", words.text)
    await oleg.says("Мария, приезжайте")
    await oleg.sees("если случая нет, позвоните")
