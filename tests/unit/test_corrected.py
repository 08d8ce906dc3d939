"""What a patient is told of a correction: their own points, and no more than is so."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from loyalty.branches import Branch
from loyalty.desk.correcting import ReversalFacts
from loyalty.desk.gifts import GiftFacts
from loyalty.visits import FoundBy, Reversal, ReversalKind, Slice, Visit, VisitKind
from screens.corrected import gift, taken_back
from screens.texts import texts_in

RU = texts_in("ru")
RECORDED = datetime(2026, 11, 21, 11, 32, tzinfo=UTC)
VISIT = Visit(
    id=1,
    branch=1,
    patient=1,
    wallet=1,
    kind=VisitKind.ATTENDANCE,
    found_by=FoundBy.CODE,
    training=False,
    day=date(2026, 11, 21),
    bill=12_400_00,
    excluded=0,
    points=1000,
    cash=11_400_00,
    earned=570,
    reward=0,
    rate=500,
    balance_before=1240,
    balance_after=810,
    ends_on=None,
    recall_on=None,
    programme=None,
    legal="",
    recorded_by=3,
    recorded_name="Анна",
    recorded_at=RECORDED,
)
BACK = Reversal(
    visit=1,
    n=1,
    kind=ReversalKind.UNDONE,
    bill=12_400_00,
    money=11_400_00,
    points_back=1000,
    clawed=570,
    debt=0,
    made_by=3,
    made_name="Анна",
    at=RECORDED + timedelta(minutes=8),
    slices=(Slice(0, 12_400_00),),
)
BRANCH = Branch(1, "Ленина", -100, "Europe/Moscow", "ООО «Улыбка»", "+7 843 212-34-56")
FACTS = ReversalFacts(VISIT, BACK, BRANCH, balance=1240, debt=0)


def plain(text: str) -> str:
    return re.sub(r"[\u2068\u2069]", "", text).replace("\u00a0", " ")


def said(facts: ReversalFacts) -> str:
    return plain(taken_back(RU, facts).text)


def test_a_mistake_of_today_is_named_by_its_hour():
    assert said(FACTS) == (
        "Запись от 14:32 сделана по ошибке и отменена. Ваши баллы прежние: 1 240. "
        "Извините за беспокойство."
    )


def test_a_mistake_of_another_day_is_named_by_its_date():
    late = replace(FACTS, reversal=replace(BACK, at=RECORDED + timedelta(days=1)))
    assert "Запись от 21 ноября 2026, 14:32" in said(late)


def test_points_that_have_changed_meanwhile_are_not_called_the_same():
    assert "На счету 900 баллов." in said(replace(FACTS, balance=900))


@pytest.mark.parametrize("kind", [ReversalKind.UNDONE, ReversalKind.RETURNED])
def test_of_another_s_wallet_nothing_is_told(kind):
    text = said(replace(FACTS, reversal=replace(BACK, kind=kind), balance=None, debt=None))
    assert "На счету" not in text
    assert "прежние" not in text


def test_a_return_names_money_points_and_debt():
    back = replace(BACK, kind=ReversalKind.RETURNED)
    assert said(replace(FACTS, reversal=back, balance=0, debt=21)).splitlines() == [
        "Возврат за визит 21 ноября 2026: 11 400 ₽.",
        "На счёт вернули 1 000 баллов.",
        "Начисленное за этот визит сняли: 570 баллов.",
        "На счету 0 баллов.",
        "Долг 21 балл: его закроют следующие начисления.",
    ]


def test_a_part_says_so_and_both_numbers_where_debt_is_settled():
    back = replace(
        BACK,
        kind=ReversalKind.RETURNED,
        money=2_667_00,
        points_back=333,
        clawed=133,
        debt=-21,
        slices=(Slice(0, 3_000_00),),
    )
    assert said(replace(FACTS, reversal=back, balance=1419)).splitlines() == [
        "Возврат за визит 21 ноября 2026: 2 667 ₽.",
        "На счёт вернули 333 балла.",
        "Из них 21 балл закрыл прежний долг.",
        "Начисленное за эту часть сняли: 133 балла.",
        "На счету 1 419 баллов.",
    ]
    elsewhere = said(replace(FACTS, reversal=back, balance=None, debt=None))
    assert "долг" not in elsewhere


def test_a_gift_that_settles_debt_says_both_numbers():
    text = plain(gift(RU, GiftFacts(300, 250, date(2026, 12, 21), 50, 0)).text)
    assert text.splitlines() == [
        "Вам подарок: <b>300 баллов</b>.",
        "Из них 250 баллов закрыли прежний долг.",
        "Можно использовать до 21 декабря 2026.",
        "На счету 50 баллов.",
    ]
