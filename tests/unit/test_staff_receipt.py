"""The receipt in the staff chat, once it holds no longer, and for training."""

from dataclasses import replace
from datetime import timedelta

import pytest

from loyalty.categories import Category
from loyalty.desk.receipts import DeskReceipt
from loyalty.visits import Reversal, ReversalKind, Slice, VisitPart
from screens import corrections, receipt
from screens.texts import LANGUAGES, texts_in
from tests.unit.test_screens import plain
from tests.unit.test_screens_patients_desk import LENINA, VISIT, words

RU = texts_in("ru")
FOUND = DeskReceipt(VISIT, LENINA, None, {}, [], in_app=False)


def taken_back(kind: ReversalKind, points: int = 1000) -> DeskReceipt:
    at = VISIT.recorded_at + timedelta(minutes=5)
    back = Reversal(VISIT.id, 1, kind, VISIT.bill, VISIT.cash, points, 0, 0, 1003, "Анна", at)
    return replace(FOUND, reversals=[back])


def test_a_cancelled_record_says_so_first_and_strikes_its_figures():
    instead = replace(VISIT, cash=750_000)
    screen = receipt.receipt(RU, replace(taken_back(ReversalKind.WRONG_SUM), instead=instead))
    said = words(screen)
    assert said.startswith("↩ Отменено")
    assert "исправлена сумма" in said.splitlines()[0]
    assert said.splitlines()[1] == "Теперь: к оплате 7 500 ₽, новая запись ниже"
    assert "✅" not in said
    assert "<s><b>В кассу и МИС" in screen.text
    assert screen.keyboard is None or not screen.keyboard.inline_keyboard


def test_money_returned_is_told_in_money_and_points():
    said = words(receipt.receipt(RU, taken_back(ReversalKind.RETURNED)))
    assert "возвращено 11 400 ₽ деньгами и 1 000 баллов" in said.splitlines()[0]
    without = words(receipt.receipt(RU, taken_back(ReversalKind.RETURNED, 0))).splitlines()[0]
    assert without.endswith("возвращено 11 400 ₽ деньгами")


def test_a_record_of_which_a_part_went_back_stands():
    """Its figures are not struck; what stays in the till is said, and the rest can be returned."""
    parts = (
        VisitPart(11_400_00, Category.THERAPY, None, excluded=False, points=900),
        VisitPart(1_000_00, None, None, excluded=False, points=100),
    )
    at = VISIT.recorded_at + timedelta(minutes=5)
    slices = (Slice(1, 500_00),)
    back = Reversal(
        VISIT.id, 1, ReversalKind.RETURNED, 500_00, 460_00, 40, 23, 0, 3, "Анна", at, slices
    )
    found = replace(FOUND, visit=replace(VISIT, parts=parts), reversals=[back], in_app=True)
    screen = receipt.receipt(RU, found)
    said = words(screen).splitlines()
    assert said[0].endswith("возвращено 460 ₽ деньгами и 40 баллов, снято 23 балла")
    assert "✅ Записано 15:00, Анна" in said
    assert "<s>" not in screen.text
    assert "Остаётся в кассе за визит: 10 940 ₽" in said
    assert "1 000 ₽ · возвращено 500 ₽" in said
    assert [key.text for row in screen.keyboard.inline_keyboard for key in row] == ["Возврат"]


def test_a_regular_visit_says_how_much_of_it_is_for_that():
    said = words(receipt.receipt(RU, replace(FOUND, visit=replace(VISIT, earned=870, bonus=300))))
    assert "начислено 870) · в том числе за регулярность 300 баллов" in said


def test_a_record_says_what_debt_took_and_what_is_still_owed():
    visit = replace(VISIT, points=0, balance_before=0, balance_after=0)
    said = words(receipt.receipt(RU, replace(FOUND, visit=visit, debt=51))).splitlines()
    assert "Баллы: 0 → 0 (списано 0, начислено 570) · из них в счёт долга 570 баллов" in said
    assert "Долг 51 балл: его закроют следующие начисления." in said
    for latest in (True, False):  # another visit may have paid the rest since
        closed = words(receipt.receipt(RU, replace(FOUND, visit=visit, latest=latest)))
        assert ("Долг закрыт." in closed) is latest


def test_a_record_taken_back_speaks_of_no_debt():
    assert "Долг" not in words(
        receipt.receipt(RU, replace(taken_back(ReversalKind.UNDONE), debt=9))
    )


def test_a_training_record_is_nothing_to_be_paid():
    training = replace(FOUND, visit=replace(VISIT, training=True, patient=None))
    said = words(receipt.receipt(RU, training))
    assert said.startswith("УЧЕБНАЯ ЗАПИСЬ — в кассу не вносить")
    assert "В кассу и МИС" not in said


@pytest.mark.parametrize("texts", list(map(texts_in, LANGUAGES)), ids=LANGUAGES)
@pytest.mark.parametrize("kind", ReversalKind)
def test_every_record_taken_back(texts, kind):
    assert plain(receipt.receipt(texts, taken_back(kind)))


def test_undoing_a_moved_record_warns_that_nobody_keeps_the_visit():
    assert "ни за кем" in words(corrections.undo_question(RU, replace(FOUND, moved=True)))
    assert "ни за кем" not in words(corrections.undo_question(RU, FOUND))


@pytest.mark.parametrize(
    ("debt", "said"),
    [
        (60, "Из них на счету не хватило 60 баллов: это долг, его закроют следующие начисления"),
        (-60, "Из возвращённых в счёт прежнего долга 60 баллов"),
    ],
)
def test_a_return_says_what_became_of_debt(debt, said):
    (back,) = taken_back(ReversalKind.RETURNED).reversals
    lines = corrections.moved(RU, replace(back, clawed=570, debt=debt))
    assert lines[-1].replace("\u00a0", " ") == said
    assert len(corrections.moved(RU, back)) == 1
