"""What a patient sees of the desk: the code, a request, the receipt, their visits."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from loyalty.branches import Branch
from loyalty.desk.codes import CodeShown
from loyalty.desk.complaints import Complaint, ComplaintFacts
from loyalty.desk.consent import Answered, SpendFacts
from loyalty.desk.following import SlipFacts
from loyalty.desk.freezing import FreezeFacts
from loyalty.letters import Letter
from loyalty.mail import VisitFacts
from loyalty.people import Patient, SpendingOff
from loyalty.programme import DEFAULTS
from loyalty.signboard import Signboard
from loyalty.statement import Statement, VisitLine, VisitsPage
from loyalty.visits import Code, FoundBy, Reversal, ReversalKind, Visit, VisitKind
from screens import code, outbox, pictures, points, spending, visits
from screens.texts import LANGUAGES, texts_in
from tests.unit.test_screens import (
    BIGGEST_ID,
    LONGEST_CAPTION,
    NOW,
    ZONE,
    amounts,
    labels,
    languages,
    names,
    patients,
    plain,
    presses,
    signboards,
)

RU = texts_in("ru")
BOARD = Signboard("Стоматология «Улыбка»", "ООО «Улыбка»", "+7 843 212-34-56", ZONE)
TODAY = date(2026, 11, 21)
LENINA = Branch(1, "Ленина", -1001000000001, "Europe/Moscow", "ООО «Улыбка»", "+7 843 212-34-56")
VISIT = Visit(
    id=7,
    branch=1,
    patient=1,
    wallet=1,
    kind=VisitKind.ATTENDANCE,
    found_by=FoundBy.CODE,
    training=False,
    day=TODAY,
    bill=12_400_00,
    excluded=0,
    points=1000,
    cash=11_400_00,
    earned=570,
    reward=0,
    rate=500,
    balance_before=1000,
    balance_after=570,
    ends_on=date(2027, 6, 21),
    recall_on=date(2027, 5, 21),
    programme=None,
    legal="ООО «Улыбка»",
    recorded_by=1003,
    recorded_name="Анна",
    recorded_at=NOW,
)

kopecks = st.integers(0, 10**9)
days = st.dates(date(2026, 1, 1), date(2030, 1, 1))
branches = st.builds(
    Branch,
    id=st.just(1),
    name=names,
    chat=st.sampled_from([None, -100, -1001000000001]),
    zone=st.just("Europe/Moscow"),
    legal=st.just("ООО"),
    phone=st.just("+7"),
)
some_visits = st.builds(
    lambda bill, points, earned, before, after, **more: replace(
        VISIT,
        **more,
        bill=bill + 100 * points,
        points=points,
        cash=bill,
        earned=earned,
        balance_before=before,
        balance_after=after,
    ),
    bill=kopecks,
    points=st.integers(0, 10**7),
    earned=st.integers(0, 10**7),
    before=st.integers(0, 10**7),
    after=st.integers(0, 10**7),
    id=st.integers(1, BIGGEST_ID),
    kind=st.sampled_from(VisitKind),
    day=days,
    ends_on=st.none() | days,
    recall_on=st.none() | days,
    recorded_name=names,
    bonus=st.just(0) | st.integers(1, 10**4),
    bonus_ends_on=st.none() | days,
)


def words(screen) -> str:
    return plain(screen).replace("\u00a0", " ").replace("\u2068", "").replace("\u2069", "")


def read(picture: bytes) -> list[str]:
    with Image.open(io.BytesIO(picture)) as image:
        return [found.text for found in zxingcpp.read_barcodes(image)]


# --- the code --------------------------------------------------------------------------------


def shown(points: int = 1240, off: SpendingOff | None = None, *, refreshes: bool = True):
    ends_at = datetime(2026, 11, 21, 11, 35, tzinfo=UTC)
    four = Code(1, "4821", "abcdefghijkl", 1, ends_at - timedelta(minutes=15), ends_at)
    return CodeShown(four, points, off, refreshes)


def test_the_code_says_what_the_model_says():
    said = words(code.live(RU, shown(), ZONE, b"PNG"))
    assert said == (
        "Ваш код: 4821\nНазовите его или покажите экран. Обновится в 14:35.\n\n"
        "На счету 1 240 баллов. Списать их или оставить, решаете вы: администратор спросит."
    )


def test_the_code_of_a_wallet_that_owes_says_so_and_promises_nothing():
    said = words(code.live(RU, replace(shown(0), debt=201), ZONE, b"PNG"))
    assert said.endswith(
        "Баллов на счету пока нет. Долг 201 балл: его закроют следующие начисления."
    )
    assert words(code.live(RU, shown(0), ZONE, b"PNG")).endswith("нет: они придут после оплаты.")


def test_points_of_today_say_from_when_they_pay():
    later = replace(shown(620), opens_on=date(2026, 11, 22))
    said = words(code.live(RU, later, ZONE, b"PNG"))
    assert said.endswith(
        "На счету 620 баллов, все за сегодняшний визит. Платить ими можно с 22 ноября."
    )
    assert "решаете" not in said


def test_the_last_code_of_the_hour_does_not_promise_another():
    assert "Действует до 14:35" in words(code.live(RU, shown(refreshes=False), ZONE, b"PNG"))


@given(languages, amounts, st.sampled_from([None, *SpendingOff]), st.booleans())
def test_every_code_fits_under_a_picture(texts, points, off, refreshes):
    screen = code.live(texts, shown(points, off, refreshes=refreshes), ZONE, b"PNG")
    assert len(plain(screen)) < LONGEST_CAPTION
    assert len(plain(code.ended(texts))) < LONGEST_CAPTION
    assert plain(code.for_staff(texts))


@pytest.mark.parametrize("username", ["bot_5", "UlybkaMolarBot", "a" * 29 + "Bot"])
def test_a_scanner_reads_the_link_off_the_picture(username):
    assert read(code.drawn(shown(), username)) == [f"https://t.me/{username}?start=p_abcdefghijkl"]
    assert read(pictures.qr(f"https://t.me/{username}?start=v_x")) == [
        f"https://t.me/{username}?start=v_x"
    ]


def test_what_stands_there_afterwards_is_no_code():
    assert read(pictures.no_code()) == []


# --- spending --------------------------------------------------------------------------------


def request(**more) -> SpendFacts:
    until = datetime(2026, 11, 21, 11, 42, tzinfo=UTC)
    facts = SpendFacts(5, 1000, 11_400_00, None, None, LENINA, until)
    return replace(facts, **more)


def test_a_request_says_how_much_and_what_is_left():
    said = words(spending.request(RU, request(), BOARD))
    assert said == (
        "Стоматология «Улыбка»: списать 1 000 баллов за сегодняшний визит?\n"
        "К оплате останется 11 400 ₽.\nОтветить можно до 14:42."
    )
    assert "Пациент: Саша" in words(spending.request(RU, request(name="Саша"), BOARD))
    past = spending.request(RU, request(past_day=date(2026, 11, 20)), BOARD)
    assert "за визит 20 ноября?" in words(past)


@given(
    languages,
    signboards,
    st.none() | names,
    st.none() | days,
    st.integers(1, 10**7),
    kopecks,
    st.integers(1, BIGGEST_ID),
)
def test_every_request_and_every_answer(texts, board, name, day, points, cash, draft):
    facts = request(draft=draft, points=points, cash=cash, past_day=day, name=name)
    assert plain(spending.request(texts, facts, board))
    for agreed in (True, False):
        assert plain(spending.answered(texts, Answered(draft, agreed, points, cash)))
    assert plain(spending.over(texts, draft, points))
    assert plain(spending.freeze(texts, draft, points))


def test_the_way_back_from_freezing_leads_where_one_came_from():
    assert presses(spending.freeze(RU))[1] == "go:balance:"
    assert presses(spending.freeze(RU, 5, 1000))[1] == "spend:5:1000:ask"


@given(languages, signboards, st.none() | patients, amounts, st.none() | st.just("+79123456789"))
def test_everything_about_a_stopped_wallet(texts, board, patient, points, phone):
    facts = FreezeFacts(BIGGEST_ID, patient, phone, points, None, None)
    for kind, account in (
        ("spending-stopped", None),
        ("spending-back", None),
        ("spending-released", 1),
    ):
        letter = Letter(1, kind, account, 4242, None, {}, 0)
        assert plain(outbox.render(letter, facts, texts, board))
    assert plain(spending.unfrozen(texts, facts))
    assert plain(spending.frozen(texts, None, ZONE))
    assert plain(spending.frozen(texts, NOW, ZONE))
    assert plain(spending.freeze_undone(texts))


@pytest.mark.parametrize("off", [None, *SpendingOff])
def test_only_a_wallet_that_spends_can_be_stopped(off):
    stated = Statement(1000, [], DEFAULTS.tiers[0], None, 0, off, DEFAULTS)
    buttons = labels(points.balance(RU, stated))
    assert ("Списания: это не я" in buttons) is (off is None)


# --- the receipt -----------------------------------------------------------------------------


def receipt(visit: Visit = VISIT, *, name=None, balance: bool = True, corrects: bool = False):
    return visits.receipt(RU, VisitFacts(visit, LENINA, {}, name, balance, corrects))


def test_the_receipt_says_all_sums_and_no_procedure():
    assert words(receipt()) == (
        "Спасибо, что были у нас!\n\n"
        "Счёт 12 400 ₽, баллами 1 000, оплачено 11 400 ₽.\n"
        "Начислено 570 баллов, они сохранятся до 21 июня 2027.\n"
        "На счету 570 баллов.\n\n"
        "Следующий осмотр — в мае 2027. Кассовый чек выдаёт клиника."
    )
    assert labels(receipt()) == ["Не мой визит", "Не просили списать"]


def regular(**more):
    visit = replace(VISIT, earned=870, bonus=300, bonus_ends_on=date(2027, 6, 21))
    facts = VisitFacts(replace(visit, **more), LENINA, {}, None, True, False)
    return words(visits.receipt(RU, facts))


def test_the_bonus_of_a_regular_visit_has_its_own_line_and_end():
    said = regular(balance_after=870, ends_on=date(2027, 11, 21))
    assert "Начислено 570 баллов, они сохранятся до 21 ноября 2027.\n" in said
    assert "За регулярность — ещё 300 баллов, до 21 июня 2027.\n" in said


def test_debt_takes_from_the_bonus_first():
    said = regular(balance_after=770)
    assert "Начислено 570 баллов" in said
    assert "За регулярность — ещё 200 баллов" in said
    assert "Ещё 100 начисленных баллов ушли в счёт долга" in said
    assert "За регулярность" not in regular(balance_after=500)


def test_nobody_is_asked_about_points_that_were_not_spent():
    unspent = replace(VISIT, points=0, bill=11_400_00, balance_after=1570)
    assert labels(receipt(unspent)) == ["Не мой визит"]
    assert "Оплачено 11 400 ₽." in words(receipt(unspent))


def test_other_kinds_of_visits_say_what_they_were():
    unpaid = replace(VISIT, kind=VisitKind.UNPAID, bill=0, cash=0, points=0, earned=0)
    assert "Приём без оплаты" in words(receipt(unpaid))
    advance = replace(VISIT, kind=VisitKind.ADVANCE, points=0, bill=11_400_00, recall_on=None)
    assert "аванс принят" in words(receipt(advance))
    past = replace(VISIT, day=date(2026, 11, 20))
    assert "Спасибо, что были у нас 20 ноября!" in words(receipt(past))
    assert "прежняя отменена" in words(receipt(corrects=True))


def test_debt_comes_first_and_both_numbers_are_said():
    indebted = replace(VISIT, points=0, bill=11_400_00, balance_before=0, balance_after=270)
    said = words(receipt(indebted))
    assert "Начислено 270 баллов" in said
    assert (
        "Ещё 300 начисленных баллов ушли в счёт долга.\nНа счету 270 баллов.\nДолг закрыт." in said
    )


def test_where_debt_takes_all_the_receipt_says_all_and_what_is_still_owed():
    visit = replace(VISIT, points=0, bill=11_400_00, balance_before=0, balance_after=0)
    facts = VisitFacts(replace(visit, ends_on=None), LENINA, {}, None, True, False, debt=51)
    assert (
        "Начислено 570 баллов, все они ушли в счёт долга.\nНа счету 0 баллов.\n"
        "Долг 51 балл: его закроют следующие начисления."
    ) in words(visits.receipt(RU, facts))


def test_a_childs_visit_names_the_child_and_keeps_the_payers_balance_to_the_payer():
    said = words(receipt(name="Саша", balance=False))
    assert "Пациент: Саша" in said
    assert "На счету" not in said


def test_a_near_recall_has_a_date():
    soon = replace(VISIT, recall_on=date(2026, 11, 28))
    assert "Следующий осмотр — 28 ноября" in words(receipt(soon))


debts = st.just(0) | st.integers(1, 10**7)


@given(languages, some_visits, st.none() | names, st.booleans(), st.booleans(), debts)
def test_every_receipt(texts, visit, name, balance, corrects, debt):
    facts = VisitFacts(visit, LENINA, {}, name, balance, corrects, debt)
    assert plain(visits.receipt(texts, facts))


# --- the list of visits ----------------------------------------------------------------------


def reversal(kind: ReversalKind) -> Reversal:
    return Reversal(7, 1, kind, 12_400_00, 11_400_00, 1000, 570, 0, 1003, "Анна", NOW)


def listed(*reversals: Reversal) -> str:
    line = VisitLine(VISIT, "Ленина", ["Петрова"], None, reversals)
    return words(visits.visits(RU, VisitsPage([line], 0, more=False, branches=True)))


def test_a_visit_in_the_list_says_what_debt_took_and_left():
    repaid = replace(VISIT, balance_after=0, points=0, balance_before=0)
    line = VisitLine(repaid, "Ленина", [], None, [replace(reversal(ReversalKind.RETURNED), debt=9)])
    said = words(visits.visits(RU, VisitsPage([line], 0, more=False, branches=False)))
    assert "баллы: +570 · из них 570 в счёт долга" in said
    assert "баллы: +1 000, −570 · 9 в долг" in said


def test_a_visit_in_the_list_has_its_sums_and_its_doctor():
    assert listed() == (
        "Визиты\n\n21 ноября 2026 · Ленина\nОплачено 11 400 ₽ · баллы: −1 000, +570\nВрач: Петрова"
    )


def test_a_visit_that_was_somebody_elses_shows_nothing_of_theirs():
    assert listed(reversal(ReversalKind.WRONG_PATIENT)) == (
        "Визиты\n\n21 ноября 2026 · запись отменена"
    )


def test_returned_money_is_said():
    assert "Возвращено 11 400 ₽" in listed(reversal(ReversalKind.RETURNED))


@given(
    languages,
    st.lists(
        st.builds(
            VisitLine,
            visit=some_visits,
            branch=names,
            doctors=st.lists(names, max_size=4),
            name=st.none() | names,
            reversals=st.lists(st.sampled_from(ReversalKind).map(reversal), max_size=2),
        ),
        max_size=5,
    ),
    st.integers(0, 1000),
    st.booleans(),
    st.booleans(),
)
def test_every_page_of_visits(texts, lines, page, more, several):
    screen = visits.visits(texts, VisitsPage(lines, page, more, several))
    assert plain(screen)
    assert len(presses(screen)) == 2 + (page > 0) + more  # the way back, and «Записаться»


# --- to staff --------------------------------------------------------------------------------


@given(
    languages,
    signboards,
    st.sampled_from(Complaint),
    some_visits,
    branches,
    patients,
    st.none() | st.just(5),
)
def test_every_complaint(texts, board, complaint, visit, branch, patient, card):
    facts = ComplaintFacts(complaint, visit, branch, patient, card)
    for account in (None, 1):
        letter = Letter(1, "complaint", account, 4242, None, {}, 0)
        assert plain(outbox.render(letter, facts, texts, board))


def test_a_complaint_leads_to_the_record():
    maria = Patient(1, 1, "bot", name="Мария Петрова", phone="+79123456789")
    screen = visits.complaint(RU, ComplaintFacts(Complaint.NOT_MINE, VISIT, LENINA, maria, 55))

    (to_record,) = screen.keyboard.inline_keyboard[0]
    assert to_record.url == "https://t.me/c/1000000001/55"
    assert "Мария П. …67-89 · Ленина\nЗапись 21 ноября 2026, 15:00, Анна." in words(screen)


@given(languages, signboards, some_visits, branches, patients)
def test_every_strange_slip(texts, board, visit, branch, patient):
    facts = SlipFacts(visit, branch, patient, "+79161111234")
    letter = Letter(1, "slip-strange", None, -100, None, {}, 0)
    said = plain(outbox.render(letter, facts, texts, board))
    assert "…12-34" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_press_answers_fits_a_passing_note(language):
    texts = texts_in(language)
    for key in (
        *("code-kept", "complaint-toast", "complaint-before", "complaint-cancelled"),
        *("refusal-no-codes-left", "refusal-freeze-stands", "refusal-freeze-not-yours"),
    ):
        assert len(texts.plain(key)) <= 200
