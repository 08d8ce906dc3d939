"""What waits for a manager: why it comes to them; once decided, it tells nobody to pay."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from loyalty.desk.approving import DecidedBy, Question
from loyalty.desk.goodwill import Ended
from loyalty.desk.unmerging import Parting
from loyalty.people import Patient
from loyalty.requests import Request, RequestKind, RequestState
from screens.corrections import request, told_staff
from screens.goodwill import question
from screens.merging import undo_question
from screens.settled import settled
from screens.texts import texts_in
from tests.unit.test_corrected import BRANCH, VISIT, plain

RU = texts_in("ru")
PHONE = "+79123456789"
MARIA = Patient(id=1, wallet=1, source="desk", name="Мария", surname="Петрова", phone=PHONE)
ASKED = Request(
    id=7,
    source="return:1:0:-100:12",
    branch=1,
    kind=RequestKind.RETURN,
    amount=9_000_00,
    reason="complaint",
    asked_by=3,
    asked_name="Анна",
    asked_at=datetime(2026, 11, 28, 9, tzinfo=UTC),
    state=RequestState.GRANTED,
    visit=1,
    n=1,
)
RETURN = Question(ASKED, BRANCH, MARIA, VISIT, decided_by=DecidedBy.OWNER)


def asking(kind: RequestKind, state: RequestState) -> Question:
    request = replace(ASKED, kind=kind, state=state, amount=249)
    if kind is RequestKind.RETURN:
        return replace(RETURN, request=replace(request, amount=9_000_00))
    return replace(RETURN, request=request, visit=None, other=MARIA)


def test_a_granted_return_says_what_was_asked_and_where_the_sum_stands():
    assert plain(settled(RU, RETURN).text).splitlines() == [
        "Просили возврат: Мария П. …67-89 · визит 21 ноября 2026",
        "Жалоба · Анна",
        "✅ <b>Руководитель подтвердил</b>",
        "Сколько выдать, сказано в ответе на это сообщение.",
    ]
    assert "Выдать <b>9 000 ₽</b> деньгами" in plain(told_staff(RU, RETURN).text)


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("kind", RequestKind)
@pytest.mark.parametrize("state", [RequestState.GRANTED, RequestState.REFUSED])
def test_no_settled_message_names_a_sum_to_pay_or_repeats_the_answer(language, kind, state):
    asked, texts = asking(kind, state), texts_in(language)
    text = plain(settled(texts, asked).text)
    assert "₽" not in text
    assert text != plain(told_staff(texts, asked).text)
    assert ("✅" if state is RequestState.GRANTED else "✖") in text


def test_while_it_waits_the_manager_reads_why_it_comes_to_them():
    late = replace(asking(RequestKind.RETURN, RequestState.WAITING), late=14)
    why = "С визита прошло больше 14 дней, поэтому нужно ваше решение."
    assert why in plain(request(RU, late).text).splitlines()
    ended = Ended(400, date(2026, 11, 12), alone=0, days=30, again=True)
    second = replace(asking(RequestKind.GOOD_WILL, RequestState.WAITING), ended=ended)
    assert plain(request(RU, second).text).splitlines()[-2:] == [
        "Закончилось 400 баллов, последний день — 12 ноября 2026.",
        "За последний год сгоревшие уже возвращали.",
    ]
    first = replace(second, ended=replace(ended, again=False))
    assert "уже возвращали" not in request(RU, first).text


def test_staff_read_before_they_ask_that_it_is_the_second():
    again = Ended(400, date(2026, 11, 12), alone=0, days=30, again=True)
    text = plain(question(RU, MARIA, again).text)
    assert "За последний год сгоревшие уже возвращали.\nПоэтому подтвердит управляющий." in text
    assert "уже возвращали" not in question(RU, MARIA, replace(again, alone=400, again=False)).text


def test_a_refused_merge_says_that_it_was_refused():
    lines = plain(told_staff(RU, asking(RequestKind.MERGE, RequestState.REFUSED)).text)
    assert "Руководитель отказал" in lines
    assert "Записи не объединены" in lines
    assert "разные пациенты" not in lines


def test_dividing_says_which_points_move_and_nothing_of_noughts():
    asked = asking(RequestKind.MERGE, RequestState.GRANTED)

    def lines(back: int, spent: int, debt: int) -> list[str]:
        parting = Parting((), back, spent, debt)
        return plain(undo_question(RU, replace(asked, parting=parting)).text).splitlines()

    assert lines(500, 300, 308)[-3:] == [
        "Второй вернём 500 баллов.",
        "Из её баллов за первую заплачено 300: их вернём со счёта первой.",
        "За первой останется долг: 308 баллов, его закроют следующие начисления.",
    ]
    assert "балл" not in "".join(lines(0, 0, 0))
